"""The analysed house of `insight`, and nothing remembered of another test."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client

from anahtar_web.insight import slices
from anahtar_web.insight.portfolio import reckoning
from anahtar_web.people.models import User
from anahtar_web.reports.models import Subscription
from tests.anahtar_web.insight.conftest import data, firm, firm_by_revenue, publish, run

__all__ = ["data", "firm", "firm_by_revenue", "publish", "run"]

SignedIn = Callable[[User], Client]
Subscribed = Callable[..., Subscription]


@pytest.fixture(autouse=True)
def forgetful() -> Iterator[None]:
    yield
    slices.forget()
    reckoning.forget()


@pytest.fixture
def subscribed() -> Subscribed:
    """Somebody who subscribed in January."""

    def make(person: User, query: str = "", **fields: Any) -> Subscription:
        one = Subscription.objects.create(person=person, query=query, origin="http://kuzey.example", **fields)
        Subscription.objects.filter(pk=one.pk).update(created_at=datetime(2026, 1, 10, tzinfo=UTC))
        one.refresh_from_db()
        return one

    return make
