"""Address cards."""

import hashlib
from collections.abc import Iterator
from typing import Any

import vobject

from anahtar_web.interactions.reading.mails import decoded
from anahtar_web.interactions.reading.told import MOST_ITEMS, Told, Unreadable, line, person


def cards(content: bytes) -> Iterator[Told]:
    """Read the cards of a file."""
    try:
        found = [one for one in vobject.readComponents(decoded(content)) if one.name == "VCARD"]
    except (vobject.base.ParseError, vobject.base.VObjectError, ValueError, IndexError, AttributeError):
        raise Unreadable("no_cards") from None
    if len(found) > MOST_ITEMS:
        raise Unreadable("too_many")
    yield from (told for one in found if (told := _told(one)))


def _told(card: Any) -> Told | None:
    inside = card.contents
    name = line(_first(inside, "fn") or str(_first(inside, "n") or ""), 200)
    emails = [one[1] for each in inside.get("email", []) if (one := person("", each.value))]
    house = _first(inside, "org")
    told = {
        "kind": "card",
        "subject": name,
        "position": line(_first(inside, "title"), 200),
        "house": line(" ".join(house) if isinstance(house, list) else house, 200),
        "phones": [line(each.value, 60) for each in inside.get("tel", [])][:5],
        "people": [[name, address] for address in emails[:5]],
    }
    return told | {"key": "sha256:" + hashlib.sha256(repr(told).encode()).hexdigest()} if name else None


def _first(inside: Any, name: str) -> Any:
    found = inside.get(name)
    return found[0].value if found else ""
