"""Who decides at the account, how they stand to us, and whether that is enough."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from anahtar.rules.decision import sentences
from anahtar_web.briefing.blocks import Block, Pair, Pairs, Points, Section, Table
from anahtar_web.briefing.reading import Reading
from anahtar_web.stakeholders.models import Stakeholder
from anahtar_web.stakeholders.queries import Stated, decisions_of, gaps_among, known_by, people_of, relations_of
from anahtar_web.ui.templatetags.shown import NOTHING, number, say

MOST = 12
MOST_FIRST = 3
"""Decisions named at the head of the briefing."""


def people(reading: Reading) -> Section:
    """List the people by influence, and say how each decision stands."""
    found = people_of(reading.account, on=reading.on)
    blocks: list[Block] = []
    if found:
        blocks = [_table(reading, found), *_more(found)]
    stated = decisions_of(reading.account, on=reading.on)
    verdicts = [(one, _verdict(one)) for one in stated if _is_open(one, reading)]
    if verdicts:
        blocks.append(Pairs([_decision(one, " ".join(told), reading) for one, told in verdicts]))
    return Section(
        "people",
        _("Who decides"),
        "waypoints",
        blocks,
        _("Nobody is known at this account. Who signs, who uses what we sell, who could stop it?"),
        href=reverse("stakeholders:map", args=[reading.account.pk]),
        wide=True,
        first=[_first(_decision(one, told[0], reading)) for one, told in verdicts[:MOST_FIRST]],
    )


def _is_open(one: Stated, reading: Reading) -> bool:
    return one.version.closed_on is None or one.version.closed_on > reading.today


def _table(reading: Reading, found: Sequence[Stakeholder]) -> Table:
    known = known_by(relations_of(reading.account, on=reading.on))
    shown = sorted(found, key=lambda who: (-(who.influence or 0), who.is_gap))[:MOST]
    return Table(
        [_("Person"), _("Position"), _("Role"), _("Influence"), _("Stance"), _("Known by")],
        [
            [
                who.shown,
                who.position or NOTHING,
                ", ".join(str(role.label) for role in who.roles) or NOTHING,
                number(who.influence),
                _stance(who),
                NOTHING if who.is_gap else number(known.get(who.pk, 0)),
            ]
            for who in shown
        ],
        numbers=frozenset({3, 5}),
        links=[reverse("stakeholders:person", args=[reading.account.pk, who.pk]) for who in shown],
    )


def _stance(who: Stakeholder) -> str:
    if not who.stance:
        return NOTHING
    told = str(who.get_stance_display())
    return told if who.is_confirmed else _("%(stance)s (assumed)") % {"stance": told}


def _more(found: Sequence[Stakeholder]) -> Iterator[Block]:
    told = []
    if len(found) > MOST:
        told.append(
            ngettext("%(n)s more person.", "%(n)s more people.", len(found) - MOST) % {"n": number(len(found) - MOST)}
        )
    if gaps := len(gaps_among(found)):
        told.append(ngettext("%(n)s gap in what we know.", "%(n)s gaps in what we know.", gaps) % {"n": number(gaps)})
    if told:
        yield Points(told)


def _decision(one: Stated, told: str, reading: Reading) -> Pair:
    href = reverse("stakeholders:rule", args=[reading.account.pk])
    return Pair(one.version.name, told, href=f"{href}?which={one.decision.pk}")


def _first(decision: Pair) -> Pair:
    return replace(decision, label=_("Decision"), value=f"{decision.label}: {decision.value}")


def _verdict(one: Stated) -> list[str]:
    """Give its sentences, the verdict first."""
    outcome = one.outcome()
    if outcome is None:
        return [say(one.refusal) if one.refusal else NOTHING]
    names = {seat.key: seat.who.shown if seat.who else NOTHING for seat in one.seats}
    return [say(line) for line in sentences(outcome, one.rule, names)]
