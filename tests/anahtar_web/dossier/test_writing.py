"""Facts are written down, stand beside each other, are taken back, and stay readable as of a day."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from anahtar_web.accounts.actions import merge
from anahtar_web.accounts.actions.holding import UnableToChangeMerged
from anahtar_web.accounts.models import Account
from anahtar_web.audit.models import Entry
from anahtar_web.dossier.actions import Evidence, UnableToWriteFact, retract, write_fact
from anahtar_web.dossier.kinds import every
from anahtar_web.dossier.models import Fact
from anahtar_web.dossier.queries import Known, facts_of
from anahtar_web.gate.versions import EditedMeanwhile
from anahtar_web.people.models import User
from anahtar_web.stakeholders.models import Stakeholder
from tests.anahtar_web.accounts.pages import nothing_changes, send
from tests.anahtar_web.dossier.facts import ago, columns, write

pytestmark = pytest.mark.django_db

SignedIn = Callable[[User], Client]


def known(account: Account, code: str, **asked: Any) -> list[str]:
    return [one.value for one in facts_of(account, **asked) if one.kind.code == code]


def one_of(account: Account, code: str) -> Known:
    return next(one for one in facts_of(account) if one.kind.code == code)


def back_to(days: int) -> datetime:
    return timezone.now() - timedelta(days=days)


def test_a_later_rumour_stands_beside_what_is_confirmed_and_hides_nothing(acme: Account, ana: User) -> None:
    write(acme, ana, "headcount", 1240, on=ago(30))
    write(acme, ana, "headcount", 1100, "rumour", on=ago(1))
    found = one_of(acme, "headcount")
    assert (found.value, [fact.number for fact in found.others]) == ("1,240 people", [1100])


def test_a_rumour_holds_once_what_was_confirmed_is_stale(acme: Account, ana: User) -> None:
    write(acme, ana, "headcount", 1240, on=ago(400))
    write(acme, ana, "headcount", 1100, "rumour", on=ago(1))
    assert known(acme, "headcount") == ["1,100 people"]


def test_what_was_true_before_does_not_replace_what_is_true_now(acme: Account, ana: User) -> None:
    write(acme, ana, "headcount", 1240, on=ago(30))
    late = write(acme, ana, "headcount", 1100, "document", on=ago(300))
    assert known(acme, "headcount") == ["1,240 people"]
    late.refresh_from_db()
    assert late.superseded_by is not None


def test_of_several_values_each_has_a_history_of_its_own(acme: Account, ana: User) -> None:
    first = write(acme, ana, "goal", "Fewer suppliers", on=ago(90))
    write(acme, ana, "goal", "Less scrap", on=ago(60))
    write(acme, ana, "goal", "Half the suppliers", item=first.item)
    assert sorted(known(acme, "goal")) == ["Half the suppliers", "Less scrap"]


def test_the_dossier_is_read_as_it_was_known_on_a_day(acme: Account, ana: User) -> None:
    write(acme, ana, "headcount", 900, on=ago(500), at=back_to(500))
    old = write(acme, ana, "ownership", "A fund", on=ago(450), at=back_to(450))
    write(acme, ana, "headcount", 1240, on=ago(100), at=back_to(100))
    retract(account=acme, fact=old, kind=every()["ownership"], reason="It was the uncle", by=ana)
    assert known(acme, "headcount", on=ago(200)) == ["900 people"]
    assert known(acme, "ownership", on=ago(200)) == ["A fund"]
    assert known(acme, "headcount", on=ago(501)) == []
    assert (known(acme, "headcount"), known(acme, "ownership")) == (["1,240 people"], [])
    # What is stale today was fresh then.
    then = next(one for one in facts_of(acme, ago(200)) if one.kind.code == "headcount")
    assert not then.is_stale


def test_taking_a_statement_back_lets_what_it_replaced_hold_again(acme: Account, ana: User) -> None:
    write(acme, ana, "headcount", 1100, on=ago(60))
    wrong = write(acme, ana, "headcount", 9999, on=ago(30))
    assert known(acme, "headcount") == ["9,999 people"]
    retract(account=acme, fact=wrong, kind=every()["headcount"], reason="A slip of the key", by=ana)
    assert known(acme, "headcount") == ["1,100 people"]
    entry = Entry.objects.get(verb="fact.retracted")
    assert (entry.account_id, entry.reason) == (acme.pk, "A slip of the key")
    with pytest.raises(UnableToWriteFact, match="already"):
        retract(account=acme, fact=wrong, kind=every()["headcount"], reason="Again", by=ana)


def test_two_people_write_one_thing_and_the_second_is_shown_what_the_first_wrote(
    acme: Account, ana: User, boris: User, signed_in: SignedIn
) -> None:
    first = write(acme, ana, "headcount", 1100, on=ago(60))
    write(acme, boris, "headcount", 1240, on=ago(30))
    path = f"/accounts/{acme.pk}/facts/{first.pk}/change/"
    form = {"number": "1300", "grade": "confirmed", "seen": str(first.pk)}
    answer = send(signed_in(ana), path, **form)
    html = answer.content.decode()
    assert answer.status_code == 409
    assert "Boris" in html
    assert "1,240 people" in html
    assert known(acme, "headcount") == ["1,240 people"]
    with pytest.raises(EditedMeanwhile):
        write_fact(
            account=acme,
            kind=every()["headcount"],
            value=columns("headcount", 1),
            evidence=Evidence("confirmed"),
            seen=None,
            by=ana,
        )


@pytest.mark.parametrize(
    ("code", "value", "more", "sentence"),
    [
        ("description", "  ", {}, "an empty fact says nothing"),
        ("description", "Steel", {"on": date(2999, 1, 1)}, "no day on which it can have been known"),
        ("description", "Steel", {"grade": "certain"}, "Say how we know it"),
    ],
)
def test_a_fact_that_says_nothing_is_refused(
    acme: Account, ana: User, code: str, value: str, more: dict[str, Any], sentence: str
) -> None:
    with pytest.raises(UnableToWriteFact, match=sentence):
        write(acme, ana, code, value, **more)
    assert not Fact.objects.exists()


def test_the_history_says_who_told_it_and_where_it_stands(
    acme: Account, ana: User, boris: User, signed_in: SignedIn
) -> None:
    buyer = Stakeholder.objects.create(account=acme, name="Leyla Buyer", position="Purchasing", by=ana)
    form = {"text": "A family", "grade": "assumed", "said_by": buyer.pk, "colleague": boris.pk, "source": "At the fair"}
    client = signed_in(ana)
    assert send(client, f"/accounts/{acme.pk}/facts/write/ownership/", **form, seen="").status_code == 302
    html = client.get(f"/accounts/{acme.pk}/facts/{Fact.objects.get().pk}/").content.decode()
    for told in ("Leyla Buyer", "Purchasing", "Boris Çağlar", "At the fair", "Assumed"):
        assert told in html


def test_a_person_of_another_account_said_nothing_about_this_one(
    acme: Account, birch: Account, ana: User, chen: User
) -> None:
    stranger = Stakeholder.objects.create(account=birch, name="Buyer", by=chen)
    with pytest.raises(UnableToWriteFact, match="another account"):
        write(acme, ana, "ownership", "A family", said_by=stranger)


def test_on_a_merged_account_nothing_is_written_and_its_facts_go_on_under_the_other(
    acme: Account, birch: Account, ana: User, head: User
) -> None:
    write(birch, head, "ownership", "A family")
    merge(source=birch, target=acme, reason="One firm", by=head)
    assert known(acme, "ownership") == ["A family"]
    with pytest.raises(UnableToChangeMerged):
        write(Account.objects.get(pk=birch.pk), head, "ownership", "A fund")
    write(acme, ana, "ownership", "A fund")
    assert known(acme, "ownership") == ["A fund"]


@pytest.mark.parametrize("who", ["analyst", "auditor"])
def test_who_does_not_write_dossiers_reads_them_and_writes_nothing(
    who: str, request: pytest.FixtureRequest, acme: Account, ana: User, signed_in: SignedIn
) -> None:
    fact, client = write(acme, ana, "ownership", "A family"), signed_in(request.getfixturevalue(who))
    html = client.get(f"/accounts/{acme.pk}/profile/").content.decode()
    assert "A family" in html
    assert "/facts/write/" not in html
    with nothing_changes():
        for path in ("write/goal/", f"{fact.pk}/change/", f"{fact.pk}/confirm/", f"{fact.pk}/retract/"):
            form = {"text": "Other", "grade": "confirmed", "reason": "Mine"}
            assert send(client, f"/accounts/{acme.pk}/facts/{path}", **form).status_code == 403


def test_a_stranger_is_told_of_nothing(
    acme: Account, birch: Account, ana: User, chen: User, signed_in: SignedIn
) -> None:
    fact, client = write(acme, ana, "ownership", "A family"), signed_in(chen)
    with nothing_changes():
        for path in ("profile/", "readers/", "profile/group/", f"facts/{fact.pk}/"):
            assert client.get(f"/accounts/{acme.pk}/{path}").status_code == 404
        # Through an account of their own they reach no fact of another.
        assert client.get(f"/accounts/{birch.pk}/facts/{fact.pk}/").status_code == 404
        assert send(client, f"/facts/{fact.pk}/confirm/").status_code == 404
