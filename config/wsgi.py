"""Pages, for servers of WSGI such as config/web.py."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.development")
_django = get_wsgi_application()

from config import collectors, edge  # noqa: E402

collectors.of_web()
application = edge.wsgi(_django)
