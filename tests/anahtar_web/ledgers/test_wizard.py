"""From files to a batch of the ledger, step by step, each with its own address."""

from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from anahtar.ledger.files.wire import options_from_json
from anahtar.ledger.options import DateOrder
from anahtar.ledger.roles import Role
from anahtar_web.audit.models import Entry
from anahtar_web.jobs.models import Job
from anahtar_web.ledgers import queries, storage
from anahtar_web.ledgers.models import Import, SavedMapping, State
from tests.anahtar_web.ledgers.conftest import HEADER, Send, Work, only, text
from tests.anahtar_web.ledgers.steps import PLAIN, post, roles


def test_the_whole_way(send: Send, client: Client, analyst: Any, work: Work, data: Path) -> None:
    send(analyst, ("ocak.csv", text()))
    pk = only().pk
    assert "Opening" in client.get(f"/imports/{pk}/file/").content.decode() or only().state == State.LOOKING

    work()
    assert only().state == State.OPEN
    page = client.get(f"/imports/{pk}/file/").content.decode()
    assert "Fatura Tarihi" in page
    assert "Acme Çelik A.Ş." in page

    page = client.get(f"/imports/{pk}/mapping/").content.decode()
    assert "1,234.56" in page
    assert post(client, "mapping", only(), **PLAIN).url == f"/imports/{pk}/checks/"
    assert only().state == State.CHECKING

    work()
    of = only()
    assert of.state == State.CHECKED
    assert (of.rows, of.accepted, of.set_aside, of.refused, of.amount) == (3, 3, 0, 0, 12_999_000)
    assert storage.staging_of(pk, of.draft_version).is_dir()
    assert queries.live_batches() == []
    page = client.get(f"/imports/{pk}/checks/").content.decode()
    assert "Import 3 rows" in page
    assert "1,299.90" in page

    assert post(client, "confirm", only()).url == f"/imports/{pk}/"
    work()
    of = only()
    assert of.state == State.IMPORTED
    ((_folder, manifest),) = queries.live_batches()
    assert (of.batch, manifest.tally.accepted, manifest.files[0].name) == (manifest.batch, 3, "ocak.csv")
    assert not (data / "staging" / str(pk)).exists()
    assert Job.objects.filter(kind="insight.analyse").count() == 1
    assert [entry.verb for entry in Entry.objects.filter(target_type="import").order_by("pk")] == [
        "import.uploaded",
        "import.mapped",
        "import.imported",
    ]
    assert "3 rows are in the ledger" in client.get(f"/imports/{pk}/").content.decode()


def test_a_step_that_is_not_reached_leads_to_the_one_that_is(client: Client, opened: Any, imported: Any) -> None:
    of = opened()
    assert client.get(f"/imports/{of.pk}/checks/").url == f"/imports/{of.pk}/file/"
    other = imported(text("0009;Zeder;01.01.2024;7,00"))
    for step in ("file", "mapping", "checks"):
        assert client.get(f"/imports/{other.pk}/{step}/").url == f"/imports/{other.pk}/"


def test_opening_it_another_way_looks_again(client: Client, opened: Any, work: Work) -> None:
    of = opened(b"Bericht\n\n" + text())
    answer = post(
        client, "file", of, header_row="3", encoding="windows-1254", delimiter=";", decimal=",", date_order="dmy"
    )
    assert answer.url == f"/imports/{of.pk}/file/"
    assert only().state == State.LOOKING
    work()
    assert only().state == State.OPEN
    options = options_from_json(only().options)
    assert (options.header_row, options.encoding, options.delimiter) == (3, "windows-1254", ";")
    assert (options.decimal, options.date_order) == (",", DateOrder.DAY_FIRST)


def test_a_tabulator_can_be_chosen(client: Client, opened: Any, work: Work) -> None:
    of = opened(text().replace(b";", b"\t"))
    post(client, "file", of, delimiter="\t")
    assert options_from_json(only().options).delimiter == "\t"
    work()
    assert only().state == State.OPEN


