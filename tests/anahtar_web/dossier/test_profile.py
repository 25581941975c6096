"""The profile: typed in the language of the page, complete by the type of the account, read in few questions."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from anahtar_web.accounts.actions import Verdict, decide_key
from anahtar_web.accounts.models import Account, KeyStatus
from anahtar_web.company.queries import today
from anahtar_web.dossier.actions import count_due
from anahtar_web.dossier.kinds import every
from anahtar_web.dossier.models import Completeness, Fact, Reading
from anahtar_web.dossier.queries import completeness_of, facts
from anahtar_web.people.models import User
from tests.anahtar_web.accounts.pages import asked, nothing_changes, send
from tests.anahtar_web.dossier.facts import ago, write

pytestmark = pytest.mark.django_db

SignedIn = Callable[[User], Client]


@pytest.mark.parametrize(
    ("language", "typed", "expected"), [("tr", "1.234,5", "1234.5"), ("en", "1,234.5", "1234.5"), ("en", "x", None)]
)
def test_a_number_is_read_in_the_signs_of_the_page(
    acme: Account, ana: User, signed_in: SignedIn, language: str, typed: str, expected: str | None
) -> None:
    User.objects.filter(pk=ana.pk).update(language=language)
    path = f"/accounts/{acme.pk}/facts/write/headcount/"
    answer = send(signed_in(ana), path, number=typed, grade="assumed", seen="")
    assert answer.status_code == (302 if expected else 422)
    found = Fact.objects.first()
    assert (str(found.number.normalize()) if found and found.number is not None else None) == expected


def test_after_one_fact_the_form_of_the_most_important_missing_one_follows(
    acme: Account, ana: User, signed_in: SignedIn
) -> None:
    client, path = signed_in(ana), f"/accounts/{acme.pk}/facts/write/description/"
    form = {"text": "Steel", "grade": "confirmed", "seen": "", "next": "yes"}
    answer = send(client, path, **form)
    missing = next(item for item in completeness_of(acme).missing if item.why == "missing")
    assert answer.headers["Location"] == f"/accounts/{acme.pk}/facts/write/{missing.asked.kind}/"
    html = client.get(answer.headers["Location"]).content.decode()
    assert 'name="next"' in html


def test_completeness_follows_the_type_and_is_kept_for_lists(acme: Account, ana: User, head: User) -> None:
    write(acme, ana, "description", "Steel")
    write(acme, ana, "known_for", "Steel", "assumed")
    before = completeness_of(acme)
    kept = Completeness.objects.get(account=acme)
    assert (kept.reached, kept.of) == (before.whole.reached, before.whole.of) == (2, before.whole.of)
    decide_key(account=acme, verdict=Verdict(KeyStatus.KEY, "So", ["image_maker"], "1"), by=head, computed=None)
    after = completeness_of(acme)
    assert after.whole.reached == 3
    assert after.areas["reputation"].of > before.areas.get("reputation", after.areas["swot"]).of
    # Lists follow with the next chore, and with the next word written.
    assert count_due(today()) == 1
    assert Completeness.objects.get(account=acme).reached == 3
    assert count_due(today()) == 0
    write(acme, ana, "known_for", "Steel")
    assert Completeness.objects.get(account=acme).reached == 6


def test_a_chore_counts_what_has_gone_stale_since(acme: Account, ana: User) -> None:
    write(acme, ana, "credit", "AA", on=ago(150))
    kept = Completeness.objects.get(account=acme)
    assert kept.changes_on is not None
    assert kept.changes_on > today()
    Fact.objects.update(known_on=ago(400))
    facts.forget()  # past the actions, and so past the trail
    Completeness.objects.update(changes_on=ago(1))
    assert count_due(today()) == 1
    kept.refresh_from_db()
    assert (kept.reached, kept.stale, kept.changes_on) == (0, 1, None)


def test_whoever_opens_the_profile_is_noted_once_a_day(
    acme: Account, ana: User, auditor: User, marketing: User, signed_in: SignedIn
) -> None:
    for reader in (ana, ana, auditor):
        client = signed_in(reader)
        with nothing_changes():
            client.get(f"/accounts/{acme.pk}/profile/")
        assert send(client, f"/accounts/{acme.pk}/profile/read/").status_code == 204
    assert list(Reading.objects.order_by("person").values_list("person", "day", "times")) == [
        (ana.pk, today(), 2),
        (auditor.pk, today(), 1),
    ]
    html = signed_in(marketing).get(f"/accounts/{acme.pk}/readers/").content.decode()
    for told in ("Ana Işık", "opened 2 times", "Derya Denetçi", "opened once"):
        assert told in html
    # Boris is on the team and has not read it.
    assert "Boris" in html


def test_two_thousand_facts_ask_the_database_no_more_than_three(acme: Account, ana: User, signed_in: SignedIn) -> None:
    client, path = signed_in(ana), f"/accounts/{acme.pk}/profile/"
    for code, value in (("goal", "One"), ("event", (date(2000, 1, 1), "One")), ("headcount", 1)):
        write(acme, ana, code, value, on=ago(60))
    asked(client, path)
    few = asked(client, path)
    first = Fact.objects.get(kind="headcount")
    Fact.objects.bulk_create(
        [
            Fact(
                account=acme,
                kind="headcount",
                number=n,
                grade="confirmed",
                known_on=ago(90),
                by=ana,
                superseded_by=first,
            )
            for n in range(1600)
        ]
    )
    Fact.objects.bulk_create(
        [Fact(account=acme, kind="goal", text=f"Goal {n}", grade="rumour", known_on=ago(9), by=ana) for n in range(400)]
    )
    assert asked(client, path) == few
    assert asked(client, f"{path}?on={ago(1)}") <= few + 1


def test_as_known_on_a_day_nothing_can_be_written(acme: Account, ana: User, signed_in: SignedIn) -> None:
    write(acme, ana, "ownership", "A family", on=ago(90))
    client = signed_in(ana)
    html = client.get(f"/accounts/{acme.pk}/profile/?on={ago(10)}").content.decode()
    assert "As known on" in html
    assert "/facts/write/" not in html
    # Written down today, it was not known ten days ago.
    assert "A family" not in html
    assert client.get(f"/accounts/{acme.pk}/profile/?on=nonsense").status_code == 400
    assert client.get(f"/accounts/{acme.pk}/profile/?day=1").status_code == 400


def test_the_shipped_kinds_have_one_code_each_and_ask_something_of_every_type() -> None:
    kinds = every()
    assert len(kinds) == 33
    for number in range(5):
        assert sum(list(kind.importance.values())[number] for kind in kinds.values()) > 10
