"""The pages of foresight: what they say is what was foreseen, and of nobody that the reader may not see."""

import shutil
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.html import escape

from anahtar.forecast.backtest.keeping import from_json
from anahtar.forecast.backtest.ways import WAY_NAMES, Plain
from anahtar.ledger.store.store import Ledger
from anahtar_web.accounts.models import Account, Assignment, Part
from anahtar_web.foresight import panels
from anahtar_web.foresight.models import DirectionOutlook, Forecast, Outlook
from anahtar_web.foresight.pages import proof
from anahtar_web.insight import remembered
from anahtar_web.insight.actions import analyse
from anahtar_web.insight.models import Run
from anahtar_web.people.models import User
from anahtar_web.ui.panels import Looks, Panel
from anahtar_web.ui.templatetags.shown import day, number, short_money
from tests.anahtar_web.matrix.seeds import seed, sown

pytestmark = pytest.mark.django_db

SignedIn = Callable[[User], Client]


@pytest.fixture
def analysed(db: None, many_buyers: Path, reckoned_once: None, shared_by_all: Path, tmp_path: Path) -> Iterator[Run]:
    """Forty buyers, every third of them silent, analysed: once in a run, and put into the database of each test."""

    def grow() -> int:
        shutil.copytree(many_buyers, settings.DATA / "ledger")
        run = analyse(by=None)
        assert run is not None
        return run.pk

    with sown(seed(shared_by_all / "foreseen", grow), shared_by_all / "foreseen", tmp_path / "foreseen"):
        yield Run.objects.get()


def proof_of(client: Client) -> Any:
    answer = client.get(reverse("foresight:proof"))
    assert answer.status_code == 200
    return answer.context["page"]


def test_before_an_analysis_the_page_says_when_it_comes(head: User, signed_in: SignedIn) -> None:
    text = signed_in(head).get(reverse("foresight:proof")).content.decode()
    assert "Nothing is foreseen yet" in text


def test_states_come_to_the_rows_and_lead_to_their_accounts(analysed: Run, head: User, signed_in: SignedIn) -> None:
    client = signed_in(head)
    page = proof_of(client)
    assert sum(one.accounts for one in page.states) == Outlook.objects.filter(run=analysed).count() == 40
    assert sum(one.at_stake for one in page.states) == sum(one.at_stake for one in Outlook.objects.filter(run=analysed))
    for one in page.states:
        listed = client.get(one.href)
        assert listed.status_code == 200
        assert listed.context["page"].totals.accounts == one.accounts


def test_what_each_rule_would_have_warned_of_is_what_was_kept(analysed: Run, head: User, signed_in: SignedIn) -> None:
    told = Forecast.objects.get(run=analysed).backtest
    assert told is not None
    kept = from_json(told)
    proof = proof_of(signed_in(head)).proof
    assert proof.whole
    assert [(one.right, one.wrong, one.open) for one in proof.warnings] == [
        (one.right, one.wrong, one.open) for one in kept.warned
    ]
    assert {one.score.way for one in proof.ways} == {score.way for score in kept.scores}
    assert sum(one.chosen for one in proof.ways) == 1
    assert proof.named


def test_who_sees_some_accounts_reads_of_no_others(analysed: Run, head: User, ana: User, signed_in: SignedIn) -> None:
    everybody = proof_of(signed_in(head)).proof
    mine = everybody.named[0]
    Assignment.objects.create(account=mine.account, person=ana, part=Part.MANAGER, since=date(2024, 1, 1))
    remembered.forget()
    answer = signed_in(ana).get(reverse("foresight:proof"))
    page, text = answer.context["page"], answer.content.decode()
    assert not page.proof.whole
    assert [one.account for one in page.proof.named] == [mine.account]
    own = next(one for one in page.proof.warnings if one.own)
    assert (own.right, own.wrong) == (mine.right, mine.wrong)
    assert sum(one.accounts for one in page.states) == 1
    assert all(one.account.name not in text for one in everybody.named[1:])


def test_a_ledger_too_small_says_why_there_is_no_proof(ledger: Ledger, head: User, signed_in: SignedIn) -> None:
    analyse(by=None)
    page = proof_of(signed_in(head))
    assert page.proof is None
    assert page.refusal
    assert escape(page.refusal) in signed_in(head).get(reverse("foresight:proof")).content.decode()


def test_an_account_is_told_as_it_was_foreseen(analysed: Run, head: User, signed_in: SignedIn) -> None:
    outlook = Outlook.objects.filter(run=analysed, days_late__gt=0).order_by("-at_stake").first()
    assert outlook is not None
    answer = signed_in(head).get(reverse("foresight:account", args=[outlook.account_id]))
    text = answer.content.decode()
    assert day(outlook.expected_by) in text
    assert short_money(outlook.at_stake, analysed.currency) in text
    assert f"{number(outlook.silences_as_long)} of {number(outlook.gaps)}" in text
    names = [told.name for told in answer.context["page"].directions]
    rows = DirectionOutlook.objects.filter(run=analysed, account=outlook.account_id)
    worst = sorted(rows, key=lambda row: (-row.at_stake * row.days_late, -row.at_stake, row.dimension, row.direction))
    assert names == [row.direction for row in worst]
    assert names
    lines = f"{reverse('insight:lines', args=[outlook.account_id])}?"
    for row, told in zip(worst, answer.context["page"].directions, strict=True):
        assert told.lines == lines + urlencode({"order": "latest", row.dimension: row.direction})
        assert f'href="{escape(told.lines)}"' in text
    assert {row.dimension for row in rows} == {"direction", "region", "site"}


