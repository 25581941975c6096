"""Past tenders come in as a file: recognised, understood row by row, brought in, brought again, taken back."""

import csv
import io
import json
from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import QueryDict
from django.test import Client

from anahtar_web.accounts.models import Account
from anahtar_web.audit.models import Entry
from anahtar_web.people.models import User
from anahtar_web.tenders import actions
from anahtar_web.tenders.asked import Asked
from anahtar_web.tenders.columns import recognise
from anahtar_web.tenders.models import Tender, TenderImport
from anahtar_web.tenders.pages import StatisticsPage
from anahtar_web.tenders.queries import of as tenders_of
from anahtar_web.tenders.understanding import understand
from tests.anahtar_web.accounts.pages import nothing_changes, said, send
from tests.anahtar_web.conftest import account
from tests.anahtar_web.tenders.conftest import UNITS, reason

pytestmark = pytest.mark.django_db

SignedIn = Callable[[User], Client]

MAVEN = Path(__file__).parents[4] / "shared" / "data" / "maven-crm" / "sales_pipeline.csv"

HEAD = (
    "Cari Kodu;İhale Adı;İhale No;Kısım;Sonuç;İlan Tarihi;Karar Tarihi;Teklif Tutarı;Kazanan;Kazanan Fiyat;"
    "Rakipler;Kayıp Nedeni"
)
ROWS = (
    "0001;Rulman alımı;2024/7;Pres;Kazanıldı;01.03.2024;15.04.2024;1.250.000,50;;;Ege; ",
    "0001;Rulman alımı;2024/7;Montaj;Kaybedildi;01.03.2024;15.04.2024;900.000;EGE;850.000;Ege;Fiyat",
    "Acme Çelik A.Ş.;Valf;2024/9;;Kaybedildi;02.05.2024;31.05.2024;400.000;;;;Fabrikayı kapattılar",
    "0001;Pompa;2024/11;;Hazırlanıyor;02.06.2024;;;;;Ege;",
    "0009;Kimin bu;2024/12;;Kazanıldı;02.06.2024;01.07.2024;5;;;;",
    "0001;Sonucu yok;2024/13;;belki;02.06.2024;01.07.2024;5;;;;",
    "0001;Fiyatı yok;2024/14;;Kazanıldı;02.06.2024;01.07.2024;çok;;;;",
    "0001;Günü yok;2024/15;;Kazanıldı;02.06.2024;;5;;;;",
    "0001;Takvimde yok;2024/16;;Kazanıldı;31.02.2024;01.07.2024;5;;;;",
)


def file(*rows: str, head: str = HEAD, name: str = "ihaleler.csv") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, "\r\n".join((head, *rows)).encode())


def opened(client: Client, upload: SimpleUploadedFile) -> TenderImport:
    answer = send(client, "/tenders/imports/", file=upload)
    assert answer.status_code == 302, answer.content.decode()
    return TenderImport.objects.latest("pk")


def brought(client: Client, of: TenderImport) -> Any:
    """Bring a file in; gives what the next page says of it."""
    return said(send(client, f"/tenders/imports/{of.pk}/bring/", version=of.version))[-1]


def test_headings_of_the_trade_are_recognised_in_both_languages() -> None:
    assert recognise(HEAD.split(";")) == {
        "account": 0, "title": 1, "reference": 2, "lot": 3, "outcome": 4, "announced_on": 5, "decided_on": 6,
        "our_price": 7, "winner": 8, "winner_price": 9, "competitors": 10, "our_reason": 11,
    }  # fmt: skip
    assert recognise(["opportunity_id", "sales_agent", "product", "account", "deal_stage", "close_value"]) == {
        "reference": 0, "owner": 1, "title": 2, "account": 3, "outcome": 4, "our_price": 5,
    }  # fmt: skip


