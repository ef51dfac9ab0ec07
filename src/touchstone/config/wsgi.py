"""The application as a WSGI callable, for gunicorn and its like."""

from django.core.wsgi import get_wsgi_application

from touchstone.config.startup import prepare

prepare()
application = get_wsgi_application()
