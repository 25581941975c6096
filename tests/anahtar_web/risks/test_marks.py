"""The mark of open cases beside the name of an account, and what the palette finds of them."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from anahtar.rules.lapse_state import State
from anahtar_web.accounts.marks import marks_of
from anahtar_web.accounts.models import Account
from anahtar_web.insight.models import Run
from anahtar_web.people.models import User
from anahtar_web.risks.actions import move
from anahtar_web.risks.models import Stage
from tests.anahtar_web.accounts.pages import asked
from tests.anahtar_web.risks.conftest import AS_OF, Opened, foresee

pytestmark = pytest.mark.django_db

SignedIn = Callable[[User], Client]


def test_an_account_is_marked_by_its_open_cases(run: Run, acme: Account, ana: User, chen: User, opened: Opened) -> None:
    foresee(run, acme, State.AT_RISK, last=AS_OF - timedelta(90))
    foresee(run, acme, State.AT_RISK, last=AS_OF - timedelta(90), direction="Rulman", at_stake=2_000_000)
    assert marks_of(acme, ana) == []
    case = opened(acme, stage=Stage.COOLING)
    (mark,) = marks_of(acme, ana)
    assert (mark.text, mark.tone) == ("Cooling · ₺500", "warn")
    assert mark.href == f"/accounts/{acme.pk}/risks/{case.pk}/"
    opened(acme, stage=Stage.LAPSED, direction="Rulman")
    (mark,) = marks_of(acme, ana)
    # A direction is a part of the whole: its money is not counted again.
    assert (mark.text, mark.tone, mark.href) == ("2 open cases · ₺500", "bad", f"/accounts/{acme.pk}/risks/")
    assert "Fewer orders (Lapsed)" in mark.title
    assert marks_of(acme, chen) == []
    move(case=case, stage=Stage.RECOVERED, words="x", by=ana)
    (mark,) = marks_of(acme, ana)
    assert mark.text == "Lapsed · ₺200"


@pytest.mark.parametrize("page", ["", "team/", "risks/"])
def test_every_page_of_an_account_has_the_mark_and_asks_as_much_for_many_cases(
    run: Run, acme: Account, ana: User, opened: Opened, signed_in: SignedIn, page: str
) -> None:
    client, place = signed_in(ana), f"/accounts/{acme.pk}/{page}"
    assert asked(client, place)
    opened(acme, direction="Rulman", stage=Stage.OFFER)
    opened(acme, stage=Stage.AT_RISK)
    few = asked(client, place)
    assert "2 open cases" in client.get(place).content.decode()
    for _more in range(5):
        opened(acme)
        opened(acme, direction="Rulman")
    assert asked(client, place) == few


def test_the_palette_finds_open_cases_of_accounts_one_sees(
    acme: Account, ana: User, chen: User, opened: Opened, signed_in: SignedIn
) -> None:
    opened(acme, title="Şikayet var")
    closed = opened(acme, title="Şikayet bitti")
    move(case=closed, stage=Stage.RECOVERED, words="x", by=ana)
    found = signed_in(ana).get("/palette/", {"q": "şikayet"}).content.decode()
    assert "Şikayet var" in found
    assert "Şikayet bitti" not in found
    assert "Şikayet var" not in signed_in(chen).get("/palette/", {"q": "şikayet"}).content.decode()
