"""Somebody is written down, described otherwise, has left; two people edit one person."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from anahtar_web.accounts.actions import UnableToChangeMerged, merge
from anahtar_web.accounts.models import Account
from anahtar_web.audit.models import Entry
from anahtar_web.company.queries import today
from anahtar_web.gate.versions import EditedMeanwhile
from anahtar_web.people.models import User
from anahtar_web.stakeholders import actions
from anahtar_web.stakeholders.actions import UnableToKeepAddress, UnableToWritePerson
from anahtar_web.stakeholders.models import Grade, Stakeholder, StakeholderVersion
from anahtar_web.stakeholders.queries import by_address, people_of
from tests.anahtar_web.conftest import account
from tests.anahtar_web.stakeholders.people import add, edit

pytestmark = pytest.mark.django_db


def test_every_change_keeps_a_version_and_the_trail_names_nobody(acme: Account, ana: User) -> None:
    nermin = add(acme, ana, "Nermin Arslan", position="Director")
    edit(nermin, ana, position="General manager", influence=5)
    edit(nermin, ana, position="General manager")
    told = [(row.number, row.position, row.by) for row in StakeholderVersion.objects.order_by("pk")]
    assert told == [(1, "Director", ana), (2, "General manager", ana)]
    entries = Entry.objects.filter(verb__startswith="stakeholder.").order_by("pk")
    assert [entry.verb for entry in entries] == ["stakeholder.added", "stakeholder.edited"]
    assert entries[1].after == {"stakeholder": nermin.pk, "written": ["influence", "position"]}
    assert {entry.account_id for entry in entries} == {acme.pk}
    for entry in entries:
        assert "Nermin" not in f"{entry.target_name} {entry.before} {entry.after} {entry.search_key}"


def test_without_a_name_it_is_a_gap_and_without_anything_it_is_nothing(acme: Account, ana: User) -> None:
    gap = add(acme, ana, position="Somebody of the holding")
    assert (gap.is_gap, str(gap)) == (True, "Not known: Somebody of the holding")
    with pytest.raises(UnableToWritePerson, match="at least one of name, position and role"):
        add(acme, ana, " ", unit="Finance")
    assert not edit(gap, ana, name="Ayla Er").is_gap


def test_a_stance_has_a_grade_and_the_day_since_which_it_is_so(acme: Account, ana: User) -> None:
    long_ago = today() - timedelta(days=100)
    who = add(acme, ana, "Orhan", stance="sceptic", stance_since=long_ago)
    assert (who.stance_grade, who.stance_since) == (Grade.ASSUMED, long_ago)
    # The form sends the day along as it stood there: it is the day of the stance before.
    who = edit(who, ana, stance="champion", stance_grade="confirmed", stance_since=long_ago)
    assert (who.stance, who.stance_grade, who.stance_since) == ("champion", Grade.CONFIRMED, today())
    who = edit(who, ana, stance="")
    assert (who.stance, who.stance_grade, who.stance_since) == ("", "", None)


def test_the_main_role_is_not_a_further_one(acme: Account, ana: User) -> None:
    who = add(acme, ana, "Orhan", role="decider", more_roles=" decider buyer buyer ")
    assert who.more_roles == " buyer "
    assert [role.value for role in who.roles] == ["decider", "buyer"]
    assert edit(who, ana, role="buyer").more_roles == ""


def test_who_comes_second_overwrites_nothing_but_another_field_is_no_conflict(
    acme: Account, ana: User, head: User
) -> None:
    who = add(acme, ana, "Orhan", position="Buyer")
    edit(who, head, position="Head buyer")
    with pytest.raises(EditedMeanwhile):
        actions.edit(who=who, version=1, fields={"position": "Mine"}, by=ana)
    with pytest.raises(EditedMeanwhile):
        actions.edit_one(who=who, version=1, field="position", value="Mine", by=ana)
    saved = actions.edit_one(who=who, version=1, field="influence", value=4, by=ana)
    assert (saved.position, saved.influence, saved.version) == ("Head buyer", 4, 3)


def test_nobody_reports_to_somebody_below_or_elsewhere(acme: Account, birch: Account, ana: User, chen: User) -> None:
    top = add(acme, ana, "Top")
    middle = add(acme, ana, "Middle", reports_to=top)
    low = add(acme, ana, "Low", reports_to=middle)
    other = add(birch, chen, "Other")
    for superior in (low, top):
        with pytest.raises(UnableToWritePerson, match="below"):
            edit(top, ana, reports_to=superior)
    with pytest.raises(UnableToWritePerson, match="not at this account"):
        edit(low, ana, reports_to=other)


def test_whoever_reported_to_one_who_left_reports_to_the_place_or_to_the_superior(acme: Account, ana: User) -> None:
    top = add(acme, ana, "Top")
    buyer = add(acme, ana, "Buyer", position="Head buyer", role="buyer", reports_to=top)
    low = add(acme, ana, "Low", reports_to=buyer)
    with pytest.raises(UnableToWritePerson, match="day to come"):
        actions.leave(who=buyer, version=1, on=today() + timedelta(days=1), by=ana)
    actions.leave(who=buyer, version=1, on=today(), went_to="Elsewhere", place_stays=True, by=ana)
    low.refresh_from_db()
    gap = low.reports_to
    assert gap is not None
    assert (gap.is_gap, gap.position, gap.role, gap.reports_to) == (True, "Head buyer", "buyer", top)
    assert [str(who) for who in people_of(acme)] == ["Low", "Top", "Not known: Head buyer"]
    actions.leave(who=gap, version=1, on=today(), by=ana)
    low.refresh_from_db()
    assert low.reports_to == top
    buyer.refresh_from_db()
    assert actions.come_back(who=buyer, version=buyer.version, by=ana).left_on is None


def test_an_address_finds_its_person_also_after_it_has_ended(acme: Account, ana: User) -> None:
    who = add(acme, ana, "Orhan")
    point = actions.add_address(who=who, kind="email", value=" Orhan@Acme.example ", by=ana)
    phone = actions.add_address(who=who, kind="phone", value="+90 (224) 000 01", by=ana)
    assert phone.key == "9022400001"
    with pytest.raises(UnableToKeepAddress, match="already"):
        actions.add_address(who=who, kind="email", value="orhan@acme.example", by=ana)
    with pytest.raises(UnableToKeepAddress, match="no address"):
        actions.add_address(who=who, kind="phone", value="none", by=ana)
    actions.end_address(address=point, by=ana)
    assert list(by_address("email", "ORHAN@acme.example")) == [who]
    assert actions.add_address(who=who, kind="email", value="orhan@acme.example", by=ana).pk == point.pk


def test_people_of_a_merged_account_are_kept_by_the_one_that_goes_on(acme: Account, ana: User, head: User) -> None:
    old = account("0009", "Acme Old Ltd.")
    who = add(old, head, "Orhan")
    boss = add(acme, ana, "Nermin")
    merge(source=old, target=acme, by=head, reason="The same firm")
    with pytest.raises(UnableToChangeMerged):
        add(old, head, "Somebody else")
    assert edit(who, ana, reports_to=boss).reports_to == boss
    assert people_of(acme) == [boss, who]


def test_who_is_erased_leaves_nothing_but_a_number(acme: Account, ana: User, head: User) -> None:
    top = add(acme, ana, "Top")
    who = add(acme, ana, "Orhan", reports_to=top, preferences="Likes tea")
    low = add(acme, ana, "Low", reports_to=who)
    actions.add_address(who=who, kind="email", value="orhan@acme.example", by=ana)
    actions.tie(one=who, other=top, kind="influence", note="Of Orhan", by=ana)
    actions.relate(who=who, colleague=ana, level=2, seen=None, by=ana)
    edit(low, ana, position="Clerk")
    key = actions.erase(who=who, by=head)
    low.refresh_from_db()
    assert (low.reports_to, Stakeholder.objects.filter(pk=key).exists()) == (top, False)
    assert not StakeholderVersion.objects.filter(name="Orhan").exists()
    assert not by_address("email", "orhan@acme.example").exists()
    assert Entry.objects.get(verb="stakeholder.erased").after == {"stakeholder": key}


@pytest.mark.parametrize(
    "fields",
    [
        {"name": "", "position": "", "role": ""},
        {"influence": 6},
        {"stance": "champion"},
        {"birth_month": 5},
        {"birth_day": 32, "birth_month": 1},
        {"role": "king"},
    ],
)
def test_the_database_holds_what_no_form_lets_through(acme: Account, ana: User, fields: dict[str, object]) -> None:
    who = add(acme, ana, "Orhan")
    with pytest.raises(IntegrityError), transaction.atomic():
        Stakeholder.objects.filter(pk=who.pk).update(**fields)
