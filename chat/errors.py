from core.errors import DomainError, SlowDown


class ConversationEnded(DomainError):
    """This conversation has ended. Begin a new one to say more."""


class AcceptedByOther(DomainError):
    """{agent} was faster and has this conversation now."""


class OtherGroup(DomainError):
    """This conversation is for the group {group}: only its agents can take it."""


class NotYourConversation(DomainError):
    """Only those who hold this conversation can write in it. Accept it first."""


class Invisible(DomainError):
    """You are invisible. Choose another status first, then take conversations."""


class HoldsConversations(DomainError):
    """You are in conversation with visitors. End your conversations first, then become invisible."""


class AwayAfterTooLong(DomainError):
    """At most {minutes} minutes: that is what your company has set."""

    field = "minutes"


class NobodyOnline(DomainError):
    """Nobody is online just now. Leave a message and it will be read later."""


class EmailInvalid(DomainError):
    """This does not look like an e-mail address, such as name@example.com."""

    field = "email"


class TextEmpty(DomainError):
    """Write something first."""

    field = "text"


class OriginNotAllowed(DomainError):
    """This website is not among the sites of the company. Add it on the page “Site code”."""


class CompanyClosed(DomainError):
    """This company is not to be reached here just now."""


class TooManyFromHere(SlowDown):
    """Too many visitors come from your network just now. This is tried again in a moment."""
