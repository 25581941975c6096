"""The report by mail: once a month, with the rights its reader has then, until somebody says no."""

from datetime import UTC, date, datetime
from email import message_from_bytes
from pathlib import Path
from smtplib import SMTPDataError, SMTPRecipientsRefused, SMTPServerDisconnected
from typing import Any

import pytest
from django.core import mail
from django.core.mail import EmailMessage
from django.core.mail.backends.locmem import EmailBackend
from django.db import IntegrityError, transaction

from anahtar_web.accounts.models import Account, Assignment
from anahtar_web.company.models import Company
from anahtar_web.gate.rights import Role
from anahtar_web.insight.models import Run
from anahtar_web.jobs.actions import try_again
from anahtar_web.jobs.models import Job, State
from anahtar_web.jobs.registry import CHORES
from anahtar_web.jobs.running import run_queued
from anahtar_web.people.models import User
from anahtar_web.reports.actions import KIND, ask_for_due
from anahtar_web.reports.models import Delivery, Subscription
from anahtar_web.reports.pages import next_on
from anahtar_web.reports.tokens import read
from anahtar_web.ui.templatetags.shown import short_money
from tests.anahtar_web.reports.conftest import Subscribed
from tests.anahtar_web.reports.papers import sheets_of, text_of

pytestmark = pytest.mark.django_db

# The company lives in Istanbul, three hours ahead: its seven o'clock is four o'clock here.
BEFORE = datetime(2026, 2, 1, 3, 59, tzinfo=UTC)
DUE = datetime(2026, 2, 1, 4, 0, tzinfo=UTC)
WEEK_LATER = datetime(2026, 2, 8, 12, 0, tzinfo=UTC)
NEXT_MONTH = datetime(2026, 3, 1, 4, 0, tzinfo=UTC)


def attached(message: EmailMessage) -> dict[str, bytes]:
    return {name.rpartition(".")[2]: content for name, content, _kind in message.attachments}  # type: ignore[misc]


# When ----------------------------------------------------------------------------------------------------------------


def test_it_is_due_at_the_companys_seven_on_the_first(director: User, run: Run, subscribed: Subscribed) -> None:
    subscribed(director)
    assert ask_for_due(BEFORE) == []
    (job,) = ask_for_due(DUE)
    assert (job.kind, job.by) == (KIND, director)
    assert [done.state for done in run_queued()] == [State.DONE]
    assert [message.to for message in mail.outbox] == [[director.email]]


def test_day_and_hour_are_settings(director: User, run: Run, subscribed: Subscribed, settings: Any) -> None:
    subscribed(director)
    settings.REPORT_DAY, settings.REPORT_HOUR = 8, 15
    assert ask_for_due(datetime(2026, 2, 8, 11, 59, tzinfo=UTC)) == []
    assert len(ask_for_due(datetime(2026, 2, 8, 12, 0, tzinfo=UTC))) == 1
    assert next_on(datetime(2026, 2, 8, 11, 59, tzinfo=UTC)) == date(2026, 2, 8)
    assert next_on(datetime(2026, 12, 9, tzinfo=UTC)) == date(2027, 1, 8)


def test_after_a_week_of_downtime_it_is_caught_up_once(director: User, run: Run, subscribed: Subscribed) -> None:
    subscribed(director)
    assert len(ask_for_due(WEEK_LATER)) == 1
    assert ask_for_due(WEEK_LATER) == []
    run_queued()
    assert ask_for_due(WEEK_LATER) == []
    assert len(mail.outbox) == 1
    assert len(ask_for_due(NEXT_MONTH)) == 1


def test_who_subscribes_after_the_first_waits_for_the_next(director: User, run: Run, subscribed: Subscribed) -> None:
    one = subscribed(director)
    Subscription.objects.filter(pk=one.pk).update(created_at=DUE)
    assert ask_for_due(WEEK_LATER) == []
    assert len(ask_for_due(NEXT_MONTH)) == 1


def test_a_month_is_claimed_once_in_the_database(director: User, subscribed: Subscribed) -> None:
    one = subscribed(director)
    Delivery.objects.create(subscription=one, month=date(2026, 2, 1))
    with pytest.raises(IntegrityError), transaction.atomic():
        Delivery.objects.create(subscription=one, month=date(2026, 2, 1))