def test_a_file_becomes_tenders_with_lots_and_what_is_wrong_is_told_row_by_row(
    acme: Account, ana: User, signed_in: SignedIn
) -> None:
    client = signed_in(ana)
    made = opened(client, file(*ROWS))
    page = client.get(f"/tenders/imports/{made.pk}/").content.decode()
    told = {(problem.row, problem.column): problem.sentence for problem in understand(made, ana).problems}
    assert list(told) == [
        (6, "Cari Kodu"),
        (7, "Sonuç"),
        (8, "Teklif Tutarı"),
        (9, "Karar Tarihi"),
        (10, "İlan Tarihi"),
    ]
    assert told[6, "Cari Kodu"].startswith("You see no account of the code or name “0009”. Correct it")
    assert "“belki” is no outcome. Write won, lost" in page
    assert not Tender.objects.exists()
    assert brought(client, made) == "3 tenders are in the house."
    first, second, third = Tender.objects.order_by("announced_on")
    assert (first.outcome, first.announced_on, first.decided_on) == ("partly", date(2024, 3, 1), date(2024, 4, 15))
    assert [(lot.name, lot.outcome, lot.our_price, lot.winner_price) for lot in first.lots.all()] == [
        ("Pres", "won", 12_500_005_000, None), ("Montaj", "lost", 900_000 * UNITS, 850_000 * UNITS),
    ]  # fmt: skip
    # “Ege” and “EGE” are one competitor, made once.
    assert [part.competitor.name for part in first.participants.all()] == [first.lots.last().winner.name]
    assert (second.outcome, second.our_reason, second.our_words) == ("lost", reason("other"), "Fabrikayı kapattılar")
    assert (second.lots.get().won_by, second.account) == ("unknown", acme)
    assert (third.stage, third.outcome, third.decided_on) == ("preparing", "", None)
    made.refresh_from_db()
    assert (made.state, made.made, made.left) == ("imported", 3, 5)
    assert Entry.objects.filter(verb="tenders.imported", account_id=acme.pk).count() == 1
    # What is recorded is what stands there, as of any tender somebody writes down.
    assert [one.title for one in tenders_of(acme, user=ana)] == ["Pompa", "Valf", "Rulman alımı"]


def left_out(client: Client, of: TenderImport) -> Any:
    """The workbook of the rows to correct: its bytes, and its rows."""
    content = b"".join(client.get(f"/tenders/imports/{of.pk}/left/").streaming_content)  # type: ignore[attr-defined]  # a file
    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    assert sheet is not None
    return content, [list(row) for row in sheet.values]


def test_rows_left_out_come_out_as_a_workbook_and_corrected_there_they_come_in(
    acme: Account, ana: User, signed_in: SignedIn
) -> None:
    client = signed_in(ana)
    # The ninth row is one cell too long: where its cells are apart nobody can tell.
    made = opened(client, file(*ROWS, "0001;Çok;hücre;2024/17;;;Kazanıldı;;01.07.2024;5;;;;;Ege"))
    assert "instead of 12" in client.get(f"/tenders/imports/{made.pk}/").content.decode()
    brought(client, made)
    made.refresh_from_db()
    assert (made.made, made.left) == (3, 6)
    content, (head, *rows) = left_out(client, made)
    assert head[-3:] == ["Anahtar: file", "Anahtar: row", "Anahtar: what to do"]
    assert [row[-2] for row in rows] == ["6", "7", "8", "9", "10", "11"]
    assert rows[1][:4] == ["0001", "Sonucu yok", "2024/13", None]
    assert rows[1][-1].startswith("Sonuç: “belki” is no outcome")
    assert rows[5][0].startswith("0001;Çok;hücre;")
    book = openpyxl.load_workbook(io.BytesIO(content))
    sheet = book.active
    assert sheet is not None
    sheet.cell(3, 5, "Kazanıldı")
    out = io.BytesIO()
    book.save(out)
    corrected = opened(client, SimpleUploadedFile("corrected.xlsx", out.getvalue()))
    assert brought(client, corrected) == "1 tender is in the house."
    assert Tender.objects.filter(title="Sonucu yok", reference="2024/13", outcome="won").count() == 1


def test_a_tender_comes_in_whole_or_not_at_all(acme: Account, ana: User, signed_in: SignedIn) -> None:
    client = signed_in(ana)
    half = opened(client, file(ROWS[0], ROWS[1].replace("900.000", "çok"), ROWS[3]))
    found = understand(half, ana)
    assert [one.fields["title"] for one in found.new] == ["Pompa"]
    assert {problem.row: problem.sentence for problem in found.stopping}[2].startswith("Row 3 of the same tender")
    brought(client, half)
    brought(client, opened(client, file(ROWS[0], ROWS[1])))
    assert Tender.objects.get(title="Rulman alımı").lots.count() == 2


def test_what_a_further_lot_says_of_its_tender_is_taken_or_told(acme: Account, ana: User, signed_in: SignedIn) -> None:
    other = ROWS[1].replace("15.04.2024", "16.04.2024")
    found = understand(opened(signed_in(ana), file(ROWS[0], other)), ana)
    # The first lot was won, and says no reason.
    assert found.new[0].reasons["our_reason"] == (reason("price").pk, "")
    assert [(one.row, one.column, one.stops) for one in found.problems] == [(3, "Karar Tarihi", False)]


