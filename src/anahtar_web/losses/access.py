"""The run whose losses are shown, or none."""

from django.http import Http404

from anahtar_web.insight.access import the_run
from anahtar_web.insight.models import Run
from anahtar_web.losses.models import LossReport
from anahtar_web.losses.queries import report_of


def the_report() -> tuple[Run, LossReport]:
    """Give the current run with its losses; without them there is no list of them either."""
    run = the_run()
    report = report_of(run)
    if report is None:
        raise Http404
    return run, report
