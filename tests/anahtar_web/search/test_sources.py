"""Each kind of thing is found by a folded Turkish word, quoted, and by nobody who does not see its account."""

from collections.abc import Callable
from typing import Any, Final

import pytest
from django.test import Client

from anahtar_web.accounts.actions import Verdict, decide_key, edit
from anahtar_web.accounts.actions.syncing import LedgerAccount, sync_from_ledger
from anahtar_web.accounts.models import Account, KeyStatus
from anahtar_web.company.queries import today
from anahtar_web.competitors.actions import add as add_competitor
from anahtar_web.files.actions import attach
from anahtar_web.people.models import User
from anahtar_web.risks.actions import open_case, record_loss
from anahtar_web.risks.models import Reason, Stage
from anahtar_web.search.models import Text
from anahtar_web.search.sources import SOURCES
from anahtar_web.stakeholders.actions import add as add_person
from anahtar_web.strategies.actions import deviate
from anahtar_web.tenders.actions import change
from anahtar_web.winbacks.actions import keep_list, make
from anahtar_web.winbacks.asked import Narrow
from tests.anahtar_web.dossier.facts import write
from tests.anahtar_web.files.conftest import data, pdf  # noqa: F401  # the data folder
from tests.anahtar_web.interactions.made import happened
from tests.anahtar_web.tenders.conftest import started
from tests.anahtar_web.winbacks.conftest import fields, planned

pytestmark = pytest.mark.django_db

SignedIn = Callable[[User], Client]
Write = Callable[[Account, User], Any]
WORD: Final = "Çığıröz"
TYPED: Final = "CIGIROZ"


def decided(account: Account, by: User) -> Any:
    return decide_key(account=account, verdict=Verdict(KeyStatus.KEY, reason=f"{WORD} için"), seen=None, by=by)


def lesson(account: Account, by: User) -> Any:
    tender = started(account, by)
    return change(tender=tender, version=tender.version, lessons=f"**{WORD}** erken aranmalı", by=by)


def campaign(_account: Account, by: User) -> Any:
    return planned(keep_list(name="Kayıplar", narrow=Narrow(), by=by), by, contents=f"**{WORD}** için indirim")


def lost(account: Account, by: User) -> Any:
    case = open_case(account=account, title="Az sipariş", by=by)
    reasons = [Reason.objects.get(code="price")]
    return record_loss(case=case, decided_on=today(), reasons=reasons, lessons=f"**{WORD}** erken aranmalı", by=by)


def offered(account: Account, by: User) -> Any:
    case = open_case(account=account, title="Az sipariş", stage=Stage.LOST, by=by)
    return make(case=case, fields=fields(contents=f"**{WORD}** için indirim", note="Gizlice"), by=by)


WRITES: Final[dict[str, Write]] = {
    "account": lambda account, by: edit(account=account, version=account.version, fields={"remark": WORD}, by=by),
    "decision": decided,
    "deviation": lambda account, by: deviate(
        account=account, text=f"**{WORD}** aranır", reason="x", until=None, seen=None, by=by
    ),
    "file": lambda account, by: attach(account=account, name=f"{WORD}.pdf", content=pdf(), by=by),
    "stakeholder": lambda account, by: add_person(account=account, fields={"name": "Ay Su", "position": WORD}, by=by),
    "fact": lambda account, by: write(account, by, "description", f"Kurucusu {WORD}"),
    "interaction": lambda account, by: happened(account, by, notes=f"**{WORD}** da oradaydı"),
    "tender": lesson,
    "case": lost,
    "competitor": lambda _account, by: add_competitor(fields={"name": "Rakip", "remark": WORD}, by=by),
    "winback_list": lambda _account, by: keep_list(name=f"Kayıp {WORD}", narrow=Narrow(), by=by),
    "campaign": campaign,
    "offer": offered,
}
EVERYBODYS: Final = ("competitor", "winback_list", "campaign")
"""They belong to no account."""


def test_there_is_a_case_of_every_source() -> None:
    assert set(WRITES) == set(SOURCES)


@pytest.mark.parametrize("source", list(WRITES))
def test_it_is_found_and_quoted_for_whom_it_is(
    acme: Account, ana: User, chen: User, signed_in: SignedIn, source: str
) -> None:
    WRITES[source](acme, ana)
    page = signed_in(ana).get("/search/", {"q": TYPED, "kind": source}).context["page"]
    assert page.count == 1
    parts = [*page.hits[0].title, *page.hits[0].parts]
    assert WORD in [part.text for part in parts if part.hit]
    assert "*" not in "".join(part.text for part in parts)
    stranger = signed_in(chen).get("/search/", {"q": TYPED}).context["page"]
    assert stranger.count == (1 if source in EVERYBODYS else 0)


def test_what_is_offered_is_found_by_who_reads_offers_and_the_note_by_nobody(
    acme: Account, ana: User, marketing: User, signed_in: SignedIn
) -> None:
    offered(acme, ana)

    def found(who: User, words: str) -> int:
        count: int = signed_in(who).get("/search/", {"q": words, "kind": "offer"}).context["page"].count
        return count

    assert (found(ana, TYPED), found(marketing, TYPED)) == (1, 0)
    assert (found(ana, "Az sipariş"), found(marketing, "Az sipariş")) == (1, 1)
    assert (found(ana, "Gizlice"), found(marketing, "Gizlice")) == (0, 0)


def test_an_import_changes_what_it_changed_in_the_index_and_nothing_else(
    acme: Account, ana: User, signed_in: SignedIn
) -> None:
    rows = [LedgerAccount("71", "Eski Adı"), LedgerAccount("72", "Kalan"), LedgerAccount("73", "Giden")]
    sync_from_ledger(rows, batch_of={}, by=None)
    assert set(Text.objects.filter(source="account").values_list("title", flat=True)) >= {"Eski Adı", "Kalan", "Giden"}
    kept = Text.objects.get(title="Kalan")
    Text.objects.filter(pk=kept.pk).update(body="not looked at again")
    sync_from_ledger([LedgerAccount("71", f"{WORD} A.Ş."), rows[1]], batch_of={}, by=None)
    titles = set(Text.objects.filter(source="account").values_list("title", flat=True))
    assert {f"{WORD} A.Ş.", "Kalan"} <= titles
    assert titles.isdisjoint({"Eski Adı", "Giden"})
    kept.refresh_from_db()
    assert kept.body == "not looked at again"
