"""The card of a person: who it is, what they do in the decision, how they stand to us, and how sure we are."""

from dataclasses import dataclass
from typing import Final

from django.utils.safestring import SafeString

from anahtar_web.stakeholders.drawing.text import fitted, width
from anahtar_web.stakeholders.drawing.tree import CARD_HEIGHT, CARD_WIDTH
from anahtar_web.ui.markup import markup
from anahtar_web.ui.templatetags.pieces import icon
from anahtar_web.ui.templatetags.shown import hue, initials

ROLE_ICONS: Final = {
    "initiator": "lightbulb",
    "user": "wrench",
    "influencer": "megaphone",
    "decider": "crown",
    "approver": "stamp",
    "buyer": "shopping-cart",
    "gatekeeper": "door-closed",
}
"""Role -> icon."""

STANCE_ICONS: Final = {
    "champion": "star",
    "supporter": "thumbs-up",
    "neutral": "minus",
    "sceptic": "circle-question-mark",
    "blocker": "ban",
    "": "circle-dashed",
}
"""Stance -> icon; the sign tells without the colour."""


@dataclass(frozen=True, slots=True)
class Card:
    """What a card shows.

    Parameters
    ----------
    superior
        Key of whom they report to.
    stance, stance_word
        Its code, and its name; for an unknown one the word for that.
    assumed
        Whether nobody has heard the stance for himself.
    known
        How many of us know them.
    href
        The page of the person; empty: the card is a picture, no link.
    label
        What is read aloud.
    """

    key: int
    superior: int | None
    name: str
    position: str
    role: str
    role_word: str
    stance: str
    stance_word: str
    assumed: bool
    influence: int | None
    known: int
    is_gap: bool
    href: str
    version: int
    label: str
    faded: bool = False


def sign(name: str, x: float, y: float, size: float) -> SafeString:
    """Draw an icon at a place inside another drawing."""
    return markup(
        '<svg x="{}" y="{}" width="{}" height="{}" viewBox="0 0 24 24">{}</svg>',
        *(x, y, size, size, icon(name, "rm-sign")),
    )


def card_at(card: Card, x: float, y: float) -> SafeString:
    """Draw a card."""
    return markup(
        '<{tag} class="rm-card {stance}{gap}{faded}"{link} transform="translate({x},{y})"><title>{label}</title>'
        '<rect class="rm-box" width="{w}" height="{h}" rx="9"/>{inside}</{tag}>',
        tag="a" if card.href else "g",
        stance=f"st-{card.stance or 'unknown'}",
        gap=" gap" if card.is_gap else "",
        faded=" faded" if card.faded else "",
        link=_link(card) if card.href else "",
        label=card.label,
        x=f"{x:.1f}",
        y=f"{y:.1f}",
        w=CARD_WIDTH,
        h=CARD_HEIGHT,
        inside=_gap(card) if card.is_gap else _person(card),
    )


def _link(card: Card) -> SafeString:
    return markup(
        ' href="{}" data-card="{}" data-version="{}" data-superior="{}"',
        *(card.href, card.key, card.version, "" if card.superior is None else card.superior),
    )


def _person(card: Card) -> SafeString:
    return markup(
        '<rect class="rm-edge" x="0.5" y="10" width="3.5" height="{bar}" rx="1.75"/>{ava}{words}{stance}{foot}',
        bar=CARD_HEIGHT - 20,
        ava=markup(
            '<g class="rm-ava h{}"><circle cx="28" cy="24" r="14"/><text x="28" y="27.6">{}</text></g>',
            hue(card.name),
            initials(card.name),
        ),
        words=_words(card, card.name, card.position),
        stance=_stance(card),
        foot=_foot(card),
    )


def _gap(card: Card) -> SafeString:
    return markup(
        '<g class="rm-who"><circle cx="28" cy="24" r="14"/><text x="28" y="28.5">?</text></g>{}{}{}',
        _words(card, card.name, card.position),
        markup('<text class="rm-ask" x="16" y="60.5">{}</text>', card.stance_word),
        _foot(card),
    )


def _words(card: Card, first: str, second: str) -> SafeString:
    room = CARD_WIDTH - 50 - 10
    return markup(
        '<text class="rm-name" x="50" y="21.5">{}</text><text class="rm-position" x="50" y="37">{}</text>',
        fitted(first, room, 12.5, bold=True),
        fitted(second, room, 11),
    )


def _stance(card: Card) -> SafeString:
    word = fitted(card.stance_word, 74, 10.5)
    long = 25 + width(word, 10.5)
    return markup(
        '<g class="rm-stance{assumed}"><rect x="13" y="47.5" width="{long}" height="18" rx="5"/>{sign}'
        '<text x="31" y="60.3">{word}</text></g>',
        assumed=" assumed" if card.assumed else "",
        long=f"{long:.1f}",
        sign=sign(STANCE_ICONS[card.stance], 17, 51, 11),
        word=word,
    )


def _foot(card: Card) -> SafeString:
    """Draw role, influence and how many of us know them, from the right."""
    dots = [_dot(at, at < card.influence) for at in range(5)] if card.influence else [_unknown_influence()]
    return markup(
        "{role}{influence}{known}",
        role=_role(card),
        influence=markup('<g class="rm-dots">' + "{}" * len(dots) + "</g>", *dots),
        known="" if card.is_gap else _known(card.known),
    )


def _dot(at: int, on: bool) -> SafeString:
    return markup('<circle class="{}" cx="{}" cy="56.5" r="2.5"/>', "on" if on else "off", 138 + at * 7)


def _role(card: Card) -> SafeString:
    if not card.role:
        return markup("")
    return markup('<g class="rm-role">{}</g>', sign(ROLE_ICONS[card.role], 117, 50, 13))


def _unknown_influence() -> SafeString:
    return markup('<path class="off" d="M136 56.5H168" stroke-dasharray="2 3"/>')


def _known(count: int) -> SafeString:
    return markup(
        '<g class="rm-known{}">{}<text x="191" y="60.3">{}</text></g>',
        "" if count else " none",
        sign("users", 177, 51, 11),
        count,
    )
