"""The company's logo: who puts it there, what is taken, where it stands."""

import io
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from anahtar_web.audit.models import Entry
from anahtar_web.company.queries import company, now
from anahtar_web.files import letterhead, storage
from anahtar_web.files.checks import documents
from anahtar_web.people.models import User
from anahtar_web.ui import paper
from tests.anahtar_web.accounts.pages import nothing_changes, said
from tests.anahtar_web.files.conftest import picture, stored

pytestmark = pytest.mark.django_db

SignedIn = Callable[[User], Client]


def put(client: Client, name: str, content: bytes, was: str = "") -> Any:
    form = {"once": uuid4().hex, "was": was, "logo": SimpleUploadedFile(name, content)}
    return client.post("/settings/letterhead/logo/put/", form)


def test_a_logo_is_drawn_small_stands_on_paper_and_goes_with_its_content(
    admin: User, signed_in: SignedIn, data: Any, tmp_path: Any, django_capture_on_commit_callbacks: Any
) -> None:
    client = signed_in(admin)
    assert put(client, "Logo.jpg", picture(size=(2400, 600))).status_code == 302
    first = company().logo
    sent = client.get("/settings/letterhead/logo/")
    assert Image.open(io.BytesIO(sent.content)).size == (1200, 300)
    assert f"/settings/letterhead/logo/?v={first[:12]}" in client.get("/settings/letterhead/").content.decode()
    assert f"/settings/letterhead/logo/?v={first[:12]}" in client.get("/people/").content.decode()
    assert list(documents()) == []

    logo = letterhead.logo()
    assert logo is not None
    assert (logo.width, logo.height) == (48.0, 12.0)
    template = tmp_path / "typeset" / "one.typ"
    template.parent.mkdir()
    template.write_text('#let told = json(bytes(sys.inputs.told))\n#image(bytes(told.logo.svg), format: "svg")')
    drawn = paper.pictures(template, {"logo": letterhead.told()}, made_at=now())
    colours = Image.open(io.BytesIO(drawn[0])).convert("RGB").getcolors(1 << 24) or []
    assert sum(number for number, (red, green, _blue) in colours if red - green > 150) > 500

    with django_capture_on_commit_callbacks(execute=True):
        assert put(client, "Logo.png", picture("PNG", size=(90, 90)), first).status_code == 302
    assert [path.name for path in stored(data)] == [company().logo]
    with django_capture_on_commit_callbacks(execute=True):
        client.post("/settings/letterhead/logo/take-off/", {"once": uuid4().hex, "was": company().logo})
    assert stored(data) == []
    assert client.get("/settings/letterhead/logo/").status_code == 404
    verbs = Entry.objects.filter(verb__startswith="company.logo").order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == ["company.logo_changed", "company.logo_changed", "company.logo_removed"]


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("a.svg", b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>', "An SVG can hold a program"),
        ("a.png", b'<svg xmlns="http://www.w3.org/2000/svg" onload="x()"/>', "An SVG can hold a program"),
        ("a.gif", picture("GIF"), "A logo is a PNG or a JPEG"),
        ("a.png", b"\x89PNG\r\n\x1a\n" + bytes(60), "The picture is damaged"),
        ("a.png", b"\x89PNG\r\n\x1a\n" + bytes(5 << 20), "More than 4 MB at once is not taken"),
    ],
)
def test_what_is_no_logo_is_refused_with_what_to_do(
    admin: User, signed_in: SignedIn, data: Any, name: str, content: bytes, says: str
) -> None:
    client = signed_in(admin)
    with nothing_changes():
        answer = put(client, name, content)
    assert answer.status_code == 422
    assert says in answer.content.decode()
    assert stored(data) == []


def test_two_who_change_it_at_once_do_not_undo_each_other(admin: User, signed_in: SignedIn, data: Any) -> None:
    client = signed_in(admin)
    put(client, "a.png", picture("PNG"))
    with nothing_changes():
        answer = put(client, "b.png", picture("PNG", size=(10, 10)))
    assert "was changed meanwhile" in answer.content.decode()
    with nothing_changes():
        answer = client.post("/settings/letterhead/logo/take-off/", {"once": uuid4().hex, "was": ""})
    assert said(answer) == ["The logo was changed meanwhile. Look at the one that is there now, and try again."]


def test_a_lost_file_leaves_the_name_and_the_doctor_says_so(admin: User, signed_in: SignedIn, data: Any) -> None:
    put(signed_in(admin), "a.png", picture("PNG"))
    storage.path_of(company().logo).unlink()
    assert letterhead.told() is None
    assert list(documents()) == ["The logo of the letterhead is not in the folder of files, or not what was put in."]


def test_whoever_sees_the_settings_sees_it_and_only_the_administrator_changes_it(
    director: User, signed_in: SignedIn, data: Any
) -> None:
    client = signed_in(director)
    assert b'name="logo"' not in client.get("/settings/letterhead/").content
    assert put(client, "a.png", picture("PNG")).status_code == 403
