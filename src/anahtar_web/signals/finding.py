"""What a run makes somebody look at, of the accounts worth it.

Worth it are class A and B, key accounts (by the ledger or by a person's word) and accounts that somebody looks after:
of a base of 100,000, the thousands that carry it, and not a signal for each of those that buy once.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Final

from django.db.models import Q

from anahtar.rules.decline import decline
from anahtar.rules.same_silence import Part, told_once
from anahtar.rules.staying_away import staying_away
from anahtar_web.accounts.models import Account, Assignment, KeyDecision, KeyStatus, Lineage
from anahtar_web.company.queries import company, today
from anahtar_web.foresight.models import DirectionOutlook, Forecast, Outlook, Silence
from anahtar_web.insight.models import Run, Standing
from anahtar_web.jobs.told import told
from anahtar_web.signals.models import Kind

LATE: Final = ("watch", "at_risk", "lapsed")
DEAD: Final = ("at_risk", "lapsed")
"""States of a direction that make a signal: one that is only watched is no news while the account buys."""
BUYING: Final = ("active", "returned", "new")
CLASSES: Final = ("A", "B")

Key = tuple[int, str, str, str]
"""Account, kind, dimension, direction."""


@dataclass(frozen=True, slots=True)
class Found:
    """One thing to look at; columns are those of `Signal`."""

    account: int
    kind: Kind
    level: str
    last_purchase: date
    at_stake: int
    why: list[Any]
    dimension: str = ""
    direction: str = ""
    days_late: int = 0
    none_ahead: float | None = None
    figures: Mapping[str, Any] = field(default_factory=dict)

    @property
    def key(self) -> Key:
        """What it is known by while it lasts."""
        return (self.account, self.kind.value, self.dimension, self.direction)


def find(run: Run) -> list[Found]:
    """Give what a run tells of the accounts worth it."""
    worth = accounts_worth_it(run)
    rows = Outlook.objects.filter(run=run, state__in=(*LATE, *BUYING))
    outlooks = {one.account_id: one for one in rows.iterator() if one.account_id in worth}
    found = [*_of_accounts(run, outlooks), *_declining(run, outlooks), *_of_directions(run, outlooks)]
    return sorted(found, key=lambda one: (-one.at_stake, one.key))


def accounts_worth_it(run: Run) -> set[int]:
    """Give the accounts of which signals are told; those that go on under another are none."""
    large = Standing.objects.filter(Q(abc__in=CLASSES) | Q(key=True), run=run).values_list("account", flat=True)
    decided = KeyDecision.objects.filter(current=True, status=KeyStatus.KEY).values_list("account", flat=True)
    teams = Assignment.objects.on(today()).values("account")
    looked_after = Lineage.objects.filter(ancestor__in=teams).values_list("account", flat=True)
    merged = Account.objects.filter(merged_into__isnull=False).values_list("pk", flat=True)
    return {*large, *decided, *looked_after} - {*merged}


def _of_accounts(run: Run, outlooks: Mapping[int, Outlook]) -> Iterator[Found]:
    border, horizon = company().lapse_at_risk, horizon_of(run)
    for account, one in outlooks.items():
        if one.state in LATE:
            yield _silence(one, account, Kind.SILENT)
            continue
        if one.state == "returned":
            yield _silence(one, account, Kind.BACK)
        if one.state in BUYING:
            away = staying_away(
                none_ahead=one.none_ahead,
                border=border,
                horizon=horizon,
                purchase_days=one.purchase_days,
                days_late=one.days_late,
            )
            if away.met:
                yield _silence(one, account, Kind.LIKELY, [told(away.sentence), one.why])


def _of_directions(run: Run, outlooks: Mapping[int, Outlook]) -> Iterator[Found]:
    """What shows in a product group, a region and a site at once is told once (`anahtar.rules.same_silence`)."""
    dead: dict[int, list[DirectionOutlook]] = {}
    for one in DirectionOutlook.objects.filter(run=run, state__in=DEAD).order_by("account", "pk"):
        whole = outlooks.get(one.account_id)
        if whole is not None and whole.state in BUYING:
            dead.setdefault(one.account_id, []).append(one)
    for account, parts in dead.items():
        alike = [Part(one.dimension, one.last_purchase, one.gap_mean, one.at_stake) for one in parts]
        for at, others in told_once(alike).items():
            found = _silence(parts[at], account, Kind.DIRECTION)
            same = [[parts[other].dimension, parts[other].direction] for other in others]
            yield replace(
                found,
                dimension=parts[at].dimension,
                direction=parts[at].direction,
                figures={**found.figures, **({"same": same} if same else {})},
            )


def _silence(one: Silence, account: int, kind: Kind, why: list[Any] | None = None) -> Found:
    return Found(
        account=account,
        kind=kind,
        level=one.state,
        last_purchase=one.last_purchase,
        at_stake=one.at_stake,
        days_late=one.days_late,
        none_ahead=one.none_ahead,
        why=[one.why] if why is None else why,
        figures={
            "gaps": one.last_gaps,
            "all_gaps": one.gaps,
            "as_long": one.silences_as_long,
            "p95": one.gap_p95,
            "silence": one.silence,
        },
    )


def _declining(run: Run, outlooks: Mapping[int, Outlook]) -> Iterator[Found]:
    buying = {account: one for account, one in outlooks.items() if one.state in BUYING}
    rows = Standing.objects.filter(run=run, orders__gt=0).values_list("account", "last12", "orders")
    for account, months, orders in rows.iterator():
        one = buying.get(account)
        if one is None:
            continue
        found = decline(months, purchases=orders)
        if found.declines:
            yield Found(
                account=account,
                kind=Kind.DECLINING,
                level=one.state,
                last_purchase=one.last_purchase,
                at_stake=found.yearly,
                none_ahead=one.none_ahead,
                why=[told(found.evidence.sentence)],
                figures={"months": list(months)},
            )


def horizon_of(run: Run | None) -> int:
    """Days ahead that the probabilities of a run speak of; 0: it foresaw nothing."""
    horizon = Forecast.objects.filter(run=run).values_list("horizon", flat=True).first() if run else None
    return horizon or 0
