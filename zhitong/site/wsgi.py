"""The WSGI application."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zhitong.site.settings")
os.environ.setdefault("ZHITONG_ANSWERS_PAGES", "1")
application = get_wsgi_application()
