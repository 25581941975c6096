"""The portfolio as a PDF: the figures of the page, of what its reader may see, whatever accounts are called."""

import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext

from anahtar_web.accounts.actions import Verdict, decide_key
from anahtar_web.accounts.models import Account, Assignment, KeyStatus, Part
from anahtar_web.audit import leaving
from anahtar_web.audit.models import Entry
from anahtar_web.company.models import Company
from anahtar_web.insight.actions import exporting
from anahtar_web.insight.models import Run, Standing
from anahtar_web.insight.pages.portfolio import asked_for
from anahtar_web.people.models import User
from anahtar_web.reports.document import pdf as typeset
from anahtar_web.reports.queries import key_accounts
from anahtar_web.ui.templatetags.shown import day, money, number, share, short_money
from tests.anahtar_web.reports.conftest import SignedIn
from tests.anahtar_web.reports.papers import content, pdf, take, text_of

pytestmark = pytest.mark.django_db

AT = datetime(2026, 1, 5, 9, tzinfo=UTC)

HOSTILE = (
    '#read("/etc/passwd")',
    '#import "@preview/x:1.0.0": *',
    "$ x^2 $ *bold* _under_ `raw` <label> @ref ~ \\u{41} // comment /* more */",
    '"); #panic("out") //',
    "]#sys.inputs[",
    "= Heading\n#pagebreak()",
    "Çığ İğne Şule Щука Ёлка Ґанок",
)


def whole(units: int) -> str:
    """An amount as the lists of the document write it."""
    return number(units / 10_000)


# Figures -----------------------------------------------------------------------------------------------------------


def test_it_says_what_the_page_says(director: User, run: Run, signed_in: SignedIn) -> None:
    told = pdf(signed_in(director))
    assert short_money(run.revenue, "TRY") in told
    assert short_money(run.profit, "TRY") in told
    assert "Ranked by: profit" in told
    assert "Totals and shares are of the whole company." in told
    for standing in Standing.objects.filter(run=run, rank__lte=3).select_related("account"):
        assert f"{standing.account.name} {standing.account.code}" in told
        assert whole(standing.value or 0) in told
        assert share(standing.share) in told
    assert f"From analysis {run.pk} of " in told
    assert f"the ledger ends on {day(run.last_date)}" in told
    assert f"Ledger until {day(run.last_date)}" in told
    assert "Made for Deniz Direktör (Director)" in told
    assert "Page 1 of " in told


def test_a_cell_of_the_matrix_holds_as_many_as_the_page_says(director: User, run: Run, signed_in: SignedIn) -> None:
    told = pdf(signed_in(director))
    found = Standing.objects.filter(run=run)
    for cell in set(found.exclude(cell=None).values_list("cell", flat=True)):
        n = found.filter(cell=cell).count()
        assert f"{cell} · {number(n)} account" in told


def test_it_is_written_in_the_readers_language(director: User, run: Run, signed_in: SignedIn) -> None:
    User.objects.filter(pk=director.pk).update(language="tr")
    Company.objects.update_or_create(pk=1, defaults={"name": "Kuzey Çığ A.Ş."})
    director.refresh_from_db()
    told = pdf(signed_in(director))
    first = Standing.objects.get(run=run, rank=1)
    assert "Anahtar müşteri portföyü" in told
    assert "Kuzey Çığ A.Ş." in told
    assert f"{(first.value or 0) // 10_000:,}".replace(",", ".") in told
    assert f"{run.last_date:%d.%m.%Y}" in told
    assert "Sayfa 1 / " in told


def test_the_filter_in_force_stands_in_it_in_words(
    director: User, ana: User, acme: Account, run: Run, signed_in: SignedIn
) -> None:
    client = signed_in(director)
    told = pdf(client, f"period=2024&direction=Rulman&kam={ana.pk}")
    assert "Jan 24 – Dec 24" in told
    assert "Direction: Rulman" in told
    assert ": Ana Işık" in told
    assert "Totals and shares are of the accounts of this filter, not of the company." in told
    assert "Birch" not in told
    assert f"Without: {acme.name}" in pdf(client, f"without={acme.pk}")


def test_decided_and_computed_stand_side_by_side(director: User, acme: Account, run: Run, signed_in: SignedIn) -> None:
    told = pdf(signed_in(director))
    assert "not decided" in told
    decide_key(account=acme, verdict=Verdict(KeyStatus.KEY, "Half of the steel", tier="2"), by=director)
    told = pdf(signed_in(director))
    assert "Key account · Tier 2" in told
    assert "Half of the steel" not in told


