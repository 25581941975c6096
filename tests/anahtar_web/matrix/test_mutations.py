"""The matrix bites: one thing is taken out of the application at a time, and the matrix has to say so."""

import inspect
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, nullcontext
from typing import Any

import pytest
from django.apps import apps
from django.db.models import QuerySet

from anahtar_web.accounts.managers import AccountQuerySet
from anahtar_web.accounts.models import Account
from anahtar_web.gate import policy as gate
from anahtar_web.gate import rights
from anahtar_web.gate.policy import Policy
from anahtar_web.gate.rights import Field, Right, Role
from anahtar_web.jobs.pages import JobsPage
from tests.anahtar_web.matrix import agreed
from tests.anahtar_web.matrix.addresses import Address, every_address
from tests.anahtar_web.matrix.bodies import body
from tests.anahtar_web.matrix.firm import ANONYMOUS, CAST, Firm
from tests.anahtar_web.matrix.samples import ABSENT_NOW, ASKING, samples
from tests.anahtar_web.matrix.walk import problems

pytestmark = pytest.mark.django_db

ADDRESSES = {address.name: address for address in every_address() if address.room}


def lacking(address: Address) -> list[str]:
    """Give who of the cast may not do what an address is for."""
    right = address.policy.right if address.policy else None
    return [who for who, role in CAST.items() if right and who != "locked" and right not in agreed.rights()[role.value]]


def one_of_each(addresses: Iterable[Address], kind: Callable[[Address], object]) -> list[Address]:
    """Give the first of every kind: what guards them is one and the same, and the matrix walks all of them."""
    return list({kind(address): address for address in reversed(list(addresses))}.values())


RIGHTED = one_of_each(
    (address for address in ADDRESSES.values() if lacking(address)),
    lambda address: (address.room, address.policy and address.policy.right),
)
CLOSED_TO_STRANGERS = one_of_each(
    (a for a in ADDRESSES.values() if a.policy and not a.policy.public and not a.closed),
    lambda address: (address.room, address.answers("GET"), address.answers("POST")),
)


def first_method(address: Address) -> str:
    return "GET" if address.answers("GET") else "POST"


@contextmanager
def changed(policy: Policy | None, **fields: Any) -> Iterator[None]:
    """Let a policy say something else for a while."""
    assert policy is not None
    before = {name: getattr(policy, name) for name in fields}
    for name, value in fields.items():
        object.__setattr__(policy, name, value)
    try:
        yield
    finally:
        for name, value in before.items():
            object.__setattr__(policy, name, value)


@pytest.mark.long
@pytest.mark.parametrize("address", RIGHTED, ids=str)
def test_a_right_that_a_view_asks_for_no_more_is_missed(firm: Firm, address: Address) -> None:
    who, method = lacking(address)[0], first_method(address)
    assert problems(firm, address, who=[who], methods=[method]) == []
    with changed(address.policy, right=None):
        assert problems(firm, address, who=[who], methods=[method])


@pytest.mark.long
@pytest.mark.parametrize("address", CLOSED_TO_STRANGERS, ids=str)
def test_a_view_that_is_opened_to_everybody_is_missed(
    firm: Firm, address: Address, monkeypatch: pytest.MonkeyPatch
) -> None:
    method = first_method(address)
    assert problems(firm, address, who=[ANONYMOUS], methods=[method]) == []
    monkeypatch.setattr(address.view, "login_required", False, raising=False)
    with changed(address.policy, public=True):
        try:
            found = problems(firm, address, who=[ANONYMOUS], methods=[method])
        except AttributeError as broken:
            # A file that breaks off while it is sent: nobody has no role to ask.
            found = [str(broken)]
        assert found


def test_a_right_given_to_a_role_is_missed(firm: Firm, monkeypatch: pytest.MonkeyPatch) -> None:
    assert problems(firm, ADDRESSES["ledgers:new"], who=["kam"]) == []
    monkeypatch.setitem(rights.RIGHTS, Role.KAM, rights.RIGHTS[Role.KAM] | {Right.IMPORT})
    assert problems(firm, ADDRESSES["ledgers:new"], who=["kam"])
    assert agreed.said_by_the_code() != agreed.FILE.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["insight:account", "insight:accounts"])
