"""How well it would have been foreseen: every rule and every way of telling against what happened last year."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Self
from urllib.parse import urlencode

from django.db.models import Count, Sum
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from anahtar.report.labels import STATES, label
from anahtar.rules.lapse_criterion import CRITERION_NAMES, Criterion
from anahtar_web.accounts.models import Account
from anahtar_web.foresight.models import Forecast, Outlook
from anahtar_web.foresight.panels import LOOKS, Line
from anahtar_web.foresight.queries import forecast
from anahtar_web.gate.rights import Right
from anahtar_web.insight.pages.cells import STATE_TONES
from anahtar_web.insight.queries import knows_company, standings_of
from anahtar_web.jobs.told import shown
from anahtar_web.ui.panels import Panel
from anahtar_web.ui.templatetags.shown import number, say

if TYPE_CHECKING:
    from anahtar.forecast.backtest.bootstrap import Interval
    from anahtar.forecast.backtest.keeping import Kept, KeptWarned
    from anahtar.forecast.backtest.measures import Tenth
    from anahtar.forecast.backtest.results import Score
    from anahtar_web.insight.models import Run
    from anahtar_web.people.models import User

ORDER: Final = ("watch", "at_risk", "lapsed", "lost", "returned", "new", "active")
"""States as the page lists them: first what wants somebody."""


@dataclass(frozen=True, slots=True)
class State:
    """How many accounts stand in a state now, and what they bought in their last year."""

    word: str
    tone: str
    accounts: int
    at_stake: int
    href: str


@dataclass(frozen=True, slots=True)
class Warning:
    """What one rule would have warned of, among the accounts the reader sees."""

    rule: str
    right: int
    wrong: int
    open: int | None
    days: float | None
    before_flat: float | None
    own: bool


@dataclass(frozen=True, slots=True)
class Named:
    """Warnings of one account, by its own rhythm beside 90 days for everybody."""

    account: Account
    right: int
    wrong: int
    days: float | None
    flat_right: int
    flat_wrong: int


@dataclass(frozen=True, slots=True)
class Way:
    """One way of telling with its measures."""

    name: str
    score: "Score"
    chosen: bool
    against: "Interval | None"
    often: float | None


@dataclass(frozen=True, slots=True)
class Proof:
    """What a backtest says to one reader.

    Parameters
    ----------
    lead
        The whole in a sentence.
    whole
        Whether warnings are those of all key accounts; else of those the reader sees.
    """

    lead: str
    sentences: Sequence[str]
    warnings: Sequence[Warning]
    named: Sequence[Named]
    ways: Sequence[Way]
    tenths: "Sequence[Tenth]"
    horizon: int
    whole: bool

    @property
    def auc_chart(self) -> dict[str, Any]:
        """Every way's AUC with its interval."""
        bounds = [one.score.auc for one in self.ways]
        return {
            "name": _("AUC"),
            "names": [one.name for one in self.ways],
            "values": [_known(one.value) for one in bounds],
            "lows": [_known(one.low) for one in bounds],
            "highs": [_known(one.high) for one in bounds],
        }

    @property
    def calibration_chart(self) -> dict[str, Any]:
        """What the chosen model said of each tenth of the accounts, beside what happened."""
        return {
            "names": [number(at) for at in range(1, len(self.tenths) + 1)],
            "first_name": _("Said to stay away"),
            "first": [one.said for one in self.tenths],
            "second_name": _("Stayed away"),
            "second": [one.happened for one in self.tenths],
            "unit": "share",
        }


@dataclass(frozen=True, slots=True)
class ProofPage:
    """The template's contract.

    Parameters
    ----------
    forecast
        None: no analysis has foreseen anything yet.
    proof
        None: there is nothing to test on, and `refusal` says why.
    """

    run: "Run | None"
    forecast: Forecast | None
    criterion: str = ""
    may_choose: bool = False
    proof: Proof | None = None
    refusal: str = ""
    notes: Sequence[str] = ()
    states: Sequence[State] = ()
    panels: Sequence[Panel[Line]] = ()

    @classmethod
    def build(cls, user: "User") -> Self:
        """Read everything the page shows; the number of queries does not depend on the accounts."""
        found = forecast()
        if found is None:
            return cls(None, None)
        return cls(
            found.run,
            found,
            criterion=say(CRITERION_NAMES[Criterion(found.criterion)]),
            may_choose=user.may(Right.CHANGE_THRESHOLDS),
            proof=_proof(user, found),
            refusal=shown(found.refusal) or _("The backtest comes with the next analysis of the ledger."),
            notes=[shown(note) for note in found.notes],
            states=_states(user, found.run),
            panels=LOOKS.panels(found.run, user),
        )


