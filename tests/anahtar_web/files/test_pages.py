"""Documents as people meet them: the list, putting in, looking, taking out, and who may what."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from anahtar_web.accounts.models import Account
from anahtar_web.audit.models import Entry
from anahtar_web.files import storage
from anahtar_web.files.actions import UnableToChoose, UnableToRemove, attach, choose, remove
from anahtar_web.files.checks import documents
from anahtar_web.files.jobs import sweep
from anahtar_web.files.models import Attachment
from anahtar_web.files.pages import Picker
from anahtar_web.people.models import User
from tests.anahtar_web.accounts.pages import asked, nothing_changes, said, send
from tests.anahtar_web.files.conftest import pdf, picture, stored

pytestmark = pytest.mark.django_db

SignedIn = Callable[[User], Client]


def put(client: Client, account: Account, *files: tuple[str, bytes]) -> Any:
    form = {"once": uuid4().hex, "files": [SimpleUploadedFile(name, content) for name, content in files]}
    return client.post(f"/accounts/{account.pk}/files/new/", form)


def test_files_that_were_dropped_are_kept_and_of_the_others_it_is_said_why(
    acme: Account, ana: User, signed_in: SignedIn, data: Any
) -> None:
    answer = put(signed_in(ana), acme, ("Teklif.pdf", pdf()), ("a.html", b"<html>"), ("b.pdf", pdf()))
    assert answer.status_code == 302
    assert said(answer) == [
        "The file is in the dossier.",
        "a.html: a.html seems to be: HTML File. Documents, tables, pictures, mails, texts and archives are kept.",
        "b.pdf: The same content is here already, as Teklif.pdf. It was not kept twice.",
    ]
    assert [path.name for path in stored(data)] == [Attachment.objects.get().digest]


def test_where_nothing_is_kept_the_form_says_why_and_no_row_changes(
    acme: Account, ana: User, signed_in: SignedIn, data: Any, settings: Any
) -> None:
    client = signed_in(ana)
    with nothing_changes():
        answer = put(client, acme, ("a.exe", b"MZ\x90\x00" + bytes(99)))
    assert answer.status_code == 422
    assert "a.exe seems to be: Windows Executable" in answer.content.decode()
    with nothing_changes():
        assert put(client, acme).status_code == 422
    settings.ATTACHMENT_BYTES = 10
    with nothing_changes():
        answer = put(client, acme, ("a.pdf", pdf()))
    assert "More than 10 B at once" in answer.content.decode()
    assert stored(data) == []


def test_a_download_is_an_attachment_under_its_own_name(acme: Account, ana: User, signed_in: SignedIn) -> None:
    made = attach(account=acme, name='Ölçü "çizimi".pdf', content=pdf(), by=ana)
    answer = signed_in(ana).get(f"/files/{made.pk}/")
    assert b"".join(answer.streaming_content) == pdf()  # type: ignore[attr-defined]
    assert answer.headers["Content-Type"] == "application/octet-stream"
    assert answer.headers["Content-Disposition"] == (
        "attachment; filename*=utf-8''%C3%96l%C3%A7%C3%BC%20_%C3%A7izimi_.pdf"
    )
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer.headers["Cache-Control"] == "no-store"


def test_only_pictures_are_shown(acme: Account, ana: User, signed_in: SignedIn) -> None:
    client = signed_in(ana)
    drawn = attach(account=acme, name="a.png", content=picture("PNG"), by=ana)
    text = attach(account=acme, name="a.pdf", content=pdf(), by=ana)
    shown = client.get(f"/files/{drawn.pk}/preview/")
    assert shown.headers["Content-Type"] == "image/png"
    assert shown.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert shown.getvalue()[:4] == b"\x89PNG"
    assert client.get(f"/files/{text.pk}/preview/").status_code == 404
    page = client.get(f"/accounts/{acme.pk}/files/").content.decode()
    assert f"/files/{drawn.pk}/preview/" in page
    assert f"/files/{text.pk}/preview/" not in page


def test_a_stranger_finds_nothing_and_changes_nothing(
    acme: Account, ana: User, chen: User, signed_in: SignedIn
) -> None:
    made = attach(account=acme, name="a.png", content=picture("PNG"), by=ana)
    client = signed_in(chen)
    for path in (f"/files/{made.pk}/", f"/files/{made.pk}/preview/", f"/files/{made.pk}/remove/"):
        assert client.get(path).status_code == 404
    assert client.get(f"/accounts/{acme.pk}/files/").status_code == 404
    with nothing_changes():
        assert put(client, acme, ("b.pdf", pdf())).status_code == 404
        assert send(client, f"/files/{made.pk}/remove/", reason="x").status_code == 404


def test_who_reads_only_sees_the_files_and_puts_none_in(
    acme: Account, ana: User, analyst: User, auditor: User, marketing: User, signed_in: SignedIn
) -> None:
    attach(account=acme, name="Teklif.pdf", content=pdf(), by=ana)
    for reader in (analyst, auditor):
        client = signed_in(reader)
        page = client.get(f"/accounts/{acme.pk}/files/").content.decode()
        assert "Teklif.pdf" in page
        assert "Drop files here" not in page
        with nothing_changes():
            assert put(client, acme, ("b.pdf", pdf("x"))).status_code == 403
    assert put(signed_in(marketing), acme, ("b.pdf", pdf("x"))).status_code == 302


def test_a_file_is_removed_by_who_put_it_in_or_by_who_defines_dossiers_with_a_reason(
    acme: Account, ana: User, boris: User, head: User, signed_in: SignedIn, django_capture_on_commit_callbacks: Any
) -> None:
    made = attach(account=acme, name="Teklif.pdf", content=pdf(), by=ana)
    path = storage.path_of(made.digest)
    with pytest.raises(UnableToRemove, match="Only who put"):
        remove(attachment=made, reason="x", by=boris)
    with pytest.raises(UnableToRemove, match="why"):
        remove(attachment=made, reason="  ", by=ana)
    assert "Remove Teklif.pdf" not in signed_in(boris).get(f"/accounts/{acme.pk}/files/").content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        answer = send(signed_in(head), f"/files/{made.pk}/remove/", reason="Wrong account")
    assert answer.status_code == 302
    assert not path.exists()
    page = signed_in(ana).get(f"/accounts/{acme.pk}/files/").content.decode()
    assert "Wrong account" in page
    assert f"/files/{made.pk}/" not in page
    assert signed_in(ana).get(f"/files/{made.pk}/").status_code == 404
    assert Entry.objects.get(verb="file.removed").after == {"file": made.pk}
    assert not Entry.objects.filter(search_key__contains="teklif").exists()
    with pytest.raises(UnableToRemove, match="meanwhile"):
        remove(attachment=made, reason="x", by=head)


def test_content_that_another_account_needs_stays_and_may_come_again(
    acme: Account, birch: Account, head: User, django_capture_on_commit_callbacks: Any
) -> None:
    one = attach(account=acme, name="a.pdf", content=pdf(), by=head)
    other = attach(account=birch, name="a.pdf", content=pdf(), by=head)
    with django_capture_on_commit_callbacks(execute=True):
        remove(attachment=one, reason="x", by=head)
    assert storage.path_of(other.digest).exists()
    assert attach(account=acme, name="again.pdf", content=pdf(), by=head).pk != one.pk


def test_a_content_that_no_document_needs_is_swept_after_a_day(acme: Account, ana: User, data: Any) -> None:
    import os

    made = attach(account=acme, name="a.pdf", content=pdf(), by=ana)
    for name in ("a" * 64, "b" * 64):
        lost = storage.path_of(name)
        lost.parent.mkdir(parents=True)
        lost.write_bytes(b"x")
    os.utime(storage.path_of("a" * 64), (0, 0))
    os.utime(storage.path_of(made.digest), (0, 0))
    assert sweep() == 1
    assert {path.name for path in stored(data)} == {made.digest, "b" * 64}


def test_the_doctor_names_what_is_missing_or_changed(acme: Account, ana: User) -> None:
    whole = attach(account=acme, name="whole.pdf", content=pdf("1"), by=ana)
    gone = attach(account=acme, name="gone.pdf", content=pdf("2"), by=ana)
    changed = attach(account=acme, name="changed.pdf", content=pdf("3"), by=ana)
    assert list(documents()) == []
    storage.path_of(gone.digest).unlink()
    storage.path_of(changed.digest).write_bytes(pdf("4"))
    assert list(documents()) == [
        "The content of gone.pdf (Acme Çelik A.Ş.) is not in the folder of files.",
        "The content of changed.pdf (Acme Çelik A.Ş.) is not what was put in.",
    ]
    assert whole.size


def test_the_list_is_narrowed_and_sorted_however_it_is_typed(acme: Account, ana: User, signed_in: SignedIn) -> None:
    for name in ("IŞIK teklifi.pdf", "ılık.pdf"):
        attach(account=acme, name=name, content=pdf(name), by=ana)
    attach(account=acme, name="ışık.png", content=picture("PNG"), by=ana)
    client = signed_in(ana)

    def names(query: str) -> list[str]:
        page = client.get(f"/accounts/{acme.pk}/files/?{query}").context["page"]
        return [row.file.name for row in page.rows]

    assert names("q=isik") == ["ışık.png", "IŞIK teklifi.pdf"]
    assert names("kind=picture") == ["ışık.png"]
    assert names("sort=name") == ["ılık.pdf", "IŞIK teklifi.pdf", "ışık.png"]
    assert client.get(f"/accounts/{acme.pk}/files/?sort=by__password").status_code == 400
    assert client.get(f"/accounts/{acme.pk}/files/?kind=x").status_code == 400
    assert client.get(f"/accounts/{acme.pk}/files/?digest=x").status_code == 400


def test_more_files_ask_no_more_questions(acme: Account, ana: User, boris: User, signed_in: SignedIn) -> None:
    attach(account=acme, name="0.pdf", content=pdf("0"), by=ana)
    client = signed_in(ana)
    client.get("/")  # notes when somebody was last seen
    before = asked(client, f"/accounts/{acme.pk}/files/")
    for number in range(1, 12):
        attach(account=acme, name=f"{number}.pdf", content=pdf(str(number)), by=boris)
    assert asked(client, f"/accounts/{acme.pk}/files/") == before


def test_another_form_takes_documents_that_are_here_and_new_ones(
    acme: Account, birch: Account, ana: User, data: Any
) -> None:
    here = attach(account=acme, name="a.pdf", content=pdf("a"), by=ana)
    theirs = attach(account=birch, name="b.pdf", content=pdf("b"), by=ana)
    assert Picker.build(acme).files == [here]
    assert choose(account=acme, asked=[str(here.pk)], brought=[], by=ana) == [here]
    for nonsense in (str(theirs.pk), "999999", "x"):
        with pytest.raises(UnableToChoose):
            choose(account=acme, asked=[nonsense], brought=[], by=ana)
