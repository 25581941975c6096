"""What somebody asks of the tenders: one filter for board, list, statistics and export, as an address says it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final, Self

from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.http import QueryDict

from anahtar_web.company.queries import today
from anahtar_web.tenders.models import DECIDED, LOST, Criterion, Lot, Outcome, Participant, Stage, Tender, WonBy
from anahtar_web.ui.text import fold

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from anahtar_web.people.models import User

NONE: Final = "-"
"""Where nothing is said: tenders without an owner, a direction, a criterion, a reason."""
COMPETED: Final = "competed"
NOT_WON: Final = "not_won"
"""Outcomes that stand for several: decided between us and others, and of these not won."""
_SEVERAL: Final[Mapping[str, Any]] = {COMPETED: DECIDED, NOT_WON: LOST}
FILTERS: Final = (
    *("q", "owner", "account", "direction", "stage", "outcome", "competitor", "criterion", "reason", "year", "due"),
)
PARAMETERS: Final = frozenset({*FILTERS, "sort", "page"})
SORTS: Final[Mapping[str, tuple[str, ...]]] = {
    "deadline": ("deadline",),
    "title": ("title",),
    "account": ("account__sort_key",),
    "stage": ("stage",),
    "decided": ("decided_on",),
    "announced": ("announced_on",),
    "owner": ("owner__name",),
    "direction": ("direction",),
}


@dataclass(frozen=True, slots=True)
class Asked:
    """One selection of tenders; empty: all that the person sees."""

    q: str = ""
    owner: str = ""
    account: str = ""
    direction: str = ""
    stage: str = ""
    outcome: str = ""
    competitor: str = ""
    criterion: str = ""
    reason: str = ""
    year: str = ""
    due: str = ""
    sort: str = ""

    @classmethod
    def of(cls, query: QueryDict) -> Self:
        """Read an address; what it cannot mean is left out of the filter."""
        told = {name: query.get(name, "").strip()[:200] for name in FILTERS}
        for name in ("owner", "account", "competitor", "reason", "year"):
            if told[name] != NONE and not _is_key(told[name], 5 if name == "year" else 19):
                told[name] = ""
        if told["year"] not in ("", NONE) and not 1900 <= int(told["year"]) <= 2200:
            told["year"] = ""
        told["stage"] = told["stage"] if told["stage"] in Stage.values else ""
        told["outcome"] = told["outcome"] if told["outcome"] in (*Outcome.values, *_SEVERAL) else ""
        told["due"] = told["due"] if told["due"] in ("late", "soon") else ""
        sort = query.get("sort", "")
        return cls(**told, sort=sort if sort.removeprefix("-") in SORTS else "")

    def query(self, **instead: Any) -> str:
        """Write it behind the question mark, perhaps with something else in it."""
        asked = QueryDict(mutable=True)
        for name in (*FILTERS, "sort"):
            value = str(instead.get(name, getattr(self, name)))
            if value:
                asked[name] = value
        return f"?{asked.urlencode()}" if asked else ""

    def without(self, *names: str) -> Self:
        """Leave something out of it."""
        return replace(self, **dict.fromkeys(names, ""))

    @property
    def is_narrowed(self) -> bool:
        """Whether anything is asked at all."""
        return any(getattr(self, name) for name in FILTERS)

    def narrow(self, user: "User") -> "QuerySet[Tender]":
        """Give the tenders that the person sees and that fit."""
        rows = Tender.objects.visible_to(user)
        for condition in (*self._plain(), *self._of_parts(), *self._due(today())):
            rows = rows.filter(condition)
        return rows

    def ordered(self, user: "User") -> "QuerySet[Tender]":
        """Give them in the order that is asked for; open ones by deadline first where none is."""
        rows = self.narrow(user)
        if not self.sort:
            # Decided ones last, the latest first: a list that nobody sorted is looked at for what is to be done.
            return rows.order_by(F("decided_on").desc(nulls_first=True), F("deadline").asc(nulls_last=True), "pk")
        names = SORTS[self.sort.removeprefix("-")]
        down = self.sort.startswith("-")
        keys = [F(name).desc(nulls_last=True) if down else F(name).asc(nulls_last=True) for name in names]
        return rows.order_by(*keys, "pk")

    def _plain(self) -> list[Q]:
        found = [Q(search_key__contains=word) for word in fold(self.q).split()[:8]]
        if self.owner:
            found.append(Q(owner=None) if self.owner == NONE else Q(owner=int(self.owner)))
        if self.account and self.account != NONE:
            found.append(Q(account=int(self.account)) | Q(account__merged_into=int(self.account)))
        if self.direction:
            found.append(Q(direction="" if self.direction == NONE else self.direction))
        if self.stage:
            found.append(Q(stage=self.stage))
        if self.outcome:
            found.append(Q(outcome__in=_SEVERAL.get(self.outcome, [self.outcome])))
        if self.reason:
            found.append(Q(our_reason=None) if self.reason == NONE else Q(our_reason=int(self.reason)))
        if self.year and self.year != NONE:
            found.append(Q(decided_on__year=int(self.year)))
        return found

    def _of_parts(self) -> list[Any]:
        found: list[Any] = []
        if self.competitor and self.competitor != NONE:
            of = {"tender": OuterRef("pk")}
            took = Exists(Participant.objects.filter(**of, competitor=int(self.competitor)))
            won = Exists(Lot.objects.filter(**of, won_by=WonBy.COMPETITOR, winner=int(self.competitor)))
            found.append(Q(took) | Q(won))
        elif self.competitor == NONE:
            found.append(
                ~Q(Exists(Participant.objects.filter(tender=OuterRef("pk"))))
                & ~Q(Exists(Lot.objects.filter(tender=OuterRef("pk"), won_by=WonBy.COMPETITOR)))
            )
        if self.criterion == NONE:
            found.append(~Q(Exists(Criterion.objects.filter(tender=OuterRef("pk")))))
        elif self.criterion:
            found.append(Q(pk__in=_weighing_most(self.criterion)))
        return found

    def _due(self, on: date) -> list[Q]:
        unsent = Q(stage__in=(Stage.ANNOUNCED, Stage.PREPARING))
        if self.due == "late":
            return [unsent & Q(deadline__lt=on)]
        if self.due == "soon":
            return [unsent & Q(deadline__gte=on, deadline__lte=on + timedelta(days=14))]
        return []


def _is_key(text: str, length: int) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < length


def _weighing_most(key: str) -> "QuerySet[Any, Any]":
    """Give the keys of the tenders whose weightiest criterion it is; of equal ones the first."""
    order = (F("weight").desc(nulls_last=True), "place", "pk")
    weightiest = Criterion.objects.filter(tender=OuterRef("tender")).order_by(*order).values("pk")[:1]
    return Criterion.objects.filter(name_key=key, pk=Subquery(weightiest)).values("tender")
