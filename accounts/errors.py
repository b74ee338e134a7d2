from core.errors import DomainError


class NotSignedIn(DomainError):
    """You are not signed in. Sign in and try again."""


class NotConfirmed(DomainError):
    """This company's e-mail address is not confirmed yet."""


class CompanyClosed(DomainError):
    """This company is closed for now. Open any page of it to see why."""


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