def _states(user: "User", run: "Run") -> list[State]:
    rows = Outlook.objects.filter(run=run, account__in=standings_of(user, run).values("account"))
    sums = {
        row["state"]: row
        for row in rows.order_by().values("state").annotate(accounts=Count("pk"), at_stake=Sum("at_stake"))
    }
    accounts = reverse("insight:accounts")
    return [
        State(
            say(label(STATES, state)),
            STATE_TONES.get(state, ""),
            sums[state]["accounts"],
            sums[state]["at_stake"] or 0,
            f"{accounts}?{urlencode({'view': 'all', 'state': state})}",
        )
        for state in ORDER
        if state in sums
    ]


def _known(value: float) -> float | None:
    """What could not be measured is no number, and drawn as none."""
    return None if value != value else value


# The backtest ----------------------------------------------------------------------------------------------------


def _proof(user: "User", found: Forecast) -> Proof | None:
    from anahtar.forecast.backtest.keeping import UnableToReadBacktest, from_json

    if found.backtest is None:
        return None
    try:
        kept = from_json(found.backtest)
    except UnableToReadBacktest:
        return None
    whole = knows_company(user)
    accounts = _visible(user, kept)
    warnings = [_warning(one, None if whole else accounts) for one in kept.warned]
    return Proof(
        lead=_lead(warnings),
        sentences=[say(sentence) for sentence in kept.sentences],
        warnings=warnings,
        named=_named(kept, accounts),
        ways=[_way(score, kept) for score in kept.scores],
        tenths=kept.score(kept.chosen).tenths,
        horizon=kept.horizon,
        whole=whole,
    )


def _visible(user: "User", kept: "Kept") -> dict[str, Account]:
    codes = {of.code for one in kept.warned for of in one.accounts}
    accounts = Account.objects.visible_to(user).filter(code__in=codes, merged_into=None)
    return {account.code: account for account in accounts}


def _warning(one: "KeptWarned", seen: Mapping[str, Account] | None) -> Warning:
    from anahtar.forecast.backtest.warnings import RULE_NAMES, Rule

    name, own = say(RULE_NAMES[one.rule]), one.rule is Rule.RHYTHM
    if seen is None:
        return Warning(name, one.right, one.wrong, one.open, one.days, one.before_flat, own)
    rows = [of for of in one.accounts if of.code in seen]
    return Warning(name, sum(of.right for of in rows), sum(of.wrong for of in rows), None, None, None, own)


def _lead(warnings: Sequence[Warning]) -> str:
    one = next(warning for warning in warnings if warning.own)
    told = _("By their own rhythm: right warnings %(right)s, wrong ones %(wrong)s.") % {
        "right": number(one.right),
        "wrong": number(one.wrong),
    }
    # A rule that speaks later than the 90-day rule has no head start to tell of.
    sooner = 0 if one.before_flat is None else round(one.before_flat)
    if not one.right or sooner <= 0:
        return told
    before = ngettext(
        "Half of the right ones came %(days)s day or more before your 90-day rule.",
        "Half of the right ones came %(days)s days or more before your 90-day rule.",
        sooner,
    )
    return f"{told} {before % {'days': number(sooner)}}"


def _named(kept: "Kept", accounts: Mapping[str, Account]) -> list[Named]:
    from anahtar.forecast.backtest.warnings import Rule

    by = {one.rule: {of.code: of for of in one.accounts} for one in kept.warned}
    own, flat = by.get(Rule.RHYTHM, {}), by.get(Rule.FLAT_90, {})
    found = []
    for code in [*dict.fromkeys([*own, *flat])]:
        if code in accounts:
            mine, theirs = own.get(code), flat.get(code)
            found.append(
                Named(
                    accounts[code],
                    mine.right if mine else 0,
                    mine.wrong if mine else 0,
                    mine.days if mine else None,
                    theirs.right if theirs else 0,
                    theirs.wrong if theirs else 0,
                )
            )
    return found


def _way(score: "Score", kept: "Kept") -> Way:
    from anahtar.forecast.backtest.ways import WAY_NAMES, Plain

    # Recency against itself is nothing to tell.
    against = (
        None if score.way is Plain.RECENCY or _known(score.against_recency.value) is None else score.against_recency
    )
    return Way(say(WAY_NAMES[score.way]), score, score.way == kept.chosen, against, _known(score.often_auc))
