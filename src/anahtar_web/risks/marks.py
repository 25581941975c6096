"""What stands of cases beside the name of an account: the stage of its open case, and the money at stake."""

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from anahtar_web.accounts.figures import figures
from anahtar_web.accounts.marks import Mark
from anahtar_web.risks.models import Case, Stage
from anahtar_web.risks.queries import open_cases_of, outlooks, stakes_of
from anahtar_web.risks.stakes import together
from anahtar_web.ui.templatetags.shown import number, short_money

if TYPE_CHECKING:
    from anahtar_web.accounts.models import Account
    from anahtar_web.people.models import User


def tone_of(case: Case) -> str:
    """Colour of where an open case stands."""
    return {Stage.EARLY: "warn", Stage.COOLING: "warn", Stage.WON_BACK: "good"}.get(Stage(case.stage), "bad")


def mark_of(account: "Account", user: "User") -> list[Mark]:
    """Give one mark for all open cases of an account: a query where there is none, four where there are."""
    cases = open_cases_of(account, user)
    if not cases:
        return []
    money = together(stakes_of(cases, outlooks(cases)))
    parts = [_named(cases)]
    if money:
        parts.append(short_money(money, figures().currency))
    title = _("Open cases: %(cases)s") % {
        "cases": "; ".join(f"{case.title} ({case.get_stage_display()})" for case in cases)
    }
    tones = {tone_of(case) for case in cases}
    tone = next(tone for tone in ("bad", "warn", "good") if tone in tones)
    return [Mark(" · ".join(parts), tone, "shield-alert", title, _address(account, cases))]


def _named(cases: list[Case]) -> str:
    if len(cases) == 1:
        return str(cases[0].get_stage_display())
    return ngettext("%(n)s open case", "%(n)s open cases", len(cases)) % {"n": number(len(cases))}


def _address(account: "Account", cases: list[Case]) -> str:
    if len(cases) == 1:
        return reverse("risks:case", args=[cases[0].account_id, cases[0].pk])
    return reverse("risks:account", args=[account.pk])
