"""Adds nothing new: demands secrets, hosts and HTTPS, and refuses to start without them."""

from django.core.exceptions import ImproperlyConfigured

from config import env
from config.settings.base import *

for name in ("PARLEY_SECRET_KEY", "PARLEY_HOSTS", "PARLEY_URL", "DATABASE_URL", "REDIS_URL"):
    if not env.env_secret(name):
        raise ImproperlyConfigured(f"{name} must be set in production.")
if len(SECRET_KEY) < 40 or SECRET_KEY.startswith(("development-only-", "test-only-")):
    raise ImproperlyConfigured("PARLEY_SECRET_KEY must be a random secret of at least 40 characters.")
if "*" in ALLOWED_HOSTS:
    raise ImproperlyConfigured("PARLEY_HOSTS must name the hosts this installation answers to.")
if not PUBLIC_URL.startswith("https://"):
    raise ImproperlyConfigured("PARLEY_URL must be the https:// address of this installation.")

SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_SSL_REDIRECT = True
SECURE_HSTS_SECONDS = 31_536_000
SESSION_COOKIE_SECURE = True
