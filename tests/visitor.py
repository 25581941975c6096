"""Somebody at a browser, as far as HTTP goes: cookies, the tokens of forms, files."""

import http.client
import re
import ssl
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from html import unescape
from http.cookies import SimpleCookie
from typing import Final

_HIDDEN: Final = re.compile(r'<input type="hidden" name="(csrfmiddlewaretoken|once)" value="([^"]+)"')


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
    ) -> Answer:
        """Open the page of a form, fill it in and send it, as a multipart form."""
        shown = self.get(page or path)
        hidden = {name: unescape(value) for name, value in _HIDDEN.findall(shown.text)}
        assert "csrfmiddlewaretoken" in hidden, f"{page or path}: {shown.status}, no form"
        border = uuid.uuid4().hex
        scheme = "http" if self.context is None else "https"
        headers = {
            "Content-Type": f"multipart/form-data; boundary={border}",
            "Referer": f"{scheme}://{self.host}{page or path}",
        }
        return self.request("POST", path, _multipart(border, hidden | dict(fields or {}), files or {}), headers)

    def sign_in(self, email: str, password: str) -> Answer:
        answer = self.send("/login/", {"login": email, "password": password})
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
