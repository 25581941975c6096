"""A small OpenID Connect provider on this machine: what a company's own would answer."""

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt

KEY = "a key of thirty-two letters at least"


@dataclass
class Provider:
    """Whom it lets in, and what it was asked."""

    address: str = ""
    claims: dict[str, Any] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    nonces: dict[str, str] = field(default_factory=dict)

    def settings(self) -> dict[str, Any]:
        """Give what the installation would be told of it."""
        app = {
            "provider_id": "company",
            "name": "Kuzey ID",
            "client_id": "anahtar",
            "secret": "s",
            "settings": {"server_url": self.address},
        }
        return {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [app]}}

    def answer(self, path: str, query: dict[str, str]) -> tuple[int, dict[str, Any] | str]:
        self.asked.append(path)
        if path == "/.well-known/openid-configuration":
            return 200, self._configuration()
        if path == "/authorize":
            back = {"code": "one-time", "state": query["state"]}
            return 302, f"{query['redirect_uri']}?{urlencode(back)}"
        if path == "/token":
            assert query["code"] == "one-time"
            assert query["code_verifier"]  # PKCE
            return 200, {"access_token": "x", "token_type": "Bearer", "id_token": self._id_token()}
        return 200, self.claims

    def _configuration(self) -> dict[str, Any]:
        ends = {"authorization": "authorize", "token": "token", "userinfo": "userinfo"}
        return {
            "issuer": self.address,
            "jwks_uri": f"{self.address}/keys",
            "token_endpoint_auth_methods_supported": ["client_secret_post"],
        } | {f"{name}_endpoint": f"{self.address}/{path}" for name, path in ends.items()}

    def _id_token(self) -> str:
        now = int(time.time())
        return jwt.encode(self.claims | {"iss": self.address, "aud": "anahtar", "iat": now, "exp": now + 60}, KEY)


@contextmanager
def running() -> Iterator[Provider]:
    provider = Provider()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._answer(dict(_pairs(urlsplit(self.path).query)))

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            self._answer(dict(_pairs(body.decode())))

        def _answer(self, query: dict[str, str]) -> None:
            status, body = provider.answer(urlsplit(self.path).path, query)
            self.send_response(status)
            if isinstance(body, str):
                self.send_header("Location", body)
                self.send_header("Content-Length", "0")
                self.end_headers()
                return
            text = json.dumps(body).encode()
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(text)))
            self.end_headers()
            self.wfile.write(text)

        def log_message(self, format: str, *args: Any) -> None:
            """Say nothing on the terminal."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    provider.address = f"http://127.0.0.1:{server.server_port}"
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _pairs(text: str) -> Iterator[tuple[str, str]]:
    return ((name, values[0]) for name, values in parse_qs(text).items())
