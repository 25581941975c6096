"""ClamAV is asked by its own protocol, at a real socket; what could not be asked about is not kept."""

import socket
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from anahtar_web.accounts.models import Account
from anahtar_web.files.actions import attach
from anahtar_web.files.scanning import UnableToPass
from anahtar_web.people.models import User
from tests.anahtar_web.files.conftest import pdf, stored

pytestmark = pytest.mark.django_db

EICAR = b"CNRY-eicar"


class Scanner:
    """Speaks INSTREAM as clamd does."""

    def __init__(self, line: socket.socket, answer: Callable[[bytes], bytes]) -> None:
        self.heard: list[bytes] = []
        self._line, self._answer = line, answer
        line.listen()
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        while True:
            try:
                peer, _address = self._line.accept()
            except OSError:
                return
            with peer, peer.makefile("rb") as asked:
                assert asked.read(10) == b"zINSTREAM\0"
                content = b""
                while size := int.from_bytes(asked.read(4), "big"):
                    content += asked.read(size)
                self.heard.append(content)
                peer.sendall(self._answer(content))


def clamd(content: bytes) -> bytes:
    return b"stream: Eicar-Test FOUND\0" if EICAR in content else b"stream: OK\0"


@pytest.fixture(params=["unix", "tcp"])
def scanner(request: Any, tmp_path: Path, settings: Any) -> Iterator[Scanner]:
    if request.param == "unix":
        line = socket.socket(socket.AF_UNIX)
        line.bind(str(tmp_path / "clamd"))
        settings.CLAMAV = str(tmp_path / "clamd")
    else:
        line = socket.socket()
        line.bind(("127.0.0.1", 0))
        settings.CLAMAV = f"127.0.0.1:{line.getsockname()[1]}"
    with line:
        yield Scanner(line, clamd)


def test_the_scanner_sees_every_byte_and_what_it_finds_is_not_kept(
    acme: Account, ana: User, scanner: Scanner, data: Path
) -> None:
    large = pdf("x" * 200_000)
    attach(account=acme, name="a.pdf", content=large, by=ana)
    assert scanner.heard == [large]
    with pytest.raises(UnableToPass, match="Eicar-Test"):
        attach(account=acme, name="b.pdf", content=pdf(EICAR.decode()), by=ana)
    assert len(stored(data)) == 1


@pytest.mark.parametrize("answer", [b"INSTREAM size limit exceeded. ERROR\0", b"", b"stream: OK FOUND\0", b"OK\0"])
def test_an_answer_that_is_not_well_keeps_nothing(
    acme: Account, ana: User, data: Path, tmp_path: Path, settings: Any, answer: bytes
) -> None:
    settings.CLAMAV = str(tmp_path / "clamd")
    with socket.socket(socket.AF_UNIX) as line:
        line.bind(settings.CLAMAV)
        Scanner(line, lambda _content: answer)
        with pytest.raises(UnableToPass):
            attach(account=acme, name="a.pdf", content=pdf(), by=ana)
    assert stored(data) == []


@pytest.mark.parametrize("where", ["/nowhere/clamd", "127.0.0.1:1"])
def test_a_scanner_that_does_not_answer_lets_nothing_through(
    acme: Account, ana: User, data: Path, settings: Any, where: str
) -> None:
    settings.CLAMAV = where
    with pytest.raises(UnableToPass, match="does not answer"):
        attach(account=acme, name="a.pdf", content=pdf(), by=ana)
    assert stored(data) == []