def test_the_key_accounts_named_are_the_largest_under_the_filter(director: User, acme: Account, run: Run) -> None:
    cedar = Account.objects.get(code="0003")
    for one in (acme, cedar):
        decide_key(account=one, verdict=Verdict(KeyStatus.KEY, "because"), by=director)
    # Acme, by far the larger one, buys no belts.
    asking = asked_for(director, run, QueryDict("direction=Kayış"))
    found = key_accounts(asking, director, run, date(2026, 1, 5), most=1)
    (row,) = found.rows
    assert row.standing.account.name in (cedar.name, "HOLDING")
    assert row.value
    (all_,) = [
        one for one in key_accounts(asking, director, run, date(2026, 1, 5)).rows if one.standing.account == acme
    ]
    assert (all_.value, all_.share) == (None, None)


def test_an_account_with_much_of_everything_is_a_warning(director: User, run: Run, signed_in: SignedIn) -> None:
    first = Standing.objects.select_related("account").get(run=run, rank=1)
    told = pdf(signed_in(director))
    assert (first.share or 0) >= 0.5
    assert f"Half of it is one account {first.account.name}: {share(first.share)}." in told


def test_months_without_a_sale_make_a_document_that_says_so(ana: User, run: Run, signed_in: SignedIn) -> None:
    assert "Nobody bought under this filter in these months." in pdf(signed_in(ana))


# What one may see --------------------------------------------------------------------------------------------------


def test_a_managers_document_adds_up_the_own_accounts_alone(
    ana: User, acme: Account, run: Run, signed_in: SignedIn
) -> None:
    told = pdf(signed_in(ana))
    own = Standing.objects.get(run=run, account=acme)
    assert short_money(own.revenue, "TRY") in told
    assert short_money(run.revenue, "TRY") not in told
    assert "Totals and shares are of your own accounts, not of the company." in told
    assert "Your share" in told
    for other in Account.objects.exclude(pk=acme.pk):
        assert other.name not in told
    assert "without a customer" not in told


def test_marketings_document_holds_no_profit(marketing: User, run: Run, signed_in: SignedIn) -> None:
    told = pdf(signed_in(marketing))
    assert "Profit" not in told
    assert "margin" not in told
    assert short_money(run.profit, "TRY") not in told
    for profit in Standing.objects.filter(run=run).exclude(profit=None).values_list("profit", flat=True):
        assert profit == 0 or whole(profit) not in told.split()
    assert take(signed_in(marketing), "pdf", "measure=profit").status_code == 400


@pytest.mark.parametrize("query", ["nonsense=1", "kam=none&kam=none", "period=1999", "direction=None+of+ours"])
def test_what_the_page_refuses_is_no_report_either(director: User, run: Run, signed_in: SignedIn, query: str) -> None:
    assert take(signed_in(director), "pdf", query).status_code == 400
    assert not Entry.objects.filter(verb=exporting.TAKEN_AS_REPORT).exists()


def test_it_goes_on_the_trail_and_out_of_the_days_allowance(
    director: User, run: Run, signed_in: SignedIn, monkeypatch: Any
) -> None:
    client, before = signed_in(director), leaving.left_today(director)
    told = pdf(client, "period=2024")
    entry = Entry.objects.get(verb=exporting.TAKEN_AS_REPORT)
    assert (entry.by, entry.target_id) == (director, str(run.pk))
    assert (entry.after["format"], entry.after["filter"]) == ("pdf", "period=2024")
    assert f"Number on the audit trail: {entry.pk}." in told
    assert leaving.left_today(director) == before - entry.after["rows"]
    monkeypatch.setattr(leaving, "A_DAY", entry.after["rows"] + 1)
    answer = client.post("/portfolio/report/", {"form": "pdf", "once": "x" * 12}, headers={"HX-Request": "true"})
    assert answer.status_code == 409
    assert b"may still take out today" in answer.content
    assert Entry.objects.filter(verb=exporting.TAKEN_AS_REPORT).count() == 1


def test_a_file_nobody_offers_is_refused(director: User, run: Run, signed_in: SignedIn) -> None:
    assert take(signed_in(director), "exe").status_code == 400


def test_without_an_analysis_the_page_leads_back_and_says_why(director: User, signed_in: SignedIn) -> None:
    answer = signed_in(director).get("/portfolio/report/", follow=True)
    assert answer.redirect_chain[0][0] == "/portfolio/"
    assert "There are no figures to report" in answer.content.decode()


