from core.errors import DomainError


class AlreadyMigrating(DomainError):
    """The schemas are being migrated already, here or on another machine. Wait until that has ended."""


class LimitReached(DomainError):
    """A limit of your plan is reached."""


class NoSeatLeft(LimitReached):
    """All seats are taken: the plan “{plan}” has {limit}. Disable an agent who no longer works here, or have the
    limit raised: the page “Plan and usage” says how."""


class NoConversationLeft(LimitReached):
    """Your company’s plan “{plan}” allows {limit} conversations at a time, and so many are under way. End one,
    then accept the next; the visitor keeps the place in line. Administrators can have the limit raised."""


class NoStorageLeft(LimitReached):
    """This does not fit any more into the storage of your company’s plan “{plan}”. Remove files that nobody needs,
    or have the limit raised: the page “Plan and usage” says how."""


class NotInFuture(DomainError):
    """Choose a time that is still to come."""


class PaidUntilOver(DomainError):
    """This day is over: choose one that is still to come. To close the company at once, suspend it; it reads why."""

    field = "paid_until"


class ReasonMissing(DomainError):
    """Say why: the company reads it."""

    field = "reason"


class NoDefaultPlan(DomainError):
    """New companies begin with this plan. Choose another one for that, then this one is it no more."""

    field = "is_default"


class PlanNameTaken(DomainError):
    """Another plan has this name or this code already. Choose another."""

    field = "name"


class TooManySuggestions(DomainError):
    """You have written {limit} today. Go on tomorrow, or add to the next one."""

    field = "text"


class AnswerMissing(DomainError):
    """Write an answer: the agent reads it."""

    field = "text"
