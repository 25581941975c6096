"""A shown run in which some accounts are lost, a lost case of Acme, and offers to it."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from anahtar_web.accounts import directions
from anahtar_web.accounts.models import Account
from anahtar_web.company.queries import today
from anahtar_web.insight.models import Run, Standing
from anahtar_web.losses.models import WayBack
from anahtar_web.people.models import User
from anahtar_web.risks.actions import open_case
from anahtar_web.risks.models import Case, Stage
from anahtar_web.winbacks import actions
from anahtar_web.winbacks.asked import Narrow
from anahtar_web.winbacks.models import Campaign, Offer, WinbackList
from tests.anahtar_web.conftest import account

UNIT = 10_000
"""One of the currency, in ten-thousandths."""


@pytest.fixture
def run(db: None) -> Run:
    """The run the pages show."""
    now = timezone.now()
    return Run.objects.create(
        started_at=now,
        finished_at=now,
        current=True,
        as_of=today(),
        last_date=today(),
        last_month=today().replace(day=1),
        currency="TRY",
    )


@pytest.fixture(autouse=True)
def _directions(monkeypatch: pytest.MonkeyPatch) -> None:
    """Directions of business are told without a ledger."""
    monkeypatch.setattr(directions, "_TELLING", [lambda: ["Rulman"]])


@pytest.fixture
def signed_in(
    admin: User, director: User, head: User, ana: User, boris: User, chen: User, marketing: User, auditor: User
) -> Callable[[User], Client]:
    """Clients of people who have been here a moment ago, so that a refused request writes nothing."""
    known: dict[int, Client] = {}
    for one in (admin, director, head, ana, boris, chen, marketing, auditor):
        known[one.pk] = Client()
        known[one.pk].force_login(one)
        known[one.pk].get("/nowhere/")
    return lambda user: known[user.pk]


def lost(run: Run, of: Account, *, silence: int = 200, value: int | None = None, **fields: Any) -> Standing:
    """Let an account stand lost; with a value it has a way back: of money in units."""
    last = today() - timedelta(silence)
    told = {"state": "lost", "silence": silence, "last_purchase": last, "revenue": 0} | fields
    if value is not None:
        figures = {"revenue": 1000 * UNIT, "margin": 300 * UNIT, "chance": 0.2, "chance_low": 0.1, "chance_high": 0.3}
        silent = {"last_purchase": last, "silence": silence, "times_lost": 1}
        WayBack.objects.create(run=run, account=of, value=value * UNIT, **silent, **figures)
    return Standing.objects.create(run=run, account=of, **told)


def many(run: Run, count: int) -> list[Account]:
    """So many lost accounts nobody looks after, the first worth most."""
    made = [account(f"L{place:03}", f"Lost {place:03}") for place in range(count)]
    for place, one in enumerate(made):
        lost(run, one, value=1000 - place)
    return made


@pytest.fixture
def case(acme: Account, head: User) -> Case:
    """Acme is lost."""
    return open_case(account=acme, title="To be won back", stage=Stage.LOST, by=head)


Made = Callable[..., Offer]


def fields(**more: Any) -> dict[str, Any]:
    """What an offer says."""
    usual = {"kind": "discount", "contents": "**Ten percent** off.", "note": "They talk to Omega.", "budget_line": ""}
    return {**usual, "cost": 0, "valid_until": today() + timedelta(30), **more}


@pytest.fixture
def made(case: Case, ana: User) -> Made:
    """Write an offer down: `made(cost=100 * UNIT)`."""

    def make(by: User = ana, campaign: Campaign | None = None, of: Case = case, **more: Any) -> Offer:
        return actions.make(case=of, fields=fields(**more), campaign=campaign, by=by)

    return make


@pytest.fixture
def every_lost(head: User) -> WinbackList:
    """Whoever is lost."""
    return actions.keep_list(name="Everybody lost", narrow=Narrow(state="lost"), by=head)


def planned(kept: WinbackList, by: User, **more: Any) -> Campaign:
    """A campaign over a list, nothing drawn yet."""
    plan: dict[str, Any] = {
        "name": "Autumn",
        "list": kept,
        "size": 50,
        "kind": "discount",
        "contents": "Ten percent off.",
        "cost": 100 * UNIT,
        "budget": 1000 * UNIT,
        "valid_until": today() + timedelta(60),
        "holdout_share": 20,
        "horizon": 180,
    }
    return actions.plan(fields=plan | more, by=by)


def started(kept: WinbackList, by: User, seed: int = 7, **more: Any) -> Campaign:
    """A campaign that was drawn today."""
    made = planned(kept, by, **more)
    return actions.start(campaign=made, seen=made.version, by=by, seed=seed)


def ago(days: int) -> date:
    """A day before today."""
    return today() - timedelta(days)
