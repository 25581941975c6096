"""The firm's signals: one that is open and one that was put off, with words of the one who did."""

from datetime import timedelta

from anahtar_web.company.queries import today
from anahtar_web.foresight.models import Forecast
from anahtar_web.insight.models import Run
from anahtar_web.jobs.told import told
from anahtar_web.signals import actions
from anahtar_web.signals.models import Signal
from tests.anahtar_web.matrix.canaries import Canary
from tests.anahtar_web.matrix.firm import SEES_ACME, Firm


def plant_signals(firm: Firm) -> None:
    """Plant them at Acme."""
    run = Run.objects.get(current=True)
    Forecast.objects.get_or_create(run=run, defaults={"horizon": 90, "criterion": "rhythm"})
    day = run.last_date
    for name, kind, direction in (("signal", "silent", ""), ("put off", "direction", "QzSilentDir")):
        firm.objects[name] = Signal.objects.create(
            **{"account": firm.accounts["acme"], "kind": kind, "direction": direction, "level": "watch"},
            **{"first_run": run, "last_run": run, "first_seen": day, "last_seen": day, "last_purchase": day},
            at_stake=588_880_000,
            why=[told("QzWhyItIsTold")],
            figures={"all_gaps": 9, "as_long": 0, "p95": 40.0, "silence": 61, "gaps": [30, 31]},
        )
    until = today() + timedelta(days=30)
    actions.snooze(signal=firm.objects["put off"], until=until, words="QzWaitingFor", by=firm.people["kam"])
    firm.canaries += [
        Canary("QzWaitingFor", "what is waited for at Acme", SEES_ACME),
        Canary("QzWhyItIsTold", "a signal of Acme", SEES_ACME),
        Canary("QzSilentDir", "a silent direction of Acme", SEES_ACME),
    ]
