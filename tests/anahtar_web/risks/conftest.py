"""A run with outlooks, made by hand."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from anahtar.rules.lapse_state import State
from anahtar.words import say
from anahtar_web.accounts.models import Account
from anahtar_web.foresight.models import DirectionOutlook, Outlook
from anahtar_web.insight.models import Run
from anahtar_web.jobs.told import told
from anahtar_web.risks.actions import open_case
from anahtar_web.risks.models import Case

AS_OF = date(2026, 3, 31)


def new_run(as_of: date = AS_OF) -> Run:
    """Show another run."""
    Run.objects.update(current=False)
    now = timezone.now()
    return Run.objects.create(started_at=now, finished_at=now, current=True, as_of=as_of, currency="TRY")


@pytest.fixture
def run(db: None) -> Run:
    return new_run()


def foresee(run: Run, account: Account, state: State, *, last: date, direction: str = "", **fields: Any) -> None:
    """Write down what a run foresees: buys every 40 days, 95 % of its gaps within 60."""
    assert run.as_of is not None
    silence = (run.as_of - last).days
    usual: dict[str, Any] = {
        "purchase_days": 10,
        "gaps": 9,
        "gap_mean": 40.0,
        "gap_p95": 60.0,
        "expected_by": last + timedelta(60),
        "at_stake": 5_000_000,
        "why": told(say("at risk beyond {border} days", border=80)),
    }
    common = {"run": run, "account": account, "state": state.value, "last_purchase": last, "silence": silence}
    if direction:
        DirectionOutlook.objects.create(**common, direction=direction, **usual | fields)
    else:
        Outlook.objects.create(**common, **usual | fields)


Opened = Callable[..., Case]


@pytest.fixture
def opened() -> Opened:
    """Open a case: `opened(acme, by=ana)`."""

    def opened(account: Account, **fields: Any) -> Case:
        return open_case(account=account, **{"title": "Fewer orders", "by": None} | fields)

    return opened
