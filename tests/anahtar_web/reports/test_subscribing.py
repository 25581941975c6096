"""The monthly report on its page: begun and ended by its reader alone."""

import uuid
from datetime import UTC, datetime
from typing import Any

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from anahtar_web.audit.models import Entry
from anahtar_web.insight.models import Run, Standing
from anahtar_web.jobs.running import run_queued
from anahtar_web.people.models import User
from anahtar_web.reports.actions import ask_for_due
from anahtar_web.reports.models import Subscription
from tests.anahtar_web.reports.conftest import SignedIn, Subscribed

pytestmark = pytest.mark.django_db

DUE = datetime(2026, 2, 1, 4, 0, tzinfo=UTC)


def post(client: Client, address: str, **fields: str) -> Any:
    return client.post(address, {"once": uuid.uuid4().hex, **fields})


def test_the_filter_in_force_is_subscribed_to_and_ended_on_the_page(
    director: User, run: Run, signed_in: SignedIn
) -> None:
    client = signed_in(director)
    assert post(client, "/portfolio/report/monthly/?period=2024&direction=Rulman", workbook="on").status_code == 302
    one = Subscription.objects.get()
    assert (one.person, one.query, one.workbook) == (director, "period=2024&direction=Rulman", True)
    assert one.label == "2024 · Direction: Rulman"
    page = client.get("/portfolio/report/?period=2024&direction=Rulman").content.decode()
    assert "2024 · Direction: Rulman" in page
    assert "You get the report of the filter in force." in page
    assert post(client, f"/portfolio/report/monthly/{one.pk}/end/").status_code == 302
    assert not Subscription.objects.exists()
    verbs = Entry.objects.filter(verb__startswith="report.").order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == ["report.subscribed", "report.unsubscribed"]


def test_subscribing_twice_changes_what_is_attached(director: User, run: Run, signed_in: SignedIn) -> None:
    client = signed_in(director)
    post(client, "/portfolio/report/monthly/")
    post(client, "/portfolio/report/monthly/", workbook="on")
    assert Subscription.objects.get().workbook


def test_a_saved_view_that_is_open_is_no_part_of_the_filter(director: User, run: Run, signed_in: SignedIn) -> None:
    client = signed_in(director)
    for query in ("", "view=all", "view=7"):
        post(client, f"/portfolio/report/monthly/?{query}")
    assert list(Subscription.objects.values_list("query", flat=True)) == [""]
    for query in ("", "view=all", "view=7"):
        assert (
            "You get the report of the filter in force." in client.get(f"/portfolio/report/?{query}").content.decode()
        )


def test_five_are_enough(director: User, run: Run, signed_in: SignedIn) -> None:
    client = signed_in(director)
    queries = ["", "period=2024", "period=2023", "direction=Rulman", "measure=revenue", "direction=Hidrolik"]
    for query in queries:
        post(client, f"/portfolio/report/monthly/?{query}")
    assert Subscription.objects.count() == 5


def test_nobody_ends_anothers_report(director: User, ana: User, run: Run, signed_in: SignedIn, subscribed: Any) -> None:
    one = subscribed(director)
    assert post(signed_in(ana), f"/portfolio/report/monthly/{one.pk}/end/").status_code == 404
    assert Subscription.objects.exists()


def test_the_link_of_the_mail_ends_it_without_signing_in(director: User, run: Run, subscribed: Subscribed) -> None:
    one = subscribed(director, label="12 months")
    ask_for_due(DUE)
    run_queued()
    link = mail.outbox[0].body.rstrip().rpartition("\n")[2]
    assert link.startswith("http://kuzey.example/portfolio/report/stop/")
    address = link.removeprefix("http://kuzey.example")
    client = Client()
    assert "12 months" in client.get(address).content.decode()
    assert Subscription.objects.filter(pk=one.pk).exists()
    assert "The monthly report has ended" in post(client, address).content.decode()
    assert not Subscription.objects.exists()
    assert "The monthly report has ended" in client.get(address).content.decode()
    assert client.get(address[:-3] + "xx/").status_code == 404


def test_a_reader_without_views_of_their_own_subscribes_to_nothing(
    auditor: User, run: Run, signed_in: SignedIn
) -> None:
    assert post(signed_in(auditor), "/portfolio/report/monthly/").status_code == 403
    assert "Send me this every month" not in signed_in(auditor).get("/portfolio/report/").content.decode()


def test_pages_and_rounds_ask_as_much_for_many_as_for_one(
    director: User, run: Run, signed_in: SignedIn, subscribed: Subscribed
) -> None:
    client = signed_in(director)
    subscribed(director)
    client.get("/portfolio/report/")

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            client.get("/portfolio/report/")
        return len(queries)

    few = asked()
    for query in ("period=2024", "period=2023", "direction=Rulman"):
        subscribed(director, query)
    ask_for_due(DUE)
    assert asked() == few
    assert Standing.objects.filter(run=run).exists()


def test_who_became_an_auditor_is_offered_no_end_that_would_be_refused(
    auditor: User, director: User, run: Run, signed_in: SignedIn, subscribed: Subscribed
) -> None:
    address = f"/portfolio/report/monthly/{subscribed(auditor).pk}/end/"
    page = signed_in(auditor).get("/portfolio/report/").content.decode()
    assert "The link in its mail ends it." in page
    assert address not in page
    assert post(signed_in(auditor), address).status_code == 403
    own = subscribed(director)
    assert f"/portfolio/report/monthly/{own.pk}/end/" in signed_in(director).get("/portfolio/report/").content.decode()
