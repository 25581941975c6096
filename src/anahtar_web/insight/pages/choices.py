"""The form of filters and columns over the list."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from anahtar.words import Message
from anahtar_web.accounts.models import Account, Assignment, Lineage, Part
from anahtar_web.company.queries import today
from anahtar_web.insight.asked import Asked
from anahtar_web.insight.columns import ALWAYS, Column, offered_columns
from anahtar_web.insight.filters import FILTERS, NONE, Filter
from anahtar_web.insight.models import Run
from anahtar_web.people.models import User
from anahtar_web.ui.templatetags.shown import say
from anahtar_web.ui.text import sort_key

if TYPE_CHECKING:
    from django.db.models import QuerySet

MOST_GROUPS = 1000


@dataclass(frozen=True, slots=True)
class Choice:
    """One value that can be chosen."""

    value: str
    label: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Group:
    """One filter with its values; `many`: several may be chosen."""

    name: str
    label: Any
    many: bool
    choices: Sequence[Choice]


@dataclass(frozen=True, slots=True)
class ColumnChoice:
    """One column that can be shown."""

    column: Column
    chosen: bool
    fixed: bool


@dataclass(frozen=True, slots=True)
class ChoicesPage:
    """The template's contract; `kept` are parameters that the form takes along."""

    asked: Asked
    groups: Sequence[Group]
    columns: Sequence[ColumnChoice]
    kept: Sequence[tuple[str, str]]

    @classmethod
    def build(cls, user: User, run: Run, asked: Asked) -> Self:
        """Look up everything one can choose from."""
        visible = Account.objects.visible_to(user).standing_alone()
        named = {
            "kam": managers_among(visible),
            "team": team_among(visible),
            "group": named_groups(visible),
            "city": _texts(visible, "city"),
            "sector": _texts(visible, "sector"),
        }
        groups = [_group(one, asked, named.get(one.name)) for one in FILTERS]
        kept = [(name, value) for name, value in asked.parameters() if name in ("q", "sort", "size")]
        return cls(asked, [group for group in groups if group.choices], _columns(user, run, asked), kept)


def _group(one: Filter, asked: Asked, named: Sequence[tuple[str, str]] | None) -> Group:
    chosen = asked.narrowed.get(one.name, ())
    pairs = named if named is not None else [(value, _said(word)) for value, word in (one.choices or {}).items()]
    return Group(one.name, one.label, one.many, [Choice(value, text, value in chosen) for value, text in pairs])


def _said(word: Any) -> str:
    return say(word) if isinstance(word, Message) else str(word)


def managers_among(visible: "QuerySet[Account]") -> list[tuple[str, str]]:
    """Give who looks after some accounts, by name, with the choice of nobody before them."""
    return _people_of(Assignment.objects.on(today()).filter(part=Part.MANAGER), visible)


def team_among(visible: "QuerySet[Account]") -> list[tuple[str, str]]:
    """Give who is on the team of some accounts, by name, with the choice of nobody before them."""
    return _people_of(Assignment.objects.on(today()), visible)


def _people_of(assignments: "QuerySet[Assignment]", visible: "QuerySet[Account]") -> list[tuple[str, str]]:
    reaching = Lineage.objects.filter(account__in=visible.values("pk")).values("ancestor")
    people = User.objects.filter(pk__in=assignments.filter(account__in=reaching).values("person"))
    named = sorted(people.values_list("pk", "name"), key=lambda person: (sort_key(person[1]), person[0]))
    return [(NONE, _("nobody")), *((str(pk), name) for pk, name in named)] if named else []


def named_groups(visible: "QuerySet[Account]") -> list[tuple[str, str]]:
    """Give the groups among some accounts, by name, with the choice of none before them."""
    companies = Account.objects.standing_alone().filter(parent=OuterRef("pk"))
    groups = visible.filter(Exists(companies)).order_by("sort_key", "pk").values_list("pk", "name")[:MOST_GROUPS]
    named = [(str(pk), name) for pk, name in groups]
    return [(NONE, _("in no group")), *named] if named else []


def _texts(visible: "QuerySet[Account]", field: str) -> list[tuple[str, str]]:
    texts = visible.exclude(**{field: ""}).order_by(field).values_list(field, flat=True).distinct()
    return [(text, text) for text in sorted(texts, key=lambda text: (sort_key(text), text))]


def _columns(user: User, run: Run, asked: Asked) -> list[ColumnChoice]:
    """Give the chosen ones in their order, then the others."""
    chosen = list(asked.columns)
    others = [column for column in offered_columns(user, run) if column not in chosen]
    return [
        *(ColumnChoice(column, True, column.name == ALWAYS) for column in chosen),
        *(ColumnChoice(column, False, False) for column in others),
    ]
