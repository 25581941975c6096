"""A Turkish statement goes through the wizard, comes back out of the ledger, and every step can be read by anybody."""

import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from anahtar_web.accounts.models import Account
from anahtar_web.jobs.running import run_queued
from anahtar_web.ledgers.models import Import, SavedMapping, State
from anahtar_web.people.models import User
from tests.anahtar_web.ledgers.conftest import data  # noqa: F401  # a data folder of its own
from tests.browser.conftest import Visit, repaint, too_wide

pytestmark = pytest.mark.django_db(transaction=True)

SHARED = Path(__file__).parents[3] / "shared" / "data" / "turkish-statement" / "tr_cari_ekstre_cp1254.csv"
SHOTS = os.environ.get("SHOTS", "")
"""A folder for pictures of every step, where somebody wants to look at them."""

Axe = Callable[[Page], list[str]]
Look = Callable[[Page, str], None]


def own_statement() -> bytes:
    """What an ERP of the nineties exports: titles, a total row, Windows-1254, and rows with something wrong."""
    groups = ("Süt", "Tahıl", "Çeşni")
    names = ("Işık Gıda", "Çağdaş İç ve Dış Ticaret A.Ş.", "Öztürk", "Ilgaz Orman Ürünleri Ltd. Şti.", "Şahin Demir")
    rows = [
        f"C{at % 5};{names[at % 5]};{1 + at % 28:02}.{1 + at % 12:02}.2024;F{at};{groups[at % 3]};1.{100 + at},50"
        for at in range(60)
    ]
    total = sum(1100.5 + at for at in range(60))
    lines = [
        '"CARİ SATIŞ EKSTRESİ";;;;;',
        ";;;;;",
        "Cari Kodu;Cari Ünvanı;Fatura Tarihi;Fatura No;Ürün Grubu;Net Tutar",
        *rows,
        "C1;Çağdaş İç ve Dış Ticaret A.Ş.;31.02.2024;F90;Süt;1.000,00",
        "C2;Öztürk;03.04.2024;F91;Süt;ödenecek",
        ";;05.05.2024;F92;Süt;250,00",
        f"TOPLAM;;;;;{total + 1250:,.2f}".replace(",", "_").replace(".", ",").replace("_", "."),
    ]
    return ("\r\n".join(lines) + "\r\n").encode("cp1254")


@pytest.fixture
def look(axe: Axe) -> Look:
    """Look at a page in both themes, wide and narrow: nothing sticks out, nobody is shut out.

    A run of axe takes a second: each theme and each width is looked at once.
    """

    def look(page: Page, name: str) -> None:
        for theme, width in (("light", 1440), ("dark", 390)):
            repaint(page, theme=theme, width=width)
            if SHOTS:
                page.screenshot(path=f"{SHOTS}/{name}-{theme}-{width}.png", full_page=True)
            assert too_wide(page) == 0, (name, theme, width)
            assert axe(page) == [], (name, theme, width)
        repaint(page, theme="light", width=1440)

    return look


def work() -> None:
    """Do what waits for the worker."""
    run_queued()


def drop(page: Page, name: str, content: bytes) -> None:
    page.locator("input[name=files]").set_input_files({"name": name, "mimeType": "text/csv", "buffer": content})


def upload(page: Page, name: str, content: bytes) -> Import:
    page.goto("/imports/new/")
    drop(page, name, content)
    page.get_by_role("button", name=re.compile("^(Yükle|Upload)$")).click()
    page.wait_for_url(re.compile(r"/imports/\d+/file/$"))
    return Import.objects.order_by("-pk")[0]


@pytest.fixture(params=["own", pytest.param("shared", marks=pytest.mark.long)])
def statement(request: Any) -> Iterator[bytes]:
    """The statement made here, and the one beside the checkout."""
    if request.param == "shared":
        if not SHARED.exists():
            pytest.skip(f"{SHARED} is absent")
        yield SHARED.read_bytes()
    else:
        yield own_statement()


