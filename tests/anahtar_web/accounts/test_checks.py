"""What the doctor asks about accounts: each fault is found, and none is found where all is well."""

from collections.abc import Callable
from datetime import date

import pytest

from anahtar_web.accounts.actions import merge, put_into_group
from anahtar_web.accounts.models import Account, Assignment, Lineage, Part
from anahtar_web.audit.doctor import run_checks
from anahtar_web.people.models import User
from tests.anahtar_web.conftest import account

pytestmark = pytest.mark.django_db

NAMES = ("accounts.tree", "accounts.teams", "accounts.merges", "accounts.keys")


def faults() -> list[str]:
    outcomes = list(run_checks(NAMES))
    assert [outcome.check.name for outcome in outcomes] == list(NAMES)
    return [fault for outcome in outcomes for fault in outcome.faults]


@pytest.fixture
def house(acme: Account, birch: Account, head: User) -> dict[str, Account]:
    """A group with companies, one of them merged into another."""
    works, gone = account("3", "Works"), account("4", "Gone")
    put_into_group(account=works, group=acme, by=head, reason="")
    put_into_group(account=gone, group=acme, by=head, reason="")
    merge(source=gone, target=birch, by=head, reason="same")
    return {"acme": acme, "birch": birch, "works": works, "gone": gone}


def test_nothing_is_wrong_where_all_is_well(house: dict[str, Account]) -> None:
    assert faults() == []


Harm = Callable[[dict[str, Account]], object]


@pytest.mark.parametrize(
    ("harm", "sentence"),
    [
        (lambda house: Lineage.objects.filter(account=house["works"], distance=1).delete(), "stored lines above Works"),
        (lambda house: Lineage.objects.filter(account=house["works"]).update(distance=7), "stored lines above Works"),
        (lambda house: Account.objects.filter(pk=house["acme"].pk).update(parent=house["works"]), "belongs to itself"),
        (
            lambda house: Assignment.objects.create(
                account=house["acme"],
                person=house["birch"].assignments.get().person,
                part=Part.MANAGER,
                since=date(2025, 1, 1),
                until=date(2025, 2, 1),
            ),
            "Acme Çelik A.Ş. (0001) has two key account managers",
        ),
        (lambda house: Account.objects.filter(pk=house["works"].pk).update(parent=house["gone"]), "hangs on"),
        (lambda house: Account.objects.filter(pk=house["works"].pk).update(payer=house["gone"]), "hangs on"),
        (
            lambda house: Assignment.objects.filter(account=house["acme"]).update(account=house["gone"]),
            "Gone (4) was merged and has a team",
        ),
        (lambda house: Account.objects.filter(pk=house["gone"].pk).update(merged_into=house["works"]), "not merged"),
        (lambda house: Account.objects.filter(pk=house["works"].pk).update(name="Other"), "not found or sorted"),
    ],
)
def test_a_fault_is_named(harm: Harm, sentence: str, house: dict[str, Account]) -> None:
    harm(house)
    assert any(sentence in fault for fault in faults())
