"""When we last spoke, and what was agreed next."""

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext as _

from anahtar_web.briefing.blocks import Block, Pair, Pairs, Prose, Section
from anahtar_web.briefing.reading import Reading
from anahtar_web.interactions.queries import Happened, NextStep, of, steps_of
from anahtar_web.ui.templatetags.shown import day

MOST = 6
MOST_STEPS = 8
LONGEST = 240


def touches(reading: Reading) -> Section:
    """List the open next steps, the earliest first, and the last interactions."""
    steps = steps_of(reading.account, reading.on, only_open=True)[:MOST_STEPS]
    happened = of(reading.account, reading.on, limit=MOST)
    blocks: list[Block] = []
    if steps:
        blocks += [Prose("", _("Agreed next")), Pairs([_step(step, reading) for step in steps])]
    if happened:
        blocks += [Prose("", _("Last interactions")), Pairs([_told(one) for one in happened])]
    return Section(
        "touches",
        _("When we last spoke"),
        "messages-square",
        blocks,
        _("No interaction is written down, and nothing is agreed next."),
        href=reverse("interactions:account", args=[reading.account.pk]),
        first=[_first(steps[0], reading)] if steps else (),
    )


def _first(step: NextStep, reading: Reading) -> Pair:
    label = _("Overdue since %(day)s") if step.due_on < reading.today else _("Next, on %(day)s")
    told = f"{step.touch.what} ({step.owner})" if step.owner else step.touch.what
    return Pair(
        label % {"day": day(step.due_on)}, told, href=reverse("interactions:account", args=[reading.account.pk])
    )


def _step(step: NextStep, reading: Reading) -> Pair:
    late = _("overdue") if step.due_on < reading.today else ""
    return Pair(day(step.due_on), step.touch.what, " · ".join(part for part in (str(step.owner), late) if part))


def _told(one: Happened) -> Pair:
    words = one.words if len(one.words) <= LONGEST else one.words[:LONGEST].rpartition(" ")[0] + " …"
    who = ", ".join(_names(one))
    label = f"{day(one.content.day)} · {one.content.get_kind_display()}"
    return Pair(label, one.content.subject or words, " · ".join(part for part in (who, words) if part))


def _names(one: Happened) -> Sequence[str]:
    people = [part.stakeholder or part.user for part in one.participants if part.stakeholder_id or part.user_id]
    return list(dict.fromkeys(str(person) for person in people))[:5]
