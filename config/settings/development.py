"""`make run`: the product on one machine, for trying it out and for working on it."""

from config import env
from config.settings.base import *

SECRET_KEY = SECRET_KEY or "development-only-" + "x" * 40
CSRF_TRUSTED_ORIGINS = env.env_list("PARLEY_TRUSTED_ORIGINS")
