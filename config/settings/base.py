"""Everything that holds everywhere. The other modules here override a dozen lines."""

import re
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_lazy as _

from config import env

BASE_DIR = Path(__file__).resolve().parent.parent.parent
DATA_DIR = Path(env.env_str("PARLEY_DATA") or BASE_DIR / "var")
FRONTEND_DIST = BASE_DIR / "frontend" / "dist"

CHANGELOG = (BASE_DIR / "CHANGELOG.md").read_text(encoding="utf8")
VERSION = (re.findall(r"^## (\d+\.\d+\.\d+)", CHANGELOG, re.M) or ["0"])[0]

SECRET_KEY = env.env_secret("PARLEY_SECRET_KEY")
DEBUG = False
ALLOWED_HOSTS = env.env_list("PARLEY_HOSTS", "*")
#: Where the installation is reached from outside; empty means "as the request says".
PUBLIC_URL = env.env_str("PARLEY_URL").rstrip("/")
#: A website that carries our snippet, to try it out; the home page links to it.
DEMO_URL = env.env_str("PARLEY_DEMO_URL")

#: How the operator is reached: an e-mail address, an https:// address, or a sentence with a telephone number.
SUPPORT = env.env_str("PARLEY_SUPPORT")

# --- Applications: one PostgreSQL schema per company -------------------------------------------------

SHARED_APPS = [
    # Before the admin, whose templates it replaces.
    "unfold.apps.BasicAppConfig",
    "django_tenants",
    "core",
    "companies",
    "accounts",
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    # Its own log stays empty: what was done is in the audit log.
    "django.contrib.admin.apps.SimpleAdminConfig",
    "config.console",
    "django.contrib.staticfiles",
    "django.forms",
    "django_htmx",
    "csp",
]
TENANT_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "accounts",
    "widgets",
    "chat",
]
INSTALLED_APPS = SHARED_APPS + [app for app in TENANT_APPS if app not in SHARED_APPS]

TENANT_MODEL = "companies.Company"
TENANT_DOMAIN_MODEL = "companies.Domain"
TENANT_LIMIT_SET_CALLS = True
DATABASE_ROUTERS = ["django_tenants.routers.TenantSyncRouter"]

MIDDLEWARE = [
    "config.middleware.RequestMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "accounts.middleware.AtOnceMiddleware",
    "accounts.middleware.KnownCompanyMiddleware",
    "accounts.middleware.CompanySessionMiddleware",
    "accounts.middleware.AgentMiddleware",
    "config.console.middleware.OperatorMiddleware",
    "accounts.middleware.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "config.middleware.PolicyMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

#: The admin asks for Django's own session and person; ours stand in their places.
SILENCED_SYSTEM_CHECKS = ["admin.E408", "admin.E410"]

ROOT_URLCONF = "config.urls"
ASGI_APPLICATION = "config.asgi.application"
WSGI_APPLICATION = "config.wsgi.application"
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.messages.context_processors.messages",
                "accounts.context.person",
            ],
        },
    }
]

# --- Stores ------------------------------------------------------------------------------------------

DATABASE_URL = env.env_secret("DATABASE_URL", "postgresql:///parley")
#: With which a second role signs in that owns the audit logs: see docs/running.md.
OWNER_DATABASE_URL = env.env_secret("PARLEY_OWNER_DATABASE_URL")
REDIS_URL = env.env_secret("REDIS_URL", "redis://localhost:6379/0")

DATABASES = {
    "default": {
        **env.database(DATABASE_URL),
        "ENGINE": "core.tenancy.backend",
        "CONN_MAX_AGE": 0,
        # A backend grows about 0.7 MB for each company it has touched: few of them, renewed.
        "OPTIONS": {"pool": {"min_size": 1, "max_size": 12, "max_lifetime": 600, "timeout": 10}},
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": REDIS_URL,
        "KEY_FUNCTION": "core.tenancy.context.cache_key",
    }
}

