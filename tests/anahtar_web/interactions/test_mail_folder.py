"""Mails of a folder: read from a real server, each taken once; what nobody knows waits, what is broken is named."""

import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from ssl import PROTOCOL_TLS_SERVER, SSLContext
from typing import Any

import pytest
from django.test import Client

from anahtar_web.accounts.models import Account
from anahtar_web.company.models import Company
from anahtar_web.config.environment import Environment, UnableToStart
from anahtar_web.config.mail import Imap, imap
from anahtar_web.interactions.actions.fetching import fetch, look_into
from anahtar_web.interactions.actions.waiting import forget_dropped
from anahtar_web.interactions.jobs import look_again_and_again
from anahtar_web.interactions.models import Dropped, FetchedMail, Interaction, MailFolder
from anahtar_web.interactions.reading.folder import UnableToReadFolder
from anahtar_web.jobs.models import Job
from anahtar_web.jobs.registry import CHORES
from anahtar_web.jobs.running import run_queued
from anahtar_web.people.models import User
from tests.anahtar_web.accounts.pages import send
from tests.anahtar_web.insight.pages import plain
from tests.anahtar_web.interactions.imap_server import PASSWORD, USER, Box, serving
from tests.anahtar_web.interactions.made import person_of
from tests.anahtar_web.interactions.test_dropping import mail

pytestmark = pytest.mark.django_db

SignedIn = Callable[[User], Client]


@pytest.fixture
def box() -> Iterator[Box]:
    with serving(Box()) as box:
        yield box


@pytest.fixture
def there(box: Box, settings: Any) -> Imap:
    Company(pk=1, language="en").save()
    settings.IMAP = Imap("127.0.0.1", box.port, USER, PASSWORD, "Key accounts", tls=False)
    return settings.IMAP  # type: ignore[no-any-return]  # as it was just set


def test_a_mail_becomes_an_interaction_with_its_files_and_the_folder_is_left_as_it_was(
    box: Box, there: Imap, acme: Account, ana: User
) -> None:
    ayse = person_of(acme, ana, email="ayse@acme.example")
    sent = mail()
    sent.add_attachment(b"%PDF-1.7\n%%EOF", maintype="application", subtype="pdf", filename="Teklif.pdf")
    box.put(sent.as_bytes())
    assert look_into(there)
    [job] = run_queued()
    assert (job.state, job.result) == ("done", {"taken": 1})
    made = Interaction.objects.get()
    assert (made.source, made.by, made.account, made.direction) == ("imap", None, acme, "in")
    assert {part.stakeholder or part.user or part.address for part in made.participants.all()} == {
        ayse,
        ana,
        "veli@acme.example",
    }
    assert [str(one) for one in made.enclosed.all()] == ["Teklif.pdf"]
    assert any(asked.startswith("EXAMINE") for asked in box.asked)
    assert not any("STORE" in asked or "MOVE" in asked or "BODY[]" in asked for asked in box.asked)
    assert not look_into(there)
    assert Job.objects.count() == 1


def test_none_comes_twice_neither_by_number_nor_by_message_id_nor_when_the_server_counts_anew(
    box: Box, there: Imap, acme: Account, ana: User
) -> None:
    person_of(acme, ana, email="ayse@acme.example")
    box.put(mail().as_bytes())
    assert fetch(there) == {"taken": 1}
    box.put(mail(Subject="The same again").as_bytes())
    assert fetch(there) == {"twice": 1}
    box.uidvalidity = 8
    box.put(mail(**{"Message-ID": "<2@acme.example>"}).as_bytes())
    assert fetch(there) == {"twice": 2, "taken": 1}
    assert fetch(there) == {}
    assert Interaction.objects.count() == 2


def test_what_nobody_knows_or_two_may_claim_waits_for_who_took_part(
    box: Box, there: Imap, acme: Account, birch: Account, ana: User, chen: User, head: User, signed_in: SignedIn
) -> None:
    person_of(acme, ana, email="both@holding.example")
    person_of(birch, head, email="both@holding.example")
    box.put(mail(**{"From": "both@holding.example", "To": ana.email}).as_bytes())
    stranger = mail(**{"From": "x@nowhere.example", "To": "y@nowhere.example", "Message-ID": "<2@x>"})
    stranger.replace_header("Subject", "Quite unknown")
    box.put(stranger.as_bytes())
    assert fetch(there) == {"waiting": 2}
    assert not Interaction.objects.exists()
    assert [one.by for one in Dropped.objects.order_by("pk")] == [ana, None]
    seen = {user: plain(signed_in(user).get("/interactions/").content.decode()) for user in (ana, chen, head)}
    assert ["İskonto" in seen[user] for user in (ana, chen, head)] == [True, False, True]
    assert ["Quite unknown" in seen[user] for user in (ana, chen, head)] == [False, False, True]
    last = Dropped.objects.get(by=None)
    client, path = signed_in(head), f"/interactions/dropped/{last.pk}/"
    assert signed_in(ana).get(path).status_code == 404
    send(client, path, **{"take-0": "on", "account-0": birch.code})
    made = Interaction.objects.get()
    assert (made.source, made.account, made.by) == ("imap", birch, head)
    assert forget_dropped() == 0


