"""A mail server of a few commands, on this machine, as the client of the standard library speaks to it."""

import base64
import re
import socketserver
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

USER, PASSWORD = "anahtar", "gizli şifre"


@dataclass
class Box:
    """What lies on the server: folder -> number -> message; and what was asked of it."""

    uidvalidity: int = 7
    can: str = "IMAP4rev1 AUTH=PLAIN MOVE"
    folders: dict[str, dict[int, bytes]] = field(default_factory=lambda: {"Key accounts": {}})
    port: int = 0
    asked: list[str] = field(default_factory=list)

    def put(self, content: bytes, folder: str = "Key accounts") -> int:
        uid = max((uid for box in self.folders.values() for uid in box), default=0) + 1
        self.folders[folder][uid] = content
        return uid


class _Line(socketserver.StreamRequestHandler):
    server: "_Server"

    def handle(self) -> None:
        self.folder = ""
        self._say("* OK ready")
        while line := self.rfile.readline():
            tag, _space, command = line.decode().strip().partition(" ")
            self.server.box.asked.append(command)
            if not self._answer(tag, command):
                return

    def _say(self, *lines: str | bytes) -> None:
        for line in lines:
            self.wfile.write(line if isinstance(line, bytes) else line.encode() + b"\r\n")

    def _answer(self, tag: str, command: str) -> bool:
        box, word = self.server.box, command.upper()
        if word == "CAPABILITY":
            self._say(f"* CAPABILITY {box.can}", f"{tag} OK done")
        elif word == "AUTHENTICATE PLAIN":
            self._say("+ ")
            told = base64.b64decode(self.rfile.readline()).decode()
            self._say(f"{tag} OK welcome" if told == f"\0{USER}\0{PASSWORD}" else f"{tag} NO who are you")
        elif found := re.fullmatch(r'(SELECT|EXAMINE) "(.*)"', command):
            if found[2] not in box.folders:
                self._say(f"{tag} NO no such folder")
                return True
            self.folder = found[2]
            count = len(box.folders[self.folder])
            self._say(f"* {count} EXISTS", f"* OK [UIDVALIDITY {box.uidvalidity}] valid", f"{tag} OK open")
        elif found := re.fullmatch(r'STATUS "(.*)" \(MESSAGES\)', command):
            known = found[1] in box.folders
            self._say(f'* STATUS "{found[1]}" (MESSAGES 0)', f"{tag} {'OK done' if known else 'NO no such folder'}")
        elif word.startswith("UID "):
            self._uid(tag, command[4:])
        elif word == "LOGOUT":
            self._say("* BYE", f"{tag} OK bye")
            return False
        else:
            self._say(f"{tag} BAD unknown")
        return True

    def _uid(self, tag: str, command: str) -> None:
        messages = self.server.box.folders[self.folder]
        if found := re.fullmatch(r"SEARCH UID (\d+):\*", command):
            last = max(messages, default=0)
            kept = [uid for uid in sorted(messages) if uid >= min(int(found[1]), last)]
            self._say("* SEARCH " + " ".join(map(str, kept)))
        elif found := re.fullmatch(r"FETCH (\d+) \(RFC822\.SIZE\)", command):
            self._say(f"* 1 FETCH (UID {found[1]} RFC822.SIZE {len(messages[int(found[1])])})")
        elif found := re.fullmatch(r"FETCH (\d+) \(BODY\.PEEK\[\]\)", command):
            content = messages[int(found[1])]
            self._say(f"* 1 FETCH (UID {found[1]} BODY[] {{{len(content)}}}", content, ")")
        elif found := re.fullmatch(r'(MOVE|COPY) (\d+) "(.*)"', command):
            if found[3] not in self.server.box.folders:
                self._say(f"{tag} NO no such folder")
                return
            self.server.box.folders[found[3]][int(found[2])] = messages[int(found[2])]
            if found[1] == "MOVE":
                del messages[int(found[2])]
        elif found := re.fullmatch(r"EXPUNGE (\d+)", command):
            del messages[int(found[1])]
        self._say(f"{tag} OK done")


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True
    box: Box
    context: ssl.SSLContext | None = None

    def get_request(self) -> object:  # type: ignore[override]  # a socket of TLS is none of the plain kind
        line, address = super().get_request()
        return (self.context.wrap_socket(line, server_side=True) if self.context else line), address

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that hangs up is no error here."""


@contextmanager
def serving(box: Box, context: ssl.SSLContext | None = None) -> Iterator[Box]:
    """Let a server run while the block does."""
    with _Server(("127.0.0.1", 0), _Line) as server:
        server.box, server.context = box, context
        box.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        try:
            yield box
        finally:
            server.shutdown()
            thread.join()
