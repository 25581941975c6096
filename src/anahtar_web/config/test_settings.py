"""Settings of the tests: the real ones, with a fast hasher and a data folder of their own."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path


def _own_folder() -> str:
    """Give a data folder that is nobody else's: not the one of a real installation, not another worker's.

    A program that a test starts inherits the folder of the test.
    """
    worker = os.environ.get("PYTEST_XDIST_WORKER", "")
    given = Path(os.environ.get("ANAHTAR_DATA", "")).name
    if given.startswith("anahtar-test-") and given.endswith(worker):
        return os.environ["ANAHTAR_DATA"]
    folder = tempfile.mkdtemp(prefix="anahtar-test-", suffix=f"-{worker}" if worker else "")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


# Before the real settings are read: they make folders in the data folder.
os.environ["ANAHTAR_DATA"] = _own_folder()

from anahtar_web.config.settings import *  # noqa: E402, F403  # after the folder is chosen
from anahtar_web.config.settings import DATABASES, STATIC_ROOT, STORAGES, TEMPLATES  # noqa: E402

STATIC_ROOT.mkdir(exist_ok=True)  # WhiteNoise warns where it is absent, and warnings are errors

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
ACCOUNT_RATE_LIMITS = False  # type: ignore[assignment]  # allauth: none at all
TEMPLATES[0]["OPTIONS"]["string_if_invalid"] = ""  # type: ignore[index]
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A file, not memory: the live server's threads and the tests see one database, with the pragmas of production.
    DATABASES["default"]["TEST"] = {"NAME": os.path.join(os.environ["ANAHTAR_DATA"], "test.sqlite3")}
