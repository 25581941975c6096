"""One request of the matrix after the other, and what is wrong with its answer."""

import re
import uuid
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final

from django.db import connection, transaction
from django.http.response import HttpResponseBase

from tests.anahtar_web.gate.headers import wrong_headers
from tests.anahtar_web.matrix import agreed, answers
from tests.anahtar_web.matrix.addresses import Address
from tests.anahtar_web.matrix.answers import told
from tests.anahtar_web.matrix.bodies import body
from tests.anahtar_web.matrix.digests import Watched, digest, watching
from tests.anahtar_web.matrix.figures import numbers
from tests.anahtar_web.matrix.firm import WHO, Firm
from tests.anahtar_web.matrix.samples import ABSENT_NOW, filled_in, samples

SWAP: Final = "SWAP"
"""GET as htmx asks: many pages then answer with a piece of themselves."""

METHODS: Final = ("GET", SWAP, "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
_READ: Final = frozenset({"GET", SWAP, "HEAD", "OPTIONS"})
_FORM_ERRORS: Final = frozenset({409, 422})
_FORM: Final = "application/x-www-form-urlencoded"


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer, and what reached the database."""

    answer: HttpResponseBase
    watched: Watched
    changed: bool


@contextmanager
def undone() -> Iterator[None]:
    """Take back whatever the block writes."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def ask(firm: Firm, who: str, method: str, url: str, form: dict[str, Any] | None = None, **headers: str) -> Answered:
    """Send one request as somebody; say whether anything of the firm is different afterwards."""
    client = firm.client(who)
    with undone():
        with watching() as watched:
            if method == "POST":
                answer = client.post(url, {"once": str(uuid.uuid4()), **(form or {})}, headers=headers)
            elif method == SWAP:
                answer = client.get(url, headers={"HX-Request": "true", **headers})
            else:
                answer = client.generic(method, url, b"", _FORM if method in ("PUT", "PATCH") else "", headers=headers)
            answer.told = told(answer)  # type: ignore[attr-defined]  # an answer made while sent reads the database
        # Where the transaction is broken nothing of it stays, and nothing of it can be read.
        changed = watched.wrote and not connection.needs_rollback and digest() != firm.digest
    return Answered(answer, watched, changed)


def problems(
    firm: Firm, address: Address, *, who: Collection[str] = WHO, methods: Collection[str] = METHODS
) -> list[str]:
    """Walk one address through every role and method; name what is not as agreed."""
    return walked(firm, address, [(somebody, method) for somebody in who for method in methods])


def walked(firm: Firm, address: Address, asking: Collection[tuple[str, str]]) -> list[str]:
    """Ask for one address as each of these people by each of these methods; name what is not as agreed."""
    said = agreed.addresses().get(address.name)
    if said is None:
        return [
            f"{address.name} (/{address.route}) is not agreed. If its policy is right: .venv/bin/python -m "
            "tests.anahtar_web.matrix.agreed, and read the line it adds."
        ]
    filled = samples(address)
    url = filled_in(firm, address)
    form = body(firm, address)
    found = []
    for somebody, method in asking:
        hidden = any(sample.seen_by is not None and somebody not in sample.seen_by for sample in filled.values())
        barred = any(sample.may is not None and somebody not in sample.may for sample in filled.values())
        expected = _expected(firm, said, somebody, method, hidden=hidden, absent=address.name in ABSENT_NOW)
        expected = "403" if expected == "allowed" and barred else expected
        asked = ask(firm, somebody, method, url, form)
        found += [f"{method} {url} as {somebody}: {wrong}" for wrong in _wrong(firm, somebody, method, asked, expected)]
    if digest() != firm.digest:
        found.append(f"{url}: something was changed and no request said so")
    return found


def _expected(firm: Firm, said: agreed.Agreed, who: str, method: str, *, hidden: bool, absent: bool) -> str:
    """Say what becomes of a request, by what was agreed."""
    if said.right == agreed.CLOSED or absent:
        return "404" if ("GET" if method == SWAP else method) in said.methods else "405"
    if said.right != agreed.ANYBODY and not firm.may(who, agreed.SIGNED_IN):
        return "sign in"
    if not firm.may(who, said.right):
        return "403"
    if ("GET" if method == SWAP else method) not in said.methods:
        return "405"
    return "404" if hidden else "allowed"


def _wrong(firm: Firm, who: str, method: str, asked: Answered, expected: str) -> Iterator[str]:
    answer, status = asked.answer, asked.answer.status_code
    if not _as_expected(answer, expected):
        yield f"answered {status}, expected: {expected}"
    if status >= 500:
        yield f"a fault: {_fault(answer)}"
    refused = expected != "allowed"
    if asked.changed and (refused or method in _READ):
        yield f"changed something: {asked.watched.writes[:3]}"
    text: str = answer.told  # type: ignore[attr-defined]
    for canary in firm.canaries:
        if (refused or who not in canary.readers) and canary.text in text:
            yield f"shows {canary.of}: {canary.text}"
    for number in firm.figures.keys() & numbers(text):
        if refused or who not in firm.figures[number].readers:
            yield f"shows {firm.figures[number].of}: {number}"
    yield from (f"header {header}" for header in wrong_headers(answer))


def _as_expected(answer: HttpResponseBase, expected: str) -> bool:
    status = answer.status_code
    match expected:
        case "sign in":
            way = answer.headers.get("Location" if status == 302 else "HX-Redirect", "")
            return status in (302, 204) and way.startswith("/login/")
        case "allowed":
            return status < 400 or status in _FORM_ERRORS
        case _:
            return str(status) == expected


def _fault(answer: HttpResponseBase) -> str:
    error = getattr(answer, "exc_info", None)
    return repr(error[1])[:300] if error else ""


_TOKENS: Final = re.compile(r'(?<=["=])[A-Za-z0-9]{64}(?=")|(?<=name="once" value=")[^"]*|(?<="X-Once":")[^"]*')


_BACK: Final = re.compile(r'(?<=name="back" value=")[^"]*|(?<=name="next" value=")[^"]*')
"""Where a form leads back to: the address with all that stood behind it."""


def same_but_for_tokens(answer: HttpResponseBase, url: str) -> str:
    """Give a body without what is new in every answer and without the address that was asked for."""
    return _BACK.sub("", _TOKENS.sub("", answers.body(answer)).replace(url, ""))


def first_difference(one: str, other: str) -> str:
    """Tell where two bodies begin to differ; empty where they do not."""
    if one == other:
        return ""
    at = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    return f"…{one[max(at - 60, 0) : at + 80]!r} / …{other[max(at - 60, 0) : at + 80]!r}"