def test_a_field_shown_to_a_role_is_missed(firm: Firm, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert problems(firm, ADDRESSES[name], who=["marketing"], methods=["GET"]) == []
    monkeypatch.setitem(rights.FIELDS, Role.MARKETING, frozenset(Field))
    assert problems(firm, ADDRESSES[name], who=["marketing"], methods=["GET"])


def of_an_account(address: Address) -> bool:
    return any(sample.seen_by is not None and "stranger" not in sample.seen_by for sample in samples(address).values())


@pytest.mark.parametrize(
    "address",
    [a for a in ADDRESSES.values() if a.room in ("accounts", "insight") and "pk" in a.parameters and of_an_account(a)],
    ids=str,
)
def test_accounts_of_everybody_are_missed_on_every_page_of_an_account(
    firm: Firm, address: Address, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not firm.may("stranger", agreed.addresses()[address.name].right) or "views" in address.route:
        return  # the right alone keeps them out
    method = first_method(address)
    assert problems(firm, address, who=["stranger"], methods=[method]) == []
    monkeypatch.setattr(AccountQuerySet, "visible_to", lambda self, user: self.all())
    assert problems(firm, address, who=["stranger"], methods=[method])


def scoped() -> list[type[QuerySet[Any]]]:
    """Every queryset of ours that says what somebody may see."""
    managers = [type(model._default_manager.all()) for model in apps.get_models() if "anahtar_web" in model.__module__]
    return sorted({kind for kind in managers if "visible_to" in vars(kind)}, key=lambda kind: kind.__name__)


@pytest.mark.parametrize("kind", scoped(), ids=lambda kind: kind.__name__)
def test_every_queryset_that_shows_all_is_missed_somewhere(
    firm: Firm, kind: type[QuerySet[Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kind, "visible_to", lambda self, user: self.all())
    speaking = [a for a in ADDRESSES.values() if a.parameters or a.name in ASKING]
    asked = [a for a in speaking if a.answers("GET") and a.name not in ABSENT_NOW]
    asked.sort(key=lambda address: address.room not in kind.__module__.split("."))  # the pages of its own app first
    assert any(problems(firm, address, who=["stranger", "marketing"], methods=["GET"]) for address in asked)


def test_a_page_that_writes_is_missed_with_and_without_the_gate(firm: Firm, monkeypatch: pytest.MonkeyPatch) -> None:
    build = JobsPage.build

    def writing(*args: Any, **kwargs: Any) -> Any:
        Account.objects.filter(code="QZA-1").update(city="written by a page")
        return build(*args, **kwargs)

    monkeypatch.setattr(JobsPage, "build", writing)
    guarded = problems(firm, ADDRESSES["jobs:list"], who=["head"], methods=["GET"])
    assert any("WriteInReadView" in problem for problem in guarded)
    monkeypatch.setattr(gate, "reading_only", nullcontext)
    assert any(
        "changed something" in one for one in problems(firm, ADDRESSES["jobs:list"], who=["head"], methods=["GET"])
    )


def test_a_refusal_that_wrote_first_is_missed_without_the_gate(firm: Firm, monkeypatch: pytest.MonkeyPatch) -> None:
    """CVE-2026-41160 of a peer: the answer was 403, the row was changed."""
    from anahtar_web.accounts.views import editing

    ask = editing.account_for

    def write_first(user: Any, pk: int) -> Account:
        Account.objects.filter(pk=pk).update(city="written before asking")
        return ask(user, pk)

    edit = ADDRESSES["accounts:edit"]
    # Its form is read before: reading it would write too, and the gate would refuse that.
    assert body(firm, edit)
    monkeypatch.setattr(editing, "account_for", write_first)
    assert problems(firm, edit, who=["stranger"], methods=["POST"]) == []
    monkeypatch.setattr(gate, "run_once", lambda request, work: work())
    assert problems(firm, edit, who=["stranger"], methods=["POST"])


def test_every_scoped_queryset_is_found() -> None:
    names = {kind.__name__ for kind in scoped()}
    assert {"AccountQuerySet", "JobQuerySet"} <= names
    assert all(inspect.getdoc(kind) for kind in scoped())