def test_a_turkish_statement_becomes_part_of_the_ledger(
    visit: Visit, look: Look, analyst: User, statement: bytes
) -> None:
    page = visit("/imports/", analyst, language="tr")
    look(page, "01-empty")
    page.get_by_role("link", name="İlk dosyayı aktar").click()
    drop(page, "cari_ekstre.csv", statement)
    expect(page.locator(".drop-files")).to_have_text("cari_ekstre.csv")
    look(page, "02-new")
    page.get_by_role("button", name="Yükle", exact=True).click()
    page.wait_for_url(re.compile(r"/imports/\d+/file/$"))
    look(page, "03-opening")

    work()
    page.get_by_text("Sütunlara geç").wait_for()
    expect(page.get_by_text("Windows-1254").first).to_be_visible()
    expect(page.locator("tr.head-row")).to_contain_text("Cari Kodu")
    look(page, "04-file")

    page.get_by_text("Sütunlara geç").click()
    expect(page.locator("#id_role_amount")).to_contain_text("Net Tutar")
    expect(page.locator(".is-chosen").get_by_text("ondalık virgül")).to_be_visible()
    look(page, "05-columns")
    page.locator("#id_role_product").select_option(label=chosen(page.locator("#id_role_direction")))
    page.locator("#id_role_direction").select_option("")
    expect(page.locator("#preview th", has_text="ürün")).to_be_visible()
    expect(page.locator("#why-direction")).to_be_empty()
    page.get_by_label("Bu kaynak için şu adla sakla").fill("Cari ekstre")
    page.get_by_role("button", name="Dosyanın tamamını denetle").click()
    page.wait_for_url(re.compile(r"/checks/$"))
    look(page, "06-checking")

    work()
    page.get_by_role("button", name=re.compile("satırı aktar")).wait_for()
    expect(page.get_by_text("Son satırına ve kuruşuna kadar denk")).to_be_visible()
    look(page, "07-checks")
    of = Import.objects.get()
    assert of.draft["mapping"]["product"] == "Ürün Grubu"
    assert "direction" not in of.draft["mapping"]
    page.get_by_role("button", name=re.compile("satırı aktar")).click()
    page.wait_for_url(re.compile(r"/imports/\d+/$"))
    work()
    page.get_by_text("müşterilerin rakamları bu satırları sayıyor").wait_for()  # until then the page brings itself anew
    expect(page.get_by_text("satır defterde")).to_be_visible()
    look(page, "08-imported")
    assert SavedMapping.objects.get().name == "Cari ekstre"
    assert Account.objects.filter(in_ledger=True).count() == of.draft["accounts"]

    page.goto("/imports/")
    expect(page.get_by_role("row", name=re.compile("cari_ekstre.csv"))).to_contain_text("defterde")
    look(page, "09-list")
    page.goto("/accounts/")
    expect(page.get_by_role("main")).to_contain_text(Account.objects.order_by("sort_key")[0].name)


def chosen(select: Locator) -> str:
    return str(select.evaluate("select => select.selectedOptions[0].label"))


@pytest.mark.long
def test_both_readings_stand_side_by_side_and_a_choice_moves_the_mark(visit: Visit, look: Look, analyst: User) -> None:
    page = visit("/imports/new/", analyst)
    lines = ("Kod;Tarih;Net Tutar", "1;01.02.2024;1.234", "2;03.04.2024;2.345", "1;05.06.2024;3.456")
    upload(page, "a.csv", "\n".join(lines).encode())
    work()
    page.get_by_role("link", name="Go on to the columns").click()
    expect(page.locator("#preview")).to_contain_text("No column is chosen for: customer")
    page.get_by_label("customer*", exact=True).select_option(label="A · Kod")
    expect(page.locator("#preview")).not_to_contain_text("No column is chosen")
    amounts = page.locator("section", has_text="The amount, read both ways").get_by_role("table")
    expect(amounts).to_contain_text("1,234.00")
    expect(amounts).to_contain_text("1.23")
    expect(amounts.locator(".is-chosen")).to_have_count(0)
    days = page.locator("section", has_text="The date, read both ways").get_by_role("table")
    expect(days).to_contain_text("3 Apr 2024")
    expect(days).to_contain_text("4 Mar 2024")
    look(page, "10-readings")
    page.locator("#id_decimal").select_option(",")
    expect(amounts.locator("th.is-chosen")).to_contain_text("decimal comma")
    page.locator("#id_date_order").select_option("mdy")
    expect(days.locator("th.is-chosen")).to_contain_text("month first")
    page.get_by_role("button", name="Check the whole file").click()
    page.wait_for_url(re.compile(r"/checks/$"))
    work()
    page.get_by_role("button", name="Import 3 rows").wait_for()
    assert Import.objects.get().amount == 70_350_000


@pytest.mark.long
def test_the_same_file_twice_says_so_where_it_was_dropped(
    visit: Visit, look: Look, analyst: User, problems: Any
) -> None:
    page = visit("/imports/new/", analyst)
    first = upload(page, "a.csv", own_statement())
    page.goto("/imports/new/")
    drop(page, "renamed.csv", own_statement())
    problems.expect(422)
    page.get_by_role("button", name="Upload", exact=True).click()
    said = page.locator("[data-upload-answer]")
    expect(said).to_contain_text("Here already")
    expect(said).to_contain_text(analyst.name)
    expect(page.locator(".drop-files")).to_have_text("renamed.csv")
    look(page, "11-twice")
    page.get_by_label("Upload all the same").check()
    page.get_by_role("button", name="Upload", exact=True).click()
    page.wait_for_url(re.compile(r"/imports/\d+/file/$"))
    assert Import.objects.exclude(pk=first.pk).count() == 1


