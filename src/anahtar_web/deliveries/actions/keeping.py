"""Deliveries of an import are kept, and go with it: the last word on a line holds, no word is lost."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final, TypeVar

from django.db import transaction
from django.utils import timezone

from anahtar.ledger.files import wire
from anahtar_web.accounts.models import Account
from anahtar_web.deliveries.actions.stating import Key, Statement, fill, statements
from anahtar_web.deliveries.models import DeliveryLine
from anahtar_web.deliveries.queries.lines import terms
from anahtar_web.ledgers.models import Import, State

_One = TypeVar("_One")
_CHUNK: Final = 500
"""Orders that are asked for at once: databases take no more than some thousand values."""


@transaction.atomic
def bring_in(of: Import, folder: Path, by: Any) -> None:
    """Keep what was read of an import: what it says of a line takes the place of what was said before.

    A line keeps the first day that any import said was promised. Nothing happens where an earlier run has done so.
    """
    if DeliveryLine.objects.filter(of=of).exists():
        return
    now, tolerance = timezone.now(), terms().tolerance
    files = [file.name for file in wire.draft_from_json(of.draft).files]
    said = statements(folder)
    accounts = accounts_by_code(statement.key.customer for statement in said)
    for some in _some(said):
        held = {_key(row): row for row in _words(some, ended_at=None)}
        _end([held[one.key].pk for one in some if one.key in held], now)
        rows = []
        for one in some:
            before = held.get(one.key)
            first = before.promised_first if before else one.promised
            row = _row(one, of, first, tolerance, now)
            row.account_id, row.file = accounts.get(one.key.customer), files[one.file_id][:300]
            rows.append(row)
        DeliveryLine.objects.bulk_create(rows, batch_size=_CHUNK)


@transaction.atomic
def take_out(of: Import, by: Any) -> None:
    """Let what an import said hold no more: earlier and later words on the same lines count as if it had not been."""
    now, tolerance = timezone.now(), terms().tolerance
    keys = list({_key(row) for row in DeliveryLine.objects.filter(of=of).only("customer", "order", "line")})
    for some in _some(keys):
        told = _by_line(some)
        ending: list[int] = []
        making: list[DeliveryLine] = []
        for key in some:
            _settle(told.get(key, []), of, now, tolerance, ending, making)
        _end(ending, now)
        DeliveryLine.objects.bulk_create(making, batch_size=_CHUNK)


def _settle(
    words: Sequence[DeliveryLine], gone: Import, now: datetime, tolerance: Any, ending: list[int], making: list[Any]
) -> None:
    """Say which word on a line holds once an import is gone."""
    current = next((word for word in words if word.ended_at is None), None)
    counting = {word.of_id: word for word in words if word.of_id != gone.pk and word.of.state == State.IMPORTED}
    left = sorted(counting.values(), key=lambda word: (word.of.imported_at, word.of_id))
    first = left[0].promised_here if left else None
    if current is not None and left and current.of_id == left[-1].of_id and current.promised_first == first:
        return
    if current is not None:
        ending.append(current.pk)
    if left and first is not None:
        making.append(_again(left[-1], first, now, tolerance))


def _again(word: DeliveryLine, first: date, now: datetime, tolerance: Any) -> DeliveryLine:
    """The same word said once more, with the first promise that counts now."""
    word.pk = None
    word.promised_first, word.recorded_at, word.ended_at = first, now, None
    word.filled_on, word.late_days = fill(first, word.ordered, word.part_list, tolerance)
    return word


def _by_line(keys: Sequence[Key]) -> dict[Key, list[DeliveryLine]]:
    found: dict[Key, list[DeliveryLine]] = {}
    rows: Any = DeliveryLine.objects.filter(order__in={key.order for key in keys}).select_related("of")
    for row in rows.order_by("recorded_at", "pk"):
        found.setdefault(_key(row), []).append(row)
    return found


def _row(one: Statement, of: Import, first: date, tolerance: Any, now: datetime) -> DeliveryLine:
    row = DeliveryLine(
        of=of,
        customer=one.key.customer,
        order=one.key.order,
        line=one.key.line,
        product=one.product,
        product_name=one.product_name,
        direction=one.direction,
        promised_first=first,
        promised_here=one.promised,
        promised_now=one.moved_to,
        ordered=one.ordered,
        delivered=sum(one.parts.values()),
        parts=[[day.isoformat(), quantity] for day, quantity in sorted(one.parts.items())],
        row=one.row,
        recorded_at=now,
    )
    row.filled_on, row.late_days = fill(first, row.ordered, row.part_list, tolerance)
    return row


def _words(some: Sequence[Statement], **which: Any) -> Iterable[DeliveryLine]:
    found: Any = DeliveryLine.objects.filter(order__in={one.key.order for one in some}, **which)
    return found  # type: ignore[no-any-return]  # a queryset of the manager is untyped


def _key(row: DeliveryLine) -> Key:
    return Key(row.customer, row.order, row.line)


def _end(rows: Sequence[int], now: datetime) -> None:
    for some in _some(rows):
        DeliveryLine.objects.filter(pk__in=some).update(ended_at=now)


def _some(rows: Sequence[_One]) -> Iterator[Sequence[_One]]:
    for start in range(0, len(rows), _CHUNK):
        yield rows[start : start + _CHUNK]


def accounts_by_code(codes: Iterable[str]) -> Mapping[str, int]:
    """Find the accounts of customers' codes, as the ledger writes them."""
    wanted = sorted(set(codes))
    return {
        code: pk
        for some in _some(wanted)
        for code, pk in Account.objects.filter(code__in=some).values_list("code", "pk")
    }


def find_accounts() -> int:
    """Give lines without an account the one that has their code by now; says how many found one."""
    codes = DeliveryLine.objects.filter(account=None).order_by().values_list("customer", flat=True).distinct()
    found = accounts_by_code(codes)
    return sum(
        DeliveryLine.objects.filter(account=None, customer=code).update(account=pk) for code, pk in found.items()
    )
