"""Helpers for tests of every layer."""

from django.contrib.auth.hashers import Argon2PasswordHasher


class QuickArgon2PasswordHasher(Argon2PasswordHasher):
    """Argon2 with the least work, since a test's password protects nobody."""

    time_cost = 1
    memory_cost = 8
    parallelism = 1
