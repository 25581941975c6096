"""How we behave towards the account, who looks after it, and what was decided."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from anahtar.report.labels import TYPES, label
from anahtar_web.accounts.models import KeyDecision
from anahtar_web.accounts.queries import decisions_on, team_of
from anahtar_web.briefing.blocks import Block, Pair, Pairs, Prose, Section
from anahtar_web.briefing.days import known_by
from anahtar_web.briefing.reading import Reading
from anahtar_web.strategies.queries import deviations_on
from anahtar_web.ui.templatetags.shown import day, say


def conduct(reading: Reading) -> Section | None:
    """Say what was decided on the account, who looks after it, and where we deviate from its strategy."""
    pairs = [*_decision(reading), *_team(reading)]
    blocks: list[Block] = [Pairs(pairs)] if pairs else []
    blocks += _deviation(reading)
    return Section(
        "conduct",
        _("Who looks after it, and how"),
        "users",
        blocks,
        _("Nobody looks after this account, and nobody has decided what it is to us."),
        href=reverse("accounts:team", args=[reading.account.pk]),
    )


def _decision(reading: Reading) -> Iterator[Pair]:
    known = [one for one in decisions_on(reading.account) if known_by(one.at, reading.on)]
    if not known:
        return
    held: KeyDecision = max(known, key=lambda one: (one.at, one.pk))
    told = [held.get_status_display(), *(say(label(TYPES, one)) for one in held.type_list)]
    if held.tier:
        told.append(held.get_tier_display())
    note = _("%(by)s on %(day)s: %(reason)s") % {"by": held.by, "day": day(held.at), "reason": held.reason}
    yield Pair(_("Decided"), " · ".join(told), note, href=reverse("insight:key", args=[reading.account.pk]))


def _team(reading: Reading) -> Iterator[Pair]:
    for member in team_of(reading.account, reading.today):
        one = member.assignment
        yield Pair(one.get_part_display(), str(one.person), _("since %(day)s") % {"day": day(one.since)})


def _deviation(reading: Reading) -> Iterator[Block]:
    for one in deviations_on(reading.account):
        ended = one.ended_at is not None and known_by(one.ended_at, reading.on)
        if known_by(one.at, reading.on) and not ended and (one.until is None or one.until >= reading.today):
            yield Prose(one.text, _("We deviate from the strategy"))
            return
