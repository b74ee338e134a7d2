from core.errors import DomainError


class VisitorTokenInvalid(DomainError):
    """This visitor is not known here."""


class VisitorTokenExpired(DomainError):
    """This visitor has not been here for so long that they count as new."""


class SiteInvalid(DomainError):
    """“{site}” is not the address of a website. Write it like https://www.example.com."""

    field = "sites"
