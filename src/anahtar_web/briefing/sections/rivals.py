"""Who else is at the account."""

from django.urls import reverse
from django.utils.translation import gettext as _

from anahtar.rules.threat import Threat
from anahtar_web.briefing.blocks import Block, Pair, Points, Section, Table
from anahtar_web.briefing.reading import Reading
from anahtar_web.competitors.levels import threat_word
from anahtar_web.competitors.queries import Attack, present_at, wallet_of
from anahtar_web.ui.templatetags.shown import NOTHING, day, share

MOST_FIRST = 3
"""Competitors named at the head of the briefing."""


def rivals(reading: Reading) -> Section:
    """List the competitors with what they come with, the most feared first, and our share of the wallet."""
    found = present_at(reading.account, on=reading.on)
    blocks: list[Block] = []
    ours = wallet_of(reading.account, on=reading.on).ours
    if ours is not None:
        told = {"share": share(float(ours.share), 0), "grade": ours.get_grade_display()}
        blocks.append(Points([_("Our share of what they buy: %(share)s (%(grade)s).") % told]))
    if found:
        heads = [_("Competitor"), _("Where, with what"), _("Share"), _("Last seen"), _("Threat")]
        blocks.append(Table(heads, [_row(attack) for attack in found], numbers=frozenset({2})))
    return Section(
        "rivals",
        _("Who else is there"),
        "swords",
        blocks,
        _("No competitor is known at this account, which rarely means that there is none."),
        href=reverse("competitors:account", args=[reading.account.pk]),
        wide=True,
        first=[_first(one) for one in found if one.threat is Threat.HIGH][:MOST_FIRST],
    )


def _first(attack: Attack) -> Pair:
    told = [_("high threat"), attack.told.offering]
    if attack.share:
        told.append(_("%(share)s of what they buy") % {"share": share(float(attack.share.share), 0)})
    href = reverse("competitors:attack", args=[attack.presence.account_id, attack.presence.pk])
    words = f"{attack.presence.competitor}: {', '.join(part for part in told if part)}"
    return Pair(_("Competitor"), words, href=href)


def _row(attack: Attack) -> list[str]:
    told = attack.told
    return [
        str(attack.presence.competitor),
        " · ".join(part for part in (told.direction, told.site, told.offering) if part) or NOTHING,
        share(float(attack.share.share), 0) if attack.share else NOTHING,
        day(attack.last_seen),
        threat_word(attack.threat),
    ]