def test_what_is_here_already_is_not_changed_by_a_file_and_that_is_told(
    acme: Account, ana: User, signed_in: SignedIn
) -> None:
    client = signed_in(ana)
    brought(client, opened(client, file(ROWS[3].replace("02.06", "22.06"))))
    decided = ROWS[3].replace("Hazırlanıyor;02.06.2024;", "Kazanıldı;22.06.2024;01.08.2024")
    again = opened(client, file(f"{decided};Nobody", head=f"{HEAD};Sorumlu"))
    # Of what is not imported it is not told how it would be: nobody is called Nobody.
    (told,) = understand(again, ana).problems
    assert (told.row, told.stops, told.tender) == (2, False, Tender.objects.get().pk)
    assert "here already as “Preparing”, and the file says “Won”" in told.sentence
    assert f'href="/tenders/{told.tender}/"' in client.get(f"/tenders/imports/{again.pk}/").content.decode()


def test_a_file_is_read_before_anything_is_locked(
    acme: Account, ana: User, signed_in: SignedIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    from anahtar_web.tenders.views import importing

    locked: list[bool] = []

    def read(*args: Any) -> Any:
        # The test itself is a transaction; the work of a form is a savepoint in it.
        locked.append(bool(connection.savepoint_ids))
        return importing.UnableToReadTenders("not today")

    monkeypatch.setattr(importing, "read_table", read)
    assert send(signed_in(ana), "/tenders/imports/", file=file(*ROWS)).status_code == 422
    assert locked == [False]


def test_the_same_file_twice_makes_nothing_twice_and_corrected_rows_come_in(
    acme: Account, ana: User, signed_in: SignedIn
) -> None:
    client = signed_in(ana)
    brought(client, opened(client, file(*ROWS)))
    again = opened(client, file(*ROWS, name="again.csv"))
    found = understand(again, ana)
    assert (len(found.new), found.known) == (0, 3)
    assert brought(client, again) == "Every tender that can be read from this file is here already."
    corrected = opened(client, file(ROWS[0], ROWS[1], ROWS[5].replace("belki", "Kazanıldı")))
    assert brought(client, corrected) == "1 tender is in the house."
    assert Counter(Tender.objects.values_list("title", flat=True))["Sonucu yok"] == 1
    assert Tender.objects.count() == 4


def test_two_rows_that_are_the_same_to_the_letter_are_two_tenders_once(
    acme: Account, ana: User, signed_in: SignedIn
) -> None:
    client, head = signed_in(ana), "account,title,outcome,decided"
    rows = ["0001,Valves,won,2024-05-31"] * 2
    for _twice in range(2):
        brought(client, opened(client, file(*rows, head=head)))
    assert Tender.objects.count() == 2


def test_an_import_is_taken_back_whole_with_a_reason_and_can_be_brought_again(
    acme: Account, ana: User, boris: User, signed_in: SignedIn
) -> None:
    client = signed_in(ana)
    made = opened(client, file(*ROWS))
    brought(client, made)
    made.refresh_from_db()
    first = Tender.objects.order_by("pk")[0]
    actions.change(tender=first, version=first.version, lessons="Ask first", by=boris)
    page = client.get(f"/tenders/imports/{made.pk}/take-back/").content.decode()
    assert "1 of them has been changed since" in page
    with nothing_changes():
        assert send(client, f"/tenders/imports/{made.pk}/take-back/", version=made.version).status_code == 422
    answer = send(client, f"/tenders/imports/{made.pk}/take-back/", version=made.version, reason="Wrong year")
    assert answer.status_code == 302
    assert not Tender.objects.exists()
    assert Entry.objects.filter(verb__contains="taken_back", reason="Wrong year").count() == 2
    brought(client, opened(client, file(*ROWS)))
    assert Tender.objects.count() == 3


def test_a_stranger_opens_no_import_and_brings_nothing_of_accounts_he_does_not_see(
    acme: Account, birch: Account, ana: User, chen: User, auditor: User, signed_in: SignedIn
) -> None:
    made = opened(signed_in(ana), file(*ROWS))
    for path in ("", "take-back/", "left/"):
        assert signed_in(chen).get(f"/tenders/imports/{made.pk}/{path}").status_code == 404
    assert signed_in(auditor).get("/tenders/imports/").status_code == 403
    theirs = opened(signed_in(chen), file(*ROWS))
    assert understand(theirs, chen).new == []
    # Their own words stand there; nothing of ours does.
    assert f"/accounts/{acme.pk}/" not in signed_in(chen).get(f"/tenders/imports/{theirs.pk}/").content.decode()


def test_what_the_file_leaves_open_is_asked_and_the_answer_decides(
    acme: Account, ana: User, signed_in: SignedIn
) -> None:
    client = signed_in(ana)
    rows = ["0001;Valves;won;03.04.2024;1.234", "0001;Pumps;won;05.06.2024;5.678"]
    made = opened(client, file(*rows, head="account;title;outcome;decided;our price"))
    assert len(understand(made, ana).questions) == 2
    with nothing_changes():
        assert "1.234" in brought(client, made)
    chosen = {f"say_{name}": place for name, place in made.mapping.items()}
    answer = send(client, f"/tenders/imports/{made.pk}/", **chosen, decimal=",", date_order="dmy", currency="TRY")
    assert answer.status_code == 302
    made.refresh_from_db()
    found = understand(made, ana)
    assert [(one.fields["decided_on"], one.lots[0].our_price, one.fields["currency"]) for one in found.new] == [
        (date(2024, 4, 3), 1234 * UNITS, "TRY"), (date(2024, 6, 5), 5678 * UNITS, "TRY"),
    ]  # fmt: skip


def test_a_workbook_with_typed_cells_is_read_as_it_stands_and_an_export_comes_back_in(
    acme: Account, birch: Account, ana: User, admin: User, signed_in: SignedIn
) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (
        ["account", "title", "outcome", "decided", "our price", "winner", "winner price"],
        ["0001", "Valves", "lost", date(2024, 5, 31), 1234.5, "North", 1200],
        ["0001", "Pumps", "won", date(2024, 6, 30), 99, None, None],
    ):
        sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    client = signed_in(ana)
    made = opened(client, SimpleUploadedFile("past.xlsx", out.getvalue()))
    brought(client, made)
    valves = Tender.objects.get(title="Valves")
    assert (valves.decided_on, valves.lots.get().our_price) == (date(2024, 5, 31), 12_345_000)
    exported = send(client, "/tenders/list/export/", form="xlsx").getvalue()
    actions.take_back(of=made, version=2, reason="Round trip", by=ana)
    again = opened(client, SimpleUploadedFile("export.xlsx", exported))
    brought(client, again)
    told = {one.title: one for one in tenders_of(acme, user=ana)}
    assert {title: one.outcome for title, one in told.items()} == {"Valves": "lost", "Pumps": "won"}
    assert (told["Valves"].our_price, told["Valves"].lots[0].winner_price) == (12_345_000, 1200 * UNITS)


@pytest.mark.parametrize("content", [b"", b"\x00\x01\x02", b"PK\x03\x04 broken"])
def test_a_file_that_is_none_is_refused_in_words(content: bytes, ana: User, signed_in: SignedIn) -> None:
    client = signed_in(ana)
    with nothing_changes():
        answer = send(client, "/tenders/imports/", file=SimpleUploadedFile("x.xlsx", content))
    assert answer.status_code == 422


@pytest.mark.long
@pytest.mark.skipif(not MAVEN.exists(), reason="the Maven CRM set is not beside the project (../shared/data/maven-crm)")
def test_the_maven_set_of_8800_opportunities_comes_in_to_the_last_row(admin: User, signed_in: SignedIn) -> None:
    facts = json.loads((MAVEN.parent / "facts.json").read_text(encoding="utf-8"))["extra"]
    with MAVEN.open(encoding="utf-8") as lines:
        named = sorted({row["account"] for row in csv.DictReader(lines) if row["account"]})
    for number, name in enumerate(named):
        account(f"M{number:03}", name)
    client = signed_in(admin)
    made = opened(client, SimpleUploadedFile("sales_pipeline.csv", MAVEN.read_bytes()))
    brought(client, made)
    made.refresh_from_db()
    # Opportunities nobody has written an account to are left out, and listed.
    missing = facts["missing_account_by_stage"]
    assert (made.made, made.left) == (facts["opportunities"] - facts["missing_account"], facts["missing_account"])
    states = Counter(Tender.objects.values_list("outcome", flat=True)) | Counter(
        Tender.objects.filter(outcome="").values_list("stage", flat=True)
    )
    assert {name: states[name] for name in ("won", "lost", "preparing", "announced")} == {
        "won": facts["stage_counts"]["Won"],
        "lost": facts["stage_counts"]["Lost"],
        "preparing": facts["stage_counts"]["Engaging"] - missing["Engaging"],
        "announced": facts["stage_counts"]["Prospecting"] - missing["Prospecting"],
    }
    rows = left_out(client, made)[1][1:]
    assert Counter(row[4] for row in rows) == missing
    won = sum(lot for lot in Tender.objects.filter(outcome="won").values_list("lots__our_price", flat=True) if lot)
    assert won == facts["won_value"] * UNITS
    rate = StatisticsPage.build(admin, Asked.of(QueryDict())).rate
    assert rate.rate == pytest.approx(facts["win_rate_overall"], abs=1e-6)
