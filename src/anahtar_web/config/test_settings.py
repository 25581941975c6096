"""Settings of the tests: the real ones, with a fast hasher and a data folder of their own."""

import os
import tempfile

# Before the real settings are read: they make folders in the data folder.
os.environ.setdefault("ANAHTAR_DATA", tempfile.mkdtemp(prefix="anahtar-test-"))

from anahtar_web.config.settings import *  # noqa: F403
from anahtar_web.config.settings import DATABASES, STORAGES, TEMPLATES

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
ACCOUNT_RATE_LIMITS = False
TEMPLATES[0]["OPTIONS"]["string_if_invalid"] = ""  # type: ignore[index]
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A file, not memory: the live server's threads and the tests see one database, with the pragmas of production.
    DATABASES["default"]["TEST"] = {"NAME": os.path.join(os.environ["ANAHTAR_DATA"], "test.sqlite3")}