def test_a_file_that_no_option_helps_says_why_and_waits(client: Client, opened: Any) -> None:
    of = opened(b"%PDF-1.7 and so on", "sales.pdf")
    assert of.state == State.UNREADABLE
    page = client.get(f"/imports/{of.pk}/file/").content.decode()
    assert "sales.pdf is a PDF document" in page


AMBIGUOUS = text("1;A;01.02.2024;1.234", "2;B;03.04.2024;2.345", "1;A;05.06.2024;3.456")


def test_both_readings_are_shown_and_a_person_decides(client: Client, opened: Any, work: Work) -> None:
    of = opened(AMBIGUOUS)
    page = client.get(f"/imports/{of.pk}/mapping/").content.decode()
    for reading in ("1,234.00", "1.23", "1 Feb 2024", "2 Jan 2024"):
        assert reading in page
    post(client, "mapping", of, **PLAIN)
    work()
    assert only().state == State.STOPPED
    page = client.get(f"/imports/{of.pk}/checks/").content.decode()
    assert "decimal comma" in page
    assert "--decimal" not in page
    post(client, "mapping", only(), decimal=",", date_order="mdy", **PLAIN)
    work()
    assert (only().state, only().amount) == (State.CHECKED, 70_350_000)
    assert str(only().first_date) == "2024-01-02"


def test_a_changed_column_shows_its_first_rows_at_once(client: Client, opened: Any) -> None:
    of = opened(text("1;100,00;01.02.2024;1,50", "2;200,00;03.04.2024;2,50", header="Kod;Brüt Tutar;Tarih;Net Tutar"))
    choices = roles(customer="A", amount="B", date="C")
    answer = client.get(f"/imports/{of.pk}/preview/", choices, headers={"HX-Request": "true"})
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "100.00" in page
    assert 'id="why-amount"' in page
    assert only().version == of.version


def test_a_preview_says_what_is_missing(client: Client, opened: Any) -> None:
    of = opened()
    page = client.get(f"/imports/{of.pk}/preview/", roles(customer="A", amount="D")).content.decode()
    assert "No column is chosen for: date" in page


def test_a_needed_role_without_a_column_keeps_the_form(client: Client, opened: Any) -> None:
    of = opened()
    answer = post(client, "mapping", of, save_as="Logo", **roles(customer="A", quantity="D"))
    assert answer.status_code == 422
    page = answer.content.decode()
    assert page.count("nothing can be read without it") == 2
    assert 'value="Logo"' in page
    assert only().state == State.OPEN
    priced = roles(customer="A", date="C", quantity="D", unit_price="D")
    assert post(client, "mapping", of, **priced).status_code == 302


def test_what_stands_on_the_screen_is_what_is_read(checked: Any) -> None:
    of = checked(
        text("1;100,00;21.02.2024;1,50", "2;200,00;23.04.2024;2,50", header="Kod;Maliyet;Tarih;Net Tutar"),
        **roles(customer="A", date="C", amount="B"),
    )
    assert of.draft["mapping"] == {"customer": "Kod", "date": "Tarih", "amount": "Maliyet"}
    assert of.amount == 3_000_000


def test_a_mapping_kept_for_a_source_is_used_for_its_next_export(
    client: Client, opened: Any, analyst: Any, work: Work
) -> None:
    of = opened()
    columns = roles(customer="B", date="C", amount="D")
    post(client, "mapping", of, save_as="Logo", **columns)
    assert SavedMapping.objects.get().name == "Logo"
    assert Entry.objects.filter(verb="mapping.saved").exists()
    client.post(f"/imports/{of.pk}/cancel/", {"once": uuid4().hex})

    following = opened(text("7;Yeni Ltd.;01.03.2024;5,00", header=HEADER.upper()))
    assert following.mapping.name == "Logo"
    assert options_from_json(following.options).columns[Role.CUSTOMER] == "Cari Ünvanı"
    assert "Recognised: Logo" in client.get(f"/imports/{following.pk}/file/").content.decode()


def test_other_headings_are_not_recognised(client: Client, opened: Any) -> None:
    post(client, "mapping", opened(), save_as="Logo", **PLAIN)
    other = opened(text("7;Yeni Ltd.;01.03.2024;5,00", header="Kod;Unvan;Tarih;Tutar"))
    assert other.mapping is None


