"""An account is treated otherwise: said with a reason by who works on it, seen by who sees it, ended or over."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from anahtar_web.accounts.actions import merge
from anahtar_web.accounts.models import Account
from anahtar_web.audit.models import Entry
from anahtar_web.company.queries import today
from anahtar_web.gate.versions import EditedMeanwhile
from anahtar_web.people.models import User
from anahtar_web.strategies.actions import UnableToDeviate, deviate, end_deviation
from anahtar_web.strategies.models import Deviation
from anahtar_web.strategies.queries import deviation_on, deviations_in_force
from tests.anahtar_web.accounts.pages import asked, nothing_changes, send
from tests.anahtar_web.conftest import account
from tests.anahtar_web.insight.pages import plain

pytestmark = pytest.mark.django_db

SignedIn = Callable[[User], Client]


def said(of: Account, by: User, text: str = "Visits twice a year", **more: object) -> Deviation:
    told = {"reason": "Their rule", "until": None, "seen": None, **more}
    return deviate(account=of, text=text, by=by, **told)  # type: ignore[arg-type]


def test_the_manager_says_what_we_do_instead_and_whoever_sees_the_account_reads_it(
    acme: Account, ana: User, boris: User, marketing: User, auditor: User, chen: User, signed_in: SignedIn
) -> None:
    path = f"/accounts/{acme.pk}/strategy/"
    typed = {"text": "Visits **twice** a year", "reason": "Their rule", "until": "", "seen": ""}
    answer = send(signed_in(ana), f"{path}deviate/", **typed)
    assert (answer.status_code, answer.headers["Location"]) == (302, path)
    for reader in (ana, boris, marketing, auditor):
        for page in (path, f"/accounts/{acme.pk}/"):
            html = signed_in(reader).get(page).content.decode()
            assert "Visits <strong>twice</strong> a year" in html
            assert "Their rule" in html
        assert "Their rule" in signed_in(reader).get("/strategies/").content.decode()
    assert signed_in(chen).get(path).status_code == 404
    assert "Their rule" not in signed_in(chen).get("/strategies/").content.decode()
    entry = Entry.objects.get(verb="account.deviation_written")
    assert (entry.account_id, entry.reason) == (acme.pk, "Their rule")
    trail = plain(signed_in(ana).get(f"/accounts/{acme.pk}/trail/").content.decode())
    assert "Ana Işık wrote down how Acme Çelik A.Ş. is treated otherwise than its strategy says" in trail


@pytest.mark.parametrize("who", ["marketing", "analyst", "auditor"])
def test_who_does_not_work_on_accounts_neither_deviates_nor_ends(
    who: str, request: pytest.FixtureRequest, acme: Account, ana: User, signed_in: SignedIn
) -> None:
    kept, client = said(acme, ana), signed_in(request.getfixturevalue(who))
    assert "/deviate/" not in client.get(f"/accounts/{acme.pk}/strategy/").content.decode()
    with nothing_changes():
        form = {"text": "Other", "reason": "Mine", "seen": str(kept.pk)}
        for path in ("deviate/", "end/"):
            assert send(client, f"/accounts/{acme.pk}/strategy/{path}", **form).status_code == 403


def test_a_stranger_is_told_of_nothing(acme: Account, birch: Account, chen: User, signed_in: SignedIn) -> None:
    client = signed_in(chen)
    with nothing_changes():
        for path in ("deviate/", "end/"):
            form = {"text": "Other", "reason": "Mine", "seen": ""}
            assert send(client, f"/accounts/{acme.pk}/strategy/{path}", **form).status_code == 404


def test_another_one_follows_and_the_one_before_stays_as_history(
    acme: Account, ana: User, head: User, signed_in: SignedIn
) -> None:
    first = said(acme, ana)
    second = said(acme, head, text="Visits once a year", seen=first.pk)
    assert deviation_on(acme) == second
    first.refresh_from_db()
    assert (first.current, first.ended_at) == (False, None)
    text = plain(signed_in(ana).get(f"/accounts/{acme.pk}/strategy/").content.decode())
    assert text.index("Visits once a year") < text.index("Deviations before") < text.index("Visits twice a year")
    with pytest.raises(UnableToDeviate, match="holds already"):
        said(acme, ana, text="Visits once a year", seen=second.pk)


def test_who_comes_second_sees_both_and_then_writes_over(
    acme: Account, ana: User, head: User, signed_in: SignedIn
) -> None:
    kept = said(acme, head, text="By the head")
    path = f"/accounts/{acme.pk}/strategy/deviate/"
    answer = send(signed_in(ana), path, text="By Ana", reason="Mine", seen="", until="")
    assert answer.status_code == 409
    html = answer.content.decode()
    assert "By the head" in html
    assert "By Ana" in html
    assert f'name="seen" value="{kept.pk}"' in html
    assert Deviation.objects.count() == 1
    assert send(signed_in(ana), path, text="By Ana", reason="Mine", seen=str(kept.pk)).status_code == 302
    with pytest.raises(EditedMeanwhile):
        said(acme, head, seen=kept.pk)


def test_it_ends_with_a_reason_and_the_account_goes_by_its_strategy_again(
    acme: Account, ana: User, signed_in: SignedIn
) -> None:
    kept, client = said(acme, ana), signed_in(ana)
    path = f"/accounts/{acme.pk}/strategy/"
    assert send(client, f"{path}end/", seen=str(kept.pk), reason="").status_code == 422
    assert send(client, f"{path}end/", seen=str(kept.pk), reason="They have a new buyer").status_code == 302
    kept.refresh_from_db()
    assert (kept.current, kept.ended_by, kept.end_reason) == (False, ana, "They have a new buyer")
    text = plain(client.get(path).content.decode())
    assert "None: the account goes by its strategy." in text
    assert "They have a new buyer" in text
    assert Entry.objects.get(verb="account.deviation_ended").account_id == acme.pk
    assert send(client, f"{path}end/", seen=str(kept.pk), reason="Again").status_code == 422
    with pytest.raises(UnableToDeviate, match="ended the deviation meanwhile"):
        said(acme, ana, seen=kept.pk)


def test_ending_what_somebody_else_has_written_meanwhile_is_refused_by_name(
    acme: Account, ana: User, head: User
) -> None:
    first = said(acme, ana)
    said(acme, head, text="Other", seen=first.pk)
    with pytest.raises(UnableToDeviate, match="Hale Şef has written something else meanwhile"):
        end_deviation(account=acme, seen=first.pk, reason="Over", by=ana)


def test_it_holds_on_its_last_day_and_not_on_the_next(acme: Account, ana: User, signed_in: SignedIn) -> None:
    kept = said(acme, ana, until=today())
    assert list(deviations_in_force(ana, today())) == [kept]
    assert list(deviations_in_force(ana, today() + timedelta(days=1))) == []
    Deviation.objects.filter(pk=kept.pk).update(until=today() - timedelta(days=1))
    assert "its last day has passed" in signed_in(ana).get(f"/accounts/{acme.pk}/strategy/").content.decode()
    assert "Their rule" not in signed_in(ana).get(f"/accounts/{acme.pk}/").content.decode()
    assert "Every account goes by its strategy" in signed_in(ana).get("/strategies/").content.decode()


@pytest.mark.parametrize("wrong", [{"text": " "}, {"reason": " "}, {"until": -1}, {"until": 4000}])
def test_a_deviation_that_is_none_is_refused(wrong: dict[str, object], acme: Account, ana: User) -> None:
    days = wrong.get("until")
    told = {**wrong, "until": today() + timedelta(days=days)} if isinstance(days, int) else wrong
    with pytest.raises(UnableToDeviate):
        said(acme, ana, **told)  # type: ignore[arg-type]
    assert not Deviation.objects.exists()


def test_a_merged_account_is_history_and_its_deviation_is_read_on_the_other(
    acme: Account, birch: Account, ana: User, head: User, signed_in: SignedIn
) -> None:
    said(birch, head, text="For Birch alone")
    merge(source=birch, target=acme, reason="One firm", by=head)
    text = plain(signed_in(head).get(f"/accounts/{acme.pk}/strategy/").content.decode())
    assert "None: the account goes by its strategy." in text
    assert "For Birch alone" in text
    assert list(deviations_in_force(head, today())) == []
    path = f"/accounts/{birch.pk}/strategy/deviate/"
    assert send(signed_in(head), path, text="More", reason="Mine", seen="").status_code == 409


def test_the_pages_ask_as_often_for_many_deviations(head: User, acme: Account, ana: User, signed_in: SignedIn) -> None:
    said(acme, ana)
    client = signed_in(head)
    client.get("/strategies/")
    few = asked(client, "/strategies/")
    for number in range(60):
        said(account(f"9{number:03}", f"Grown {number}"), head, text=f"Instead {number}")
    client.get("/strategies/")
    assert asked(client, "/strategies/") == few
    assert "page=2" in client.get("/strategies/").content.decode()
    page = f"/accounts/{acme.pk}/strategy/"
    few = asked(client, page)
    seen = deviation_on(acme)
    for number in range(10):
        seen = said(acme, ana, text=f"Again {number}", seen=seen.pk if seen else None)
    assert asked(client, page) == few
