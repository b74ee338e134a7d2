from core.errors import DomainError


class AlreadyMigrating(DomainError):
    """The schemas are being migrated already, here or on another machine. Wait until that has ended."""
