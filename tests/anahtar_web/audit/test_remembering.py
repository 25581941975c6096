"""What follows from what is written of accounts is reckoned once for each state of their trail."""

from typing import Any

import pytest

from anahtar_web.accounts.models import Account
from anahtar_web.audit.actions import record
from anahtar_web.audit.queries import digest_of_each, last_digest_of
from anahtar_web.audit.remembering import Remembered

pytestmark = pytest.mark.django_db


def test_an_answer_holds_until_one_of_its_accounts_moves(acme: Account, birch: Account, ana: Any) -> None:
    remembered: Remembered[list[int]] = Remembered(10, len)
    made: list[int] = []

    def make() -> list[int]:
        made.append(1)
        return made

    def ask(*accounts: int, asked: str = "") -> None:
        remembered.get(accounts, asked, make)

    record("account.edited", acme, by=ana, account=acme.pk)
    ask(acme.pk, birch.pk)
    ask(acme.pk, birch.pk)
    assert len(made) == 1
    ask(acme.pk, birch.pk, asked="another day")
    assert len(made) == 2
    record("account.edited", birch, by=ana, account=birch.pk)
    ask(acme.pk, birch.pk)
    assert len(made) == 3
    ask(acme.pk)
    record("account.edited", birch, by=ana, account=birch.pk)
    ask(acme.pk)
    assert len(made) == 4


def test_accounts_without_an_entry_are_not_remembered(acme: Account) -> None:
    remembered: Remembered[list[int]] = Remembered(10, len)
    assert last_digest_of([acme.pk]) == ""
    assert remembered.get([acme.pk], "", lambda: [1]) == [1]
    assert remembered.get([acme.pk], "", lambda: [2]) == [2]


def test_a_state_that_was_read_with_the_accounts_asks_nothing_more(
    acme: Account, birch: Account, ana: Any, django_assert_num_queries: Any
) -> None:
    remembered: Remembered[list[int]] = Remembered(10, len)
    record("account.edited", acme, by=ana, account=acme.pk)
    read = dict(Account.objects.annotate(digest=digest_of_each()).values_list("pk", "digest"))
    assert read == {acme.pk: last_digest_of([acme.pk]), birch.pk: None}
    with django_assert_num_queries(0):
        assert remembered.get([acme.pk], "", lambda: [1], state=read[acme.pk]) == [1]
        assert remembered.get([acme.pk], "", lambda: [2], state=read[acme.pk]) == [1]
        assert remembered.get([acme.pk], "", lambda: [3], state="moved") == [3]
