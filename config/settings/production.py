"""Demands what development makes up (secrets, hosts, HTTPS, who stands in front), and refuses to start without."""

from django.core.exceptions import ImproperlyConfigured

from config import env
from config.settings.base import *

DEMANDED = (
    "PARLEY_SECRET_KEY",
    "PARLEY_HOSTS",
    "PARLEY_URL",
    "PARLEY_TRUSTED_PROXIES",
    "DATABASE_URL",
    "REDIS_URL",
    "EMAIL_HOST",
    "PARLEY_MAIL_FROM",
)
#: What stands in examples, and what people type to get on.
_NO_SECRETS = ("", "change-me", "changeme", "parley", "password", "postgres", "secret")

for name in DEMANDED:
    if not env.env_secret(name):
        raise ImproperlyConfigured(f"{name} must be set in production.")
if (
    len(SECRET_KEY) < 40
    or len(set(SECRET_KEY)) < 12
    or SECRET_KEY.startswith(("development-only-", "test-only-"))
):
    raise ImproperlyConfigured("PARLEY_SECRET_KEY must be a random secret of at least 40 characters.")
if "*" in ALLOWED_HOSTS:
    raise ImproperlyConfigured("PARLEY_HOSTS must name the hosts this installation answers to.")
if not PUBLIC_URL.startswith("https://"):
    raise ImproperlyConfigured("PARLEY_URL must be the https:// address of this installation.")
if any(network.prefixlen == 0 for network in TRUSTED_PROXIES):
    raise ImproperlyConfigured("PARLEY_TRUSTED_PROXIES must name the proxies: not everybody is one.")
_host, _password = DATABASES["default"]["HOST"], DATABASES["default"]["PASSWORD"]
if _host and not _host.startswith("/") and _password.lower() in _NO_SECRETS:
    raise ImproperlyConfigured("DATABASE_URL must carry a password that nobody guesses.")
if METRICS_TOKEN and len(METRICS_TOKEN) < 20:
    raise ImproperlyConfigured("PARLEY_METRICS_TOKEN must be a random secret of at least 20 characters.")

EMAIL_BACKEND = env.env_str("PARLEY_EMAIL_BACKEND", "core.mail.EmailBackend")
if EMAIL_BACKEND.endswith(("console.EmailBackend", "locmem.EmailBackend", "dummy.EmailBackend")):
    raise ImproperlyConfigured("PARLEY_EMAIL_BACKEND must send the mail.")

SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_SSL_REDIRECT = True
SECURE_HSTS_SECONDS = 31_536_000
SESSION_COOKIE_SECURE = True

METRICS_NETWORKS = env.env_networks("PARLEY_METRICS_NETWORKS")
MOVE_NOTICE = env.env_int("PARLEY_MOVE_NOTICE", 3)
MOVE_SECONDS = env.env_int("PARLEY_MOVE_SECONDS", 10)

LOGGING["handlers"]["console"]["formatter"] = "json"
LOGGING["root"]["level"] = env.env_str("PARLEY_LOG_LEVEL", "INFO").upper()
