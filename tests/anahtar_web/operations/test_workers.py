"""What a worker of the web server does before its first visitor."""

import subprocess
import sys

_SHOWS = """
import gc, sys, django
django.setup()
from anahtar_web.operations.gunicorn_conf import post_worker_init
views = lambda: sum(name.startswith("anahtar_web.") and name.split(".")[2:3] == ["views"] for name in sys.modules)
pages = lambda: sum(name.startswith("anahtar_web.") and name.split(".")[2:3] == ["urls"] for name in sys.modules)
before = views(), pages()
post_worker_init(None)
after = views(), pages()
from django.test import RequestFactory
from django.urls import resolve
loaded = set(sys.modules)
resolve("/accounts/1/history/")
print(*before, *after, len(set(sys.modules) - loaded), gc.get_freeze_count() > 100_000)
"""


def test_a_worker_has_read_every_address_before_the_first_page() -> None:
    shown = subprocess.run([sys.executable, "-c", _SHOWS], check=True, capture_output=True, text=True, timeout=60)
    views_before, urls_before, views, urls, read_later, frozen = shown.stdout.split()

    assert (views_before, urls_before) == ("0", "0")
    assert int(urls) > 15
    assert int(views) > 15
    assert read_later == "0"
    assert frozen == "True"
