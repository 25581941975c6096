"""What happens with an account, as people write it down: typed in seconds, dropped as a mail or a calendar entry."""

from email.message import EmailMessage
from pathlib import Path

import icalendar
import pytest
from playwright.sync_api import expect

from anahtar_web.accounts.models import Account
from anahtar_web.company.queries import now
from anahtar_web.interactions.models import Interaction, NextTouch
from anahtar_web.people.models import User
from tests.anahtar_web.interactions.made import ago, agreed, happened, person_of
from tests.anahtar_web.ledgers.conftest import data  # noqa: F401  # a data folder of its own
from tests.browser.conftest import LANGUAGES, Axe, Visit, check

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.long
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_is_readable_and_fits(visit: Visit, axe: Axe, acme: Account, ana: User, language: str) -> None:
    row = happened(acme, ana, notes="## Heard\n\n- **Two** years", business="Bearings")
    agreed(acme, ana, interaction=row)
    page = visit("/interactions/", ana, language=language)
    base = f"/accounts/{acme.pk}/interactions/"
    for path in (
        base,
        f"{base}write/",
        f"{base}{row.pk}/",
        f"{base}{row.pk}/edit/",
        "/interactions/calendar/",
        "/strategies/conduct/",
    ):
        check(page, axe, language)
        page.goto(path)
    check(page, axe, language)


def test_a_call_is_written_by_keyboard_and_its_next_step_done(visit: Visit, axe: Axe, acme: Account, ana: User) -> None:
    person_of(acme, ana)
    page = visit(f"/accounts/{acme.pk}/interactions/", ana)
    check(page, axe)
    page.keyboard.press("n")
    expect(page.get_by_label("What it was about")).to_be_focused()
    page.keyboard.type("Prices of next year")
    page.get_by_label("Ayşe Demir").check()
    page.get_by_label("Next step").fill("Send the offer")
    page.get_by_label("On", exact=True).fill(ago(-4).isoformat())
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="Prices of next year")).to_be_visible()
    page.locator(".next-step").get_by_role("link", name="Done").click()
    page.locator("#question").get_by_label("What came of it").fill("They took it")
    page.locator("#question").get_by_role("button", name="It is done").click()
    expect(page.get_by_text("Done. Is there a next step?")).to_be_visible()
    assert not NextTouch.objects.get().is_open


def test_a_mail_and_a_calendar_entry_are_dropped_and_taken(
    visit: Visit, axe: Axe, acme: Account, ana: User, tmp_path: Path
) -> None:
    mail, event, calendar = EmailMessage(), icalendar.Event(), icalendar.Calendar()
    mail["From"], mail["To"], mail["Message-ID"] = "Ayşe <ayse@acme.example>", ana.email, "<1@acme.example>"
    mail["Subject"], mail["Date"] = "İskonto", "Mon, 05 Oct 2026 10:00:00 +0300"
    mail.set_content("Merhaba")
    mail.add_attachment(b"%PDF-1.7\n%%EOF", maintype="application", subtype="pdf", filename="Teklif.pdf")
    event.add("uid", "1")
    event.add("summary", "Yıl sonu görüşmesi")
    event.add("dtstart", now())
    calendar.add_component(event)
    (tmp_path / "mail.eml").write_bytes(mail.as_bytes())
    (tmp_path / "meeting.ics").write_bytes(calendar.to_ical())
    page = visit(f"/accounts/{acme.pk}/interactions/", ana)
    for name, subject in (("mail.eml", "İskonto"), ("meeting.ics", "Yıl sonu görüşmesi")):
        page.locator("input[name=files]").set_input_files(tmp_path / name)
        page.get_by_role("button", name="Look at it").click()
        expect(page.get_by_text(subject)).to_be_visible()
        assert not Interaction.objects.filter(subject=subject).exists()
        check(page, axe)
        page.get_by_role("button", name="Take what is ticked").click()
        expect(page.get_by_role("link", name=subject)).to_be_visible()
    page.get_by_role("link", name="İskonto").click()
    expect(page.get_by_role("link", name="Teklif.pdf")).to_be_visible()
    check(page, axe)
    assert {row.source for row in Interaction.objects.all()} == {"eml", "ics"}