def test_the_number_of_queries_does_not_depend_on_the_number_of_accounts(
    director: User, ana: User, acme: Account, run: Run, signed_in: SignedIn
) -> None:
    client = signed_in(director)
    pdf(client)

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            pdf(client)
        return len(queries)

    Standing.objects.filter(run=run).update(key=False)
    Standing.objects.filter(run=run, account=acme).update(key=True)
    few = asked()
    Standing.objects.filter(run=run).update(key=True)
    for other in Account.objects.exclude(pk=acme.pk):
        Assignment.objects.create(account=other, person=ana, part=Part.MANAGER, since=date(2024, 1, 1))
    assert asked() == few


# Names are names ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", HOSTILE)
def test_a_name_is_shown_and_never_obeyed(
    director: User, acme: Account, run: Run, signed_in: SignedIn, name: str
) -> None:
    Account.objects.filter(pk=acme.pk).update(name=name)
    Company.objects.update_or_create(pk=1, defaults={"name": name})
    User.objects.filter(pk=director.pk).update(name=name)
    director.refresh_from_db()
    told = "".join(pdf(signed_in(director)).split())
    assert told.count("".join(name.split())) >= 3


def test_a_sign_that_cannot_be_printed_is_shown_by_its_picture(
    director: User, acme: Account, run: Run, signed_in: SignedIn
) -> None:
    Account.objects.filter(pk=acme.pk).update(name="Ac\x01me")
    assert b"%PDF-" in content(take(signed_in(director), "pdf"))


def test_the_template_reads_no_file_but_its_own(tmp_path: Path, monkeypatch: Any) -> None:
    """Even source that got in by accident: nothing outside the folder is there, and no package is fetched."""
    (tmp_path / "secret.txt").write_text("geheim")
    folder = tmp_path / "typeset"
    folder.mkdir()
    monkeypatch.setattr("anahtar_web.reports.document.paper.TEMPLATE", folder / "portfolio.typ")
    for source in ('#read("../secret.txt")', '#read("/secret.txt")', '#import "@preview/cetz:0.3.0": canvas\nx'):
        (folder / "portfolio.typ").write_text(source)
        with pytest.raises(RuntimeError):
            typeset({}, made_at=AT)
    (folder / "portfolio.typ").write_text("#json(bytes(sys.inputs.told)).name")
    assert "#1+1" in text_of(typeset({"name": "#1+1"}, made_at=AT))


def test_the_same_values_give_the_same_bytes(tmp_path: Path, monkeypatch: Any) -> None:
    (tmp_path / "portfolio.typ").write_text("#json(bytes(sys.inputs.told)).name")
    monkeypatch.setattr("anahtar_web.reports.document.paper.TEMPLATE", tmp_path / "portfolio.typ")
    assert typeset({"name": "İ"}, made_at=AT) == typeset({"name": "İ"}, made_at=AT)


def test_every_letter_of_our_languages_has_a_shape() -> None:
    """A letter without a shape in the fonts of the document would be a box."""
    from importlib.resources import files

    from PIL import ImageFont

    font = str(files("font_source_sans_pro") / "files" / "SourceSansPro-Regular.ttf")
    letters = "ÇĞİIÖŞÜçğıiöşüâîû₺€−–→↑↓·ҐґЄєІіЇїӘәҒғҚқҢңӨөҰұҮүҺһ"
    letters += "АБВГДЕЁЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯабвгдеёжзийклмнопрстуфхцчшщъыьэюя"
    shapes = ImageFont.truetype(font, 40)
    missing = bytes(shapes.getmask("\U0010fffd"))
    assert [letter for letter in letters if bytes(shapes.getmask(letter)) == missing] == []


def test_json_is_all_that_reaches_the_template(director: User, run: Run, signed_in: SignedIn, monkeypatch: Any) -> None:
    seen: list[Any] = []

    def compiled(source: Any, **asked: Any) -> bytes:
        seen.append((source, asked["sys_inputs"]))
        return b"%PDF-"

    monkeypatch.setattr("anahtar_web.ui.paper.typst.compile", compiled)
    content(take(signed_in(director), "pdf"))
    source, inputs = seen[0]
    assert source.name == "portfolio.typ"
    assert set(inputs) == {"told"}
    assert json.loads(inputs["told"])["largest"]["rows"]
    assert money(1) not in source.read_text()
