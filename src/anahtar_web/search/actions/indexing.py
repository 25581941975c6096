"""The index is made to hold what the rows say: some of them, those of an account, or all."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any, Final

from django.db import models, transaction
from django.db.models import Exists, OuterRef

from anahtar_web.audit.models import Entry
from anahtar_web.search.models import Text
from anahtar_web.search.sources import SOURCES, Source
from anahtar_web.search.words import words_of

_AT_ONCE: Final = 1000
_LONGEST: Final = 50_000
_WRITTEN: Final = ("account_id", "title", "body", "title_key", "body_key", "at")


@dataclass(frozen=True, slots=True)
class Difference:
    """One text of the index that is not what its row says.

    Parameters
    ----------
    wanted
        What should stand there; None: nothing.
    stored
        What stands there; None: nothing.
    """

    wanted: Text | None
    stored: Text | None


@transaction.atomic
def follow(entry: Entry, target: models.Model) -> None:
    """Look again at the rows that an entry of the trail is about."""
    for source in SOURCES.values():
        if isinstance(target, source.model) and target.pk is not None:
            catch_up(source, {"pk": target.pk}, {"row": target.pk})
        elif isinstance(target, source.model) or entry.verb.startswith(source.through or (" ",)):
            if entry.account_id is None and source.told_by:
                _catch_up_with_the_program(source)
            else:
                catch_up(source, *_of_account(source, entry.account_id))


def _catch_up_with_the_program(source: Source) -> None:
    """Look again at rows that are new, gone, or called otherwise: an import may have changed a few of very many."""
    texts = Text.objects.filter(source=source.name, guard="")
    same = texts.filter(row=OuterRef("pk"), title=OuterRef(source.told_by))
    keys = list(source.rows().filter(~Exists(same)).order_by("pk").values_list("pk", flat=True))
    keys += texts.filter(~Exists(source.rows().filter(pk=OuterRef("row")))).values_list("row", flat=True)
    for at in range(0, len(keys), _AT_ONCE):
        some = keys[at : at + _AT_ONCE]
        catch_up(source, {"pk__in": some}, {"row__in": some})


@transaction.atomic
def look_again(model: type[models.Model], keys: Collection[int]) -> None:
    """Look again at rows that were written without an entry of their own on the trail."""
    for source in SOURCES.values():
        if source.model is model:
            catch_up(source, {"pk__in": keys}, {"row__in": keys})


def _of_account(source: Source, account: int | None) -> tuple[dict[str, Any], dict[str, Any]]:
    if account is None or not source.account_field:
        return {}, {}
    return {source.account_field: account}, {"account_id": account}


@transaction.atomic
def catch_up(source: Source, rows: dict[str, Any] | None = None, texts: dict[str, Any] | None = None) -> int:
    """Make the index hold what the rows say; how much was changed.

    Parameters
    ----------
    rows, texts
        Which rows of the source, and the same among the texts of the index; without them all.
    """
    changed = 0
    found = differences(source, rows, texts)
    while some := list(islice(found, _AT_ONCE)):
        _write(some)
        changed += len(some)
    return changed


def _write(some: list[Difference]) -> None:
    gone = [one.stored.pk for one in some if one.wanted is None and one.stored is not None]
    Text.objects.filter(pk__in=gone).delete()
    new, other = [], []
    for one in some:
        if one.wanted is None:
            continue
        if one.stored is None:
            new.append(one.wanted)
        else:
            one.wanted.pk = one.stored.pk
            other.append(one.wanted)
    Text.objects.bulk_create(new)
    Text.objects.bulk_update(other, [name.removesuffix("_id") for name in _WRITTEN], batch_size=100)


def differences(
    source: Source, rows: dict[str, Any] | None = None, texts: dict[str, Any] | None = None
) -> Iterator[Difference]:
    """Compare what rows say with the index, row by row in the order of their keys."""
    stored = _Stored(Text.objects.filter(source=source.name, **(texts or {})))
    for row in source.rows().filter(**(rows or {})).order_by("pk").iterator(chunk_size=_AT_ONCE):
        yield from (Difference(None, text) for text in stored.before(row.pk))
        there = {text.guard: text for text in stored.of(row.pk)}
        for wanted in _texts(source, row):
            kept = there.pop(wanted.guard, None)
            if kept is None or any(getattr(kept, name) != getattr(wanted, name) for name in _WRITTEN):
                yield Difference(wanted, kept)
        yield from (Difference(None, text) for text in there.values())
    yield from (Difference(None, text) for text in stored.before(None))


class _Stored:
    """Texts of the index in the order of their rows, read once."""

    def __init__(self, texts: Any) -> None:
        # Read whole before anything is written: what is written meanwhile is not to be read again.
        self._texts = list(texts.order_by("row", "guard"))
        self._at = 0

    def before(self, row: int | None) -> Iterator[Text]:
        """Give those of rows before one; None: all that are left."""
        while self._at < len(self._texts) and (row is None or self._texts[self._at].row < row):
            self._at += 1
            yield self._texts[self._at - 1]

    def of(self, row: int) -> Iterator[Text]:
        """Give those of a row."""
        while self._at < len(self._texts) and self._texts[self._at].row == row:
            self._at += 1
            yield self._texts[self._at - 1]


def _texts(source: Source, row: Any) -> Iterator[Text]:
    yield _text(source, row, "", source.texts(row))
    for guard, texts in source.guarded.items():
        if any(texts(row)):
            yield _text(source, row, guard.value, texts(row))


def _text(source: Source, row: Any, guard: str, texts: Any) -> Text:
    title = source.title(row)[:300]
    body = " · ".join(str(text).strip() for text in texts if text and str(text).strip())[:_LONGEST]
    return Text(
        source=source.name,
        row=row.pk,
        guard=guard,
        account_id=source.account(row),
        title=title,
        body=body,
        # By its title a row is found once: through the words that everybody finds.
        title_key="" if guard else " ".join(words_of(title))[:620],
        body_key=" ".join(words_of(body)),
        at=source.at(row),
    )


def rebuild() -> int:
    """Make the whole index anew; how many texts it holds."""
    with transaction.atomic():
        Text.objects.all().delete()
        return sum(catch_up(source) for source in SOURCES.values())
