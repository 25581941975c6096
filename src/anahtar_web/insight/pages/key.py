"""Is this account key: what the ledger computes with its evidence, and what people decided, now and before."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Final, Self

from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from anahtar.report.labels import TYPES, label
from anahtar_web.accounts.models import Account, KeyDecision, KeyStatus
from anahtar_web.accounts.pages import Head
from anahtar_web.accounts.queries import decisions_on
from anahtar_web.company.queries import today
from anahtar_web.gate.rights import Right
from anahtar_web.insight.models import Run, Standing
from anahtar_web.insight.pages.account import withheld
from anahtar_web.insight.pages.cells import DECISION_ICONS, DECISION_TONES
from anahtar_web.insight.series import read
from anahtar_web.ui.templatetags.shown import say

if TYPE_CHECKING:
    from anahtar.report.explain import Section
    from anahtar_web.people.models import User

TOPICS: Final = ("key", "types")


@dataclass(frozen=True, slots=True)
class Computed:
    """What the ledger says of an account, or said when somebody decided.

    Parameters
    ----------
    candidates
        Types that the ledger cannot compute and only proposes: image maker, expert.
    cell
        Cell of the matrix, or the class alone; empty: none.
    """

    key: bool
    types: Sequence[str]
    candidates: Sequence[str]
    cell: str
    as_of: date | None

    @property
    def type_words(self) -> Sequence[str]:
        """The types in words."""
        return [say(label(TYPES, one)) for one in self.types]

    @property
    def candidate_words(self) -> Sequence[str]:
        """The proposed types in words."""
        return [say(label(TYPES, one)) for one in self.candidates]

    @classmethod
    def of(cls, standing: Standing | None, run: Run) -> Self | None:
        """Read it from a standing; None for one without lines of its own: of a group the ledger says nothing."""
        if standing is None or not standing.lines:
            return None
        cell = standing.cell or standing.abc or ""
        return cls(standing.key, standing.type_list, standing.candidate_list, cell, run.as_of)

    @classmethod
    def kept(cls, stored: Mapping[str, Any]) -> Self | None:
        """Read what was kept beside a decision; None: nothing was known then."""
        if not stored:
            return None
        as_of = stored.get("as_of")
        return cls(
            bool(stored["key"]),
            list(stored["types"]),
            list(stored["candidate_for"]),
            str(stored["cell"]),
            parse_date(as_of) if as_of else None,
        )

    def keep(self, run: Run) -> dict[str, Any]:
        """Write it so that it can be kept beside a decision."""
        return {
            "run": run.pk,
            "as_of": self.as_of.isoformat() if self.as_of else None,
            "key": self.key,
            "types": list(self.types),
            "candidate_for": list(self.candidates),
            "cell": self.cell,
        }


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision with what the ledger said then; `of_merged`: the account it was on, merged into this one since."""

    decision: KeyDecision
    computed: Computed | None
    of_merged: Account | None = None

    @property
    def tone(self) -> str:
        """The colour of its chip."""
        return DECISION_TONES[self.decision.status]

    @property
    def icon(self) -> str:
        """The sign of its chip."""
        return DECISION_ICONS[self.decision.status]

    @property
    def type_words(self) -> Sequence[str]:
        """The decided types in words."""
        return [say(label(TYPES, one)) for one in self.decision.type_list]

    @property
    def is_due(self) -> bool:
        """Whether the day on which somebody wanted to look at it again has come."""
        return self.decision.review_on is not None and self.decision.review_on <= today()


def difference(decision: KeyDecision | None, computed: Computed | None) -> str:
    """Say where the ledger and the decision that holds differ; empty where they do not, or one of them is missing."""
    if decision is None or computed is None:
        return ""
    if decision.status == KeyStatus.KEY and not computed.key:
        return _("The ledger does not say so, or no longer does.")
    if decision.status != KeyStatus.KEY and computed.key:
        return _("The ledger says it is a key account.")
    missing = [say(label(TYPES, one)) for one in computed.types if one not in decision.type_list]
    if decision.status == KeyStatus.KEY and missing:
        return _("The ledger also says: %(types)s.") % {"types": ", ".join(missing)}
    return ""


@dataclass(frozen=True, slots=True)
class KeyPage:
    """The template's contract.

    Parameters
    ----------
    decided
        The decision that holds; None: nobody has decided.
    computed
        None: the ledger has nothing to say of the account.
    sections
        The evidence behind what is computed.
    differs
        Where decision and ledger differ, in words.
    history
        The decisions before.
    """

    head: Head
    decided: Decided | None
    computed: Computed | None
    sections: "Sequence[Section]"
    differs: str
    history: Sequence[Decided]
    may_decide: bool

    @classmethod
    def build(cls, account: Account, user: "User", run: Run | None) -> Self:
        """Read everything the page shows."""
        decisions = [
            Decided(row, Computed.kept(row.computed), None if row.account_id == account.pk else row.account)
            for row in decisions_on(account)
        ]
        holds = next((one for one in decisions if one.of_merged is None and one.decision.current), None)
        computed = computed_of(account, run)
        series = read(run, [account.code], withheld=withheld(user)) if run and computed else None
        return cls(
            head=Head.build(account, user, "key"),
            decided=holds,
            computed=computed,
            sections=[section for section in series.sections if section.topic in TOPICS] if series else (),
            differs=difference(holds.decision if holds else None, computed),
            history=[one for one in decisions if one is not holds],
            may_decide=user.may(Right.DECIDE_KEY) and account.merged_into_id is None,
        )


def computed_of(account: Account, run: Run | None) -> Computed | None:
    """Read what a run says of an account that the reader sees."""
    return Computed.of(Standing.objects.filter(run=run, account=account).first(), run) if run else None
