"""What past tenders say: how many we win, against whom, by which criterion, for which reasons, at which price."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from anahtar.rules.price_gap import Spread, price_gap, spread
from anahtar.rules.win_rate import WinRate, win_rate
from anahtar_web.competitors.models import Competitor
from anahtar_web.gate.rights import Field
from anahtar_web.tenders.models import DECIDED, Criterion, Lot, Outcome, Participant, Stage, WonBy

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from anahtar_web.people.models import User
    from anahtar_web.tenders.models import Tender

AT_ONCE: Final = 50_000
"""Decided tenders the statistics are made of at most; a house has hundreds."""


@dataclass(frozen=True, slots=True)
class Bid:
    """One decided tender, as far as statistics ask.

    Parameters
    ----------
    criterion
        Folded name of the weightiest criterion; empty: none is known.
    rivals
        Competitors that took part or won a lot.
    """

    pk: int
    account: int
    outcome: str
    direction: str
    decided_on: date
    owner: int | None
    reason: int | None
    criterion: str
    rivals: frozenset[int]

    @property
    def is_won(self) -> bool:
        """Whether all of it was won."""
        return self.outcome == Outcome.WON


@dataclass(frozen=True, slots=True)
class Past:
    """All decided tenders of a selection.

    Parameters
    ----------
    criteria
        Folded name -> name as it was written most often.
    gaps
        Competitor -> our price over theirs, of the lots they won; None where the reader does not see offers.
    """

    bids: Sequence[Bid]
    criteria: Mapping[str, str] = field(default_factory=dict)
    competitors: Mapping[int, Competitor] = field(default_factory=dict)
    gaps: Mapping[int, Spread] | None = None


def rate_of(bids: Iterable[Bid]) -> WinRate:
    """Say the win rate of decided tenders: a partly won one is not won, and withdrawn ones are left out."""
    outcomes = Counter(bid.outcome for bid in bids)
    return win_rate(won=outcomes[Outcome.WON], lost=outcomes[Outcome.LOST] + outcomes[Outcome.PARTLY])


def past_of(tenders: "QuerySet[Tender]", user: "User") -> Past:
    """Read the decided tenders of a selection; five queries, however many they are."""
    rows = tenders.filter(stage=Stage.DECIDED).order_by("pk")
    heads: list[Any] = list(
        rows.values_list("pk", "account", "outcome", "direction", "decided_on", "owner", "our_reason")[:AT_ONCE]
    )
    among = rows.values("pk")
    weightiest, criteria = _weightiest(among)
    rivals, gaps = _rivals(among)
    bids = [Bid(*(*head, weightiest.get(head[0], ""), frozenset(rivals.get(head[0], ())))) for head in heads]
    met = {key for bid in bids for key in bid.rivals}
    return Past(
        bids=bids,
        criteria=criteria,
        competitors=Competitor.objects.in_bulk(met),
        gaps=_spreads(gaps) if user.sees(Field.OFFER) else None,
    )


def _weightiest(among: "QuerySet[Any, Any]") -> tuple[Mapping[int, str], Mapping[str, str]]:
    """Give the weightiest criterion of each tender (of equal ones the first), and what criteria are called."""
    best: dict[int, tuple[Any, str]] = {}
    written: dict[str, Counter[str]] = defaultdict(Counter)
    rows = Criterion.objects.filter(tender__in=among).order_by("tender", "place", "pk")
    for tender, name, key, weight in rows.values_list("tender", "name", "name_key", "weight"):
        written[key][name] += 1
        heavy = -1 if weight is None else weight
        if tender not in best or heavy > best[tender][0]:
            best[tender] = (heavy, key)
    names = {key: names.most_common(1)[0][0] for key, names in written.items()}
    return {tender: key for tender, (_weight, key) in best.items()}, names


def _rivals(among: "QuerySet[Any, Any]") -> tuple[Mapping[int, set[int]], Mapping[int, list[float]]]:
    """Give the competitors of each tender, and by competitor our price over theirs where they won."""
    rivals: dict[int, set[int]] = defaultdict(set)
    gaps: dict[int, list[float]] = defaultdict(list)
    parts = Participant.objects.filter(tender__in=among).order_by()
    for tender, competitor in parts.values_list("tender", "competitor"):
        rivals[tender].add(competitor)
    lots = Lot.objects.filter(tender__in=among, won_by=WonBy.COMPETITOR).order_by()
    for tender, winner, ours, theirs in lots.values_list("tender", "winner", "our_price", "winner_price"):
        rivals[tender].add(winner)
        if (gap := price_gap(ours=ours, winners=theirs)) is not None:
            gaps[winner].append(gap)
    return rivals, gaps


def _spreads(gaps: Mapping[int, Sequence[float]]) -> Mapping[int, Spread]:
    return {competitor: found for competitor, known in gaps.items() if (found := spread(known)) is not None}


@dataclass(frozen=True, slots=True)
class Group:
    """Decided tenders that have something in common: their rate, and why those that were lost were lost.

    Parameters
    ----------
    key
        What they have in common, as an address says it.
    reasons
        Reason -> how many of the lost; None: nobody says.
    """

    key: Any
    rate: WinRate
    reasons: Sequence[tuple[int | None, int]]


def grouped(bids: Iterable[Bid], keys: Callable[[Bid], Iterable[Any]]) -> list[Group]:
    """Group decided tenders, the most numerous group first; a tender stands in every group it has a key of."""
    of: dict[Any, list[Bid]] = defaultdict(list)
    for bid in bids:
        if bid.outcome in DECIDED:
            for key in keys(bid):
                of[key].append(bid)
    found = [Group(key, rate_of(same), why_lost(same)) for key, same in of.items()]
    return sorted(found, key=lambda group: (-group.rate.decided, str(group.key)))


def why_lost(bids: Iterable[Bid]) -> list[tuple[int | None, int]]:
    """Count the lost tenders by our reason, the most frequent first."""
    lost = Counter(bid.reason for bid in bids if bid.outcome in DECIDED and not bid.is_won)
    return sorted(lost.items(), key=lambda one: (-one[1], one[0] is None, one[0] or 0))


@dataclass(frozen=True, slots=True)
class Met:
    """How often a competitor stood against us in tenders, and when last."""

    tenders: int
    lost_to: int
    last: date | None


def met_of(tenders: "QuerySet[Tender]") -> Mapping[int, Met]:
    """Say by competitor in how many tenders of a selection they stood against us; two queries."""
    seen: dict[int, dict[int, date | None]] = defaultdict(dict)
    lost: dict[int, set[int]] = defaultdict(set)
    among = tenders.order_by().values("pk")
    days = ("tender__decided_on", "tender__deadline", "tender__announced_on")
    for competitor, tender, *known in (
        Participant.objects.filter(tender__in=among).order_by().values_list("competitor", "tender", *days)
    ):
        seen[competitor][tender] = next((day for day in known if day), None)
    lots = Lot.objects.filter(tender__in=among, won_by=WonBy.COMPETITOR).order_by()
    for competitor, tender, *known in lots.values_list("winner", "tender", *days):
        seen[competitor][tender] = next((day for day in known if day), None)
        lost[competitor].add(tender)
    return {
        competitor: Met(len(of), len(lost[competitor]), max((day for day in of.values() if day), default=None))
        for competitor, of in seen.items()
    }
