"""How gunicorn serves Anahtar, at home and in production: `gunicorn -c python:anahtar_web.operations.gunicorn_conf …`.

Numbers that depend on the machine are given at the command line (`--bind`, `--workers`).
"""

import gc
import os
from typing import Any

from anahtar.analysis.slicing import warm_up

wsgi_app = "anahtar_web.config.wsgi"
worker_class = "gthread"
workers = 2
# Threads of a process share one processor: with four, pages that come at once make each other late (a quarter more at
# the 95th of a hundred pages). Two, so that a long list being taken out or a slow upload does not hold a worker.
threads = 2
# The worker that takes in an upload of two gigabytes is not dead: its main thread goes on beating.
timeout = 60
graceful_timeout = 30
keepalive = 15
# Memory that a library does not give back goes with its process; not all of them at once.
max_requests = 5000
max_requests_jitter = 500
# The beat is a file that is touched; on a disk that is busy writing a batch, touching it may wait.
worker_tmp_dir = "/dev/shm" if os.path.isdir("/dev/shm") else None
loglevel = "warning"


def when_ready(_server: Any) -> None:
    """Pay once, before the workers are forked, what each of them would pay at the first look at new months.

    Importing the query compiler and its first statements are a third of that look; what is imported here is shared by
    all workers, and by those that follow them. Whoever calls meanwhile waits, and is not turned away.
    """
    warm_up()


def post_worker_init(worker: Any) -> None:
    """Read every address before the first page asks for one, and leave what is there out of every search for garbage.

    The addresses bring all pages with them: most of a second, which the first visitor of each worker waited for. And a
    page makes a hundred thousand objects, nearly all of which go by themselves; a search through all that the
    application holds finds nothing, and everybody the worker serves waits for it.
    """
    from django.urls import get_resolver  # the application is there now

    list(get_resolver().url_patterns)
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 20, 20)
