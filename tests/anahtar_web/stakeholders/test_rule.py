"""By which rule an account decides: stated, reckoned with the stances of the map, supposed, read as of any day."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from anahtar.rules.decision import Verdict
from anahtar_web.accounts.models import Account
from anahtar_web.audit.models import Entry
from anahtar_web.company.queries import today
from anahtar_web.gate.versions import EditedMeanwhile
from anahtar_web.people.models import User
from anahtar_web.stakeholders.actions import (
    UnableToStateRule,
    add,
    close_decision,
    edit,
    erase,
    leave,
    restate,
    state,
)
from anahtar_web.stakeholders.actions.deciding import Say
from anahtar_web.stakeholders.models import Decision, DecisionVersion, Stakeholder, StakeholderVersion
from anahtar_web.stakeholders.queries import decisions_of
from tests.anahtar_web.accounts.pages import asked, nothing_changes, send
from tests.anahtar_web.insight.pages import plain

pytestmark = pytest.mark.django_db

SignedIn = Callable[[User], Client]


def somebody(at: Account, name: str, stance: str, by: User, **more: Any) -> Stakeholder:
    """`"supporter!"`: somebody has confirmed it."""
    grade = ("confirmed" if stance.endswith("!") else "assumed") if stance else ""
    fields = {"name": name, "stance": stance.rstrip("!"), "stance_grade": grade, **more}
    return add(account=at, fields=fields, by=by)


@pytest.fixture
def board(acme: Account, ana: User) -> dict[str, Stakeholder]:
    stances = {"Orhan": "champion!", "Sibel": "supporter", "Tuncay": "sceptic!", "Deniz": "neutral!"}
    return {name: somebody(acme, name, stance, ana) for name, stance in stances.items()}


def majority(at: Account, board: dict[str, Stakeholder], by: User, quota: int | None = 60) -> Decision:
    weights = {"Orhan": 40, "Sibel": 25, "Tuncay": 20, "Deniz": 15}
    seats = [Say(board[name], weight) for name, weight in weights.items()]
    return state(account=at, fields={"name": "Frame 2027", "rule": "majority", "quota": quota}, seats=seats, by=by)


def verdict_of(at: Account, **more: Any) -> Verdict | None:
    outcome = decisions_of(at, **more)[0].outcome()
    return outcome.verdict if outcome else None


def test_the_manager_states_the_rule_and_whoever_sees_the_account_reads_the_verdict(
    acme: Account,
    board: dict[str, Stakeholder],
    ana: User,
    boris: User,
    marketing: User,
    auditor: User,
    chen: User,
    signed_in: SignedIn,
) -> None:
    path = f"/accounts/{acme.pk}/decision/"
    assert "Nobody has stated how they decide" in signed_in(ana).get(path).content.decode()
    form = {"name": "Frame 2027", "rule": "majority", "quota": "60"}
    for name, weight in (("Orhan", 40), ("Sibel", 25), ("Tuncay", 20), ("Deniz", 15)):
        form |= {f"seat-{board[name].pk}": "on", f"weight-{board[name].pk}": str(weight)}
    answer = send(signed_in(ana), f"{path}new/", **form)
    made = Decision.objects.get()
    assert (answer.status_code, answer.headers["Location"]) == (302, f"{path}?which={made.pk}")
    for reader in (ana, boris, marketing, auditor):
        html = plain(signed_in(reader).get(path).content.decode())
        assert "Carried only on assumptions: 65 for us, only 40 of them confirmed; it takes 60." in html
        assert "It is carried for sure once Sibel has confirmed." in html
    assert signed_in(chen).get(path).status_code == 404
    entry = Entry.objects.get(verb="stakeholder.rule_stated")
    assert entry.after == {"decision": "Frame 2027", "rule": "majority", "quota": 60, "seats": 4}


def test_confirming_one_assumed_stance_carries_it(acme: Account, board: dict[str, Stakeholder], ana: User) -> None:
    majority(acme, board, ana)
    assert verdict_of(acme) is Verdict.ASSUMED
    edit(who=board["Sibel"], version=1, fields={"stance_grade": "confirmed"}, by=ana)
    assert verdict_of(acme) is Verdict.CARRIED


def test_what_is_supposed_is_reckoned_and_nothing_of_it_saved(
    acme: Account, board: dict[str, Stakeholder], ana: User, signed_in: SignedIn
) -> None:
    made = majority(acme, board, ana)
    seat = {one.who.name: one.key for one in decisions_of(acme)[0].seats if one.who}
    client, path = signed_in(ana), f"/accounts/{acme.pk}/decision/"

    def supposed(*what: str) -> str:
        query = "".join(f"&suppose={one}" for one in what)
        return plain(client.get(f"{path}?which={made.pk}{query}", headers={"HX-Request": "true"}).content.decode())

    client.get(path)
    with nothing_changes():
        assert "Carried: 65 confirmed for us; it takes 60" in supposed(f"{seat['Sibel']}:confirmed")
        assert "without what you suppose: carried only on assumptions" in supposed(f"{seat['Sibel']}:confirmed")
        assert "Open: 40 for us, " in supposed(f"{seat['Sibel']}:left")
        assert "Lost as they stand" in supposed(f"{seat['Sibel']}:against", f"{seat['Orhan']}:left", "x")
        assert "Carried: 75 confirmed for us; it takes 60" in supposed(
            f"{seat['Tuncay']}:won", f"{seat['Deniz']}:won", f"{seat['Sibel']}:left"
        )
        assert "Carried only on assumptions" in supposed("999:won", f"{seat['Sibel']}:nonsense", "", ":")


def test_gaps_and_those_who_left_are_open_seats(acme: Account, board: dict[str, Stakeholder], ana: User) -> None:
    gap = add(account=acme, fields={"position": "Member of the holding's committee"}, by=ana)
    seats = [Say(board["Orhan"], 2), Say(gap, 1, must_sign=True)]
    state(account=acme, fields={"name": "Tender", "rule": "tender_board", "quota": 2}, seats=seats, by=ana)
    assert verdict_of(acme) is Verdict.OPEN
    majority(acme, board, ana, quota=40)
    leave(who=board["Orhan"], version=1, on=today(), went_to="", by=ana)
    frame = next(one for one in decisions_of(acme) if one.version.name == "Frame 2027")
    outcome = frame.outcome()
    assert outcome is not None
    assert outcome.verdict is Verdict.OPEN
    assert outcome.tally.open == 55


def test_a_person_erased_leaves_an_open_seat_of_nobody(
    acme: Account, board: dict[str, Stakeholder], ana: User, head: User, signed_in: SignedIn
) -> None:
    majority(acme, board, ana)
    erase(who=board["Sibel"], by=head)
    outcome = decisions_of(acme)[0].outcome()
    assert outcome is not None
    assert (outcome.verdict, outcome.tally.open) == (Verdict.OPEN, 40)
    html = signed_in(ana).get(f"/accounts/{acme.pk}/decision/").content.decode()
    assert "somebody who is not known any more" in html


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"name": " "}, "Say what is decided"),
        ({"quota": 101}, "from 1 to 100"),
        ({"quota": 0}, "from 1 to 100"),
        ({"rule": "veto"}, "Nobody has a veto"),
        ({"rule": "one_signer"}, "0 are marked"),
    ],
)
def test_a_rule_that_decides_nothing_is_refused(
    fields: dict[str, Any], says: str, acme: Account, board: dict[str, Stakeholder], ana: User
) -> None:
    weights = {"Orhan": 60, "Sibel": 40}
    said = {"name": "Frame", "rule": "majority", "quota": 50, **fields}
    with pytest.raises(UnableToStateRule, match=says), nothing_changes():
        state(account=acme, fields=said, seats=[Say(board[name], weight) for name, weight in weights.items()], by=ana)


def test_nobody_of_another_account_has_a_seat(
    acme: Account, birch: Account, board: dict[str, Stakeholder], ana: User, chen: User
) -> None:
    stranger = somebody(birch, "Derya", "", chen)
    with pytest.raises(UnableToStateRule, match="not at this account"):
        state(account=acme, fields={"name": "Frame", "rule": "consensus"}, seats=[Say(stranger)], by=ana)


def test_no_quota_is_more_than_half(acme: Account, board: dict[str, Stakeholder], ana: User) -> None:
    made = majority(acme, board, ana, quota=None)
    assert made.versions.get().quota == 51


def test_two_people_state_it_anew_the_second_one_is_shown_both(
    acme: Account, board: dict[str, Stakeholder], ana: User, boris: User, signed_in: SignedIn
) -> None:
    made = majority(acme, board, ana)
    seats = [Say(who) for who in board.values()]
    restate(decision=made, seen=1, fields={"name": "Frame 2028", "rule": "consensus"}, seats=seats, by=boris)
    form = {"seen": "1", "name": "Frame 2029", "rule": "consensus", f"seat-{board['Orhan'].pk}": "on"}
    answer = send(signed_in(ana), f"/accounts/{acme.pk}/decision/{made.pk}/edit/", **form)
    html = answer.content.decode()
    assert answer.status_code == 409
    assert "Frame 2028" in html
    assert 'name="seen" value="2"' in html
    with pytest.raises(EditedMeanwhile):
        restate(decision=made, seen=1, fields={"name": "X", "rule": "consensus"}, seats=seats, by=ana)
    assert made.versions.count() == 2


def test_stating_the_same_makes_no_version(acme: Account, board: dict[str, Stakeholder], ana: User) -> None:
    made = majority(acme, board, ana)
    weights = {"Orhan": 40, "Sibel": 25, "Tuncay": 20, "Deniz": 15}
    seats = [Say(board[name], weight) for name, weight in weights.items()]
    restate(decision=made, seen=1, fields={"name": "Frame 2027", "rule": "majority", "quota": 60}, seats=seats, by=ana)
    assert made.versions.count() == 1


def test_what_is_decided_is_closed_and_opened_again(
    acme: Account, board: dict[str, Stakeholder], ana: User, signed_in: SignedIn
) -> None:
    made = majority(acme, board, ana)
    path = f"/accounts/{acme.pk}/decision/{made.pk}/close/"
    answer = send(signed_in(ana), path, seen="1", closed_on=str(today()))
    assert answer.status_code == 302
    assert "They decided on" in signed_in(ana).get(f"/accounts/{acme.pk}/decision/").content.decode()
    assert verdict_of(acme) is Verdict.ASSUMED
    close_decision(decision=made, seen=2, closed_on=None, by=ana)
    with pytest.raises(UnableToStateRule, match="is to come"):
        close_decision(decision=made, seen=3, closed_on=today() + timedelta(days=1), by=ana)
    with pytest.raises(UnableToStateRule, match="written already"):
        close_decision(decision=made, seen=3, closed_on=None, by=ana)


def test_rule_seats_and_stances_are_read_as_they_were_known(
    acme: Account, board: dict[str, Stakeholder], ana: User, signed_in: SignedIn
) -> None:
    made = majority(acme, board, ana)
    long_ago = timezone.now() - timedelta(days=300)
    for rows in (DecisionVersion.objects, Decision.objects, Stakeholder.objects, StakeholderVersion.objects):
        rows.update(recorded_at=long_ago)
    edit(who=board["Sibel"], version=1, fields={"stance_grade": "confirmed"}, by=ana)
    restate(
        decision=made,
        seen=1,
        fields={"name": "Frame 2027", "rule": "consensus"},
        seats=[Say(board["Orhan"]), Say(board["Sibel"])],
        by=ana,
    )
    then = today() - timedelta(days=100)
    assert verdict_of(acme) is Verdict.CARRIED
    assert verdict_of(acme, on=then) is Verdict.ASSUMED
    assert decisions_of(acme, on=today() - timedelta(days=400)) == []
    html = plain(signed_in(ana).get(f"/accounts/{acme.pk}/decision/?on={then}").content.decode())
    assert "65 for us" in html
    assert "Change the rule" not in html


def test_who_may_not_write_into_dossiers_states_nothing(
    acme: Account,
    board: dict[str, Stakeholder],
    ana: User,
    analyst: User,
    auditor: User,
    chen: User,
    signed_in: SignedIn,
) -> None:
    made = majority(acme, board, ana)
    clients = [(signed_in(analyst), 403), (signed_in(auditor), 403), (signed_in(chen), 404)]
    assert "Change the rule" not in signed_in(auditor).get(f"/accounts/{acme.pk}/decision/").content.decode()
    with nothing_changes():
        for address in ("new/", f"{made.pk}/edit/", f"{made.pk}/close/"):
            for client, status in clients:
                assert send(client, f"/accounts/{acme.pk}/decision/{address}", name="X").status_code == status


def test_more_seats_and_decisions_ask_no_more_of_the_database(
    acme: Account, board: dict[str, Stakeholder], ana: User, signed_in: SignedIn
) -> None:
    client, path = signed_in(ana), f"/accounts/{acme.pk}/decision/"
    majority(acme, board, ana)
    client.get(path)
    few = asked(client, path)
    for number in range(4):
        more = [somebody(acme, f"Somebody {number} {one}", "neutral", ana) for one in range(3)]
        seats = [Say(who) for who in (*board.values(), *more)]
        state(account=acme, fields={"name": f"Other {number}", "rule": "consensus"}, seats=seats, by=ana)
    assert asked(client, path) == few


def test_the_small_map_says_who_decides_whom_we_have_and_how_it_stands(
    acme: Account,
    board: dict[str, Stakeholder],
    ana: User,
    marketing: User,
    chen: User,
    signed_in: SignedIn,
) -> None:
    path = f"/accounts/{acme.pk}/people/map/small/"
    edit(who=board["Tuncay"], version=board["Tuncay"].version, fields={"role": "decider"}, by=ana)
    majority(acme, board, ana)

    text = plain(signed_in(marketing).get(path).content.decode())

    assert "Decide Tuncay" in text
    assert "For us Orhan , Sibel (assumed)" in text
    assert "Frame 2027 Carried only on assumptions" in text
    assert signed_in(chen).get(path).status_code == 404


def test_where_nobody_is_known_the_small_map_invites_who_may_write_and_is_nothing_for_others(
    acme: Account, ana: User, auditor: User, signed_in: SignedIn
) -> None:
    path = f"/accounts/{acme.pk}/people/map/small/"
    assert "Add the first person" in signed_in(ana).get(path).content.decode()
    assert plain(signed_in(auditor).get(path).content.decode()) == ""
