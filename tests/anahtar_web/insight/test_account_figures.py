"""What the pages of accounts show of the ledger, and the pairs an analysis suspects."""

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from anahtar.ledger.options import ReadOptions
from anahtar.ledger.store.store import Ledger
from anahtar_web.accounts.actions import hand_over
from anahtar_web.accounts.figures import figures
from anahtar_web.accounts.models import Account, Suggestion
from anahtar_web.accounts.queries import suspected_duplicates
from anahtar_web.insight.actions import analyse
from anahtar_web.insight.models import Run, Standing
from anahtar_web.people.models import User
from tests.anahtar_web.conftest import account
from tests.anahtar_web.insight import sales
from tests.anahtar_web.insight.conftest import Kept, add

pytestmark = pytest.mark.django_db


def of(code: str) -> Standing:
    return Standing.objects.get(run__current=True, account__code=code)


def test_revenue_stands_beside_names_as_the_standings_say(run: Run, django_assert_num_queries: Any) -> None:
    acme, holding = of(sales.ACME), of("HOLDING")
    with django_assert_num_queries(1):
        told = figures().of([acme.account_id, holding.account_id, 999_999])
    assert set(told) == {acme.account_id, holding.account_id}
    assert told[acme.account_id].revenue == acme.revenue
    assert told[acme.account_id].last12 == tuple(acme.last12)
    assert told[holding.account_id].group_revenue == holding.group_revenue
    assert figures().currency == run.currency


def test_the_largest_come_first_and_those_without_figures_last(run: Run) -> None:
    lone = account("9999", "Without sales")
    everybody = Account.objects.standing_alone()
    largest = figures().largest(everybody, 500)
    assert largest[0] == of(sales.ACME).account_id
    assert lone.pk in largest
    assert len(largest) == everybody.count()
    assert figures().largest(everybody, 2) == largest[:2]
    revenues = figures().revenues(Account.objects.filter(code__in=[sales.ACME, "9999"]))
    assert revenues == {of(sales.ACME).account_id: of(sales.ACME).revenue}


def test_coverage_sums_what_managers_look_after(
    run: Run, ana: User, head: User, signed_in: Callable[[User], Client]
) -> None:
    hand_over(account=of("HOLDING").account, to=ana, by=head, on=date(2025, 1, 1))
    page = signed_in(head).get(reverse("accounts:teams")).context["page"]
    cedar, dune = of("0003"), of("0004")
    assert [(line.load.person, line.revenue) for line in page.lines] == [(ana, cedar.revenue + dune.revenue)]
    assert page.unmanaged[0].account.code == sales.ACME


def test_an_analysis_suspects_pairs_by_name(firm: Kept, data: Path, tmp_path: Path, head: User) -> None:
    shutil.copytree(firm.ledger, data / "ledger")
    again = sales.text().replace(b"0002;Birch Ilgaz Ltd. \xdeti.", b"0099;BIRCH ILGAZ LTD").split(b"\r\n")
    (tmp_path / "more.csv").write_bytes(b"\r\n".join([again[0], *(row for row in again if row.startswith(b"0099"))]))
    add(Ledger.open(data / "ledger"), tmp_path / "more.csv", ReadOptions(currency="TRY"))
    analyse(by=None)
    assert suspected_duplicates(head) >= 1
    assert {"0002", "0099"} in [{one.first.code, one.second.code} for one in Suggestion.objects.filter(kind="name")]
