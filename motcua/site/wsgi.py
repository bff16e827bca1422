"""The WSGI application; with MOTCUA_EMBED_WORKER=1 the background worker runs inside it."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "motcua.site.settings")

from django.conf import settings  # the settings module is named first
from django.core.wsgi import get_wsgi_application  # likewise

application = get_wsgi_application()

if settings.EMBED_WORKER:
    from motcua.jobs.worker import JobWorker

    JobWorker().start_threads()
