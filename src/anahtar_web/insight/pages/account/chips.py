"""Words beside the name of an account: its class, what was decided, what the ledger says; each leads to its reason."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from anahtar.report.labels import STATES, TYPES, label
from anahtar_web.accounts.models import KeyDecision
from anahtar_web.insight.models import Standing
from anahtar_web.insight.pages.cells import (
    CLASS_TONES,
    DECISION_ICONS,
    DECISION_TONES,
    STATE_TONES,
    status_words,
)
from anahtar_web.ui.templatetags.shown import say


@dataclass(frozen=True, slots=True)
class Chip:
    """A word beside the name; `href`: the page that says why."""

    text: str
    tone: str = ""
    icon: str = ""
    title: str = ""
    href: str = ""


def chips_of(account: int, standing: Standing | None, decision: KeyDecision | None) -> Sequence[Chip]:
    """Say what an account is in one line."""
    key, why = reverse("insight:key", args=[account]), reverse("insight:passport", args=[account])
    chips = [*decision_chips(decision, standing, href=key)]
    if standing is not None and (chip := class_chip(standing, href=why)) is not None:
        chips.insert(0, chip)
    if standing is not None and standing.state:
        lines = reverse("insight:lines", args=[account])
        chips.append(Chip(say(label(STATES, standing.state)), STATE_TONES.get(standing.state, ""), href=lines))
    return chips


def class_chip(standing: Standing, *, href: str = "") -> Chip | None:
    """Show the class and, where it differs, the one of a year ago."""
    if standing.abc is None:
        return None
    text, before = standing.cell or standing.abc, standing.abc_year_ago
    tone = CLASS_TONES.get(standing.abc, "")
    if before and before != standing.abc:
        title = _("class %(now)s, a year ago %(before)s") % {"now": standing.abc, "before": before}
        icon = "arrow-up-right" if standing.abc < before else "arrow-down-right"
        return Chip(f"{text} ← {before}", tone, icon, title, href)
    return Chip(text, tone, href=href)


def decision_chips(decision: KeyDecision | None, standing: Standing | None, *, href: str = "") -> Sequence[Chip]:
    """Say what was decided, and what the ledger computes beside it where the two are not the same."""
    if decision is None:
        return [*_computed(standing, href)] if standing else ()
    title = _("%(person)s: %(reason)s") % {"person": decision.by, "reason": decision.reason}
    tone, icon = DECISION_TONES[decision.status], DECISION_ICONS[decision.status]
    return [
        Chip(status_words(decision), tone, icon, title, href),
        *(Chip(say(label(TYPES, one)), title=title, href=href) for one in decision.type_list),
        *(
            Chip(say(label(TYPES, one)), icon="calculator", title=_("The ledger says so as well."), href=href)
            for one in (standing.type_list if standing else ())
            if one not in decision.type_list
        ),
    ]


def _computed(standing: Standing, href: str) -> Iterator[Chip]:
    title = _("The ledger says so; nobody has decided yet.")
    if standing.key:
        yield Chip(_("Key by the ledger"), "", "key-round", title, href)
    yield from (Chip(say(label(TYPES, one)), title=title, href=href) for one in standing.type_list)