def test_the_worker_asks_every_ten_minutes() -> None:
    assert CHORES["reports.ask_for_due"].seconds == 600


# What ----------------------------------------------------------------------------------------------------------------


@pytest.mark.filterwarnings("ignore:.*extension is not supported:UserWarning")
def test_the_mail_brings_document_and_workbook_in_the_readers_language(
    director: User, run: Run, subscribed: Subscribed
) -> None:
    User.objects.filter(pk=director.pk).update(language="tr")
    Company.objects.update_or_create(pk=1, defaults={"name": "Kuzey A.Ş."})
    one = subscribed(director, workbook=True)
    ask_for_due(DUE)
    run_queued()
    (message,) = mail.outbox
    assert message.subject.startswith("Portföy raporu, ")
    assert message.subject.endswith(": Kuzey A.Ş.")
    assert "Merhaba Deniz Direktör," in message.body
    assert "http://kuzey.example/portfolio/" in message.body
    before, token = message.extra_headers["List-Unsubscribe"].removesuffix("/>").rsplit("/", 1)
    assert before == "<http://kuzey.example/portfolio/report/stop"
    assert read(token) == (one.pk, director.pk)
    files = attached(message)
    assert "Anahtar müşteri portföyü" in text_of(files["pdf"])
    assert "Tüm müşteriler" in sheets_of(files["xlsx"])


