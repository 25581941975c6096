"""Somebody at a browser, as far as HTTP goes: cookies, the tokens of forms, files."""

import http.client
import ssl
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from http.cookies import SimpleCookie


@dataclass(slots=True)
class Answer:
    """What a server answered."""

    status: int
    headers: list[tuple[str, str]]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode(errors="replace")

    def all(self, name: str) -> list[str]:
        """Every header of a name: two of one kind are a fault that one look at the first hides."""
        return [value for key, value in self.headers if key.lower() == name.lower()]

    def one(self, name: str) -> str:
        found = self.all(name)
        assert len(found) == 1, f"{name}: {found}"
        return found[0]


@dataclass(slots=True)
class Visitor:
    """Talks to one server, which listens on this machine.

    Parameters
    ----------
    host
        The name it asks for.
    context
        For HTTPS: whose certificates it trusts.
    """

    port: int
    host: str = "127.0.0.1"
    context: ssl.SSLContext | None = None
    cookies: dict[str, str] = field(default_factory=dict)
    timeout: float = 60.0

    def request(self, method: str, path: str, body: bytes = b"", headers: Mapping[str, str] | None = None) -> Answer:
        """Ask once; redirects are not followed."""
        connection = self._connection()
        try:
            sent = {"Host": self.host, "Accept-Encoding": "identity", "Accept-Language": "en"} | dict(headers or {})
            if self.cookies:
                sent["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
            connection.request(method, path, body or None, sent)
            response = connection.getresponse()
            answer = Answer(response.status, response.getheaders(), response.read())
        finally:
            connection.close()
        for line in answer.all("Set-Cookie"):
            for name, morsel in SimpleCookie(line).items():
                self.cookies[name] = morsel.value
        return answer

    def _connection(self) -> http.client.HTTPConnection:
        plain = http.client.HTTPConnection("127.0.0.1", self.port, timeout=self.timeout)
        if self.context is None:
            return plain
        secure = http.client.HTTPSConnection("127.0.0.1", self.port, timeout=self.timeout, context=self.context)
        plain.connect()
        secure.sock = self.context.wrap_socket(plain.sock, server_hostname=self.host)
        return secure

    def get(self, path: str, **headers: str) -> Answer:
        return self.request("GET", path, headers=headers)

    def send(
        self,
        path: str,
        fields: Mapping[str, str] | None = None,
        files: Mapping[str, tuple[str, bytes]] | None = None,
        *,
        page: str = "",
        form: str = "csrfmiddlewaretoken",
    ) -> Answer:
        """Open the page of a form, fill some of it in and send it.

        Parameters
        ----------
        page
            Where the form is; without it, where it is sent to.
        form
            Its address, or a field that tells it from other forms of the page.
        """
        shown = self.get(page or path)
        assert shown.status == 200, f"{page or path}: {shown.status}"
        border = uuid.uuid4().hex
        scheme = "http" if self.context is None else "https"
        origin = f"{scheme}://{self.host}" + (f":{self.port}" if self.context is None else "")
        headers = {"Content-Type": f"multipart/form-data; boundary={border}", "Referer": f"{origin}{page or path}"}
        filled = form_with(shown.text, form) | dict(fields or {})
        return self.request("POST", path, _multipart(border, filled, files or {}), headers)

    def sign_in(self, email: str, password: str) -> Answer:
        answer = self.send("/login/", {"login": email, "password": password}, form="password")
        assert answer.status == 302, f"{answer.status}: {answer.text[:2000]}"
        return answer


def _multipart(border: str, fields: Mapping[str, str], files: Mapping[str, tuple[str, bytes]]) -> bytes:
    parts = [
        f'--{border}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
        for name, value in fields.items()
    ]
    for name, (file, content) in files.items():
        head = f'--{border}\r\nContent-Disposition: form-data; name="{name}"; filename="{file}"\r\n\r\n'
        parts.append(head.encode() + content + b"\r\n")
    return b"".join([*parts, f"--{border}--\r\n".encode()])


class _Forms(HTMLParser):
    """Every form of a page: what it would send if nobody changed anything."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[dict[str, str]] = []
        self.actions: list[str] = []
        self._select: str | None = None
        self._textarea: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        name, value = said.get("name"), said.get("value") or ""
        if tag == "form":
            self.forms.append({})
            self.actions.append(said.get("action") or "")
        elif not self.forms:
            return
        elif tag == "select":
            self._select = name
        elif tag == "option" and self._select and ("selected" in said or self._select not in self.forms[-1]):
            self.forms[-1][self._select] = value
        elif tag == "textarea" and name:
            self._textarea = name
            self.forms[-1][name] = ""
        elif tag == "input" and name and _is_sent(said):
            self.forms[-1][name] = value

    def handle_endtag(self, tag: str) -> None:
        if tag == "select":
            self._select = None
        if tag == "textarea":
            self._textarea = None

    def handle_data(self, data: str) -> None:
        if self._textarea:
            self.forms[-1][self._textarea] += data


def _is_sent(said: Mapping[str, str | None]) -> bool:
    """Whether a browser would send an input that nobody touched."""
    if said.get("type") in ("checkbox", "radio"):
        return "checked" in said
    return said.get("type") not in ("file", "submit", "button")


def form_with(page: str, sign: str) -> dict[str, str]:
    """What the form would send that goes to this address, or has a field of this name."""
    parser = _Forms()
    parser.feed(page)
    for form, action in zip(parser.forms, parser.actions, strict=True):
        if action == sign or sign in form:
            return form
    raise LookupError(f"no form {sign} among those to {parser.actions}")
