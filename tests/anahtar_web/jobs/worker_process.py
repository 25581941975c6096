"""A worker as a process of its own on the database of the tests: `python -m … NAME_OF_DATABASE [batch]`."""

import os
import sys
from importlib import import_module

os.environ["DJANGO_SETTINGS_MODULE"] = "anahtar_web.config.test_settings"

import django
from django.conf import settings

settings.DATABASES["default"]["NAME"] = sys.argv[1]
django.setup()

# Only now: models need the settings.
import_module("tests.anahtar_web.jobs.kinds")
worker = import_module("anahtar_web.jobs.worker").JobWorker(batch="batch" in sys.argv)
worker.configure_signals()
worker.run()
