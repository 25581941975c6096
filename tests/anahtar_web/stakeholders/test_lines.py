"""Lines of influence and conflict, and how we stand with people: every word stays, the last one holds."""

import pytest

from anahtar_web.accounts.models import Account
from anahtar_web.gate.versions import EditedMeanwhile
from anahtar_web.people.models import User
from anahtar_web.stakeholders import actions
from anahtar_web.stakeholders.actions import UnableToRelate, UnableToTie
from anahtar_web.stakeholders.models import Relation, Tie
from anahtar_web.stakeholders.queries import colleagues_of, gaps_of, known_by, relations_of, ties_of
from tests.anahtar_web.stakeholders.people import add

pytestmark = pytest.mark.django_db


def test_a_line_of_the_same_kind_takes_the_place_of_the_one_before(acme: Account, ana: User) -> None:
    one, other = add(acme, ana, "One"), add(acme, ana, "Other")
    first = actions.tie(one=one, other=other, kind="influence", by=ana)
    with pytest.raises(UnableToTie, match="says already"):
        actions.tie(one=one, other=other, kind="influence", by=ana)
    second = actions.tie(one=one, other=other, kind="influence", strength=3, note="By blood", by=ana)
    back = actions.tie(one=other, other=one, kind="influence", by=ana)
    assert ties_of(acme) == [second, back]
    first.refresh_from_db()
    assert (first.ended_by, Tie.objects.count()) == (ana, 3)
    actions.end_tie(line=back, by=ana)
    assert ties_of(acme) == [second]


def test_a_conflict_is_the_same_whichever_way_it_was_drawn(acme: Account, ana: User) -> None:
    one, other = add(acme, ana, "One"), add(acme, ana, "Other")
    actions.tie(one=one, other=other, kind="conflict", by=ana)
    again = actions.tie(one=other, other=one, kind="conflict", by=ana)
    assert ties_of(acme) == [again]


def test_a_line_is_between_two_of_one_account(acme: Account, birch: Account, ana: User, chen: User) -> None:
    one = add(acme, ana, "One")
    for other in (one, add(birch, chen, "Stranger")):
        with pytest.raises(UnableToTie, match="somebody else"):
            actions.tie(one=one, other=other, kind="influence", by=ana)


def test_the_last_word_on_a_relation_holds_and_nobody_overwrites_what_he_has_not_seen(
    acme: Account, ana: User, boris: User, head: User
) -> None:
    one = add(acme, ana, "One")
    first = actions.relate(who=one, colleague=ana, level=1, desired=3, seen=None, by=ana)
    with pytest.raises(EditedMeanwhile):
        actions.relate(who=one, colleague=ana, level=2, seen=None, by=head)
    second = actions.relate(who=one, colleague=ana, level=2, desired=3, seen=first.pk, by=head)
    with pytest.raises(UnableToRelate, match="holds already"):
        actions.relate(who=one, colleague=ana, level=2, desired=3, seen=second.pk, by=head)
    with pytest.raises(UnableToRelate, match="how well"):
        actions.relate(who=one, colleague=boris, level=None, seen=None, by=head)
    assert (relations_of(acme), Relation.objects.count()) == ([second], 2)


def test_known_by_are_those_of_us_who_have_met_them_and_still_work_here(
    acme: Account, ana: User, boris: User, head: User
) -> None:
    one, other = add(acme, ana, "One"), add(acme, ana, "Other")
    for colleague, level in ((ana, 1), (boris, 0), (head, 4)):
        actions.relate(who=one, colleague=colleague, level=level, desired=2, seen=None, by=ana)
    assert known_by(relations_of(acme)) == {one.pk: 2}
    User.objects.filter(pk=head.pk).update(is_active=False)
    assert known_by(relations_of(acme)) == {one.pk: 1}
    assert colleagues_of(acme, relations_of(acme)) == [ana, boris, User.objects.get(pk=head.pk)]
    assert other.pk not in known_by(relations_of(acme))


def test_gaps_are_people_roles_and_stances_that_nobody_knows(acme: Account, ana: User) -> None:
    add(acme, ana, role="approver")
    add(acme, ana, "Buyer", role="buyer", stance="neutral")
    add(acme, ana, "Nobody knows")
    told = [(gap.kind.value, str(gap.who) if gap.who else gap.role and gap.role.value) for gap in gaps_of(acme)]
    assert told == [
        ("person", "Not known: Approver"),
        *(("open_role", role) for role in ("initiator", "user", "influencer", "decider", "gatekeeper")),
        ("champion", None),
        ("role", "Nobody knows"),
        ("stance", "Nobody knows"),
    ]
