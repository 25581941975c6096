"""Pages of an account with a long life behind it: as many queries as with a short one, and few."""

import random
from collections.abc import Callable

import pytest
from bench.dossier_house import Size, Writer, fill
from bench.web_load import DOSSIER
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from anahtar_web.accounts.models import Account
from anahtar_web.company.queries import today
from anahtar_web.insight import remembered
from anahtar_web.people.models import User

FEW = Size(people=9, rivals=3, interactions=6, tenders=14, facts=80, deliveries=8, files=3, readings=4)
MORE = Size(
    people=12, rivals=6, interactions=70, tenders=90, facts=200, deliveries=70, files=60, readings=40, first=100
)

PAGES = [name for name in DOSSIER if name != "history:account"]
"""The timeline asks for as many by its own test."""

MOST = {"briefing:account": 48}
"""It brings everything together; as long as nothing changes in the house it is read once."""


@pytest.fixture
def write(acme: Account, ana: User, boris: User) -> Callable[[Size], None]:
    """Writes a dossier into Acme."""

    def made(size: Size) -> None:
        fill(Writer(size, acme, ana, [ana, boris], today(), random.Random(3)))

    return made


def test_the_queries_of_every_page_are_few_and_do_not_grow(
    acme: Account, ana: User, write: Callable[[Size], None], signed_in: Callable[[User], Client]
) -> None:
    client = signed_in(ana)
    addresses = {name: reverse(name, args=[acme.pk]) for name in PAGES}

    def asked() -> dict[str, int]:
        found = {}
        for name, address in addresses.items():
            client.get(address)
            remembered.forget()
            with CaptureQueriesContext(connection) as queries:
                assert client.get(address).status_code == 200, name
            # Once a minute the session is written as well.
            sent = [query["sql"] for query in queries.captured_queries if "session" not in query["sql"]]
            found[name] = sum(sql.startswith("SELECT") for sql in sent)
        return found

    write(FEW)
    few = asked()
    write(MORE)
    assert asked() == few
    assert {name: count for name, count in few.items() if count > MOST.get(name, 25)} == {}


def test_of_a_kind_with_many_values_the_last_are_shown_and_the_others_asked_for(
    acme: Account, ana: User, write: Callable[[Size], None], signed_in: Callable[[User], Client]
) -> None:
    write(MORE)
    address = reverse("dossier:profile", args=[acme.pk])
    page = signed_in(ana).get(address).context["page"]
    goals = next(row for card in page.cards for row in card.rows if row.kind.code == "goal")
    assert goals.more
    assert goals.shown == goals.known[-6:]
    whole = signed_in(ana).get(f"{address}?all=goal")
    assert sum(f"/facts/{one.fact.pk}/" in whole.content.decode() for one in goals.known) == len(goals.known)


def test_decided_tenders_come_in_pages(
    acme: Account, ana: User, write: Callable[[Size], None], signed_in: Callable[[User], Client]
) -> None:
    write(MORE)
    address = reverse("tenders:account", args=[acme.pk])
    first, second = (signed_in(ana).get(f"{address}?page={number}").context["page"] for number in (1, 2))
    keys = [row.tender.pk for page in (first, second) for row in page.decided]
    assert len(keys) == len(set(keys)) == 80
    assert first.rate == second.rate
    assert first.total == 90
