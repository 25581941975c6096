"""Documents come into a dossier: what is kept, how, and what is refused."""

import hashlib
import io
import os
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from anahtar_web.accounts.actions import UnableToChangeMerged
from anahtar_web.accounts.models import Account
from anahtar_web.audit.models import Entry
from anahtar_web.files import storage
from anahtar_web.files.actions import AlreadyAttached, UnableToAttach, attach
from anahtar_web.files.incoming import UnableToTakeIn
from anahtar_web.files.models import Attachment
from anahtar_web.gate.refusals import Refused
from anahtar_web.people.models import User
from tests.anahtar_web.files.conftest import docx, pdf, picture, stored, zipped

pytestmark = pytest.mark.django_db

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def test_the_content_lies_under_its_digest_and_only_for_us(acme: Account, ana: User, data: Path) -> None:
    made = attach(account=acme, name="Teklif 2026.pdf", content=pdf(), by=ana)
    assert made.digest == hashlib.sha256(pdf()).hexdigest()
    path = data / "files" / made.digest[:2] / made.digest[2:4] / made.digest
    assert path.read_bytes() == pdf()
    assert path.stat().st_mode & 0o777 == 0o600
    assert stored(data) == [path]
    assert (made.name, made.size, made.media_type) == ("Teklif 2026.pdf", len(pdf()), "application/pdf")
    assert Entry.objects.get(verb="file.attached").account_id == acme.pk


def test_an_open_file_is_taken_from_its_beginning(acme: Account, ana: User) -> None:
    source = io.BytesIO(pdf())
    source.read()
    assert attach(account=acme, name="a.pdf", content=source, by=ana).size == len(pdf())


@pytest.mark.parametrize(
    ("name", "content", "kept_as", "media_type"),
    [
        ("Sözleşme.docx", docx(), "Sözleşme.docx", WORD),
        ("foto.png", picture("PNG"), "foto.png", "image/png"),
        ("resim.jpeg", picture(), "resim.jpeg", "image/jpeg"),
        ("fatura.exe", pdf(), "fatura.pdf", "application/pdf"),
        ("Teklif 3.2", pdf(), "Teklif 3.2.pdf", "application/pdf"),
        ("../../etc/passwd", pdf(), "passwd.pdf", "application/pdf"),
        ("C:\\temp\\a.pdf", pdf(), "a.pdf", "application/pdf"),
        ("teklif\u202efdp.exe", pdf(), "tekliffdp.pdf", "application/pdf"),
        ('a"\r\nSet-Cookie: x=1.pdf', pdf(), "a_Set-Cookie_ x=1.pdf", "application/pdf"),
        ("", pdf(), "document.pdf", "application/pdf"),
        ("liste.csv", "müşteri;tutar\n".encode("cp1254"), "liste.csv", "text/csv"),
        ("arsiv.zip", zipped(a_dot_txt="x"), "arsiv.zip", "application/zip"),
        ("mail.eml", b"From: a@b.example\r\nSubject: x\r\n\r\n<html>", "mail.eml", "message/rfc822"),
    ],
)  # fmt: skip
def test_the_content_says_what_it_is_and_the_name_follows(
    acme: Account, ana: User, name: str, content: bytes, kept_as: str, media_type: str
) -> None:
    made = attach(account=acme, name=name, content=content, by=ana)
    assert (made.name, made.media_type) == (kept_as, media_type)


