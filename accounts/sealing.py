"""What the database keeps but must not be able to read: encrypted with a key made from the installation's secret."""

import base64
import functools

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.utils.crypto import salted_hmac

_SALT = "accounts.sealing"


class Unreadable(Exception):
    """It was sealed with another secret, or is damaged."""


def seal(plain: str) -> bytes:
    return _box(*secrets()).encrypt(plain.encode())


def open_sealed(sealed: bytes | memoryview) -> str:
    """Also what was sealed with an earlier secret that is still named among the fallbacks."""
    try:
        return _box(*secrets()).decrypt(bytes(sealed)).decode()
    except InvalidToken:
        raise Unreadable from None


def secrets() -> tuple[str, ...]:
    """The installation's, and the earlier ones that still count."""
    return (settings.SECRET_KEY, *map(str, settings.SECRET_KEY_FALLBACKS))


@functools.lru_cache(maxsize=4)
def _box(*secrets: str) -> MultiFernet:
    return MultiFernet([Fernet(_key(secret)) for secret in secrets])


def _key(secret: str) -> bytes:
    return base64.urlsafe_b64encode(salted_hmac(_SALT, b"", secret, algorithm="sha256").digest())
