r"""A stream under a passphrase: scrypt makes the key, AES-256-GCM seals piece after piece.

    "anahtar-sealed-1\n" · salt (16 bytes) · check of the key (16) · pieces of 65,536 bytes, each 16 longer when sealed

Piece n has the nonce n (11 bytes, big-endian) and a last byte that is 1 for the last piece, else 0: pieces that are
changed, swapped, left out or cut off at the end do not open. The check of the key is the seal of nothing under a nonce
of 255s.
"""

import os
from collections.abc import Iterator
from typing import IO, Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

MAGIC: Final = b"anahtar-sealed-1\n"
_SALT: Final = 16
_TAG: Final = 16
_PIECE: Final = 65_536
_CHECK: Final = b"\xff" * 12


class WrongPassphrase(ValueError):
    """The passphrase does not open this stream."""


class BrokenSeal(ValueError):
    """The stream was changed or cut off."""


def _cipher(passphrase: str, salt: bytes) -> AESGCM:
    return AESGCM(Scrypt(salt=salt, length=32, n=2**15, r=8, p=1).derive(passphrase.encode()))


def _nonce(number: int, *, last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes([last])


class SealingWriter:
    """Seals what is written to it; only closing it makes the stream whole."""

    def __init__(self, to: IO[bytes], passphrase: str) -> None:
        salt = os.urandom(_SALT)
        self._cipher, self._to, self._number, self._waiting = _cipher(passphrase, salt), to, 0, bytearray()
        to.write(MAGIC + salt + self._cipher.encrypt(_CHECK, b"", None))
        self.closed = False

    def write(self, content: bytes) -> int:
        """Take some bytes; whole pieces go on at once, the last one waits."""
        self._waiting += content
        # One byte is kept back: whether a piece is the last is known when nothing follows.
        while len(self._waiting) > _PIECE:
            self._seal(bytes(self._waiting[:_PIECE]), last=False)
            del self._waiting[:_PIECE]
        return len(content)

    def flush(self) -> None:
        """Nothing: a piece is sealed when it is whole."""

    def close(self) -> None:
        """Seal the last piece."""
        if not self.closed:
            self._seal(bytes(self._waiting), last=True)
            self.closed = True

    def _seal(self, piece: bytes, *, last: bool) -> None:
        self._to.write(self._cipher.encrypt(_nonce(self._number, last=last), piece, None))
        self._number += 1


class OpeningReader:
    """Opens a sealed stream.

    Raises
    ------
    WrongPassphrase
        At once.
    BrokenSeal
        When the reading comes to the place.
    """

    def __init__(self, source: IO[bytes], passphrase: str) -> None:
        head = source.read(len(MAGIC) + _SALT + _TAG)
        if len(head) < len(MAGIC) + _SALT + _TAG:
            raise BrokenSeal("the head is cut off")
        salt, check = head[len(MAGIC) : -_TAG], head[-_TAG:]
        cipher = _cipher(passphrase, salt)
        try:
            cipher.decrypt(_CHECK, check, None)
        except InvalidTag as error:
            raise WrongPassphrase from error
        self._pieces = _opened(source, cipher)
        self._ready = b""
        self.closed = False

    def read(self, size: int = -1) -> bytes:
        """Give up to `size` bytes; fewer only at the end."""
        parts = [self._ready]
        have = len(self._ready)
        while size < 0 or have < size:
            piece = next(self._pieces, None)
            if piece is None:
                break
            parts.append(piece)
            have += len(piece)
        whole = b"".join(parts)
        size = len(whole) if size < 0 else size
        self._ready = whole[size:]
        return whole[:size]

    def close(self) -> None:
        """Nothing of ours to close."""
        self.closed = True


def _opened(source: IO[bytes], cipher: AESGCM) -> Iterator[bytes]:
    piece, number = source.read(_PIECE + _TAG), 0
    while piece:
        following = source.read(_PIECE + _TAG)
        try:
            yield cipher.decrypt(_nonce(number, last=not following), piece, None)
        except InvalidTag as error:
            raise BrokenSeal(f"piece {number}") from error
        piece, number = following, number + 1
    if number == 0:
        raise BrokenSeal("nothing follows the head")
