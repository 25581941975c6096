"""People and ties as the drawing takes them: words in the reader's language, addresses, who is faded."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import replace

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from anahtar_web.accounts.models import Account
from anahtar_web.stakeholders.actions.moving import in_row
from anahtar_web.stakeholders.drawing import Drawing, draw
from anahtar_web.stakeholders.drawing.cards import Card
from anahtar_web.stakeholders.drawing.map import Tied
from anahtar_web.stakeholders.models import Stakeholder, Tie
from anahtar_web.stakeholders.pages.look import Look
from anahtar_web.ui.written import drawn, values


def drawing_of(
    account: Account,
    people: Sequence[Stakeholder],
    ties: Sequence[Tie],
    known: Mapping[int, int],
    look: Look,
    *,
    linked: bool = True,
) -> Drawing:
    """Draw the map of an account; not `linked`: as a picture, for where the whole of it is one link."""
    shows = (account.pk, *shown_on_map(people, ties, known, look), linked)
    return drawn("map", lambda: _drawing(account, people, ties, known, look, linked), shows=shows)


def shown_on_map(
    people: Sequence[Stakeholder], ties: Sequence[Tie], known: Mapping[int, int], look: Look
) -> tuple[Hashable, ...]:
    """Give everything that the map and its list show."""
    counted = tuple(known.get(who.pk, 0) for who in people)
    asked = (look.on, look.text, look.role, look.stance, look.unit)
    return tuple(values(who) for who in people), tuple(values(tie) for tie in ties), counted, asked


def _drawing(
    account: Account,
    people: Sequence[Stakeholder],
    ties: Sequence[Tie],
    known: Mapping[int, int],
    look: Look,
    linked: bool,
) -> Drawing:
    there = {who.pk: who for who in people}
    cards = [card_of(account, who, known.get(who.pk, 0), look) for who in sorted(people, key=in_row)]
    cards = cards if linked else [replace(card, href="") for card in cards]
    faded = {card.key for card in cards if card.faded}
    lines = [tied_of(tie, there, faded) for tie in ties if tie.from_one_id in there and tie.to_other_id in there]
    return draw(cards, lines, _("Not yet in the tree"))


def card_of(account: Account, who: Stakeholder, known: int, look: Look) -> Card:
    """Give the card of somebody."""
    href = reverse("stakeholders:person", args=[account.pk, who.pk])
    return Card(
        key=who.pk,
        superior=who.reports_to_id,
        name=who.name or who.position or str(who.get_role_display()),
        position=who.position if who.name else _("who is it?"),
        role=who.role,
        role_word=str(who.get_role_display()),
        stance=who.stance,
        stance_word=stance_word(who),
        assumed=not who.is_confirmed,
        influence=who.influence,
        known=known,
        is_gap=who.is_gap,
        href=f"{href}{look.query}",
        version=who.version,
        label=spoken(who, known),
        faded=look.is_narrowed and not look.takes(who),
    )


def stance_word(who: Stakeholder) -> str:
    """Give the word of a stance, for a gap what is missing."""
    if who.is_gap:
        return _("nobody known yet")
    return str(who.get_stance_display()) if who.stance else _("not known")


def spoken(who: Stakeholder, known: int) -> str:
    """Say all that a card shows."""
    said = [who.shown, who.position if who.name else "", *(str(role.label) for role in who.roles)]
    if not who.is_gap:
        grade = str(who.get_stance_grade_display()).lower()
        said.append(f"{who.get_stance_display()} ({grade})" if who.stance else _("stance not known"))
    if who.influence:
        said.append(_("influence %(number)s of 5") % {"number": who.influence})
    if not who.is_gap:
        said.append(
            ngettext("one of us knows them", "%(n)s of us know them", known) % {"n": known}
            if known
            else _("none of us knows them")
        )
    return ", ".join(part for part in said if part)


def tied_of(tie: Tie, people: Mapping[int, Stakeholder], faded: "set[int]") -> Tied:
    """Give the line of a tie."""
    return Tied(
        key=tie.pk,
        source=tie.from_one_id,
        target=tie.to_other_id,
        kind=tie.kind,
        strength=tie.strength,
        label=tie_said(tie, people[tie.from_one_id], people[tie.to_other_id]),
        has_note=bool(tie.note),
        faded=bool({tie.from_one_id, tie.to_other_id} & faded),
    )


def tie_said(tie: Tie, one: Stakeholder, other: Stakeholder) -> str:
    """Say what runs between two, with how much and why."""
    words = {"one": one.shown, "other": other.shown, "strength": tie.get_strength_display()}
    said = (
        _("Conflict between %(one)s and %(other)s (%(strength)s)")
        if tie.kind == Tie.Kind.CONFLICT
        else _("%(one)s has influence on %(other)s (%(strength)s)")
    ) % words
    return f"{said}: {tie.note}" if tie.note else said
