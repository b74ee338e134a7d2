from core.errors import DomainError


class NotSignedIn(DomainError):
    """You are not signed in. Sign in and try again."""


class NotConfirmed(DomainError):
    """This company's e-mail address is not confirmed yet."""


class ClosedForNow(DomainError):
    """This company is closed for now. Open any page of it to see why."""

    code = "company_closed"


class SignInFailed(DomainError):
    """Company ID, agent ID or password is wrong."""


class SignInFailedAgain(DomainError):
    """Company ID, agent ID or password is wrong. Wait {wait}, then try again."""


class SlowedDown(DomainError):
    """Too many attempts have failed. Wait {wait}, then try again."""


class Locked(DomainError):
    """Too many attempts have failed. Signing in is locked; try again in {wait}."""


class AgentIdTaken(DomainError):
    """Somebody in this company has this agent ID already. Choose another."""

    field = "agent_id"


class TooManyCompanies(DomainError):
    """Many companies were opened from your network within an hour. Wait {wait}, then sign up again."""


class LinkInvalid(DomainError):
    """This link is not complete. Open it from the mail again, or copy all of it."""


class LinkExpired(DomainError):
    """This link is older than seven days. Sign in and have a new one sent."""


class AlreadyConfirmed(DomainError):
    """The e-mail address is confirmed already."""


class SentJustNow(DomainError):
    """A mail was sent a moment ago. Look into your spam folder too, or wait {wait} and send it again."""


class TokenInvalid(DomainError):
    """This token is not one of ours."""


class TokenExpired(DomainError):
    """This token is too old. Get a new one."""


class OperatorSignInFailed(DomainError):
    """Operator ID or password is wrong."""


class OperatorSignInFailedAgain(DomainError):
    """Operator ID or password is wrong. Wait {wait}, then try again."""


class LastOperator(DomainError):
    """This is the last operator who can sign in. Add another one first."""


class VisitWithoutReason(DomainError):
    """Say why you enter this company: its administrators read it in their audit log."""

    field = "reason"


class VisitTooLong(DomainError):
    """A visit takes four hours at most. Enter again if you need longer."""

    field = "minutes"


class ChangedMeanwhile(DomainError):
    """{name} has changed this meanwhile. What you typed is still below: open the page anew in another tab to
    compare, then save what you mean."""


class LastAdministrator(DomainError):
    """{name} is the last administrator who can sign in. Make somebody else administrator first."""


class NotOneself(DomainError):
    """Nobody can do this to themselves. Ask another administrator."""


class OwnPermissions(DomainError):
    """Nobody changes their own role or permissions. Ask another administrator."""

    field = "role"


class MayDoMore(DomainError):
    """{name} may do more than you. Only an administrator, or somebody who may do all of that, can change it."""


class GivesMore(DomainError):
    """You cannot give what you may not do yourself: {capabilities}."""

    field = "role"


class StillInvited(DomainError):
    """{name} has not accepted the invitation yet. Send it again, or revoke it."""


class NotInvited(DomainError):
    """{name} is not waiting for an invitation."""


class InvitedJustNow(DomainError):
    """{name} was sent an invitation a moment ago. Wait {wait}, then send it again."""


class TooManyInvitations(DomainError):
    """Your company has sent as many invitations as it may within a day. Wait {wait}, then go on."""


class TooManyUntilConfirmed(DomainError):
    """Until its e-mail address is confirmed your company can invite {most} people within a day. Open the link in the
    mail that came when it signed up, then go on."""


class InvitedTooOften(DomainError):
    """{email} has got as many invitations as anybody may within a day. Wait {wait}, then try again."""

    field = "email"


class InvitationInvalid(DomainError):
    """This invitation is not valid any more: it was used already, taken back, or replaced by a newer mail. Open the
    newest mail, or ask whoever invited you."""


class InvitationExpired(DomainError):
    """This invitation is older than seven days. Ask whoever invited you to send it again."""


class NoSeatForYou(DomainError):
    """All seats of this company are taken. Ask whoever invited you to make room, then open the link again."""


class CodeWrong(DomainError):
    """This code is wrong or was used already. Wait for the next one, or use a recovery code."""

    field = "code"


