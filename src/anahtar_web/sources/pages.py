"""What the pages of sources show."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final, Self

from django.conf import settings
from django.utils import timezone

from anahtar.ledger.files.wire import options_from_json, peek_from_json
from anahtar.ledger.peek import Peek
from anahtar.ledger.roles import REQUIRED, ROLES, FileKind, Role
from anahtar_web.audit.queries import TrailPage
from anahtar_web.audit.shown import Version, tell, versions
from anahtar_web.gate.rights import Right
from anahtar_web.jobs.told import shown
from anahtar_web.ledgers.forms import ColumnsForm, role_field
from anahtar_web.ledgers.models import Import, State
from anahtar_web.ledgers.pages.listing import TONES
from anahtar_web.ledgers.pages.mapping import Preview, RoleRow
from anahtar_web.ledgers.wording import on_screen
from anahtar_web.schedules.queries import next_due, schedule
from anahtar_web.sources.addresses import is_allowed
from anahtar_web.sources.forms import SourceForm
from anahtar_web.sources.models import Source
from anahtar_web.sources.queries import entries_of, has_begun, imports_of, open_import, sources, was_taken_back

_SALES: Final = FileKind.SALES


@dataclass(frozen=True, slots=True)
class Row:
    """One source of the list; `waits`: what the last refresh brought waits for somebody."""

    source: Source
    working: bool
    refusal: str
    allowed: bool
    waits: bool


@dataclass(frozen=True, slots=True)
class ListPage:
    """Every source.

    Parameters
    ----------
    hosts
        Servers the operator allows; none: no source can be named.
    next_at
        When the next scheduled analysis is; None: none is planned.
    """

    rows: Sequence[Row]
    hosts: Sequence[str]
    next_at: datetime | None
    may_import: bool

    @classmethod
    def build(cls, user: Any) -> Self:
        """Gather the page."""
        return cls(
            rows=[
                Row(
                    source,
                    _works(source),
                    on_screen(shown(source.refusal)),
                    is_allowed(source.host),
                    source.brought is not None and source.brought.state in (State.STOPPED, State.CHECKED),
                )
                for source in sources()
            ],
            hosts=settings.SOURCE_HOSTS,
            next_at=next_due(schedule(), timezone.now()),
            may_import=user.may(Right.IMPORT),
        )


def _works(source: Source) -> bool:
    return source.job is not None and not source.job.ended


@dataclass(frozen=True, slots=True)
class MonthLine:
    """What the database says of a month: rows, and the sum of the amounts where it can add them up."""

    starts: date | None
    rows: int
    sum: Decimal | None


@dataclass(frozen=True, slots=True)
class Pulled:
    """One import that came of a source."""

    of: Import
    tone: str


@dataclass(frozen=True, slots=True)
class SourcePage:
    """One source: what the last look found, what the last refresh brought, and what may be done.

    Parameters
    ----------
    refusal
        What ended the last work, in words; empty where it went well.
    open
        The import of it that waits for somebody, or is at work.
    stopped_by
        The import that was taken back or cancelled: the schedule leaves the source alone until somebody refreshes it.
    """

    source: Source
    working: bool
    refusal: str
    allowed: bool
    next_at: datetime | None
    preview: Preview | None
    columns: Sequence[tuple[Any, str]]
    questions: Sequence[str]
    months: Sequence[MonthLine]
    rows: int
    sum: Decimal | None
    imports: Sequence[Pulled]
    open: Import | None
    stopped_by: Import | None
    begun: bool
    may_import: bool
    passfile: bool
    history: TrailPage

    @property
    def refreshable(self) -> bool:
        """Whether a refresh can be asked for: the table was looked at, its columns are clear and nothing waits."""
        return (
            self.may_import
            and self.allowed
            and not self.working
            and self.preview is not None
            and not self.questions
            and self.open is None
        )

    @classmethod
    def build(cls, source: Source, user: Any) -> Self:
        """Gather the page."""
        peek = _peek(source)
        months = [_month(*told) for told in reversed(source.months)]
        sums = [line.sum for line in months if line.sum is not None]
        preview = Preview.of(peek, {}, _SALES) if peek else None
        return cls(
            source=source,
            working=_works(source),
            refusal=on_screen(shown(source.refusal)),
            allowed=is_allowed(source.host),
            next_at=next_due(schedule(), timezone.now()) if source.scheduled else None,
            preview=preview,
            columns=_columns(peek) if peek else (),
            questions=[*preview.questions, *preview.missing] if preview else (),
            months=months,
            rows=sum(line.rows for line in months),
            sum=sum(sums, Decimal()) if sums else None,
            imports=[Pulled(of, TONES[State(of.state)]) for of in imports_of(source)],
            open=open_import(source),
            stopped_by=was_taken_back(source),
            begun=has_begun(source),
            may_import=user.may(Right.IMPORT),
            passfile=bool(settings.SOURCE_PASSFILE),
            history=TrailPage(tell(entries_of(source), reader=user)),
        )


def _peek(source: Source) -> Peek | None:
    return peek_from_json(source.peek) if source.peek is not None else None


def _columns(peek: Peek) -> Sequence[tuple[Any, str]]:
    mapping = peek.sheets[0].mapping
    return [(role.label, mapping[role]) for role in ROLES[_SALES] if mapping.get(role)]


def _month(month: str, rows: int, total: str | None) -> MonthLine:
    return MonthLine(
        date.fromisoformat(f"{month}-01") if month else None, rows, Decimal(total) if total is not None else None
    )


@dataclass(frozen=True, slots=True)
class FormPage:
    """A source that is named, or named otherwise."""

    source: Source | None
    form: SourceForm
    hosts: Sequence[str]
    passfile: bool
    versions: Sequence[Version] = ()

    @classmethod
    def build(cls, form: SourceForm, source: Source | None = None) -> Self:
        """Gather the page."""
        return cls(source, form, settings.SOURCE_HOSTS, bool(settings.SOURCE_PASSFILE))

    def beside(self, theirs: dict[str, Any], yours: dict[str, Any]) -> Self:
        """Show what somebody else has saved beside what was typed."""
        return replace(self, versions=tuple(versions("source", theirs, yours)))


@dataclass(frozen=True, slots=True)
class ColumnsPage:
    """Every role with its column, and the first rows as the last look read them."""

    source: Source
    form: ColumnsForm
    roles: Sequence[RoleRow]
    preview: Preview

    @classmethod
    def build(cls, source: Source, form: ColumnsForm) -> Self:
        """Gather the page; the table has been looked at."""
        peek = _peek(source)
        assert peek is not None
        because = {role.value: why for role, why in peek.sheets[0].because.items()}
        return cls(
            source=source,
            form=form,
            roles=[
                RoleRow(role, role.label, form[role_field(role)], because.get(role.value), role in REQUIRED[_SALES])
                for role in ROLES[_SALES]
            ],
            preview=Preview.of(peek, because, _SALES),
        )


def columns_form(source: Source, data: Any) -> ColumnsForm | None:
    """Make the form of the columns of a source; None before its table was looked at."""
    peek = _peek(source)
    if peek is None:
        return None
    options, sheet = options_from_json(source.options), peek.sheets[0]
    letters = {column.name: column.letter for column in sheet.columns}
    mapping: dict[Role, str] = {**sheet.mapping, **options.columns}
    initial = {
        "version": source.version,
        "decimal": options.decimal or "",
        "date_order": options.date_order.value if options.date_order else "",
        **{role_field(role): letters.get(name, "") for role, name in mapping.items()},
    }
    return ColumnsForm(data, initial=initial, columns=sheet.columns, kind=_SALES)
