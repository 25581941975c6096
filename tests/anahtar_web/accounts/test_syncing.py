"""Accounts follow the ledger, and what people said stays."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest

from anahtar_web.accounts.actions import LedgerAccount, Synced, sync_from_ledger
from anahtar_web.accounts.models import Account, Assignment, Lineage, Merge, Origin, Part
from anahtar_web.audit.actions import record
from anahtar_web.audit.models import Entry
from anahtar_web.people.models import User
from tests.anahtar_web.accounts.trees import assert_tree_holds, parents

pytestmark = pytest.mark.django_db


def sync(*rows: tuple[Any, ...], batch_of: Mapping[str, str] | None = None, by: User | None = None) -> Synced:
    accounts = [LedgerAccount(*row) for row in rows]
    batches = {account.code: "batch-1" for account in accounts}
    synced = sync_from_ledger(accounts, batch_of=batches if batch_of is None else batch_of, by=by)
    assert_tree_holds()
    return synced


def names() -> dict[str, str]:
    return dict(Account.objects.values_list("code", "name"))


def test_codes_of_the_ledger_become_accounts_that_can_be_found_and_sorted() -> None:
    assert sync(("1", "İlgaz Ilıca"), ("2", "Çınar"), ("3", None)).created == 3
    assert names() == {"1": "İlgaz Ilıca", "2": "Çınar", "3": "3"}
    ilgaz = Account.objects.matching("ILGAZ ilica").get()
    assert (ilgaz.code, ilgaz.in_ledger, ilgaz.origin, ilgaz.created_by_batch) == ("1", True, Origin.LEDGER, "batch-1")
    assert list(Account.objects.order_by("sort_key").values_list("code", flat=True)) == ["3", "2", "1"]


def test_the_same_ledger_again_changes_nothing_and_leaves_no_entry() -> None:
    sync(("1", "Acme", "G"))
    before = list(Account.objects.values())
    assert not sync(("1", "Acme", "G"))
    assert list(Account.objects.values()) == before
    assert Entry.objects.filter(verb="accounts.synced").count() == 1


def test_the_trail_tells_how_many_and_on_whose_behalf(admin: User) -> None:
    sync(("1", "Acme", "G"), ("2", "Birch"), by=admin)
    entry = Entry.objects.get(verb="accounts.synced")
    assert (entry.by, entry.after) == (admin, {"created": 3, "regrouped": 1})


def test_a_name_follows_the_ledger_until_a_person_changes_it() -> None:
    sync(("1", "Acme"), ("2", "Birch"))
    Account.objects.filter(code="2").update(name="Birch Ltd.")
    assert sync(("1", "Acme A.Ş."), ("2", "BIRCH")).renamed == 1
    assert names() == {"1": "Acme A.Ş.", "2": "Birch Ltd."}
    assert Account.objects.get(code="2").ledger_name == "BIRCH"
    assert Account.objects.matching("acme a.ş.").get().version == 2


def test_a_group_of_the_ledger_is_an_account_above_its_companies() -> None:
    assert sync(("1", "Acme", "Marmara Holding"), ("2", "Birch", "Marmara Holding"), ("3", "Cedar", "")).created == 4
    assert parents() == {"1": "Marmara Holding", "2": "Marmara Holding", "3": None, "Marmara Holding": None}
    group = Account.objects.get(code="Marmara Holding")
    assert (group.name, group.in_ledger, group.origin) == ("Marmara Holding", False, Origin.GROUP)


def test_a_group_whose_code_is_a_customers_is_that_customer() -> None:
    sync(("1", "Acme", "1"), ("2", "Acme Döküm", "1"), ("3", "Acme Şube", "2"))
    assert parents() == {"1": None, "2": "1", "3": "2"}
    distances = Lineage.objects.filter(account__code="3").values_list("ancestor__code", "distance")
    assert dict(distances) == {"3": 0, "2": 1, "1": 2}


def test_a_company_that_changes_its_group_takes_those_below_it_along() -> None:
    sync(("1", "Acme", "G"), ("2", "Works", "1"), ("3", "Branch", "2"))
    assert sync(("1", "Acme", "H"), ("2", "Works", "1"), ("3", "Branch", "2")).regrouped == 1
    above = set(Lineage.objects.filter(account__code="3").values_list("ancestor__code", flat=True))
    assert above == {"3", "2", "1", "H"}


def test_where_a_person_placed_an_account_it_stays_and_what_the_ledger_says_is_noted() -> None:
    sync(("1", "Acme", "G"), ("2", "Birch", "G"))
    Account.objects.filter(code="1").update(parent=None, parent_said_by_person=True)
    Lineage.objects.filter(account__code="1", ancestor__code="G").delete()
    sync(("1", "Acme", "H"), ("2", "Birch", "G"))
    acme = Account.objects.get(code="1")
    assert (acme.parent, acme.ledger_group) == (None, "H")


def test_groups_that_lead_in_a_circle_are_opened_at_the_first_code_and_named() -> None:
    synced = sync(("1", "A", "3"), ("2", "B", "1"), ("3", "C", "2"), ("8", "Y", "9"), ("9", "Z", "8"), ("5", "M", "9"))
    assert synced.circles == ("1", "8")
    assert parents() == {"1": None, "2": "1", "3": "2", "8": None, "9": "8", "5": "9"}


def test_a_circle_with_a_persons_word_in_it_is_opened_where_the_ledger_spoke() -> None:
    sync(("1", "A"), ("2", "B"))
    first, second = Account.objects.get(code="1"), Account.objects.get(code="2")
    Account.objects.filter(pk=first.pk).update(parent=second, parent_said_by_person=True)
    Lineage.objects.create(ancestor=second, account=first, distance=1)
    assert sync(("1", "A"), ("2", "B", "1")).circles == ("2",)
    assert parents() == {"1": "2", "2": None}


def test_companies_of_a_merged_group_stand_below_the_account_it_went_into(admin: User) -> None:
    sync(("1", "A"), ("2", "B"), ("3", "C", "1"))
    first, second, third = Account.objects.order_by("code")
    Merge.objects.create(source=first, target=second, by=admin, reason="same")
    Account.objects.filter(pk=first.pk).update(merged_into=second)
    Account.objects.filter(pk=third.pk).update(parent=second)
    Lineage.objects.filter(account=third, ancestor=first).update(ancestor=second)
    Lineage.objects.create(ancestor=second, account=first, distance=1)
    assert not sync(("1", "A"), ("2", "B"), ("3", "C", "1"))
    assert sync(("1", "A"), ("2", "B", "1"), ("3", "C", "1")).circles == ()
    assert parents() == {"1": None, "2": None, "3": "2"}


def test_what_only_a_taken_back_import_had_brought_goes_with_it() -> None:
    sync(("1", "Acme"), batch_of={"1": "batch-1"})
    sync(("1", "Acme"), ("2", "Birch", "G"), ("3", "Cedar", "2"), batch_of={"1": "batch-1", "2": "b2", "3": "b2"})
    synced = sync(("1", "Acme"))
    assert (synced.removed, synced.left, set(names())) == (3, 0, {"1"})


def test_an_account_that_another_import_holds_too_stays_and_belongs_to_that_one() -> None:
    sync(("1", "Acme"), batch_of={"1": "old"})
    sync(("1", "Acme"), batch_of={"1": "new"})
    assert Account.objects.get().created_by_batch == "new"


def test_a_group_stays_while_a_company_hangs_on_it() -> None:
    sync(("1", "Acme", "G"), ("G", "Marmara"))
    assert sync(("1", "Acme", "G")).removed == 0
    assert Account.objects.get(code="G").in_ledger is False
    assert sync(("1", "Acme", "")).removed == 1
    assert set(names()) == {"1"}


@pytest.mark.parametrize("touch", ["renamed", "filled", "placed", "assigned", "told", "paid_by", "payer"])
def test_an_account_on_which_somebody_wrote_stays_and_is_listed(touch: str, admin: User) -> None:
    sync(("1", "Acme"), ("2", "Birch"), ("3", "Cedar"))
    birch, cedar = Account.objects.get(code="2"), Account.objects.get(code="3")
    rows = Account.objects.filter(pk=birch.pk)
    match touch:
        case "renamed":
            rows.update(name="Birch Ltd.")
        case "filled":
            rows.update(city="Bursa")
        case "placed":
            rows.update(parent_said_by_person=True)
        case "assigned":
            Assignment.objects.create(account=birch, person=admin, part=Part.MANAGER, since=date(2025, 1, 1))
        case "told":
            record("account.edited", birch, by=admin, account=birch.pk)
        case "paid_by":
            rows.update(payer=cedar)
        case "payer":
            Account.objects.filter(code="1").update(payer=birch)
    synced = sync(("1", "Acme"))
    stays = {"1", "2", "3"} if touch == "paid_by" else {"1", "2"}
    assert set(names()) == stays
    assert synced.stays == (() if touch == "payer" else ("2",))
    assert synced.left == len(stays) - 1
    assert not Account.objects.get(code="2").in_ledger


def test_an_account_made_by_hand_is_never_removed_and_keeps_its_name_when_the_ledger_brings_it() -> None:
    made = Account.objects.create(code="NEW-1", name="Dişli Sanayi", origin=Origin.PERSON)
    Lineage.objects.create(ancestor=made, account=made, distance=0)
    sync(("1", "Acme"))
    sync(("1", "Acme"), ("NEW-1", "DİŞLİ SAN."))
    made.refresh_from_db()
    assert (made.name, made.ledger_name, made.in_ledger) == ("Dişli Sanayi", "DİŞLİ SAN.", True)
    sync(("1", "Acme"))
    assert set(names()) == {"1", "NEW-1"}


def test_a_code_that_cannot_be_kept_is_named_and_a_long_name_is_cut() -> None:
    synced = sync(("x" * 201, "Too long"), ("1", "n" * 400, "g" * 201), ("a\0b", "Null"), ("2", "nu\0ll"))
    assert synced.unusable == ("a\0b", "g" * 201, "x" * 201)
    assert names() == {"1": "n" * 299 + "…", "2": "null"}


def test_the_queries_do_not_grow_with_the_accounts(django_assert_max_num_queries: Any) -> None:
    rows = [LedgerAccount(f"{at:06}", f"Name {at}", f"G{at % 7}") for at in range(400)]
    with django_assert_max_num_queries(60):
        sync_from_ledger(rows, batch_of={}, by=None)
    assert_tree_holds()
