from core.errors import DomainError


class VisitorTokenInvalid(DomainError):
    """This visitor is not known here."""


class VisitorTokenExpired(DomainError):
    """This visitor has not been here for so long that they count as new."""