CELERY_BROKER_URL = REDIS_URL.replace("unix://", "redis+socket://")
CELERY_TASK_IGNORE_RESULT = True
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_ACKS_LATE = True
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
# Mail on the console is shown as it is.
CELERY_WORKER_REDIRECT_STDOUTS = False
CELERY_BROKER_TRANSPORT_OPTIONS = {"visibility_timeout": 3600, "global_keyprefix": "celery:"}
CELERY_BEAT_SCHEDULE = {
    "ring-alarms": {"task": "companies.tasks.ring_alarms", "schedule": 1.0, "options": {"expires": 5}},
    "sweep-deliveries": {
        "task": "companies.tasks.sweep_deliveries",
        "schedule": 60.0,
        "options": {"expires": 60},
    },
}

# --- People --------------------------------------------------------------------------------------------

AUTH_USER_MODEL = "accounts.Agent"
AUTHENTICATION_BACKENDS = ["accounts.backends.AgentBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ["agent_id", "name", "email"]},
    },
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 8}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
    {"NAME": "accounts.password_policy.UnlikeTheCompany"},
]
CSRF_USE_SESSIONS = True
CSRF_FAILURE_VIEW = "accounts.views.errors.csrf_failure"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# --- Languages -----------------------------------------------------------------------------------------

LANGUAGE_CODE = "en"
LANGUAGE_COOKIE_NAME = "parley_language"
LANGUAGES = [("en", _("English")), ("zh-hans", _("Simplified Chinese"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = ["core.formats"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

# --- Files and mail ------------------------------------------------------------------------------------

STATIC_URL = "/static/"
STATICFILES_DIRS: list[Any] = [FRONTEND_DIST] if FRONTEND_DIST.is_dir() else []
#: Pictures of the user guide, which is read in the product too.
STATICFILES_DIRS.append(("guide", BASE_DIR / "docs" / "images"))
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
# The front end's build puts a hash into each of these names.
WHITENOISE_IMMUTABLE_FILE_TEST = r"^/static/assets/"

#: Pictures that people upload; machines that serve one installation share this folder.
MEDIA_ROOT = DATA_DIR / "files"

EMAIL_BACKEND = env.env_str("PARLEY_EMAIL_BACKEND", "django.core.mail.backends.console.EmailBackend")
EMAIL_HOST = env.env_str("EMAIL_HOST", "localhost")
EMAIL_PORT = env.env_int("EMAIL_PORT", 25)
EMAIL_HOST_USER = env.env_str("EMAIL_HOST_USER")
EMAIL_HOST_PASSWORD = env.env_secret("EMAIL_HOST_PASSWORD")
EMAIL_USE_TLS = env.env_bool("EMAIL_USE_TLS")
EMAIL_USE_SSL = env.env_bool("EMAIL_USE_SSL")
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = env.env_str("PARLEY_MAIL_FROM", "Parley <parley@localhost>")

#: Where everything goes through that leaves for the world outside (core/outgoing.py), as in
#: http://name:password@proxy.example:3128 or socks5://proxy.example:1080; empty: straight.
OUTGOING_PROXY = env.env_secret("PARLEY_PROXY")
#: Hosts, .domains and networks that are reached without it.
OUTGOING_DIRECT = env.env_list("PARLEY_PROXY_EXCEPT", "127.0.0.0/8,::1/128")

# --- Security ------------------------------------------------------------------------------------------

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "frame-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
    }
}

# --- The live part: every limit is stated here and told where it is met ----------------------------------

#: Longest frame a client may send, bytes.
FRAME_LIMIT = 64 * 1024
#: What one socket may send: so many commands a second on average, so many at once.
COMMANDS_PER_SECOND = env.env_int("PARLEY_COMMANDS_PER_SECOND", 20)
COMMANDS_AT_ONCE = env.env_int("PARLEY_COMMANDS_AT_ONCE", 100)
#: Bytes that may wait for a slow receiver before its socket is closed (it resumes by number).
SEND_BUFFER_LIMIT = 1024 * 1024
#: Seconds a socket may take to say who it is.
OPENING_TIMEOUT = 10
#: Rows that may wait for the writer of one process before senders are told to slow down.
WRITER_QUEUE_LIMIT = 20_000
#: Threads for database work of sockets that is not on the hot path.
LIVE_THREADS = 8
#: Seconds after which an agent whose connection is gone counts as offline.
LEASE_SECONDS = 40
LEASE_GRACE_SECONDS = 10
#: Seconds between a socket's pings, and until an unanswered one ends it.
PING_INTERVAL = 20
PING_TIMEOUT = 20
#: What one process takes from one address: open sockets of visitors; visitors it has never seen, so many a second on
#: average, so many at once. Offices and carriers have hundreds behind one address. Addresses of local networks are
#: not counted: behind a proxy that does not say whom it speaks for, they would be everybody.
VISITOR_SOCKETS_PER_ADDRESS = env.env_int("PARLEY_VISITOR_SOCKETS_PER_ADDRESS", 2_000)
NEW_VISITORS_PER_SECOND = env.env_int("PARLEY_NEW_VISITORS_PER_SECOND", 50)
NEW_VISITORS_AT_ONCE = env.env_int("PARLEY_NEW_VISITORS_AT_ONCE", 500)
#: Visitors that one process lists on a company's board: from one address (local networks excepted), and in all.
BOARD_PER_ADDRESS = env.env_int("PARLEY_BOARD_PER_ADDRESS", 500)
BOARD_PER_COMPANY = env.env_int("PARLEY_BOARD_PER_COMPANY", 50_000)
#: Sightings of visitors that may wait for the database in one process; what comes on top is not kept.
VISITS_QUEUE_LIMIT = 50_000

#: A file in MaxMind's format that tells where addresses outside China are, and IPv6 ones.
GEO_MMDB = env.env_str("PARLEY_GEO_MMDB")
#: Sockets over plain HTTP, where no WebSocket gets through: so many in one process, and of them from one address
#: (local networks excepted); bytes of one request; seconds a client may stay away between two requests; seconds
#: after which a stream ends and its client asks for the next.
HTTP_SESSIONS_LIMIT = 10_000
HTTP_SESSIONS_PER_ADDRESS = env.env_int("PARLEY_HTTP_SESSIONS_PER_ADDRESS", 1_000)
HTTP_BODY_LIMIT = 4 * FRAME_LIMIT
HTTP_AWAY_SECONDS = 15
HTTP_STREAM_SECONDS = 300

#: Seconds after which a process that ends stops listening, having said at /readyz that it is not ready; and seconds
#: over which its sockets are then told to go elsewhere. None where there is nowhere else to go.
MOVE_NOTICE = env.env_int("PARLEY_MOVE_NOTICE", 0)
MOVE_SECONDS = env.env_int("PARLEY_MOVE_SECONDS", 0)

# --- Those who watch ------------------------------------------------------------------------------------

#: Who may read /metrics: whoever has the token, or asks from one of these addresses or networks.
METRICS_TOKEN = env.env_secret("PARLEY_METRICS_TOKEN")
METRICS_NETWORKS = env.env_networks("PARLEY_METRICS_NETWORKS", "127.0.0.1,::1")
#: Proxies whose word on where a request comes from is taken.
TRUSTED_PROXIES = env.env_networks("PARLEY_TRUSTED_PROXIES")

LOG_LEVEL = env.env_str("PARLEY_LOG_LEVEL", "WARNING").upper()
LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "plain": {"()": "core.logs.Plain", "format": "%(asctime)s %(levelname)s %(name)s: %(message)s"},
        "json": {"()": "core.logs.Json"},
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": LOG_LEVEL},
    # Django's own handlers would write past ours, and a mail to administrators quotes the request.
    "loggers": {
        "django": {"handlers": [], "level": "NOTSET"},
        "django.server": {"handlers": [], "propagate": True},
    },
}
