from config.settings.base import *

SECRET_KEY = SECRET_KEY or "test-only-" + "x" * 50
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
# Real Argon2, small: the hash is what is tested, not its price.
PASSWORD_HASHERS = ["core.testing.QuickArgon2PasswordHasher"]
CELERY_TASK_ALWAYS_EAGER = True
CELERY_TASK_EAGER_PROPAGATES = True
DATABASES["default"]["OPTIONS"] = {"pool": {"min_size": 0, "max_size": 12, "timeout": 10}}
