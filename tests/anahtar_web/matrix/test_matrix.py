"""Every address × every role × every method, against a firm with a row of everything."""

import pytest

from tests.anahtar_web.matrix import agreed
from tests.anahtar_web.matrix.addresses import Address, every_address
from tests.anahtar_web.matrix.answers import complaints
from tests.anahtar_web.matrix.bodies import BODIES, NOTHING_TO_CHANGE, body
from tests.anahtar_web.matrix.figures import numbers
from tests.anahtar_web.matrix.firm import ANONYMOUS, STRANGER, WHO, Firm
from tests.anahtar_web.matrix.samples import ABSENT_NOW, filled_in, samples
from tests.anahtar_web.matrix.walk import METHODS, SWAP, ask, first_difference, problems, same_but_for_tokens, walked

pytestmark = pytest.mark.django_db

ADDRESSES = every_address()

FEW = (ANONYMOUS, "kam", STRANGER, "marketing")
"""Who is asked in every run: nobody, who sees an account, who does not, and from whom figures are withheld."""

ASKED = (*((who, method) for who in FEW for method in ("GET", SWAP, "POST")), ("kam", "DELETE"))
"""Who asks how in every run: all that our pages ask by, and once what none of them does. The rest is `make sweep`."""


def test_every_address_declares_its_policy() -> None:
    without = [f"{address.name} (/{address.route})" for address in ADDRESSES if address.policy is None]
    assert without == [], (
        "mark the view with @reads, @writes or @edits (gate/policy.py); package views: people/policies.py"
    )


def test_what_the_code_says_is_what_was_agreed() -> None:
    said, agreed_on = agreed.said_by_the_code().splitlines(), agreed.FILE.read_text(encoding="utf-8").splitlines()
    new, gone = sorted(set(said) - set(agreed_on)), sorted(set(agreed_on) - set(said))
    assert (new, gone) == ([], []), "if it is meant: .venv/bin/python -m tests.anahtar_web.matrix.agreed, then read it"


@pytest.mark.parametrize("address", ADDRESSES, ids=str)
def test_people_get_what_was_agreed_and_a_refusal_changes_and_shows_nothing(firm: Firm, address: Address) -> None:
    found = walked(firm, address, ASKED)
    assert not found, "\n".join(found[:40])


@pytest.mark.sweep
@pytest.mark.parametrize("address", ADDRESSES, ids=str)
def test_so_they_do_by_every_other_method(firm: Firm, address: Address) -> None:
    found = walked(firm, address, [(who, how) for who in FEW for how in METHODS if (who, how) not in ASKED])
    assert not found, "\n".join(found[:40])


@pytest.mark.long
@pytest.mark.parametrize("address", ADDRESSES, ids=str)
def test_so_does_everybody_else(firm: Firm, address: Address) -> None:
    others = [who for who in WHO if who not in FEW]
    found = problems(firm, address, who=others, methods=[method for method in METHODS if method != SWAP])
    assert not found, "\n".join(found[:40])


@pytest.mark.parametrize(
    "address",
    [a for a in ADDRESSES if a.parameters and a.room and a.policy and "GET" in a.policy.methods],
    ids=str,
)
def test_nobody_learns_whether_what_they_may_not_see_exists(firm: Firm, address: Address) -> None:
    filled = samples(address)
    for who in ("stranger", "marketing", "kam"):
        hidden = any(sample.seen_by is not None and who not in sample.seen_by for sample in filled.values())
        if not hidden or not firm.may(who, agreed.addresses()[address.name].right):
            continue
        theirs = address.url({name: sample.value(firm) for name, sample in filled.items()})
        absent = address.url({name: sample.absent for name, sample in filled.items()})
        not_mine, not_there = ask(firm, who, "GET", theirs), ask(firm, who, "GET", absent)
        assert not_mine.answer.status_code == not_there.answer.status_code == 404
        bodies = same_but_for_tokens(not_mine.answer, theirs), same_but_for_tokens(not_there.answer, absent)
        assert not first_difference(*bodies)
        assert not_mine.watched.statements == not_there.watched.statements


@pytest.mark.parametrize("address", [a for a in ADDRESSES if a.answers("POST") and a.room], ids=str)
def test_a_right_form_does_something_for_who_may_send_it(firm: Firm, address: Address) -> None:
    """Or the refusals of everybody else would prove nothing."""
    if address.name in ABSENT_NOW or address.name in NOTHING_TO_CHANGE:
        return
    assert address.name in BODIES, f"add a form for {address.name} to tests/anahtar_web/matrix/bodies.py"
    sent = ask(firm, BODIES[address.name][0].by, "POST", filled_in(firm, address), body(firm, address))
    assert sent.answer.status_code < 400, complaints(sent.answer)
    assert sent.changed, sent.answer.headers.get("Location", "")


def test_protected_figures_are_seen_by_who_may(firm: Firm) -> None:
    """Or that nobody else sees them would prove nothing."""
    seen = set()
    for address in ADDRESSES:
        if address.answers("GET") and address.room == "insight":
            text = told_to(firm, "head", address)
            seen |= {firm.figures[number].of for number in firm.figures.keys() & numbers(text)}
            seen |= {canary.of for canary in firm.canaries if canary.text in text}
    for kind in ("cost of a line of QZA-1", "profit or margin of QZA-1", "group_profit of QZA-1"):
        assert kind in seen


def told_to(firm: Firm, who: str, address: Address) -> str:
    return str(ask(firm, who, "GET", filled_in(firm, address)).answer.told)  # type: ignore[attr-defined]


OWN = {
    "account_": "own password, signing in and out",
    "mfa_": "own second factor",
    "usersessions_": "own sessions",
    "ui:language": "own language",
    "people:profile": "own name and language",
    "interactions:new_calendar": "own calendar address",
    "interactions:end_calendar": "own calendar address",
    "reports:report": "leaves a line on the trail, and changes nothing else",
    "reports:stop": "whoever holds the link of a mail ends the report it came with",
    "insight:export_moves": "leaves a line on the trail, and changes nothing else",
    "insight:export": "leaves a line on the trail, and changes nothing else",
    "dossier:facts_file": "leaves a line on the trail, and changes nothing else",
    "stakeholders:table_file": "leaves a line on the trail, and changes nothing else",
    "deliveries:export": "leaves a line on the trail, and changes nothing else",
    "losses:export": "leaves a line on the trail, and changes nothing else",
    "losses:export_way_back": "leaves a line on the trail, and changes nothing else",
    "competitors:export": "leaves a line on the trail, and changes nothing else",
    "tenders:export": "leaves a line on the trail, and changes nothing else",
    "briefing:document": "leaves a line on the trail, and notes who has seen the people",
    "dossier:note_reading": "notes who has read the dossier",
    "stakeholders:file": "leaves a line on the trail, and notes who has seen the people",
    "stakeholders:seen": "notes who has seen a person",
    "stakeholders:everybody_seen": "notes who has seen the people of an account",
}
"""What an auditor may send, and what it is."""


@pytest.mark.long
@pytest.mark.parametrize("address", ADDRESSES, ids=str)
def test_an_auditor_reads_and_changes_nothing(firm: Firm, address: Address) -> None:
    if address.name.startswith(tuple(OWN)):
        return
    for method in ("POST", "PUT", "PATCH", "DELETE"):
        asked = ask(firm, "auditor", method, filled_in(firm, address), body(firm, address))
        assert asked.answer.status_code >= 400, method
        assert not asked.changed
