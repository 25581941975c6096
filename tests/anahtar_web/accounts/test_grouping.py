"""Groups as people say them."""

import pytest

from anahtar_web.accounts.actions import (
    LedgerAccount,
    UnableToChangeMerged,
    UnableToGroup,
    UnableToPutBelowItself,
    UnableToWrite,
    create_group,
    follow_ledger_again,
    put_into_group,
    sync_from_ledger,
    take_out_of_group,
)
from anahtar_web.accounts.models import Account, Origin
from anahtar_web.accounts.queries import companies_of, path_to, said_groups, suggestions_for
from anahtar_web.audit.models import Entry
from anahtar_web.people.models import User
from tests.anahtar_web.accounts.trees import assert_tree_holds, parents
from tests.anahtar_web.conftest import account

pytestmark = pytest.mark.django_db

LEDGER = [LedgerAccount("1", "Acme", "G"), LedgerAccount("2", "Birch", "G"), LedgerAccount("3", "Cedar")]


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[User]:
    asked: list[User] = []
    monkeypatch.setattr("anahtar_web.accounts.actions.structure.on_structure_changed", [asked.append])
    return asked


def of(code: str) -> Account:
    return Account.objects.get(code=code)


def test_a_persons_word_goes_before_the_ledger_until_it_is_taken_back(head: User, asked: list[User]) -> None:
    sync_from_ledger(LEDGER, batch_of={}, by=None)
    put_into_group(account=of("3"), group=of("G"), by=head, reason="bought last year")
    take_out_of_group(account=of("1"), by=head, reason="sold")
    sync_from_ledger(LEDGER, batch_of={}, by=None)
    assert parents() == {"1": None, "2": "G", "3": "G", "G": None}
    assert said_groups() == {"1": "", "3": "G"}
    assert asked == [head, head]
    assert_tree_holds()
    follow_ledger_again(account=of("1"), by=head)
    follow_ledger_again(account=of("3"), by=head)
    assert (parents(), said_groups()) == ({"1": "G", "2": "G", "3": None, "G": None}, {})
    assert_tree_holds()


def test_the_trail_tells_from_where_to_where_and_why(acme: Account, birch: Account, head: User) -> None:
    put_into_group(account=acme, group=birch, by=head, reason="one owner")
    entry = Entry.objects.get()
    assert (entry.verb, entry.reason, entry.account_id) == ("account.grouped", "one owner", acme.pk)
    assert (entry.before, entry.after) == ({"parent": None}, {"parent": "Birch Ilgaz Ltd. Şti. (0002)"})


def test_what_cannot_stand_there_is_refused(acme: Account, birch: Account, head: User, asked: list[User]) -> None:
    put_into_group(account=acme, group=birch, by=head, reason="")
    with pytest.raises(UnableToPutBelowItself):
        put_into_group(account=birch, group=acme, by=head, reason="")
    with pytest.raises(UnableToPutBelowItself):
        put_into_group(account=birch, group=birch, by=head, reason="")
    with pytest.raises(UnableToGroup, match="stands there already"):
        put_into_group(account=acme, group=birch, by=head, reason="")
    with pytest.raises(UnableToGroup, match="is the ledger's already"):
        follow_ledger_again(account=birch, by=head)
    gone = account("3", "Gone", merged_into=birch)
    with pytest.raises(UnableToChangeMerged):
        put_into_group(account=acme, group=gone, by=head, reason="")
    assert len(asked) == 1


def test_the_ledgers_group_that_belongs_to_the_account_by_now_is_refused(head: User) -> None:
    sync_from_ledger(LEDGER, batch_of={}, by=None)
    take_out_of_group(account=of("1"), by=head, reason="")
    put_into_group(account=of("G"), group=of("1"), by=head, reason="")
    with pytest.raises(UnableToPutBelowItself):
        follow_ledger_again(account=of("1"), by=head)


def test_a_group_in_no_ledger_is_an_account_a_person_made(head: User) -> None:
    made = create_group(name="Yeni Holding", code="NEW-0001", by=head)
    assert (made.origin, made.in_ledger) == (Origin.PERSON, False)
    with pytest.raises(UnableToWrite):
        create_group(name="Other", code="NEW-0001", by=head)


def test_people_see_of_a_tree_what_they_see_of_accounts(acme: Account, birch: Account, ana: User, head: User) -> None:
    group, works = account("G", "Group"), account("3", "Works")
    put_into_group(account=acme, group=group, by=head, reason="")
    put_into_group(account=birch, group=group, by=head, reason="")
    put_into_group(account=works, group=acme, by=head, reason="")
    assert path_to(works, head) == [group, acme]
    assert path_to(works, ana) == [acme]
    assert [(each.code, each.below) for each in companies_of(group, head)] == [("0001", 1), ("0002", 0)]
    assert [(each.code, each.below) for each in companies_of(group, ana)] == [("0001", 1)]
    assert list(suggestions_for("group", ana)) == []
    assert list(suggestions_for("group", head)) == [group]
