"""What people write of an account, one over the other, and new accounts."""

import threading
from typing import Any

import pytest
from django.db import connection

from anahtar_web.accounts.actions import UnableToChangeMerged, UnableToWrite, create, edit
from anahtar_web.accounts.models import Account, Assignment, Origin, Part
from anahtar_web.accounts.queries import proposed_code
from anahtar_web.audit.chain import broken_links
from anahtar_web.audit.models import Entry
from anahtar_web.gate.versions import EditedMeanwhile
from anahtar_web.people.models import User
from tests.anahtar_web.accounts.trees import assert_tree_holds
from tests.anahtar_web.conftest import account


@pytest.mark.django_db
def test_what_changed_is_written_and_told_with_before_and_after(acme: Account, birch: Account, ana: User) -> None:
    edit(account=acme, version=1, fields={"name": "Acme Çelik", "city": "Bursa", "payer": birch}, by=ana)
    acme.refresh_from_db()
    assert (acme.name, acme.city, acme.payer, acme.version) == ("Acme Çelik", "Bursa", birch, 2)
    assert Account.objects.matching("acme celik").get() == acme
    entry = Entry.objects.get()
    assert (entry.verb, entry.by, entry.account_id) == ("account.edited", ana, acme.pk)
    assert entry.before == {"name": "Acme Çelik A.Ş.", "city": "", "payer": None}
    assert entry.after == {"name": "Acme Çelik", "city": "Bursa", "payer": "Birch Ilgaz Ltd. Şti. (0002)"}


@pytest.mark.django_db
def test_nothing_changed_is_no_version_and_no_entry(acme: Account, ana: User) -> None:
    edit(account=acme, version=1, fields={"name": acme.name, "city": ""}, by=ana)
    acme.refresh_from_db()
    assert (acme.version, Entry.objects.count()) == (1, 0)


@pytest.mark.django_db
def test_the_second_editor_is_refused_and_shown_what_the_first_wrote(acme: Account, ana: User, head: User) -> None:
    edit(account=acme, version=1, fields={"city": "Bursa"}, by=ana)
    with pytest.raises(EditedMeanwhile) as refusal:
        edit(account=acme, version=1, fields={"city": "İzmir"}, by=head)
    assert refusal.value.current.city == "Bursa"  # type: ignore[attr-defined]
    assert Account.objects.get(pk=acme.pk).city == "Bursa"


@pytest.mark.django_db
def test_a_payer_that_cannot_pay_is_refused(acme: Account, birch: Account, ana: User) -> None:
    with pytest.raises(UnableToWrite, match="pays for itself") as refusal:
        edit(account=acme, version=1, fields={"payer": acme}, by=ana)
    assert refusal.value.field == "payer"
    edit(account=acme, version=1, fields={"payer": birch}, by=ana)
    with pytest.raises(UnableToWrite, match="pays for"):
        edit(account=birch, version=1, fields={"payer": acme}, by=ana)
    gone = account("3", "Gone", merged_into=birch)
    with pytest.raises(UnableToWrite, match="Gone goes on under Birch"):
        edit(account=acme, version=2, fields={"payer": gone}, by=ana)
    with pytest.raises(UnableToChangeMerged):
        edit(account=gone, version=1, fields={"city": "Bursa"}, by=ana)


@pytest.mark.django_db(transaction=True)
def test_of_twenty_who_save_at_once_each_acknowledged_save_is_one_version(acme: Account, ana: User) -> None:
    """Naive saving loses eighteen of twenty."""
    rounds, acknowledged, refused = 5, [], []
    start = threading.Barrier(20)

    def save(who: int) -> None:
        try:
            start.wait(30)
            for at in range(rounds):
                seen = Account.objects.get(pk=acme.pk)
                try:
                    edit(account=seen, version=seen.version, fields={"remark": f"{who}-{at}"}, by=ana)
                    acknowledged.append((who, at))
                except EditedMeanwhile:
                    refused.append((who, at))
        finally:
            connection.close()

    threads = [threading.Thread(target=save, args=[who]) for who in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    acme.refresh_from_db()
    assert len(acknowledged) + len(refused) == 20 * rounds
    assert acknowledged
    assert acme.version == 1 + len(acknowledged)
    assert Entry.objects.filter(verb="account.edited").count() == len(acknowledged)
    assert list(broken_links()) == []


@pytest.mark.django_db
def test_a_new_account_is_in_no_ledger_and_seen_by_who_made_it(head: User, ana: User) -> None:
    made = create(code="NEW-0001", fields={"name": "Dişli Sanayi", "city": "Konya"}, by=head)
    assert (made.in_ledger, made.origin, made.search_key) == (False, Origin.PERSON, "disli sanayi new-0001")
    assert not Assignment.objects.exists()
    own = create(code="NEW-0002", fields={"name": "Ana's"}, by=ana)
    assert set(Account.objects.visible_to(ana)) == {own}
    assert Assignment.objects.get().part == Part.MANAGER
    assert_tree_holds()
    entry = Entry.objects.order_by("id").first()
    assert entry is not None
    assert (entry.verb, entry.after) == (
        "account.created",
        {"code": "NEW-0001", "name": "Dişli Sanayi", "city": "Konya"},
    )


@pytest.mark.django_db
def test_a_code_that_is_taken_is_refused_and_the_next_one_proposed(acme: Account, head: User) -> None:
    with pytest.raises(UnableToWrite, match="0001 is taken") as refusal:
        create(code="0001", fields={"name": "Other"}, by=head)
    assert refusal.value.field == "code"
    assert proposed_code() == "NEW-0001"
    create(code="NEW-0009", fields={"name": "A"}, by=head)
    create(code="NEW-x", fields={"name": "B"}, by=head)
    assert proposed_code() == "NEW-0010"


@pytest.mark.django_db
def test_a_save_under_another_name_of_the_code_cannot_happen(acme: Account, ana: User) -> None:
    fields: dict[str, Any] = {"code": "9999", "merged_into": None, "in_ledger": False, "city": "Bursa"}
    edit(account=acme, version=1, fields=fields, by=ana)
    acme.refresh_from_db()
    assert (acme.code, acme.in_ledger, acme.city) == ("0001", True, "Bursa")
