"""Where people write words: the columns of each table, told by the app it belongs to.

Whoever is erased, or asks what we hold of them, may be named in any of them. A column that is told here is searched,
and the name taken out of it; what follows from it (a key for searching) is written anew with it.

    register(Sighting, account="presence__account")
    register(Tender, without=("currency",), follow=lambda row: {"search_key": key_of(row)})
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db import models


@dataclass(frozen=True, slots=True)
class Written:
    """A table, and what people write into it.

    Parameters
    ----------
    columns
        Texts, and JSON with texts in it.
    account
        The way from a row to its account, as a lookup; empty: it belongs to none.
    follow
        Gives the columns that follow from the texts of a row, by name.
    told
        Whether a person is shown what is found there; otherwise it is only taken out (answers kept for a day).
    """

    model: type[models.Model]
    columns: Sequence[str]
    account: str
    follow: Callable[[Any], Mapping[str, Any]] | None
    told: bool

    @property
    def name(self) -> str:
        """The table's name in the program."""
        return self.model._meta.label_lower


_WRITTEN: Final[dict[str, Written]] = {}


def register(
    model: type[models.Model],
    *,
    account: str = "account",
    without: Sequence[str] = (),
    follow: Callable[[Any], Mapping[str, Any]] | None = None,
    told: bool = True,
) -> None:
    """Tell of a table; every text of it counts but what a list offers, what follows, and `without`."""
    columns = [field.name for field in texts_of(model) if field.name not in without]
    _WRITTEN[model._meta.label_lower] = Written(model, columns, account, follow, told)


def texts_of(model: type[models.Model]) -> "list[models.Field[Any, Any]]":
    """Give the columns of a table that can hold words of somebody's own."""
    kinds = (models.CharField, models.TextField, models.JSONField)
    return [field for field in model._meta.concrete_fields if isinstance(field, kinds) and not field.choices]


def written() -> Sequence[Written]:
    """Give all tables that were told."""
    return [_WRITTEN[name] for name in sorted(_WRITTEN)]
