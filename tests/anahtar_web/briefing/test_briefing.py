"""The dossier on one page and as documents: of what its reader may see, as known when."""

import uuid
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from docx import Document
from pypdf import PdfReader

from anahtar_web.accounts.actions import Verdict, decide_key
from anahtar_web.accounts.models import Account, KeyDecision, KeyStatus
from anahtar_web.accounts.queries import decision_on
from anahtar_web.audit.models import Entry
from anahtar_web.briefing.days import known_by
from anahtar_web.briefing.document import KINDS
from anahtar_web.company.queries import end_of
from anahtar_web.insight.models import Run, Standing
from anahtar_web.people.models import User
from anahtar_web.ui.templatetags.shown import day, short_money
from tests.anahtar_web.insight import sales

pytestmark = pytest.mark.django_db

SignedIn = Callable[[User], Client]
HOSTILE = '#read("/etc/passwd") <script>alert(1)</script> =cmd()'


@pytest.fixture
def acme_bought(run: Run) -> Account:
    return Account.objects.get(code=sales.ACME)


def page(client: Client, account: Account, **asked: str) -> str:
    answer = client.get(reverse("briefing:account", args=[account.pk]), asked)
    assert answer.status_code == 200
    return answer.content.decode()


def send(client: Client, account: Account, **said: str) -> Any:
    return client.post(reverse("briefing:document", args=[account.pk]), {"once": uuid.uuid4().hex, **said})


def taken(client: Client, account: Account, form: str, **asked: str) -> bytes:
    answer = send(client, account, form=form, **asked)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == KINDS[form]
    return b"".join(answer.streaming_content)


def text_of_pdf(content: bytes) -> str:
    return " ".join(" ".join(sheet.extract_text() for sheet in PdfReader(BytesIO(content)).pages).split())


def text_of_word(content: bytes) -> str:
    doc = Document(BytesIO(content))
    cells = [cell.text for table in doc.tables for row in table.rows for cell in row.cells]
    return " ".join(" ".join([*(paragraph.text for paragraph in doc.paragraphs), *cells]).split())


def test_it_says_what_the_ledger_says_and_what_was_decided(
    director: User, acme_bought: Account, signed_in: SignedIn
) -> None:
    decide(acme_bought, director, "They carry our name abroad.")
    told = page(signed_in(director), acme_bought)
    standing = Standing.objects.get(account=acme_bought)
    assert short_money(standing.revenue, "TRY") in told
    assert "They carry our name abroad." in told


def test_page_and_documents_say_the_same(director: User, acme_bought: Account, signed_in: SignedIn) -> None:
    decide(acme_bought, director, HOSTILE)
    client = signed_in(director)
    revenue = short_money(Standing.objects.get(account=acme_bought).revenue, "TRY")
    for told in (
        text_of_pdf(taken(client, acme_bought, "pdf")),
        text_of_word(taken(client, acme_bought, "docx")),
    ):
        assert acme_bought.name in told
        assert revenue in told
        assert '#read("/etc/passwd") <script>alert(1)</script> =cmd()' in told


def test_what_marketing_does_not_see_is_in_neither(
    marketing: User, director: User, acme_bought: Account, signed_in: SignedIn
) -> None:
    profit = short_money(Standing.objects.get(account=acme_bought).profit, "TRY")
    assert profit in page(signed_in(director), acme_bought)
    client = signed_in(marketing)
    assert profit not in page(client, acme_bought)
    assert profit not in text_of_pdf(taken(client, acme_bought, "pdf"))
    assert profit not in text_of_word(taken(client, acme_bought, "docx"))


def test_what_was_decided_later_was_not_known_then(director: User, acme_bought: Account, signed_in: SignedIn) -> None:
    decide(acme_bought, director, "Known for long.")
    KeyDecision.objects.update(at=timezone.now() - timedelta(days=40))
    decide(acme_bought, director, "Known since today.")
    then = (timezone.localdate() - timedelta(days=20)).isoformat()
    client = signed_in(director)
    _head, _, told = page(client, acme_bought, on=then).partition('<div class="briefing">')  # the head is of today
    assert "Known for long." in told
    assert "Known since today." not in told
    document = text_of_pdf(taken(client, acme_bought, "pdf", on=then))
    assert "Known since today." not in document
    assert day(date.fromisoformat(then)) in document


def test_the_amounts_of_an_earlier_day_are_the_twelve_full_months_before_it(
    director: User, acme_bought: Account, run: Run, signed_in: SignedIn
) -> None:
    assert run.last_month is not None
    now = Standing.objects.get(account=acme_bought)
    after = (run.last_month.replace(day=28) + timedelta(days=10)).replace(day=1)
    assert short_money(now.revenue, "TRY") in page(signed_in(director), acme_bought, on=after.isoformat())
    assert run.first_date is not None
    before_everything = run.first_date - timedelta(days=3)
    told = page(signed_in(director), acme_bought, on=before_everything.isoformat())
    assert "The ledger holds no line of this account." in told


def test_taking_it_out_stands_on_the_trail_of_the_account(ana: User, acme_bought: Account, signed_in: SignedIn) -> None:
    Account.objects.get(code=sales.ACME).assignments.create(person=ana, part="manager", since=date(2024, 1, 1))
    taken(signed_in(ana), acme_bought, "docx")
    entry = Entry.objects.get(verb="account.dossier_taken")
    assert (entry.account_id, entry.by, entry.after["format"]) == (acme_bought.pk, ana, "docx")


def test_nonsense_is_not_found(director: User, acme_bought: Account, signed_in: SignedIn) -> None:
    client = signed_in(director)
    assert client.get(reverse("briefing:account", args=[acme_bought.pk]), {"on": "31-12"}).status_code == 400
    assert send(client, acme_bought, form="exe").status_code == 404


def test_a_day_ends_at_midnight_of_the_company() -> None:
    on = date(2025, 3, 10)
    assert known_by(end_of(on) - timedelta(seconds=1), on)
    assert not known_by(end_of(on), on)
    assert known_by(end_of(on), None)


def decide(account: Account, by: User, reason: str) -> None:
    before = decision_on(account)
    verdict = Verdict(status=KeyStatus.KEY, reason=reason)
    # Another tier each time: what holds already is refused.
    tier = "2" if before is not None and before.tier == "1" else "1"
    decide_key(account=account, verdict=replace(verdict, tier=tier), seen=before.pk if before else None, by=by)
