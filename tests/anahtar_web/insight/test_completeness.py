"""How complete dossiers are, in the accounts table: shown, ordered, taken out, and never older than the trail."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from anahtar_web.accounts.models import Account
from anahtar_web.company.queries import today
from anahtar_web.dossier.actions import count_due
from anahtar_web.dossier.models import Completeness, Fact
from anahtar_web.dossier.queries.facts import forget
from anahtar_web.insight.models import Run
from anahtar_web.people.models import User
from anahtar_web.ui.templatetags.shown import share
from tests.anahtar_web.accounts.pages import asked, send
from tests.anahtar_web.dossier.facts import ago, write
from tests.anahtar_web.insight import sales
from tests.anahtar_web.insight.pages import codes, plain

pytestmark = pytest.mark.django_db

SignedIn = Callable[[User], Client]
BASE = "/accounts/?columns=name,completeness"


@pytest.fixture
def known(director: User, run: Run) -> tuple[Account, Account]:
    """Of Acme two things are known, of another account one."""
    acme = Account.objects.get(code=sales.ACME)
    alone = Account.objects.filter(merged_into=None, in_ledger=True, parent=None, companies=None)
    other = alone.exclude(pk=acme.pk).order_by("code")[0]
    for account, codes_of in ((acme, ("headcount", "turnover")), (other, ("headcount",))):
        for code in codes_of:
            write(account, director, code, 10)
    return acme, other


def test_the_table_is_ordered_by_it_with_accounts_without_a_dossier_last(
    known: tuple[Account, Account], director: User, signed_in: SignedIn
) -> None:
    client, (acme, other) = signed_in(director), known
    assert codes(client.get(f"{BASE}&sort=-completeness"))[:2] == [acme.code, other.code]
    assert codes(client.get(f"{BASE}&sort=completeness"))[:2] == [other.code, acme.code]
    kept = Completeness.objects.get(account=acme)
    assert " ".join(share(kept.share, 0).split()) in plain(client.get(BASE).content.decode())

    sent = {"form": "csv", "columns": "name,completeness"}
    answer = send(client, "/accounts/export/?columns=name,completeness&sort=-completeness", **sent)
    first = b"".join(answer.streaming_content).decode().splitlines()[1]
    assert Decimal(first.split(",")[1].strip('"')) == Decimal(f"{kept.share:.6f}")


def test_what_goes_stale_is_counted_anew_and_the_table_follows(
    known: tuple[Account, Account], director: User, signed_in: SignedIn
) -> None:
    client, (acme, other) = signed_in(director), known
    assert codes(client.get(f"{BASE}&sort=-completeness"))[0] == acme.code
    Fact.objects.filter(account=acme).update(known_on=ago(800))
    Completeness.objects.filter(account=acme).update(changes_on=ago(1))
    forget()  # written past the actions, so that the trail does not tell
    assert count_due(today()) == 1
    assert codes(client.get(f"{BASE}&sort=-completeness"))[0] == other.code


def test_it_is_a_column_to_choose_and_who_works_with_accounts_sees_the_next_touch(
    run: Run, director: User, head: User, signed_in: SignedIn
) -> None:
    def names(user: User, address: str = "/accounts/") -> list[Any]:
        return [one.name for one in signed_in(user).get(address).context["page"].heads]

    assert names(head)[-1] == "next_touch"
    assert {"next_touch", "completeness"}.isdisjoint(names(director))
    assert names(head, BASE)[-1] == "completeness"


def test_more_dossiers_ask_no_more_questions(director: User, run: Run, signed_in: SignedIn) -> None:
    client, address = signed_in(director), f"{BASE}&sort=-completeness"
    few = max(asked(client, address) for _time in "12")
    for account in Account.objects.filter(merged_into=None, in_ledger=True, parent=None).order_by("code")[:5]:
        write(account, director, "headcount", 10)
    assert asked(client, address) <= few
