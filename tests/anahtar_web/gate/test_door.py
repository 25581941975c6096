"""What is turned away before a view is called, and the headers of every answer."""

import io
import time

import pytest
from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from django.core.files.uploadhandler import TemporaryFileUploadHandler
from django.db import InterfaceError, OperationalError
from django.test import Client, RequestFactory

from anahtar_web.accounts.models import Account
from anahtar_web.gate.policy import came_from
from anahtar_web.people.models import User
from tests.anahtar_web.gate.headers import wrong_headers

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.anahtar_web.gate.addresses")]


@pytest.mark.parametrize("address", ["/read/", "/read/?a=b", "/number/3/"])
def test_a_stranger_is_sent_to_the_sign_in_and_back(client: Client, ana: User, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/login/?next=/")
    back = client.get("/login/", {"next": address})
    assert back.status_code == 200


def test_after_a_form_or_a_swap_the_sign_in_leads_back_to_the_page_not_to_the_piece(client: Client) -> None:
    page = {"Referer": "http://testserver/read/?page=2"}
    form = client.post("/make/", headers=page)
    assert form.headers["Location"] == "/login/?next=http%3A//testserver/read/%3Fpage%3D2"
    swap = client.get("/read/?rows=1", headers={**page, "HX-Request": "true"})
    assert swap.status_code == 204
    assert swap.headers["HX-Redirect"] == "/login/?next=http%3A//testserver/read/%3Fpage%3D2"
    assert client.post("/make/", headers={"Referer": "https://evil.example/"}).headers["Location"] == "/login/?next=/"


def test_a_page_before_sign_in_is_open(client: Client) -> None:
    assert client.get("/open/").content == b"open"


@pytest.mark.parametrize("method", ["put", "patch", "delete", "options", "trace", "get", "head"])
def test_other_methods_are_refused(client_of_ana: Client, method: str) -> None:
    assert getattr(client_of_ana, method)("/make/").status_code == 405


def test_a_right_that_is_lacking_refuses_every_method(client_of_ana: Client, token: str) -> None:
    assert client_of_ana.post("/manage/", {"once": token}).status_code == 403
    assert client_of_ana.delete("/manage/").status_code == 403


class NoUpload(TemporaryFileUploadHandler):
    """Fails the test that lets a file in."""

    def new_file(self, *args: object, **kwargs: object) -> None:
        raise AssertionError("the body was read")


@pytest.mark.parametrize("address", ["/upload/", "/manage/", "/read/"])
def test_nobody_fills_the_disk_who_may_not(client: Client, boris: User, settings, address: str) -> None:  # type: ignore[no-untyped-def]
    """A stranger's upload, one without the right and one by a wrong method end before their body is read."""
    settings.FILE_UPLOAD_HANDLERS = [f"{__name__}.NoUpload"]
    strict = Client(enforce_csrf_checks=True)
    if address != "/upload/":
        strict.force_login(boris)
    answer = strict.post(address, {"file": io.BytesIO(b"x" * 100)})
    assert answer.status_code == {"/upload/": 302, "/manage/": 403, "/read/": 405}[address]


@pytest.mark.parametrize(("address", "size", "status"), [("/make/", 30 << 20, 413), ("/upload/", 30 << 20, 200)])
def test_large_bodies_are_for_uploads(client_of_ana: Client, token: str, address: str, size: int, status: int) -> None:
    body = io.BytesIO(b"x" * size)
    assert client_of_ana.post(address, {"once": token, "file": body}).status_code == status


def test_what_is_larger_than_allowed_is_turned_away_by_its_length_alone(client_of_ana: Client) -> None:
    length = str(settings.UPLOAD_BYTES + (21 << 20))
    answer = client_of_ana.generic("POST", "/upload/", b"", "multipart/form-data; boundary=x", CONTENT_LENGTH=length)
    assert answer.status_code == 413


@pytest.mark.parametrize(
    ("content_type", "status"),
    [
        ("application/x-www-form-urlencoded; charset=utf-7", 400),
        ("application/x-www-form-urlencoded; charset=base64", 400),
        ("multipart/form-data; boundary=x; charset=rot13", 400),
        ("multipart/form-data; boundary=x; charset=zlib", 400),
        ("multipart/form-data; charset=\udcff", 400),
        ("multipart/form-data", 400),
        ("multipart/form-data; boundary=", 400),
        ("multipart/form-data; boundary=" + "x" * 5000, 400),
        ("text/plain", 415),
        ("application/json", 415),
        ("nonsense", 415),
        ("application/xml; charset=utf-16", 400),
    ],
)
def test_a_form_in_nonsense_clothes_is_refused(client_of_ana: Client, content_type: str, status: int) -> None:
    content_type = content_type.encode("utf-8", "surrogateescape").decode("latin-1")
    assert client_of_ana.generic("POST", "/make/", b"once=12345678", content_type).status_code == status
    assert not Account.objects.exists()


@pytest.mark.parametrize("body", [b"%00", b"a=%00", b"once=aaaaaaaa%00", b"a=1&b=x%00y", b"\x00"])
def test_a_zero_byte_in_a_form_is_refused(client_of_ana: Client, body: bytes, token: str) -> None:
    body = body + b"&once=" + token.encode()
    answer = client_of_ana.generic("POST", "/make-named/", body, "application/x-www-form-urlencoded")
    assert answer.status_code == 400
    assert not Account.objects.exists()


@pytest.mark.parametrize(
    "address",
    ["/read/?a=%00", "/read/%00", "/read/?%00", "/search/?q=" + "x" * 4000, "/search/?q=1&owner__password=p"],
)
def test_addresses_that_make_no_sense_are_answered_at_once(client_of_ana: Client, address: str) -> None:
    began = time.perf_counter()
    assert client_of_ana.get(address).status_code in (400, 404)
    assert time.perf_counter() - began < 5


@pytest.mark.parametrize("name", ["ordering", "Q", "q[]", "q__startswith", "page_size", "group_by", "_connector"])
def test_a_parameter_nobody_declared_is_refused(client_of_ana: Client, name: str) -> None:
    assert client_of_ana.get("/search/", {"q": "a"}).status_code == 200
    assert client_of_ana.get("/search/", {name: "a"}).status_code == 400


@pytest.mark.parametrize(
    ("number", "status"),
    [("0", 200), ("1", 200), (str(2**63 - 1), 200), (str(2**63), 404), ("9" * 300, 404), ("-1", 404), ("a", 404)],
)
def test_numbers_no_row_can_have_are_not_found(client_of_ana: Client, number: str, status: int) -> None:
    assert client_of_ana.get(f"/number/{number}/").status_code == status


@pytest.mark.parametrize("address", ["/read/", "/nowhere/", "/broken/", "/manage/", "/open/", "/read/?a=%00"])
def test_every_answer_carries_the_headers(client_of_ana: Client, address: str) -> None:
    assert wrong_headers(client_of_ana.get(address)) == []


@pytest.mark.parametrize(
    "host", ["evil.example", "testserver:80@evil.example", "", "127.0.0.1\r\nX: y", "[::1", "a" * 300]
)
def test_a_name_that_is_not_ours_is_refused(client_of_ana: Client, host: str) -> None:
    answer = client_of_ana.get("/read/", headers={"Host": host})
    assert answer.status_code == 400
    assert host not in answer.content.decode() or not host


def test_the_name_a_proxy_would_forward_is_not_believed(client_of_ana: Client) -> None:
    answer = client_of_ana.get(
        "/nowhere/", headers={"X-Forwarded-Host": "evil.example", "Forwarded": "host=evil.example"}
    )
    assert b"evil.example" not in answer.content


@pytest.mark.parametrize(
    "address",
    [
        *("https://evil.example/", "//evil.example/", "///evil.example", "/\\evil.example", "\\\\evil.example"),
        *("javascript:alert(1)", "data:text/html,x", "http:evil.example", "http:///evil.example", " //evil.example"),
        *("\x01//evil.example", "https://testserver@evil.example/", "https://testserver.evil.example/", "/a" * 2000),
        "ftp://testserver/",
    ],
)
def test_a_refusal_leads_to_no_other_site(address: str) -> None:
    for request in (
        RequestFactory().post("/refuse/", {"back": address}),
        RequestFactory().post("/refuse/", headers={"Referer": address}),
    ):
        assert came_from(request) == "/"


def test_a_line_break_in_the_way_back_makes_no_header(client_of_ana: Client, token: str) -> None:
    answer = client_of_ana.post("/refuse/", {"once": token, "back": "/read/\r\nSet-Cookie: stolen=1"})
    assert answer.headers["Location"] == "/read/%0D%0ASet-Cookie:%20stolen=1"
    assert "stolen" not in answer.cookies


@pytest.mark.parametrize("address", ["/broken/", "/nowhere/", "/manage/"])
def test_an_error_page_tells_nothing_of_the_inside(client_of_ana: Client, address: str) -> None:
    answer = client_of_ana.get(address)
    text = answer.content.decode()
    assert answer.headers["Content-Type"].startswith("text/html")
    for inside in ("Traceback", "CNRY-in-a-frame", "ValueError", "site-packages", "anahtar_web.", settings.SECRET_KEY):
        assert inside not in text


def test_a_form_without_the_token_of_the_session_is_refused(ana: User, token: str) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(ana)
    assert strict.post("/make/", {"once": token}).status_code == 403
    assert strict.post("/make/", {"once": token}, headers={"Origin": "https://evil.example"}).status_code == 403
    assert not Account.objects.exists()


@pytest.mark.parametrize("fault", [OperationalError, InterfaceError])
def test_a_database_that_does_not_answer_is_said_so_wherever_it_is_asked(
    client_of_ana: Client, monkeypatch: pytest.MonkeyPatch, fault: type[Exception]
) -> None:
    def no_answer(self: object) -> None:
        raise fault("the server closed the connection")

    monkeypatch.setattr(SessionStore, "load", no_answer)
    answer = client_of_ana.get("/read/")
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
    assert wrong_headers(answer) == []
    assert b"closed the connection" not in answer.content
