"""Files of other programs: read behind walls, shown before anything is written, taken once; hostile ones refused."""

import threading
from collections.abc import Callable
from datetime import UTC, date, datetime
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import icalendar
import pytest
import vobject
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.utils import timezone

from anahtar_web.accounts.models import Account
from anahtar_web.files.models import Attachment
from anahtar_web.interactions.actions import waiting
from anahtar_web.interactions.actions.waiting import forget_dropped
from anahtar_web.interactions.models import Dropped, Enclosed, Interaction
from anahtar_web.interactions.reading.child import UnableToReadDropped, read
from anahtar_web.interactions.reading.told import LARGEST_FILE
from anahtar_web.people.models import User
from anahtar_web.stakeholders.models import ContactPoint, Stakeholder
from tests.anahtar_web.accounts.pages import nothing_changes, said, send
from tests.anahtar_web.insight.pages import plain
from tests.anahtar_web.interactions.made import person_of

pytestmark = pytest.mark.django_db

SignedIn = Callable[[User], Client]


@pytest.fixture
def put(tmp_path: Path) -> Callable[[bytes], Path]:
    def put(content: bytes) -> Path:
        file = tmp_path / "dropped"
        file.write_bytes(content)
        return file

    return put


def mail(**more: Any) -> EmailMessage:
    made = EmailMessage()
    headers = {
        "From": "Ayşe Demir <ayse@acme.example>",
        "To": "Ana Işık <ana@kuzey.example>, Veli <veli@acme.example>",
        "Subject": "İskonto hakkında",
        "Date": "Mon, 05 Oct 2026 23:30:00 +0300",
        "Message-ID": "<1@acme.example>",
    }
    for name, value in (headers | more).items():
        made[name] = value
    made.set_content("Merhaba,\n\nŞartları görüşelim.\n")
    return made


def event() -> bytes:
    calendar, made = icalendar.Calendar(), icalendar.Event()
    made.add("uid", "meeting-1@acme.example")
    made.add("summary", "Yıl sonu görüşmesi")
    made.add("dtstart", datetime(2026, 11, 3, 7, 0, tzinfo=UTC))
    made.add("dtend", datetime(2026, 11, 3, 8, 30, tzinfo=UTC))
    made.add("location", "Bursa")
    made.add("organizer", icalendar.vCalAddress("mailto:ana@kuzey.example"))
    guest = icalendar.vCalAddress("MAILTO:ayse@acme.example")
    guest.params["CN"] = "Ayşe Demir"
    made.add("attendee", guest)
    calendar.add_component(made)
    return bytes(calendar.to_ical())


def drop(client: Client, account: Account, content: bytes, name: str = "mail.eml") -> Any:
    path = f"/accounts/{account.pk}/interactions/drop/"
    return send(client, path, files=SimpleUploadedFile(name, content))


def test_a_mail_is_shown_with_whom_it_concerns_and_taken_once(
    acme: Account, ana: User, boris: User, signed_in: SignedIn
) -> None:
    ayse, client = person_of(acme, ana, email="ayse@acme.example"), signed_in(ana)
    answer = drop(client, acme, mail().as_bytes())
    kept = Dropped.objects.get()
    path = f"/interactions/dropped/{kept.pk}/"
    assert answer.headers["Location"] == path
    text = plain(client.get(path).content.decode())
    for shown in ("İskonto hakkında", "Ayşe Demir", "Ana Işık", "Veli · veli@acme.example", "5 Oct 2026"):
        assert shown in text
    assert not Interaction.objects.exists()
    assert signed_in(boris).get(path).status_code == 404
    taking = {"take-0": "on", "account-0": acme.code, "new-0": "veli@acme.example"}
    assert send(client, path, **taking).status_code == 302
    made = Interaction.objects.get()
    assert (made.kind, made.direction, made.day, made.source) == ("mail", "in", date(2026, 10, 5), "eml")
    assert made.notes == "Merhaba,\n\nŞartları görüşelim."
    veli = Stakeholder.objects.get(name="Veli")
    assert {part.stakeholder or part.user for part in made.participants.all()} == {ayse, ana, veli}
    assert not Dropped.objects.exists()
    drop(client, acme, mail().as_bytes())
    path = f"/interactions/dropped/{Dropped.objects.get().pk}/"
    assert "was taken before" in plain(client.get(path).content.decode())
    answer = send(client, path, **{"take-0": "on", "account-0": acme.code})
    assert "already" in " ".join(said(answer))
    assert Interaction.objects.count() == 1


def test_a_meeting_of_a_calendar_has_its_hours_and_people(acme: Account, ana: User, signed_in: SignedIn) -> None:
    person_of(acme, ana, email="ayse@acme.example")
    client = signed_in(ana)
    drop(client, acme, event(), "meeting.ics")
    path = f"/interactions/dropped/{Dropped.objects.get().pk}/"
    send(client, path, **{"take-0": "on", "account-0": acme.code, "kind-0": "visit"})
    made = Interaction.objects.get()
    assert (made.kind, made.direction, made.day) == ("visit", "both", date(2026, 11, 3))
    assert timezone.localtime(made.starts_at, UTC).hour == 7
    assert {str(part) for part in made.participants.all()} == {"Ana Işık", "Ayşe Demir"}


