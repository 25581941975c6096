"""What the search finds, for whom, and how it shows it; the index follows every change."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.test import Client
from django.utils import timezone

from anahtar_web.accounts.actions import create, edit, merge, undo_merge
from anahtar_web.accounts.models import Account
from anahtar_web.audit.actions import record
from anahtar_web.competitors.models import Competitor
from anahtar_web.files.actions import attach, remove
from anahtar_web.gate.rights import Field
from anahtar_web.people.models import User
from anahtar_web.search.actions import catch_up, differences, rebuild
from anahtar_web.search.checks import index
from anahtar_web.search.models import Text
from anahtar_web.search.sources import SOURCES
from anahtar_web.search.words import asked, marked, snippet
from anahtar_web.stakeholders.models import Stakeholder
from anahtar_web.strategies.actions import deviate
from tests.anahtar_web.accounts.pages import asked as questions
from tests.anahtar_web.files.conftest import data, pdf  # noqa: F401  # the data folder

pytestmark = pytest.mark.django_db

SignedIn = Callable[[User], Client]


def wrote(account: Account, text: str, by: User) -> Account:
    return edit(account=account, version=account.version, fields={"remark": text}, by=by)


def found(client: Client, text: str, **more: str) -> list[str]:
    page = client.get("/search/", {"q": text, **more}).context["page"]
    return [hit.text.title for hit in page.hits]


def stakeholder(account: Account, name: str, by: User, **more: Any) -> Stakeholder:
    made: Stakeholder = Stakeholder.objects.create(account=account, name=name, by=by, **more)
    record("account.edited", made, by=by, account=account.pk)
    return made


@pytest.mark.parametrize(
    ("written", "typed"),
    [
        ("ILGAZ tesisi", "ılgaz"), ("ılgaz tesisi", "ILGAZ"), ("İstanbul şubesi", "istanbul"), ("istanbul", "İSTANBUL"),
        ("Çığ düşme riski", "cig"), ("cig", "ÇIĞ"), ("Değişiklik sözleşmesi", "degis"), ("Straße", "strasse"),
        ("fiyat: 12-3/A_b", "12 3 a b"), ("müdür\u0307lük", "mudurluk"), ("%50 indirim", "50"),
    ],
)  # fmt: skip
def test_words_are_found_however_they_are_typed(
    acme: Account, ana: User, signed_in: SignedIn, written: str, typed: str
) -> None:
    wrote(acme, written, ana)
    assert found(signed_in(ana), typed) == ["Acme Çelik A.Ş."]


@pytest.mark.parametrize(
    "typed",
    [
        '"',
        "'",
        "*",
        "a*b'c\"",
        "NEAR(",
        "title_key:x",
        "x OR y",
        "-x",
        "^x",
        "x AND",
        "&|!():*",
        "\\",
        "😀",
        "' OR 1=1 --",
    ],
)
def test_nothing_that_is_typed_is_a_command_of_the_database(
    acme: Account, ana: User, signed_in: SignedIn, typed: str
) -> None:
    wrote(acme, "plain words", ana)
    assert found(signed_in(ana), typed) == []


def test_all_words_have_to_stand_in_it_by_their_beginnings(acme: Account, ana: User, signed_in: SignedIn) -> None:
    wrote(acme, "Sevkiyat gecikmesi nisanda konuşuldu", ana)
    client = signed_in(ana)
    assert found(client, "gecik sevk") == ["Acme Çelik A.Ş."]
    assert found(client, "gecik mayıs") == []
    assert found(client, "ecikmesi") == []


def test_a_manager_finds_and_counts_what_they_may_see_and_no_more(
    acme: Account, birch: Account, ana: User, chen: User, director: User, signed_in: SignedIn
) -> None:
    wrote(acme, "gizlikelime", ana)
    wrote(birch, "gizlikelime", chen)
    for user, titles in ((ana, {"Acme Çelik A.Ş."}), (chen, {"Birch Ilgaz Ltd. Şti."})):
        page = signed_in(user).get("/search/", {"q": "gizlikelime"}).context["page"]
        assert {hit.text.title for hit in page.hits} == titles
        assert page.count == 1
        assert [kind.count for kind in page.kinds] == [1]
    assert len(found(signed_in(director), "gizlikelime")) == 2


def test_what_a_role_does_not_see_is_neither_found_nor_counted(
    acme: Account, ana: User, marketing: User, signed_in: SignedIn
) -> None:
    Text.objects.create(
        source="account", row=acme.pk, guard=Field.OFFER.value, account=acme, title="Fiyat", body="7341917",
        title_key="fiyat", body_key="7341917", at=timezone.now(),
    )  # fmt: skip
    assert found(signed_in(ana), "7341917") == ["Fiyat"]
    page = signed_in(marketing).get("/search/", {"q": "7341917"})
    assert page.context["page"].count == 0
    assert "Fiyat" not in page.content.decode()


def test_whatever_is_written_is_found_at_once_and_what_is_gone_is_not(
    acme: Account, birch: Account, ana: User, head: User, signed_in: SignedIn
) -> None:
    client = signed_in(head)
    create(code="9", fields={"name": "Yeniçağ Döküm"}, by=head)
    assert found(client, "yenicag") == ["Yeniçağ Döküm"]
    first = deviate(account=acme, text="**Cuma** günü aranır", reason="kendileri istedi", until=None, seen=None, by=ana)
    assert found(client, "cuma") == ["Cuma günü aranır"]
    deviate(account=acme, text="Pazartesi aranır", reason="değişti", until=None, seen=first.pk, by=ana)
    assert found(client, "pazartesi") == ["Pazartesi aranır"]
    file = attach(account=acme, name="Çerçeve Sözleşmesi.pdf", content=pdf(), by=ana)
    assert found(client, "cerceve") == ["Çerçeve Sözleşmesi.pdf"]
    remove(attachment=file, reason="x", by=ana)
    assert found(client, "cerceve") == []
    person = stakeholder(acme, "Gülizar Öztürk", ana, position="Satın alma müdürü")
    assert found(client, "satın gülizar") == ["Gülizar Öztürk"]
    person.delete()
    record("account.edited", person, by=ana, account=acme.pk)
    assert found(client, "gülizar") == []
    rival = Competitor.objects.create(name="Rakip Çelik")
    record("account.edited", rival, by=head)
    assert found(signed_in(ana), "rakip") == ["Rakip Çelik"]
    rebuild()
    assert list(index()) == []


def test_a_change_that_is_taken_back_is_not_found(acme: Account, ana: User, signed_in: SignedIn) -> None:
    with transaction.atomic():
        wrote(acme, "geri alınan", ana)
        transaction.set_rollback(True)
    assert found(signed_in(ana), "alinan") == []
    acme.refresh_from_db()
    wrote(acme, "kalan", ana)
    assert found(signed_in(ana), "kalan") == ["Acme Çelik A.Ş."]


def test_an_account_that_goes_on_under_another_is_no_hit_and_comes_back(
    acme: Account, birch: Account, head: User, signed_in: SignedIn
) -> None:
    rebuild()
    client = signed_in(head)
    done = merge(source=birch, target=acme, reason="one", by=head)
    assert found(client, "birch") == []
    undo_merge(merge=done, reason="two", by=head)
    assert found(client, "birch") == ["Birch Ilgaz Ltd. Şti."]


def test_titles_come_first_and_newest_if_asked_for(
    acme: Account, birch: Account, head: User, signed_in: SignedIn
) -> None:
    wrote(acme, "çelik konuşuldu", head)
    wrote(birch, "çelik konuşuldu", head)
    Text.objects.filter(row=birch.pk).update(at=timezone.now() + timedelta(days=1))
    client = signed_in(head)
    assert found(client, "celik") == ["Acme Çelik A.Ş.", "Birch Ilgaz Ltd. Şti."]
    assert found(client, "celik", order="newest") == ["Birch Ilgaz Ltd. Şti.", "Acme Çelik A.Ş."]
    assert found(client, "celik", kind="file") == []


@pytest.mark.parametrize("order", ["", "newest"])
def test_pages_follow_each_other_without_a_gap_or_a_repetition(
    acme: Account, head: User, signed_in: SignedIn, order: str
) -> None:
    moment = timezone.now()
    Text.objects.bulk_create(
        Text(
            source="file", row=number, account=acme, title=f"{number}", body="ortak",
            title_key="ortak" if number % 3 else "x", body_key="ortak", at=moment - timedelta(days=number // 4),
        )
        for number in range(60)
    )  # fmt: skip
    client, seen, address = signed_in(head), [], f"?q=ortak&order={order}"
    while address:
        page = client.get(f"/search/{address}").context["page"]
        assert page.count == 60
        seen += [hit.text.row for hit in page.hits]
        address = page.more
    assert len(seen) == 60
    assert len(set(seen)) == 60


def test_nonsense_in_the_address_is_refused(head: User, signed_in: SignedIn) -> None:
    client = signed_in(head)
    for nonsense in ("kind=x", "order=x", "after=x", "after=1_999999999999999999999_1", "account__name=x"):
        assert client.get(f"/search/?q=a&{nonsense}").status_code == 400


def test_more_hits_ask_no_more_questions(acme: Account, ana: User, boris: User, signed_in: SignedIn) -> None:
    wrote(acme, "ortak", ana)
    client = signed_in(ana)
    client.get("/")
    before = questions(client, "/search/?q=ortak")
    for number in range(20):
        attach(account=acme, name=f"ortak {number}.pdf", content=pdf(str(number)), by=boris)
    stakeholder(acme, "Ortak Kişi", ana)
    assert questions(client, "/search/?q=ortak") == before


def test_the_palette_offers_the_search(head: User, signed_in: SignedIn) -> None:
    page = signed_in(head).get("/palette/", {"q": "geç teslim"}).content.decode()
    assert "/search/?q=ge%C3%A7+teslim" in page


def test_scripts_in_what_is_found_stay_text(acme: Account, ana: User, signed_in: SignedIn) -> None:
    wrote(acme, "<script>alert(1)</script> bulunacak", ana)
    page = signed_in(ana).get("/search/", {"q": "bulunacak script"}).content.decode()
    assert "<script>alert" not in page
    assert "<mark>bulunacak</mark>" in page


def test_a_hit_is_marked_in_the_letters_of_the_text() -> None:
    def shown(text: str, typed: str) -> str:
        return "".join(f"[{part.text}]" if part.hit else part.text for part in marked(text, asked(typed)))

    assert shown("İSTANBUL ve ISPARTA", "ist isp") == "[İST]ANBUL ve [ISP]ARTA"
    assert shown("Straße, Müdürlük", "strasse mud") == "[Straße], [Müd]ürlük"
    assert shown("Fiyat", "yat") == "Fiyat"


def test_a_snippet_is_the_part_around_the_first_hit_cut_at_blanks() -> None:
    text = "başta " * 60 + "Gecikme burada konuşuldu " + "sonra " * 60
    parts = snippet(text, asked("gecikme"))
    whole = "".join(part.text for part in parts)
    assert whole.startswith("… ")
    assert whole.endswith(" …")
    assert len(whole) < 300
    assert [part.text for part in parts if part.hit] == ["Gecikme"]
    assert whole.strip("… ").split()[0] == "başta"


def test_the_doctor_finds_what_differs_and_rebuilding_mends_it(acme: Account, ana: User, capsys: Any) -> None:
    wrote(acme, "eski", ana)
    assert list(index()) == []
    Account.objects.filter(pk=acme.pk).update(remark="yeni")
    assert list(index()) == ["The search does not know Acme Çelik A.Ş. as it is. Run anahtar-web search_rebuild."]
    call_command("search_rebuild")
    assert list(index()) == []
    assert "can be found" in capsys.readouterr().out


@pytest.mark.skipif(connection.vendor != "sqlite", reason="the index of PostgreSQL is its own affair")
def test_an_index_that_lost_words_is_named(acme: Account, ana: User) -> None:
    wrote(acme, "kaybolan", ana)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO search_index(search_index, rowid, title_key, body_key) "
            "SELECT 'delete', id, title_key, body_key FROM search_text"
        )
    assert list(index()) == ["The index of the search is damaged. Run anahtar-web search_rebuild."]


def test_every_source_can_be_rebuilt_and_is_then_what_its_rows_say(acme: Account, ana: User) -> None:
    stakeholder(acme, "Kişi", ana)
    rebuild()
    for source in SOURCES.values():
        assert list(differences(source)) == []
        assert catch_up(source) == 0