def test_duplicates_can_be_dropped_and_products_left_out(client: Client, checked: Any, work: Work) -> None:
    header = "Kod;Ürün;Tarih;Net Tutar;Fatura"
    rows = ("1;X;21.02.2024;1,50;F1", "1;X;21.02.2024;1,50;F1", "2;POST;23.04.2024;2,50;F2", "2;Y;23.04.2024;9,00;F3")
    of = checked(text(*rows, header=header), **roles(customer="A", product="B", date="C", amount="D", invoice="E"))
    assert of.accepted == 4
    page = client.get(f"/imports/{of.pk}/checks/").content.decode()
    assert "exact duplicate, kept" in page
    post(client, "checks", of, duplicates="drop", leave_out_products="POST", currency="try", refuse_above="")
    work()
    of = only()
    assert (of.accepted, of.set_aside, of.amount, of.currency) == (2, 2, 105_000, "TRY")


def test_rates_bring_other_currencies_into_the_ledgers(client: Client, checked: Any, work: Work) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    header = "Kod;Tarih;Net Tutar;Para Birimi"
    of = checked(
        text("1;21.02.2024;10,00;EUR", "2;23.04.2024;2,50;TRY", header=header),
        **roles(customer="A", date="B", amount="C", currency="D"),
    )
    assert of.state == State.STOPPED
    rates = SimpleUploadedFile("kurlar.csv", b"currency,date,rate\nEUR,2024-02-20,30\n")
    post(client, "checks", of, duplicates="keep", leave_out_products="", currency="TRY", refuse_above="", rates=rates)
    work()
    of = only()
    assert (of.state, of.amount, of.currency) == (State.CHECKED, 3_025_000, "TRY")
    assert "kurlar.csv" in client.get(f"/imports/{of.pk}/checks/").content.decode()


def test_a_file_of_rates_that_makes_no_sense_is_called_by_its_own_name(
    client: Client, checked: Any, work: Work
) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    of = checked()
    rates = SimpleUploadedFile("kurlar.csv", b"currency,date,rate\nEUR,2024-02-20,much\n")
    post(client, "checks", of, duplicates="keep", leave_out_products="", currency="TRY", refuse_above="", rates=rates)
    work()
    page = client.get(f"/imports/{of.pk}/checks/").content.decode()
    assert only().state == State.STOPPED
    assert "kurlar.csv, line 2" in page
    assert only().files.get(purpose="rates").stored not in page


def test_more_refused_rows_than_allowed_stop_the_import(client: Client, checked: Any, work: Work) -> None:
    of = checked(text("1;A;21.02.2024;1,50", "1;A;21.02.2024;1,70", "1;A;never;1,50", "1;A;21.02.2024;"))
    assert (of.accepted, of.refused) == (2, 2)
    post(client, "checks", of, duplicates="keep", leave_out_products="", currency="", refuse_above="1")
    work()
    of = only()
    assert of.state == State.STOPPED
    assert of.draft is None
    page = client.get(f"/imports/{of.pk}/checks/").content.decode()
    assert "“Refused rows allowed”" in page
    assert "Import 2 rows" not in page


def test_a_currency_that_is_none_stays_in_the_form(client: Client, checked: Any) -> None:
    of = checked()
    answer = post(client, "checks", of, duplicates="keep", leave_out_products="A, B", currency="₺", refuse_above="")
    assert answer.status_code == 422
    assert "three letters" in answer.content.decode()
    assert "A, B" in answer.content.decode()
    assert only().state == State.CHECKED


def test_two_people_at_one_import_do_not_overrun_each_other(client: Client, opened: Any) -> None:
    of = opened()
    assert post(client, "mapping", of, **PLAIN).status_code == 302
    late = post(client, "file", of, header_row="1")
    assert late.status_code == 302
    assert only().state == State.CHECKING
    assert "has moved on meanwhile" in client.get("/imports/").content.decode()