def test_what_cannot_be_read_is_named_and_does_not_stop_the_rest(
    box: Box, there: Imap, acme: Account, ana: User, head: User, signed_in: SignedIn
) -> None:
    person_of(acme, ana, email="ayse@acme.example")
    box.put(b"PK\x03\x04\0\0 nothing of a mail")
    box.put(mail().as_bytes())
    assert fetch(there) == {"refused": 1, "taken": 1}
    assert "neither a mail" in FetchedMail.objects.get(outcome="refused").reason
    assert "neither a mail" in plain(signed_in(head).get("/interactions/").content.decode())


@pytest.mark.parametrize("can", ["IMAP4rev1 AUTH=PLAIN MOVE", "IMAP4rev1 AUTH=PLAIN UIDPLUS"])
def test_where_a_folder_is_named_what_was_read_is_moved_there(
    box: Box, there: Imap, acme: Account, ana: User, can: str
) -> None:
    person_of(acme, ana, email="ayse@acme.example")
    box.can, box.folders["M&APwBXw-teri"] = can, {}
    moving = Imap("127.0.0.1", box.port, USER, PASSWORD, "Key accounts", move_to="Müşteri", tls=False)
    box.put(mail().as_bytes())
    assert fetch(moving) == {"taken": 1}
    assert (len(box.folders["Key accounts"]), len(box.folders["M&APwBXw-teri"])) == (0, 1)
    box.put(mail(**{"Message-ID": "<2@acme.example>"}).as_bytes())
    del box.folders["M&APwBXw-teri"]
    assert not look_into(moving)
    assert "Müşteri: no such folder" in MailFolder.objects.get().fault


def test_why_a_folder_cannot_be_read_is_said_until_it_can(
    box: Box, there: Imap, head: User, signed_in: SignedIn, settings: Any
) -> None:
    for wrong, sentence in (
        (Imap("127.0.0.1", box.port, USER, "wrong", "Key accounts", tls=False), "does not let anahtar in"),
        (Imap("127.0.0.1", box.port, USER, PASSWORD, "Nowhere", tls=False), "no such folder"),
        (Imap("127.0.0.1", 1, USER, PASSWORD, "Key accounts", tls=False), "does not answer"),
    ):
        settings.IMAP = wrong
        assert not look_into(wrong)
        assert sentence in plain(signed_in(head).get("/interactions/").content.decode())
        with pytest.raises(UnableToReadFolder, match=sentence):
            fetch(wrong)
    assert not Job.objects.exists()
    look_into(there)
    assert MailFolder.objects.get(name=there.name).fault == ""


def test_a_server_that_cannot_prove_who_it_is_gets_no_password(tmp_path: Path) -> None:
    key, certificate = tmp_path / "key.pem", tmp_path / "cert.pem"
    make = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2"]
    more = ["-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1"]
    subprocess.run([*make, *more, "-keyout", key, "-out", certificate], check=True, capture_output=True)
    context = SSLContext(PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    with serving(Box(), context) as box:
        with pytest.raises(UnableToReadFolder, match="certificate"):
            fetch(Imap("127.0.0.1", box.port, USER, PASSWORD, "Key accounts"))
        assert not box.asked


def test_nothing_is_scheduled_where_no_folder_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    name = "interactions.look_into_mail_folder"
    monkeypatch.delitem(CHORES, name, raising=False)
    look_again_and_again(None)
    assert name not in CHORES
    look_again_and_again(Imap("mail.example", 993, USER, PASSWORD, minutes=10))
    assert CHORES.pop(name).seconds == 600


@pytest.mark.parametrize(
    ("set_to", "why"),
    [
        ({"IMAP_USER": ""}, "IMAP_USER"),
        ({"IMAP_TLS": "False"}, "only for a server on this machine"),
        ({"IMAP_MOVE_TO": "INBOX"}, "Name another one"),
    ],
)
def test_settings_that_make_no_sense_stop_the_start(tmp_path: Path, set_to: dict[str, str], why: str) -> None:
    password = tmp_path / "password"
    password.write_text(" secret\n")
    good = {"IMAP_HOST": "mail.example", "IMAP_USER": "anahtar", "IMAP_PASSWORD_FILE": str(password)}
    read = imap(Environment({f"ANAHTAR_{name}": value for name, value in good.items()}))
    assert read is not None
    assert (read.password, read.tls, read.port, read.folder) == ("secret", True, 993, "INBOX")
    assert "secret" not in repr(read)
    assert imap(Environment({})) is None
    with pytest.raises(UnableToStart, match=why):
        imap(Environment({f"ANAHTAR_{name}": value for name, value in (good | set_to).items()}))