def test_cards_become_people_once(acme: Account, ana: User, signed_in: SignedIn) -> None:
    card = vobject.vCard()
    card.add("fn").value = "Çiğdem Öz"
    card.add("n").value = vobject.vcard.Name(family="Öz", given="Çiğdem")
    card.add("email").value = "cigdem@acme.example"
    card.add("title").value = "Satın alma müdürü"
    client = signed_in(ana)
    for _time in range(2):
        drop(client, acme, card.serialize().encode(), "card.vcf")
        path = f"/interactions/dropped/{Dropped.objects.get().pk}/"
        assert "Çiğdem Öz" in plain(client.get(path).content.decode())
        send(client, path, **{"take-0": "on", "account-0": acme.code})
    made = Stakeholder.objects.get()
    assert (made.name, made.position, made.account) == ("Çiğdem Öz", "Satın alma müdürü", acme)
    assert ContactPoint.objects.get().key == "cigdem@acme.example"


def test_the_account_is_found_by_its_people_then_by_its_house_and_what_is_not_mine_is_absent(
    acme: Account, birch: Account, ana: User, chen: User, head: User, signed_in: SignedIn
) -> None:
    Account.objects.filter(pk=acme.pk).update(website="https://www.acme.example/")
    person_of(birch, head, "Birch's", email="of@birch.example")
    for sender, reader, found in (
        ("new@acme.example", head, "0001"),
        ("of@birch.example", head, "0002"),
        ("of@birch.example", ana, "0001"),  # nobody she knows: the account whose page it is
        ("somebody@gmail.com", ana, "0001"),
    ):
        Dropped.objects.all().delete()
        client = signed_in(reader)
        drop(client, acme, mail(**{"From": sender, "To": "ana@kuzey.example"}).as_bytes())
        html = client.get(f"/interactions/dropped/{Dropped.objects.get().pk}/").content.decode()
        assert f'value="{found} ·' in html, sender
    assert "birch" not in html.lower()


def test_an_account_that_is_not_seen_is_refused_and_nothing_is_taken(
    acme: Account, birch: Account, ana: User, signed_in: SignedIn
) -> None:
    client = signed_in(ana)
    drop(client, acme, mail().as_bytes())
    path = f"/interactions/dropped/{Dropped.objects.get().pk}/"
    with nothing_changes():
        answer = send(client, path, **{"take-0": "on", "account-0": birch.code})
        assert answer.status_code == 422
    assert "You see no account" in plain(answer.content.decode())


def test_files_of_a_mail_become_documents_and_what_is_refused_is_named(
    acme: Account, ana: User, signed_in: SignedIn
) -> None:
    client, sent, inner = signed_in(ana), mail(), mail(Subject="Within", **{"Message-ID": "<0@acme.example>"})
    sent.add_attachment(b"%PDF-1.7\n%%EOF", maintype="application", subtype="pdf", filename="Teklif Ağustos.pdf")
    sent.add_attachment(b"%PDF-1.7\n%%EOF", maintype="application", subtype="pdf", filename="the same.pdf")
    sent.add_attachment(b"MZ\x90\0" * 20, maintype="application", subtype="pdf", filename="fatura.pdf")
    sent.add_attachment(inner)
    drop(client, acme, sent.as_bytes())
    kept = Dropped.objects.get()
    path = f"/interactions/dropped/{kept.pk}/"
    assert "Teklif Ağustos.pdf" in plain(client.get(path).content.decode())
    assert not Attachment.objects.exists()
    answer = send(client, path, **{"take-0": "on", "account-0": acme.code})
    assert "fatura.pdf" in " ".join(said(answer))
    made = Interaction.objects.get()
    assert [(str(one), bool(one.refusal)) for one in made.enclosed.order_by("pk")] == [
        ("Teklif Ağustos.pdf", False),
        ("fatura.pdf", True),
        ("Within.eml", False),
    ]
    page = plain(client.get(f"/accounts/{acme.pk}/interactions/{made.pk}/").content.decode())
    assert "not kept: fatura.pdf seems to be" in page
    assert {file.account for file in Attachment.objects.all()} == {acme}
    drop(client, acme, sent.as_bytes())
    send(client, f"/interactions/dropped/{Dropped.objects.get().pk}/", **{"take-0": "on", "account-0": acme.code})
    assert (Attachment.objects.count(), Enclosed.objects.count()) == (2, 3)