@pytest.mark.long
def test_problems_are_narrowed_without_a_reload(visit: Visit, look: Look, analyst: User) -> None:
    of = through_the_checks(visit, analyst)
    page = visit(f"/imports/{of.pk}/problems/", analyst)
    expect(page.get_by_role("table")).to_contain_text("31.02.2024")
    look(page, "12-problems")
    page.get_by_label("What was done").select_option("set_aside")
    expect(page.get_by_role("table")).not_to_contain_text("31.02.2024")
    expect(page).to_have_url(re.compile("verdict=set_aside"))
    page.get_by_label("What was done").select_option("")
    expect(page.get_by_role("table")).to_contain_text("31.02.2024")
    page.get_by_label("Search in cells").fill("ÖDENECEK")
    expect(page.locator("#rows tbody tr")).to_have_count(1)
    with page.expect_download() as download:
        page.get_by_role("link", name="Excel").click()
    assert download.value.suggested_filename.endswith(".xlsx")


def through_the_checks(visit: Visit, user: User) -> Import:
    page = visit("/imports/new/", user)
    of = upload(page, "cari_ekstre.csv", own_statement())
    work()
    page.goto(f"/imports/{of.pk}/mapping/")
    page.get_by_role("button", name="Check the whole file").click()
    page.wait_for_url(re.compile(r"/checks/$"))
    work()
    return Import.objects.get(pk=of.pk)


@pytest.mark.long
def test_an_import_is_taken_back_with_what_it_brought(visit: Visit, look: Look, analyst: User) -> None:
    of = through_the_checks(visit, analyst)
    page = visit(f"/imports/{of.pk}/checks/", analyst)
    page.get_by_role("button", name=re.compile("^Import")).click()
    page.wait_for_url(re.compile(r"/imports/\d+/$"))
    work()
    kept = Account.objects.order_by("pk")[0]
    Account.objects.filter(pk=kept.pk).update(remark="Calls back on Mondays")
    # The page asks how far the work is; a link that it exchanges between press and release is not followed.
    page.get_by_text(re.compile("Analysed on")).wait_for()
    page.get_by_role("link", name="Take back").click()
    expect(page.get_by_role("main")).to_contain_text(kept.name)
    look(page, "13-take-back")
    page.get_by_label("Reason").fill("Wrong year")
    page.get_by_role("button", name="Take back").click()
    page.wait_for_url(re.compile(r"/imports/\d+/$"))
    work()
    page.get_by_text("Wrong year").wait_for()
    look(page, "14-taken-back")
    assert Import.objects.get().state == State.TAKEN_BACK
    assert list(Account.objects.all()) == [kept]


@pytest.mark.long
def test_a_file_that_cannot_be_opened_says_what_to_do(visit: Visit, look: Look, analyst: User) -> None:
    page = visit("/imports/new/", analyst, language="tr")
    upload(page, "fatura.pdf", b"%PDF-1.7")
    work()
    page.get_by_text("fatura.pdf: bu bir PDF belgesi").wait_for()
    look(page, "15-unreadable")
    page.get_by_role("button", name="Aktarımı iptal et").click()
    look(page, "16-cancel")
    page.get_by_role("dialog").get_by_role("button", name="Aktarımı iptal et").click()
    page.get_by_text("iptal edildi").first.wait_for()
    look(page, "17-cancelled")


def test_saved_mappings_are_listed_and_forgotten(visit: Visit, look: Look, analyst: User) -> None:
    SavedMapping.objects.create(name="Logo", signature="x", by=analyst, options=_options())
    page = visit("/imports/mappings/", analyst)
    look(page, "18-mappings")
    page.get_by_role("button", name="Forget Logo").click()
    page.get_by_role("dialog").get_by_role("button", name="Forget it").click()
    page.get_by_text("No mapping has been saved yet").wait_for()
    assert not SavedMapping.objects.exists()


def _options() -> Any:
    from anahtar.ledger.files.wire import options_to_json
    from anahtar.ledger.options import ReadOptions
    from anahtar.ledger.roles import Role

    return options_to_json(ReadOptions(columns={Role.CUSTOMER: "Cari Kodu", Role.AMOUNT: "Net Tutar"}))
