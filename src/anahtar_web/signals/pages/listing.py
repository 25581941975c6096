"""All signals somebody sees: the open ones, those put off, those dismissed, and what became of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Self

from django.core.paginator import Page, Paginator
from django.db.models import Count, Q, QuerySet, Sum

from anahtar_web.accounts.models import Assignment, Lineage, Part
from anahtar_web.company.queries import today
from anahtar_web.gate.rights import Right
from anahtar_web.insight.models import Run
from anahtar_web.insight.queries import current_run
from anahtar_web.ledgers.queries import known_until
from anahtar_web.signals.forms import SHOWN, FilterForm
from anahtar_web.signals.models import Kind, Signal, State
from anahtar_web.signals.pages.lines import Line, lines_of
from anahtar_web.signals.queries import Outcomes, is_open, outcomes, ranked, seen_by

if TYPE_CHECKING:
    from datetime import date

    from anahtar_web.people.models import User

SIZE: Final = 20
PARAMETERS: Final = frozenset({"show", "kind", "manager", "page"})


@dataclass(frozen=True, slots=True)
class Tab:
    """Open, put off or dismissed, and how many."""

    name: str
    count: int
    current: bool


@dataclass(frozen=True, slots=True)
class ListPage:
    """The template's contract.

    Parameters
    ----------
    waiting
        Up to which day sales are imported that no analysis has looked at yet; None: there are none.
    """

    run: Run | None
    show: str
    form: FilterForm
    tabs: Sequence[Tab]
    lines: Sequence[Line]
    slice: "Page[Signal]"
    at_stake: int
    narrowed: bool
    may: bool
    outcomes: Outcomes
    waiting: "date | None" = None
    back: str = "list"

    @classmethod
    def build(cls, user: "User", query: dict[str, str]) -> Self:
        """Read it."""
        show = query.get("show", "open")
        show = show if show in SHOWN else "open"
        seen = seen_by(user)
        form = FilterForm(query, managers=_managers(user))
        asked = form.cleaned_data if form.is_valid() else {}
        counts: dict[str, Any] = _narrowed(seen, asked).aggregate(
            open=Count("pk", filter=is_open()),
            snoozed=Count("pk", filter=_states("snoozed")),
            dismissed=Count("pk", filter=_states("dismissed")),
        )
        rows = _narrowed(seen.filter(_states(show)), asked)
        found = Paginator(ranked(rows, user), SIZE).get_page(query.get("page", ""))
        run = current_run()
        return cls(
            run=run,
            show=show,
            form=form,
            tabs=[Tab(name, counts[name], name == show) for name in SHOWN],
            lines=lines_of(found, decisions=show != "open"),
            slice=found,
            at_stake=rows.order_by().aggregate(sum=Sum("at_stake", filter=~Q(kind=Kind.BACK)))["sum"] or 0,
            narrowed=bool(asked.get("kind") or asked.get("manager")),
            may=user.may(Right.WRITE_DOSSIER),
            outcomes=outcomes(user, run),
            waiting=_waiting(run),
        )

    @property
    def currency(self) -> str:
        """What money is in."""
        return self.run.currency if self.run else ""


def _waiting(run: Run | None) -> "date | None":
    """The last day of imports that no analysis has looked at yet; None where all have been."""
    until = known_until()
    if run is None or run.last_date is None or until is None or until <= run.last_date:
        return None
    return until


def _states(show: str) -> Q:
    match show:
        case "snoozed":
            return Q(state=State.SNOOZED, snoozed_until__gt=today())
        case "dismissed":
            return Q(state=State.DISMISSED)
        case _:
            return is_open()


def _narrowed(rows: "QuerySet[Signal]", asked: dict[str, Any]) -> "QuerySet[Signal]":
    if asked.get("kind"):
        rows = rows.filter(kind=asked["kind"])
    if asked.get("manager"):
        theirs = Assignment.objects.on(today()).filter(part=Part.MANAGER, person=int(asked["manager"]))
        rows = rows.filter(account__in=Lineage.objects.filter(ancestor__in=theirs.values("account")).values("account"))
    return rows


def _managers(user: "User") -> dict[int, str]:
    """Who can be narrowed to: everybody who looks after accounts, for who sees all of them."""
    if not user.may(Right.SEE_ALL_ACCOUNTS):
        return {}
    rows = Assignment.objects.on(today()).filter(part=Part.MANAGER).values_list("person", "person__name")
    return dict(sorted(set(rows), key=lambda row: str(row[1])))
