"""The key accounts: those the ledger proposes, those that people decided on, and what hangs on them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Self

from django.core.paginator import Page, Paginator
from django.db.models import F, OuterRef, Q, QuerySet, Subquery, Sum
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from anahtar.analysis.result import KEY_BAND
from anahtar_web.accounts.models import Account, KeyDecision, KeyStatus
from anahtar_web.accounts.queries import decided, decisions_of, managers_of
from anahtar_web.company.queries import today
from anahtar_web.gate.rights import Right
from anahtar_web.insight.models import Run, Standing
from anahtar_web.insight.pages.account import Chip, class_chip
from anahtar_web.insight.pages.key import Computed, Decided, difference
from anahtar_web.insight.queries import knows_company, standings_of
from anahtar_web.ui.templatetags.shown import number, share

if TYPE_CHECKING:
    from anahtar_web.people.models import User

SIZE: Final = 25
OPEN: Final = "open"
SHOWN: Final[Mapping[str, Any]] = {
    KeyStatus.KEY.value: gettext_lazy("Key accounts"),
    OPEN: gettext_lazy("To decide"),
    KeyStatus.WATCH.value: gettext_lazy("Watched"),
    KeyStatus.NOT_KEY.value: gettext_lazy("Decided against"),
}
"""Value in the address -> what the list holds."""


@dataclass(frozen=True, slots=True)
class Tab:
    """One of the lists and how many stand in it."""

    value: str
    label: Any
    count: int


@dataclass(frozen=True, slots=True)
class Row:
    """One account; `computed` None: the ledger has nothing to say of it."""

    account: Account
    standing: Standing | None
    computed: Computed | None
    decided: Decided | None
    differs: str
    manager: "User | None"
    chip: Chip | None


@dataclass(frozen=True, slots=True)
class Weight:
    """What the decided key accounts come to.

    Parameters
    ----------
    share
        Of the revenue of the company, or of the accounts the reader sees; None: there is none.
    verdict
        `below`, `within` or `above` the band; empty for who sees only some accounts: the band is the company's.
    """

    accounts: int
    revenue: int
    share: float | None
    verdict: str

    @property
    def note(self) -> str:
        """Where the share stands against the band that keeps a company neither scattered nor dependent."""
        low, high = KEY_BAND
        band = {"band": _("%(low)s–%(high)s") % {"low": number(low * 100), "high": share(high, 0)}}
        match self.verdict:
            case "below":
                return _("below the band of %(band)s: scattered") % band
            case "within":
                return _("within the band of %(band)s") % band
            case "above":
                return _("above the band of %(band)s: dependent") % band
        return ""


@dataclass(frozen=True, slots=True)
class KeyAccountsPage:
    """The template's contract."""

    tabs: Sequence[Tab]
    here: str
    rows: Sequence[Row]
    slice: "Page[Any]"
    weight: Weight
    currency: str
    own: bool
    may_decide: bool

    @classmethod
    def build(cls, user: "User", run: Run, here: str, page: str) -> Self:
        """Read one page of a list; the number of queries does not depend on the number of accounts."""
        open_ones = waiting(user, run)
        tabs = [Tab(value, label, _count(value, user, open_ones)) for value, label in SHOWN.items()]
        here = here or (KeyStatus.KEY.value if tabs[0].count else OPEN)
        listed = Paginator(open_ones if here == OPEN else _decided(user, run, KeyStatus(here)), SIZE).get_page(page)
        return cls(
            tabs=tabs,
            here=here,
            rows=_rows(listed, run),
            slice=listed,
            weight=_weight(user, run),
            currency=run.currency,
            own=not knows_company(user),
            may_decide=user.may(Right.DECIDE_KEY),
        )


def waiting(user: "User", run: Run) -> "QuerySet[Standing]":
    """Give the standings of visible accounts that the ledger proposes and nobody has decided on."""
    proposed = standings_of(user, run).filter(Q(key=True) | ~Q(candidate_for=""))
    settled = KeyDecision.objects.filter(current=True).values("account")
    return proposed.exclude(account__in=settled).order_by("-key", F("revenue").desc(nulls_last=True), "account")


def _decided(user: "User", run: Run, status: KeyStatus) -> "QuerySet[Account]":
    revenue = Standing.objects.filter(run=run, account=OuterRef("pk")).values("group_revenue")[:1]
    found: QuerySet[Account] = decided(user, status).annotate(worth=Subquery(revenue))
    return found.order_by(F("worth").desc(nulls_last=True), "sort_key", "pk")


def _count(value: str, user: "User", open_ones: "QuerySet[Standing]") -> int:
    return open_ones.count() if value == OPEN else decided(user, KeyStatus(value)).count()


def _rows(listed: "Page[Any]", run: Run) -> Sequence[Row]:
    ids = [one.account_id if isinstance(one, Standing) else one.pk for one in listed]
    accounts = Account.objects.in_bulk(ids)
    standings = {one.account_id: one for one in Standing.objects.filter(run=run, account__in=ids)}
    decisions, managers = decisions_of(ids), managers_of(ids, today())
    return [_row(accounts[pk], standings.get(pk), decisions.get(pk), managers.get(pk), run) for pk in ids]


def _row(
    account: Account, standing: Standing | None, decision: KeyDecision | None, manager: "User | None", run: Run
) -> Row:
    computed = Computed.of(standing, run)
    return Row(
        account=account,
        standing=standing,
        computed=computed,
        decided=Decided(decision, Computed.kept(decision.computed)) if decision else None,
        differs=difference(decision, computed),
        manager=manager,
        chip=class_chip(standing) if standing else None,
    )


def _weight(user: "User", run: Run) -> Weight:
    """Add the key accounts up, each line of the ledger once: a company below a key group is not counted again."""
    keys = decided(user, KeyStatus.KEY)
    below = standings_of(user, run).filter(account__lineage_above__ancestor__in=keys.values("pk"))
    own = standings_of(user, run)
    revenue = own.filter(account__in=below.values("account"), revenue__gt=0).aggregate(sum=Sum("revenue"))["sum"] or 0
    whole = run.revenue_positive
    if not knows_company(user):
        whole = own.filter(revenue__gt=0).aggregate(sum=Sum("revenue"))["sum"] or 0
    part = revenue / whole if whole > 0 else None
    low, high = KEY_BAND
    verdict = ""
    if part is not None and knows_company(user):
        verdict = "below" if part < low else "above" if part > high else "within"
    return Weight(keys.count(), revenue, part, verdict)
