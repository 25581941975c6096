"""A run whose outlooks are written by hand: what a signal is told of is in the test that asks."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from anahtar_web.accounts.models import Account, Assignment, Part
from anahtar_web.foresight.models import DirectionOutlook, Forecast, Outlook
from anahtar_web.insight.models import Run, Standing
from anahtar_web.jobs.told import told
from anahtar_web.people.models import User
from tests.anahtar_web.conftest import account
from tests.anahtar_web.insight.conftest import data, forgetful  # noqa: F401  # fixtures

AS_OF = date(2025, 12, 31)


def new_run(as_of: date = AS_OF, *, horizon: int = 90) -> Run:
    """A run that is current from now on."""
    Run.objects.filter(current=True).update(current=False)
    run = Run.objects.create(
        started_at=timezone.now(), finished_at=timezone.now(), current=True, as_of=as_of, currency="TRY"
    )
    Forecast.objects.create(run=run, horizon=horizon, criterion="rhythm")
    return run


def standing(run: Run, of: Account, **fields: Any) -> Standing:
    """What the ledger says of an account: class A, as others are not told of."""
    fields = {"abc": "A", "orders": 12, "last12": [100] * 12} | fields
    return Standing.objects.create(run=run, account=of, **fields)


def outlook(run: Run, of: Account, state: str = "active", **fields: Any) -> Outlook:
    """What is foreseen of it: nine gaps of thirty days, within 48; 10,000 a year."""
    return Outlook.objects.create(run=run, account=of, **_silence(state, fields))


def direction(run: Run, of: Account, name: str, state: str, **fields: Any) -> DirectionOutlook:
    """The same of one of its directions."""
    return DirectionOutlook.objects.create(run=run, account=of, direction=name, **_silence(state, fields))


def _silence(state: str, fields: dict[str, Any]) -> dict[str, Any]:
    late = {"watch": 4, "at_risk": 30, "lapsed": 60}.get(state, 0)
    usual: dict[str, Any] = {
        "purchase_days": 10,
        "gaps": 9,
        "gap_mean": 30.0,
        "gap_p95": 48.0,
        "silence": 48 + late if late else 10,
        "days_late": late,
        "silences_as_long": 1,
        "none_ahead": 0.1,
        "at_stake": 100_000_000,
        "why": told(f"why {state}"),
    }
    told_of = usual | fields
    return {"last_purchase": AS_OF - timedelta(days=told_of["silence"]), "state": state} | told_of


@pytest.fixture
def acme(db: None) -> Account:
    return account("ACME", "Acme Rulman")


@pytest.fixture
def birch(db: None) -> Account:
    return account("BIRCH", "Birch Kayış")


@pytest.fixture
def ana(acme: Account, ana: User) -> User:
    """Manages Acme."""
    Assignment.objects.create(account=acme, person=ana, part=Part.MANAGER, since=date(2024, 1, 1))
    return ana


@pytest.fixture
def chen(birch: Account, chen: User) -> User:
    """Manages Birch, and is a stranger to Acme."""
    Assignment.objects.create(account=birch, person=chen, part=Part.MANAGER, since=date(2024, 1, 1))
    return chen
