"""The map is read as it was known at the end of any day: people, superiors, stances, lines and relations."""

from datetime import timedelta

import pytest
from django.test import Client

from anahtar_web.accounts.models import Account
from anahtar_web.company.queries import today
from anahtar_web.people.models import User
from anahtar_web.stakeholders import actions
from anahtar_web.stakeholders.models import StakeholderVersion, Tie
from anahtar_web.stakeholders.queries import people_of, relations_of, ties_of
from tests.anahtar_web.insight.pages import plain
from tests.anahtar_web.stakeholders.people import add, earlier, edit

pytestmark = pytest.mark.django_db


@pytest.fixture
def history(acme: Account, ana: User) -> Account:
    """Twenty days ago Nermin and Orhan; ten days ago Orhan below her, won and tied; today he has left."""
    with earlier(20):
        nermin = add(acme, ana, "Nermin")
        orhan = add(acme, ana, "Orhan", stance="sceptic")
        actions.relate(who=orhan, colleague=ana, level=1, seen=None, by=ana)
    with earlier(10):
        edit(orhan, ana, reports_to=nermin, stance="champion", stance_grade="confirmed")
        line = actions.tie(one=orhan, other=nermin, kind="influence", note="Her old student", by=ana)
        seen = relations_of(acme)[0].pk
        actions.relate(who=orhan, colleague=ana, level=3, seen=seen, by=ana)
    with earlier(5):
        actions.end_tie(line=line, by=ana)
    orhan.refresh_from_db()
    actions.leave(who=orhan, version=orhan.version, on=today(), by=ana)
    return acme


@pytest.mark.parametrize(
    ("days", "people", "superior", "stance", "ties", "level"),
    [
        (21, [], None, None, 0, None),
        (20, ["Nermin", "Orhan"], None, "sceptic", 0, 1),
        (11, ["Nermin", "Orhan"], None, "sceptic", 0, 1),
        (10, ["Nermin", "Orhan"], "Nermin", "champion", 1, 3),
        (6, ["Nermin", "Orhan"], "Nermin", "champion", 1, 3),
        (5, ["Nermin", "Orhan"], "Nermin", "champion", 0, 3),
        (1, ["Nermin", "Orhan"], "Nermin", "champion", 0, 3),
        (0, ["Nermin"], None, None, 0, 3),
    ],
)
def test_what_was_known_at_the_end_of_a_day(
    history: Account, days: int, people: list[str], superior: str, stance: str, ties: int, level: int
) -> None:
    on = today() - timedelta(days=days)
    found = {who.name: who for who in people_of(history, on=on)}
    assert list(found) == people
    if orhan := found.get("Orhan"):
        above = {who.pk: who.name for who in found.values()}
        assert (above.get(orhan.reports_to_id), orhan.stance) == (superior, stance)
    assert len(ties_of(history, on=on)) == ties
    assert [row.level for row in relations_of(history, on=on)] == ([] if level is None else [level])


def test_a_day_ends_at_midnight_of_the_company(acme: Account, ana: User, settings: object) -> None:
    from anahtar_web.company.queries import end_of

    who = add(acme, ana, "Late")
    StakeholderVersion.objects.filter(stakeholder=who).update(recorded_at=end_of(today() - timedelta(days=1)))
    assert people_of(acme, on=today() - timedelta(days=1)) == []
    assert [one.name for one in people_of(acme, on=today())] == ["Late"]


def test_the_pages_of_a_past_day_show_it_and_change_nothing(
    history: Account, ana: User, signed_in: "type[Client]"
) -> None:
    client, day = signed_in(ana), (today() - timedelta(days=8)).isoformat()  # type: ignore[arg-type]  # a fixture
    for page in ("map/", "", "relations/"):
        html = client.get(f"/accounts/{history.pk}/people/{page}?on={day}").content.decode()
        assert "As it was known at the end of" in html
        assert "Orhan" in html
        assert not any(word in html for word in ("data-may-move", "/people/new/", "/cells/", 'hx-target="#question"'))
    assert "Her old student" in client.get(f"/accounts/{history.pk}/people/map/?on={day}").content.decode()
    assert "Orhan" not in client.get(f"/accounts/{history.pk}/people/map/").content.decode()


def test_what_changed_is_told_with_who_when_and_what_was_before(
    history: Account, ana: User, signed_in: "type[Client]"
) -> None:
    answer = signed_in(ana).get(f"/accounts/{history.pk}/people/changes/")  # type: ignore[arg-type]  # a fixture
    text = plain(answer.content.decode())
    steps = ["Orhan has left", "No longer so", "Orhan reports to somebody else", "New on the map: Orhan"]
    assert sorted(steps, key=text.index) == steps
    assert "Sceptic → Champion" in text
    assert "have met → trust each other" in text
    assert Tie.objects.count() == 1
