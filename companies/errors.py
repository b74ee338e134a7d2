from core.errors import DomainError


class CompanyUnknown(DomainError):
    """There is no company with this ID."""