def test_an_answer_to_an_old_question_is_dropped(client: Client, opened: Any, work: Work) -> None:
    of = opened()
    post(client, "mapping", of, **PLAIN)
    client.post(f"/imports/{of.pk}/cancel/", {"once": uuid4().hex})
    work()
    assert only().state == State.CANCELLED
    assert {job.state for job in Job.objects.filter(kind="ledgers.read")} == {"cancelled"}


@pytest.mark.parametrize("step", ["uploaded", "opened", "checked"])
def test_cancelling_deletes_files_and_what_was_read(
    step: str,
    send: Send,
    analyst: Any,
    client: Client,
    opened: Any,
    checked: Any,
    data: Path,
    django_capture_on_commit_callbacks: Any,
) -> None:
    if step == "uploaded":
        send(analyst, ("ocak.csv", text()))
    else:
        {"opened": opened, "checked": checked}[step]()
    with django_capture_on_commit_callbacks(execute=True):
        client.post(f"/imports/{only().pk}/cancel/", {"once": uuid4().hex})
    assert only().state == State.CANCELLED
    assert not (data / "uploads" / str(only().pk)).exists()
    assert not (data / "staging" / str(only().pk)).exists()
    assert only().files.get().removed_at is not None
    assert Entry.objects.filter(verb="import.cancelled").count() == 1
    assert "deleted" in client.get(f"/imports/{only().pk}/").content.decode()
    assert client.get(f"/imports/{only().pk}/files/{only().files.get().pk}/").status_code == 404


def test_what_is_in_the_ledger_is_not_cancelled(client: Client, imported: Any) -> None:
    of = imported()
    client.post(f"/imports/{of.pk}/cancel/", {"once": uuid4().hex})
    assert only().state == State.IMPORTED
    assert "can no longer be cancelled" in client.get(f"/imports/{of.pk}/").content.decode()


def test_the_same_file_again_says_so_before_anything_is_read(send: Send, analyst: Any, imported: Any) -> None:
    of = imported()
    answer = send(analyst, ("again.csv", text()))
    assert answer.status_code == 422
    page = answer.content.decode()
    assert of.batch in page
    assert analyst.name in page
    assert Import.objects.count() == 1


def test_the_same_lines_in_another_file_are_told_at_the_checks(client: Client, imported: Any, checked: Any) -> None:
    imported()
    of = checked(text().replace(b"\r\n", b"\n"))
    page = client.get(f"/imports/{of.pk}/checks/").content.decode()
    assert "The same lines are already in the ledger" in page
    assert "Import 3 rows" not in page


def test_lines_in_another_currency_are_told_at_the_checks(
    client: Client, imported: Any, checked: Any, work: Work
) -> None:
    imported()
    of = checked(text("9;Z;21.02.2024;1,00"))
    post(client, "checks", of, duplicates="keep", leave_out_products="", currency="EUR", refuse_above="")
    work()
    page = client.get(f"/imports/{of.pk}/checks/").content.decode()
    assert "the two cannot be added up" in page
    assert "“Currency”" in page


def test_hints_of_the_terminal_are_named_as_on_the_pages() -> None:
    from anahtar_web.ledgers.wording import on_screen

    assert on_screen("Say it with --decimal , or --decimal .") == "Say it with “decimal comma” or “decimal point”."
    assert "--" not in on_screen("--map customer=HEADER --rates FILE --currency EUR --delimiter ';' --encoding utf-16")


@pytest.mark.long
def test_kam_marketing_and_auditor_reach_no_step(
    signed_in: Any, ana: Any, marketing: Any, auditor: Any, checked: Any
) -> None:
    of = checked()
    for person in (ana, marketing, auditor):
        for step in ("file", "mapping", "checks", "preview", "take-back"):
            assert signed_in(person).get(f"/imports/{of.pk}/{step}/").status_code == 403
        for step in ("file", "mapping", "checks", "confirm", "cancel", "take-back"):
            answer = signed_in(person).post(f"/imports/{of.pk}/{step}/", {"version": of.version, "once": uuid4().hex})
            assert answer.status_code == 403
    assert (only().state, only().version) == (State.CHECKED, of.version)
    assert signed_in(ana).get(f"/imports/{of.pk}/").status_code == 403
    assert signed_in(auditor).get(f"/imports/{of.pk}/").status_code == 200
