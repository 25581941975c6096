"""`anahtar-web work`: run jobs."""

from argparse import ArgumentParser
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from anahtar_web.jobs.worker import JobWorker
from anahtar_web.operations.durability import refuse_forgetful
from anahtar_web.operations.terminal import SpokenCommand


class Command(SpokenCommand):
    """Run jobs until asked to end; several may run at once, also on several machines."""

    help = gettext_lazy("run the jobs people ask for, until stopped; `run` starts one by itself")

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--batch", action="store_true", help=_("end when nothing waits"))

    def handle(self, *, batch: bool, **options: Any) -> None:
        refuse_forgetful()
        worker = JobWorker(batch=batch)
        worker.configure_signals()
        worker.run()