@pytest.mark.django_db(transaction=True)
def test_whoever_writes_does_not_wait_while_a_dropped_file_is_read(
    acme: Account, ana: User, signed_in: SignedIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    client, wrote = signed_in(ana), list[int]()

    def write() -> None:
        try:
            wrote.append(User.objects.filter(pk=ana.pk).update(name="Ana Yazdı"))
        finally:
            connection.close()

    def slow(*about: Any) -> Any:
        other = threading.Thread(target=write)
        other.start()
        other.join(timeout=5)
        assert not connection.in_atomic_block
        return read(*about)

    monkeypatch.setattr(waiting, "read", slow)
    assert drop(client, acme, mail().as_bytes()).status_code == 302
    assert (wrote, Dropped.objects.count()) == ([1], 1)


@pytest.mark.parametrize(
    ("headers", "body", "text"),
    [
        ("Content-Type: text/plain; charset=iso-8859-9", "Görüşme için teşekkürler ığş".encode("iso-8859-9"), "ığş"),
        ("Content-Type: text/plain; charset=windows-1254", "ığşİ".encode("cp1254"), "ığşİ"),
        ("Content-Type: text/plain", "ığş ve düz".encode("cp1254"), "ığş ve düz"),
        ("Content-Type: text/plain; charset=x-nobody", "ığş".encode(), "ığş"),
        (
            "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable",
            b"=C4=B1=C4=9F=C5=9F",
            "ığş",
        ),
        (
            "Content-Type: text/html; charset=utf-8",
            b"<style>p{}</style><p>One</p><script>alert(1)</script><ul><li>Two<li>Three</ul>",
            "One\n\n- Two\n- Three",
        ),
    ],
)
def test_texts_come_as_they_were_meant(put: Callable[[bytes], Path], headers: str, body: bytes, text: str) -> None:
    content = b"From: a@b.example\r\nSubject: =?iso-8859-9?Q?G=FDda?=\r\n" + headers.encode() + b"\r\n\r\n" + body
    [told] = read(put(content), "mail.eml")
    assert told["subject"] == "Gıda"
    assert text in told["text"]


def test_a_mailbox_is_read_mail_by_mail_and_a_mail_without_id_by_its_digest(put: Callable[[bytes], Path]) -> None:
    one, two = mail(), mail(**{"Subject": "Second"})
    del two["Message-ID"]
    box = b"From a Mon Oct  5 2026\n" + one.as_bytes() + b"\nFrom b Mon Oct  5 2026\n" + two.as_bytes()
    found = read(put(box), "box.mbox")
    assert [told["subject"] for told in found] == ["İskonto hakkında", "Second"]
    assert found[0]["key"] == "<1@acme.example>"
    assert found[1]["key"].startswith("sha256:")


def nested(depth: int) -> bytes:
    made = b"Content-Type: text/plain\r\n\r\nx"
    for at in range(depth):
        made = b'Content-Type: multipart/mixed; boundary="b%d"\r\n\r\n--b%d\r\n' % (at, at) + made
    return b"From: a@b.example\r\n" + made


HOSTILE = {
    "empty": b"  \r\n",
    "no_kind": b"PK\x03\x04\0\0\0\0",
    "no_mail": b"just some words\r\nand more",
    "no_calendar": b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART:never\r\n",
    "no_calendar ": b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART:never\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n",
    "no_cards": b"BEGIN:VCARD\r\nnonsense without a colon\r\n",
    "too_deep": nested(60),
    "too_many_parts": b'From: a@b.example\r\nContent-Type: multipart/mixed; boundary="b"\r\n\r\n'
    + b"--b\r\n\r\nx\r\n" * 400,
    "too_many": b"From a\nFrom: a@b.example\n\nx\n" * 300,
}


@pytest.mark.parametrize(
    "code", [pytest.param(code, marks=() if code in ("no_kind", "too_deep") else pytest.mark.long) for code in HOSTILE]
)
def test_what_is_made_to_harm_or_is_no_mail_is_refused_by_name(put: Callable[[bytes], Path], code: str) -> None:
    with pytest.raises(UnableToReadDropped, match=r"x\.eml") as refused:
        read(put(HOSTILE[code]), "x.eml")
    assert refused.value.code == code.strip()


def test_what_is_too_large_is_not_even_opened(put: Callable[[bytes], Path]) -> None:
    path = put(b"")
    with path.open("wb") as file:
        file.truncate(LARGEST_FILE + 1)
    with pytest.raises(UnableToReadDropped, match="larger than 25 MB"):
        read(path, "x.mbox")


def test_a_hostile_subject_is_text_and_what_nobody_takes_is_forgotten(
    acme: Account, ana: User, signed_in: SignedIn
) -> None:
    client = signed_in(ana)
    drop(client, acme, mail(Subject="<script>alert(1)</script>").as_bytes())
    html = client.get(f"/interactions/dropped/{Dropped.objects.get().pk}/").content.decode()
    assert "<script>alert" not in html
    assert forget_dropped() == 0
    Dropped.objects.update(at=datetime(2026, 1, 1, tzinfo=UTC))
    assert forget_dropped() == 1