class CodeWrongAgain(DomainError):
    """That was wrong or used already. Wait {wait}, then try again."""

    field = "code"


class FirstCodeWrong(DomainError):
    """This is not the code that the app should show now. See that the clock of your telephone is right, and
    type the newest code."""

    field = "code"


class AppSetUpAlready(DomainError):
    """An authenticator app is set up already. Remove it first."""


class SecondStepOver(DomainError):
    """That took too long, or was used already. Sign in again."""


class SecondStepMissing(DomainError):
    """Your company requires two-step sign-in. Set it up before you go on."""


class PasskeyRefused(DomainError):
    """This passkey could not be verified. Try again, or use a code."""


class PasskeyKnown(DomainError):
    """This passkey is added already."""


class OwnSecondStepFirst(DomainError):
    """Set up your own second step first: otherwise you would lock yourself out."""


class NoticeWithoutGroups(DomainError):
    """Choose at least one group."""

    field = "groups"


class NoticeWithoutAgents(DomainError):
    """Choose at least one agent."""

    field = "agents"


class NoticeEndsTooEarly(DomainError):
    """The end must lie after the beginning, and in the future."""

    field = "ends_at"


class NoticeWithdrawn(DomainError):
    """This notice has been withdrawn meanwhile. Write a new one instead."""


class AddressNotAllowed(NotSignedIn):
    """Your company allows sign-in from certain addresses only, and {address}, from which you come, is not among them.
    Ask an administrator of your company."""


class WouldLockYouOut(DomainError):
    """That would lock you out: you are here from {address}, which would not be allowed any more. Keep a rule that
    contains it."""

    field = "network"


class LastNetwork(DomainError):
    """This has become the last network: without it agents sign in from everywhere. Remove it again if you mean
    that."""


class NetworkGone(DomainError):
    """Somebody else has removed this network a moment ago."""


class NetworkListed(DomainError):
    """This network is in the list already."""

    field = "network"


class TooManyAddressRules(DomainError):
    """There are {most} networks already, which is the most. Put neighbouring ones together, or remove some."""


class PasswordWrong(DomainError):
    """This is not your present password."""

    field = "present"


class PasswordTheSame(DomainError):
    """This is your present password. Choose another one."""

    field = "password"


class PasswordMustChange(DomainError):
    """Choose a password of your own first: yours was given to you by somebody else."""


class PasswordLinkInvalid(DomainError):
    """This link is not valid any more: it was used already, replaced by a newer one, or not copied completely. Ask for
    a new one."""


class PasswordLinkExpired(DomainError):
    """This link is older than one hour. Ask for a new one."""


class TooManyPasswordLinks(DomainError):
    """A new password was asked for many times within an hour. Wait {wait}, then try again."""


class NoMailAddress(DomainError):
    """{name} has no e-mail address. Give them a temporary password instead."""


class OnlyAdministrators(DomainError):
    """Only administrators change roles: whoever could would give themselves every permission."""


class RoleNameTaken(DomainError):
    """There is a role with this name already. Choose another."""

    field = "name"


class RoleFixed(DomainError):
    """Administrators may do everything, and this cannot be changed."""


class RoleBuiltIn(DomainError):
    """The roles that every company has cannot be deleted."""


class RoleGone(DomainError):
    """This role was deleted a moment ago. Choose another."""

    field = "role"


class RoleInUse(DomainError):
    """Agents have this role. Say which one they get instead."""

    field = "move_to"


class GroupNameTaken(DomainError):
    """There is a group with this name already. Choose another."""

    field = "name"


class OnlySeeing(DomainError):
    """You see this as “{role}” would and can change nothing. Stop that first."""


class OnlyVisiting(DomainError):
    """You visit this company as an operator: you see everything and change nothing."""


class NotOfVisitors(DomainError):
    """This is about the agent who is signed in. You visit as an operator, so there is nothing of your own here."""


class ColumnMissing(DomainError):
    """The first line must name the columns, and one of them must be “email”."""

    field = "file"


class TooManyRows(DomainError):
    """At most {most} agents can be imported at once. Split the table."""

    field = "file"


class NoRows(DomainError):
    """There is nothing below the names of the columns."""

    field = "file"


class BadRows(DomainError):
    """Something has changed since the preview. Look through the rows again."""
