"""Pairs that may be one account."""

import pytest
from django.utils import translation

from anahtar.rules.duplicates import Kind, suggest_duplicates
from anahtar.rules.duplicates import Suggestion as Found
from anahtar.words import say
from anahtar_web.accounts.actions import create, dismiss, keep_suggestions, merge, suggest_again, undo_merge
from anahtar_web.accounts.models import Account, Dismissal, Origin, Suggestion
from anahtar_web.accounts.queries import (
    names_and_tax_numbers,
    pair_of,
    pairs_of,
    suspected,
    suspected_duplicates,
)
from anahtar_web.audit.models import Entry
from anahtar_web.people.models import User
from tests.anahtar_web.conftest import account

pytestmark = pytest.mark.django_db


def suspicion(first: str, second: str, kind: str = "name", score: float = 0.9, days: int = 4) -> Found:
    return Found(Kind(kind), (first, second), score, (say("{n} day", "{n} days", n=days),))


def test_what_the_analysis_finds_replaces_what_it_found_before(acme: Account, birch: Account, head: User) -> None:
    account("3", "Cedar")
    assert keep_suggestions([suspicion("0002", "0001"), suspicion("3", "0001"), suspicion("0001", "gone")]) == 2
    kept = Suggestion.objects.get(second=birch)
    assert (kept.first, kept.second) == (acme, birch)
    assert keep_suggestions([suspicion("0001", "0002", score=0.7), suspicion("0001", "0002", "tax_number", 1.0)]) == 2
    assert set(Suggestion.objects.values_list("first__code", "second__code", "kind", "score")) == {
        ("0001", "0002", "name", 0.7),
        ("0001", "0002", "tax_number", 1.0),
    }
    assert Suggestion.objects.get(kind="name").pk == kept.pk
    assert keep_suggestions([]) == 0


def test_a_pair_is_one_with_all_that_speaks_for_it_the_likeliest_first(
    acme: Account, birch: Account, head: User
) -> None:
    cedar = account("3", "Cedar")
    keep_suggestions(
        [
            suspicion("0001", "0002", score=0.6),
            suspicion("0001", "3", score=0.8),
            suspicion("0001", "0002", "successor", 0.95),
        ]
    )
    pairs = pairs_of(list(suspected(head)))
    assert [(pair.first, pair.second, pair.kinds) for pair in pairs] == [
        (acme, birch, ["one began where the other stopped", "nearly the same name"]),
        (acme, cedar, ["nearly the same name"]),
    ]
    assert pairs[0].evidence == ["4 days", "4 days"]
    assert suspected_duplicates(head) == 2
    assert suspected(head, "successor").count() == 1


def test_a_pair_that_is_two_is_suggested_no_more_until_it_is_doubted_again(
    acme: Account, birch: Account, head: User
) -> None:
    keep_suggestions([suspicion("0001", "0002")])
    dismiss(first=birch, second=acme, by=head, reason="two brothers")
    dismiss(first=acme, second=birch, by=head)
    assert Dismissal.objects.count() == 1
    assert suspected_duplicates(head) == 0
    keep_suggestions([suspicion("0001", "0002")])
    assert suspected_duplicates(head) == 0
    assert Entry.objects.filter(verb="account.told_apart").count() == 2
    suggest_again(dismissal=Dismissal.objects.get(), by=head)
    assert suspected_duplicates(head) == 1


def test_a_merged_pair_waits_no_more_and_comes_back_with_the_undoing(acme: Account, birch: Account, head: User) -> None:
    keep_suggestions([suspicion("0001", "0002")])
    done = merge(source=birch, target=acme, by=head, reason="")
    assert suspected_duplicates(head) == 0
    assert pair_of(birch, acme).kinds == ["nearly the same name"]
    undo_merge(merge=done, by=head)
    assert suspected_duplicates(head) == 1


def test_who_sees_only_one_of_two_is_told_of_none(acme: Account, birch: Account, ana: User) -> None:
    keep_suggestions([suspicion("0001", "0002")])
    assert suspected_duplicates(ana) == 0


def test_duplicates_are_looked_for_among_customers_and_prospects(acme: Account, birch: Account, head: User) -> None:
    Account.objects.filter(pk=acme.pk).update(tax_number="8770013406")
    merge(source=birch, target=acme, by=head, reason="")
    account("G", "Acme Çelik", origin=Origin.GROUP)
    Account.objects.filter(code="G").update(in_ledger=False)
    create(code="NEW-1", fields={"name": "Acme Celik"}, by=head)
    names, numbers = names_and_tax_numbers()
    assert names == {"0001": "Acme Çelik A.Ş.", "NEW-1": "Acme Celik"}
    assert numbers == {"0001": "8770013406"}
    assert keep_suggestions(suggest_duplicates(names, numbers)) == 1
    with translation.override("tr"):
        assert pair_of(*Account.objects.filter(code__in=["0001", "NEW-1"])).evidence != []