HOSTILE = {
    "nothing": ("a.pdf", b""),
    "a program of Windows": ("teklif.pdf", b"MZ\x90\x00" + bytes(200)),
    "a program of Linux": ("a.txt", b"\x7fELF\x02\x01" + bytes(64)),
    "a script": ("a.txt", b"#!/bin/sh\nrm -rf /\n"),
    "a page": ("a.txt", b"<!DOCTYPE html><script>alert(1)</script>"),
    "a page behind blanks and a mark": ("a.csv", b"\xef\xbb\xbf \r\n<html><body>"),
    "a page by its name": ("a.html", b"hello"),
    "a picture that is a program": ("a.svg", b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'),
    "the same as text": ("a.txt", b'\n<?xml version="1.0"?><svg onload="alert(1)"/>'),
    "a case trick": ("a.pHp", b"<?php phpinfo();"),
    "a picture that is none": ("a.png", b"\x89PNG\r\n\x1a\n" + b"x" * 50),
    "an archive that is a document as well": ("a.pdf", pdf() + zipped(a_dot_txt="x")),
    "a document with macros": ("a.docx", zipped(xl__vbaProject_dot_bin="x")),
    "an old document with macros": (
        "a.doc",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "_VBA_PROJECT".encode("utf-16-le"),
    ),
    "a program in an archive": ("a.jar", zipped(**{"META-INF__MANIFEST_dot_MF": "x"})),
    "an archive without its list": ("a.zip", zipped(a_dot_txt="x" * 500)[:300]),
    "bytes of no kind": ("a.txt", bytes(range(256)) * 4),
    "a shortcut of Windows": ("a.lnk", b"L\0\0\0\x01\x14\x02\0" + bytes(80)),
}


@pytest.mark.parametrize("what", HOSTILE)
def test_what_does_harm_is_refused_and_leaves_nothing(acme: Account, ana: User, data: Path, what: str) -> None:
    name, content = HOSTILE[what]
    with pytest.raises(Refused):
        attach(account=acme, name=name, content=content, by=ana)
    assert stored(data) == []
    assert not Attachment.objects.exists()
    assert not Entry.objects.filter(verb="file.attached").exists()


def test_a_picture_loses_what_it_tells_besides_and_stands_upright(acme: Account, ana: User) -> None:
    exif = Image.Exif()
    exif[0x010E] = "CNRY-where-it-was"
    exif[0x0112] = 6  # the camera was held on its side
    exif.get_ifd(0x8825)[2] = (41.0, 1.0, 2.0)
    sent = picture("JPEG", (40, 30), exif=exif, comment=b"CNRY-comment")
    assert b"CNRY" in sent
    made = attach(account=acme, name="a.jpg", content=sent + b"CNRY-behind", by=ana)
    kept = storage.path_of(made.digest).read_bytes()
    assert b"CNRY" not in kept
    with Image.open(io.BytesIO(kept)) as drawn:
        assert drawn.size == (30, 40)
        assert not drawn.getexif()


def test_a_picture_that_unpacks_to_gigabytes_is_refused(acme: Account, ana: User, data: Path) -> None:
    file = io.BytesIO()
    Image.new("1", (20_000, 20_000)).save(file, "PNG")
    assert len(file.getvalue()) < 100_000
    with pytest.raises(Refused, match="too large"):
        attach(account=acme, name="a.png", content=file.getvalue(), by=ana)
    assert stored(data) == []


def test_the_same_content_twice_says_so_and_can_be_used_again(acme: Account, birch: Account, ana: User) -> None:
    first = attach(account=acme, name="a.pdf", content=pdf(), by=ana)
    with pytest.raises(AlreadyAttached, match=r"a\.pdf") as refused:
        attach(account=acme, name="b.pdf", content=pdf(), by=ana)
    assert refused.value.attachment == first
    assert attach(account=acme, name="b.pdf", content=pdf(), by=ana, reuse=True) == first
    assert attach(account=birch, name="b.pdf", content=pdf(), by=ana) != first


def test_a_document_above_the_limit_is_refused(acme: Account, ana: User, data: Path, settings: Any) -> None:
    settings.ATTACHMENT_BYTES = 10
    with pytest.raises(UnableToTakeIn):
        attach(account=acme, name="a.pdf", content=pdf(), by=ana)
    assert stored(data) == []


def test_an_account_has_its_share_of_the_disk(acme: Account, ana: User, data: Path, settings: Any) -> None:
    settings.ACCOUNT_FILES_BYTES = len(pdf()) + 5
    attach(account=acme, name="a.pdf", content=pdf(), by=ana)
    with pytest.raises(UnableToAttach, match="Remove some"):
        attach(account=acme, name="b.pdf", content=pdf("Başka"), by=ana)
    assert len(stored(data)) == 1


def test_a_disk_that_is_nearly_full_refuses_before_anything_is_written(
    acme: Account, ana: User, data: Path, settings: Any
) -> None:
    settings.FREE_DISK_BYTES = 1 << 60
    with pytest.raises(Refused, match="too little room"):
        attach(account=acme, name="a.pdf", content=pdf(), by=ana)
    assert stored(data) == []


def test_an_account_that_goes_on_under_another_takes_none(acme: Account, birch: Account, ana: User, data: Path) -> None:
    Account.objects.filter(pk=acme.pk).update(merged_into=birch)
    with pytest.raises(UnableToChangeMerged):
        attach(account=acme, name="a.pdf", content=pdf(), by=ana)
    assert stored(data) == []


def test_content_that_lies_there_damaged_is_replaced(acme: Account, birch: Account, ana: User) -> None:
    made = attach(account=acme, name="a.pdf", content=pdf(), by=ana)
    path = storage.path_of(made.digest)
    path.write_bytes(b"x" * len(pdf()))
    attach(account=birch, name="a.pdf", content=pdf(), by=ana)
    assert path.read_bytes() == pdf()


def test_folders_are_synced_before_it_counts(acme: Account, ana: User, monkeypatch: pytest.MonkeyPatch) -> None:
    synced: list[int] = []
    real = os.fsync
    monkeypatch.setattr(os, "fsync", lambda opened: (synced.append(opened), real(opened))[1])
    attach(account=acme, name="a.pdf", content=pdf(), by=ana)
    assert len(synced) >= 4  # the file, and its three folders