def test_the_file_backend_writes_the_mail_with_its_attachment(
    director: User, run: Run, subscribed: Subscribed, settings: Any, tmp_path: Path
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = tmp_path / "mail"
    subscribed(director)
    ask_for_due(DUE)
    run_queued()
    (file,) = (tmp_path / "mail").iterdir()
    parts = list(message_from_bytes(file.read_bytes()).walk())
    (paper,) = [part.get_payload(decode=True) for part in parts if part.get_content_type() == "application/pdf"]
    assert short_money(run.revenue, "TRY") in text_of(paper)


def test_it_holds_what_its_reader_may_see_at_that_moment(
    ana: User, acme: Account, run: Run, subscribed: Subscribed
) -> None:
    subscribed(ana)
    ask_for_due(DUE)
    Assignment.objects.filter(person=ana).update(until=date(2025, 1, 1))
    other = Account.objects.get(code="0003")
    Assignment.objects.create(account=other, person=ana, part="manager", since=date(2024, 1, 1))
    run_queued()
    told = text_of(attached(mail.outbox[0])["pdf"])
    assert other.name in told
    assert acme.name not in told


def test_who_became_marketing_meanwhile_gets_no_profit(director: User, run: Run, subscribed: Subscribed) -> None:
    subscribed(director)
    ask_for_due(DUE)
    User.objects.filter(pk=director.pk).update(role=Role.MARKETING)
    run_queued()
    (message,) = mail.outbox
    assert "Profit" not in text_of(attached(message)["pdf"]) + message.body


def test_who_was_locked_out_gets_nothing(director: User, run: Run, subscribed: Subscribed) -> None:
    subscribed(director)
    ask_for_due(DUE)
    User.objects.filter(pk=director.pk).update(is_active=False)
    assert [job.state for job in run_queued()] == [State.DONE]
    assert ask_for_due(NEXT_MONTH) == []
    assert mail.outbox == []


def test_what_was_ended_before_the_job_ran_is_not_mailed(director: User, run: Run, subscribed: Subscribed) -> None:
    subscribed(director)
    ask_for_due(DUE)
    Subscription.objects.all().delete()
    assert [job.state for job in run_queued()] == [State.DONE]
    assert mail.outbox == []


# When it fails -------------------------------------------------------------------------------------------------------


def failing(monkeypatch: pytest.MonkeyPatch, at: str, error: BaseException) -> None:
    def fail(self: EmailBackend, *args: Any) -> int:
        raise error

    monkeypatch.setattr(EmailBackend, at, fail)


@pytest.mark.parametrize(
    ("at", "error"),
    [
        ("open", ConnectionRefusedError("no")),
        ("open", TimeoutError("nobody there")),
        ("open", SMTPServerDisconnected("busy")),
        ("send_messages", SMTPDataError(451, b"later")),
        ("send_messages", SMTPRecipientsRefused({})),
    ],
)
def test_a_mail_server_that_is_not_there_or_refuses_is_tried_again_an_hour_later(
    at: str, error: OSError, director: User, run: Run, subscribed: Subscribed, monkeypatch: pytest.MonkeyPatch
) -> None:
    subscribed(director)
    ask_for_due(DUE)
    with monkeypatch.context() as patch:
        failing(patch, at, error)
        (job,) = run_queued()
    assert job.state == State.FAILED
    assert job.message_text.startswith("The mail server did not take the report.")
    delivery = Delivery.objects.get()
    assert (delivery.tries, delivery.handed_at, delivery.sent_at) == (1, None, None)
    Delivery.objects.update(tried_at=datetime(2026, 2, 1, 4, 30, tzinfo=UTC))
    assert ask_for_due(datetime(2026, 2, 1, 5, 0, tzinfo=UTC)) == []
    again = datetime(2026, 2, 1, 5, 31, tzinfo=UTC)
    assert len(ask_for_due(again)) == 1
    assert ask_for_due(again) == []
    assert [job.state for job in run_queued()] == [State.DONE]
    assert len(mail.outbox) == 1


def test_a_mail_cut_off_in_the_middle_is_never_sent_twice(
    director: User, run: Run, subscribed: Subscribed, monkeypatch: pytest.MonkeyPatch
) -> None:
    subscribed(director)
    ask_for_due(DUE)
    Delivery.objects.update(handed_at=DUE, tries=1, tried_at=DUE)
    (job,) = run_queued()
    assert job.state == State.FAILED
    assert "it may have arrived, and is not sent again" in job.message_text
    assert ask_for_due(WEEK_LATER) == []
    assert mail.outbox == []


@pytest.mark.parametrize("error", [TimeoutError("no answer"), SMTPServerDisconnected("gone"), ConnectionResetError()])
def test_a_server_that_falls_silent_after_it_got_the_mail_never_gets_it_twice(
    error: OSError, director: User, run: Run, subscribed: Subscribed, monkeypatch: pytest.MonkeyPatch
) -> None:
    subscribed(director)
    ask_for_due(DUE)
    with monkeypatch.context() as patch:
        failing(patch, "send_messages", error)
        (job,) = run_queued()
    assert "it may have arrived, and is not sent again" in job.message_text
    Delivery.objects.update(tried_at=DUE)
    assert ask_for_due(WEEK_LATER) == []


def test_a_server_that_does_not_say_goodbye_has_taken_the_mail(
    director: User, run: Run, subscribed: Subscribed, monkeypatch: pytest.MonkeyPatch
) -> None:
    subscribed(director)
    ask_for_due(DUE)
    failing(monkeypatch, "close", TimeoutError("no answer"))
    assert [job.state for job in run_queued()] == [State.DONE]
    assert len(mail.outbox) == 1
    assert Delivery.objects.get().sent_at


def test_a_job_tried_again_after_the_mail_went_out_sends_nothing(
    director: User, admin: User, run: Run, subscribed: Subscribed
) -> None:
    subscribed(director)
    ask_for_due(DUE)
    run_queued()
    job = Job.objects.get()
    Job.objects.update(state=State.FAILED)
    try_again(job=job, by=admin)
    assert [one.state for one in run_queued()] == [State.DONE]
    assert len(mail.outbox) == 1


def test_a_filter_that_means_nothing_any_more_is_said(
    director: User, ana: User, run: Run, subscribed: Subscribed
) -> None:
    subscribed(director, "direction=Gone")
    ask_for_due(DUE)
    (job,) = run_queued()
    assert job.state == State.FAILED
    assert "names what no longer exists" in job.message_text
    assert mail.outbox == []
    Delivery.objects.update(tried_at=DUE)
    assert ask_for_due(WEEK_LATER) == []


def test_without_figures_it_waits_for_the_analysis(director: User, subscribed: Subscribed) -> None:
    subscribed(director)
    ask_for_due(DUE)
    (job,) = run_queued()
    assert "There are no figures to report" in job.message_text
    assert Delivery.objects.get().tries == 1