@pytest.mark.parametrize("kind", ["direction", "region", "site", "nothing"])
def test_directions_of_one_kind_are_asked_for_in_the_address(
    analysed: Run, head: User, signed_in: SignedIn, kind: str
) -> None:
    one = DirectionOutlook.objects.filter(run=analysed, dimension="site").earliest("pk")
    every = DirectionOutlook.objects.filter(run=analysed, account=one.account)
    asked = every.filter(dimension=kind) if kind != "nothing" else every
    page = signed_in(head).get(reverse("foresight:account", args=[one.account_id]), {"kind": kind}).context["page"]
    assert {told.silence.pk for told in page.directions} == set(asked.values_list("pk", flat=True))
    assert {name: count for name, _label, count in page.kinds} == {
        name: every.filter(dimension=name).count() for name in ("direction", "region", "site")
    }


@pytest.mark.parametrize("kind", ["region", "site"])
def test_the_lines_behind_a_place_are_those_of_it(analysed: Run, head: User, signed_in: SignedIn, kind: str) -> None:
    shown = DirectionOutlook.objects.filter(run=analysed, last_purchase__lte=analysed.window_end)
    one = shown.filter(dimension=kind).order_by("-last_purchase", "pk")[0]
    address = reverse("insight:lines", args=[one.account_id])
    answer = signed_in(head).get(address, {kind: one.direction, "order": "latest"})
    rows = answer.context["page"].rows
    assert {row[kind] for row in rows} == {one.direction}
    assert rows[0]["sold_on"] == one.last_purchase
    text = answer.content.decode()
    assert '<th scope="col">Region</th>' in text
    assert '<th scope="col">Site</th>' in text
    none = signed_in(head).get(address, {kind: ""}).context["page"]
    assert (none.rows, none.narrowed) == ([], True)


def test_every_measure_is_drawn_and_stands_in_the_table(analysed: Run, head: User, signed_in: SignedIn) -> None:
    client = signed_in(head)
    proof, text = proof_of(client).proof, client.get(reverse("foresight:proof")).content.decode()
    chosen = next(one for one in proof.ways if one.chosen)
    assert number(chosen.score.auc.low, 3) in text
    assert number(chosen.often, 3) in text
    assert chosen.against is not None
    assert number(chosen.against.high, 3) in text
    assert [one.name for one in proof.ways if one.against is None] == [str(WAY_NAMES[Plain.RECENCY])]
    drawn_said = proof.calibration_chart
    assert drawn_said["first"] == [one.said for one in proof.tenths]
    assert drawn_said["second"] == [one.happened for one in proof.tenths]


def test_what_one_does_not_see_is_absent(analysed: Run, ana: User, signed_in: SignedIn) -> None:
    for pk in (Account.objects.earliest("pk").pk, 999_999):
        assert signed_in(ana).get(reverse("foresight:account", args=[pk])).status_code == 404


def test_a_merged_account_leads_to_the_one_left(analysed: Run, head: User, signed_in: SignedIn) -> None:
    one, other = Account.objects.order_by("pk")[:2]
    Account.objects.filter(pk=one.pk).update(merged_into=other)
    answer = signed_in(head).get(reverse("foresight:account", args=[one.pk]))
    assert answer.headers["Location"] == reverse("foresight:account", args=[other.pk])


def test_who_may_choose_the_criterion_is_led_to_it(
    analysed: Run, head: User, auditor: User, signed_in: SignedIn
) -> None:
    link = reverse("company:thresholds")
    assert link in signed_in(head).get(reverse("foresight:proof")).content.decode()
    assert f'href="{link}"' not in signed_in(auditor).get(reverse("foresight:proof")).content.decode()


def test_apps_above_tell_their_part(
    analysed: Run, head: User, signed_in: SignedIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    panel = Panel("Put aside", [panels.Line("came back all the same", "7")])
    looks: Looks[Run, panels.Line] = Looks()
    looks.register(lambda _run, _user: panel)
    monkeypatch.setattr(proof, "LOOKS", looks)
    text = signed_in(head).get(reverse("foresight:proof")).content.decode()
    assert "came back all the same" in text


def test_more_accounts_cost_no_more_queries(analysed: Run, head: User, signed_in: SignedIn) -> None:
    client = signed_in(head)

    def asked(address: str) -> int:
        client.get(address)
        remembered.forget()
        with CaptureQueriesContext(
            connection,
        ) as seen:
            assert client.get(address).status_code == 200
        return len(seen)

    account = reverse("foresight:account", args=[Account.objects.earliest("pk").pk])
    addresses = (reverse("foresight:proof"), account)
    before = [asked(address) for address in addresses]
    for row in list(DirectionOutlook.objects.filter(run=analysed)):
        row.pk, row.direction = None, f"{row.direction} 2"
        row.save()
    for outlook in list(Outlook.objects.filter(run=analysed)):
        twin = Account.objects.create(code=f"T{outlook.account_id}", name="Twin")
        outlook.pk, outlook.account = None, twin
        outlook.save()
    assert [asked(address) for address in addresses] == before
