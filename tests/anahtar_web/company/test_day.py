"""The company's day: what due dates and assignments are held against."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from anahtar_web.accounts.models import Account
from anahtar_web.company.models import Company
from anahtar_web.company.queries import in_zone_of, now, today
from anahtar_web.people.models import User

pytestmark = pytest.mark.django_db

EAST, WEST = "Pacific/Kiritimati", "Pacific/Niue"
"""Twenty-five hours apart: it is never the same day in both."""


def test_it_is_the_one_of_the_company_s_time_zone(django_assert_num_queries: Any) -> None:
    Company.objects.create(pk=1, name="Kuzey", currency="TRY", time_zone=WEST)
    west = today()
    Company.objects.update(time_zone=EAST)
    assert today() > west
    assert now().utcoffset() == timedelta(hours=14)
    with in_zone_of(Company(time_zone=WEST)), django_assert_num_queries(0):
        assert today() < west + timedelta(days=1)
        assert timezone.localtime().utcoffset() == timedelta(hours=-11)
    assert today() > west


def test_a_page_reads_the_company_once(ana: User, acme: Account, signed_in: Callable[[User], Client]) -> None:
    with CaptureQueriesContext(connection) as captured:
        assert signed_in(ana).get(f"/accounts/{acme.pk}/").status_code == 200
    assert sum('FROM "company_company"' in one["sql"] for one in captured) == 1
