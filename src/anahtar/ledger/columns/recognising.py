"""Which column of an export plays which role: by its name first, by its cells where names leave it open.

Guessing wrong here is worse than not reading at all (an amount with VAT, a due date, a row number taken for the
customer all give plausible figures). So a role is taken by name only if the cells agree, two equally good columns
are a refusal, and every choice carries its reason.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import Final, TypeAlias

from anahtar.ledger.columns.choosing import Choice, Table, UnableToMap, ambiguous, missing
from anahtar.ledger.columns.content import Look
from anahtar.ledger.columns.folding import fold
from anahtar.ledger.columns.naming import column_name
from anahtar.ledger.options import ReadOptions
from anahtar.ledger.roles import REQUIRED, ROLES, FileKind, Role
from anahtar.ledger.roles import Mapping as RoleMapping
from anahtar.ledger.sheet import Chunk
from anahtar.words import Message, Share, say

__all__ = ["UnableToMap", "recognise", "recognise_so_far"]

_Step: TypeAlias = Callable[[Choice], object]

_CLEAR: Final = 0.95
"""Share of cells from which a nameless column is what its cells look like."""

_GROSS: Final = 9
"""Rank of an amount from which quantity x unit price is the better reading: with VAT, in foreign currency."""

_DECIDES_FIGURES: Final = frozenset({Role.COST, Role.MARGIN, Role.CURRENCY})
"""Optional roles that change figures: two equal columns are a refusal, where for a region the first one is taken."""

_FOUND_IN_ITS_PLACE: Final = frozenset(
    {*(Role.CUSTOMER, Role.DATE, Role.AMOUNT, Role.DISCOUNT), *(Role.CUSTOMER_NAME, Role.PRODUCT, Role.PRODUCT_NAME)}
)

_NAMELESS: Final = frozenset(fold("column col kolon sütun field alan spalte unnamed столбец колонка f c var").split())


def recognise(header: Sequence[str], sample: Chunk, options: ReadOptions, *, file: str, sheet: str = "") -> RoleMapping:
    """Say which column of a sheet plays which role, and why.

    A header that is a known name wins over one that contains a known name; then, for columns without a header,
    the cells decide. A column is not taken where its cells contradict its name. `options.columns` wins over all of
    it; an empty string there says that the file has no such column.

    Parameters
    ----------
    header
        The header cells as they stand; an empty string where there is none.
    sample
        Some rows (the first 1000 are looked at).
    options
        `columns` and `currency` are read.
    file, sheet
        Named in refusals.

    Returns
    -------
    Mapping
        Customer and date, and an amount or quantity and unit price (of deliveries: customer, order, promised and
        actual day, both quantities), always; other roles where found. With net and
        gross amounts the net one; with an amount in foreign currency beside one in the ledger's, the ledger's, and
        then no currency column, because that one speaks of the other amount.

    Raises
    ------
    UnableToMap
        Customer, date or amount cannot be found, or two columns are equally good, or `options.columns` names a
        column that is not there.
    """
    mapping, doubts = recognise_so_far(header, sample, options, file=file, sheet=sheet)
    if doubts:
        raise doubts[0]
    return mapping


def recognise_so_far(
    header: Sequence[str], sample: Chunk, options: ReadOptions, *, file: str, sheet: str = ""
) -> tuple[RoleMapping, list[UnableToMap]]:
    """`recognise` for a person who goes on deciding: the roles that are clear, and why the others are not.

    Returns
    -------
    tuple
        The mapping, which may lack required roles, and one doubt for each role that is not clear, in the order in
        which `recognise` would refuse them.
    """
    place = f"{file} [{sheet}]" if sheet else file
    chosen = Choice(Table(header, sample.columns, options.currency, place, options.kind))
    doubts: dict[Role, UnableToMap] = {}
    for step in (*_given(options), *_steps(options.kind)):
        try:
            step(chosen)
        except UnableToMap as doubt:
            doubts.setdefault(doubt.role, doubt)
    columns = {role: column_name(header, chosen.columns[role]) for role in Role if role in chosen.columns}
    return RoleMapping(columns, chosen.because, options.kind), list(doubts.values())


def _given(options: ReadOptions) -> Iterator[_Step]:
    for role, name in options.columns.items():
        yield partial(_give, role, name)


def _give(role: Role, name: str, chosen: Choice) -> None:
    chosen.give(role, name)


def _require_customer(chosen: Choice) -> None:
    if not _customer(chosen):
        raise UnableToMap(Role.CUSTOMER, missing(chosen.table, Role.CUSTOMER))


def _require_date(chosen: Choice) -> None:
    if not (chosen.find(Role.DATE, firmly=True) or _by_cells(chosen, Role.DATE)):
        raise UnableToMap(Role.DATE, missing(chosen.table, Role.DATE))


def _require_amount(chosen: Choice) -> None:
    if not _amount(chosen):
        raise UnableToMap(Role.AMOUNT, missing(chosen.table, Role.AMOUNT))


_REQUIRED: Final[Sequence[_Step]] = (_require_customer, _require_date, _require_amount)


def _steps(kind: FileKind) -> Iterator[_Step]:
    """What is looked for in a kind of file, what it must have first."""
    if kind is FileKind.SALES:
        yield from (*_REQUIRED, *_others())
        return
    yield _require_customer
    for role in REQUIRED[kind]:
        if role is not Role.CUSTOMER:
            yield partial(_require, role)
    yield _products
    for role in ROLES[kind]:
        if role not in _FOUND_IN_ITS_PLACE or role is Role.CUSTOMER_NAME:
            yield partial(_find_other, role)


def _require(role: Role, chosen: Choice) -> None:
    if not chosen.find(role, firmly=True):
        raise UnableToMap(role, missing(chosen.table, role))


def _customer(chosen: Choice) -> bool:
    """The customer's code; where the file has only names, the name is the code."""
    whole = chosen.find(Role.CUSTOMER, firmly=True) and not chosen.is_partial(Role.CUSTOMER)
    if whole or Role.CUSTOMER in chosen.closed:
        return Role.CUSTOMER in chosen.columns
    partial = chosen.columns.pop(Role.CUSTOMER, None)
    if chosen.find(Role.CUSTOMER, called=Role.CUSTOMER_NAME, firmly=True) and (
        partial is None or not chosen.is_partial(Role.CUSTOMER)
    ):
        return True
    if partial is not None:
        chosen.columns[Role.CUSTOMER] = partial
        chosen.because[Role.CUSTOMER] = say("“{header}” contains a known name", header=chosen.table.name(partial))
        return True
    return _by_cells(chosen, Role.CUSTOMER)


def _amount(chosen: Choice) -> bool:
    """An amount net of VAT in the ledger's currency; else quantity x unit price; else whatever amount there is."""
    found = chosen.find(Role.AMOUNT, firmly=True)
    if found and (Role.AMOUNT in chosen.closed or _is_plain(chosen)):
        return True
    if _priced(chosen):
        chosen.drop(Role.AMOUNT)
        return True
    return found or _by_cells(chosen, Role.AMOUNT)


def _is_plain(chosen: Choice) -> bool:
    index = chosen.columns[Role.AMOUNT]
    rank = chosen.table.meanings[index].rank(Role.AMOUNT)
    return rank is not None and rank < _GROSS and not chosen.table.foreign(index)


def _priced(chosen: Choice) -> bool:
    """Whether quantity x unit price gives the amount. A price that is net already takes no discount a second time."""
    if not (chosen.find(Role.QUANTITY, firmly=True) and chosen.find(Role.UNIT_PRICE, firmly=True)):
        return False
    if "net" not in chosen.table.meanings[chosen.columns[Role.UNIT_PRICE]].ideas:
        chosen.find(Role.DISCOUNT)
    return True


def _others() -> Iterator[_Step]:
    yield _products
    yield lambda chosen: chosen.find(Role.CUSTOMER_NAME)
    for role in ROLES[FileKind.SALES]:
        if role not in _FOUND_IN_ITS_PLACE:
            yield partial(_find_other, role)
    yield _currency_of_the_other_amount


def _find_other(role: Role, chosen: Choice) -> None:
    if role not in chosen.columns:
        chosen.find(role, firmly=role in _DECIDES_FIGURES)


def _products(chosen: Choice) -> None:
    """The product's code, its name; a lone description is of the line, not of a product."""
    if chosen.find(Role.PRODUCT):
        chosen.find(Role.PRODUCT_NAME)
    else:
        chosen.find(Role.PRODUCT, called=Role.PRODUCT_NAME, worst=0)


def _currency_of_the_other_amount(chosen: Choice) -> None:
    """Leave the currency column out where the amount taken is already in the ledger's currency.

    Exports with `Tutar` and `Döviz Tutarı` name in `Döviz` the currency of the second; converting the first by it
    would multiply lira by the rate of the dollar.
    """
    amount = chosen.columns.get(Role.AMOUNT)
    if amount is None or Role.CURRENCY not in chosen.columns or chosen.table.foreign(amount):
        return
    said = chosen.table.meanings[amount]
    others = (index for index in range(len(chosen.table.header)) if index != amount)
    if said.currency or "local" in said.ideas or any(_is_amount_abroad(chosen.table, index) for index in others):
        chosen.drop(Role.CURRENCY)


def _is_amount_abroad(table: Table, index: int) -> bool:
    return (
        table.foreign(index) and table.meanings[index].rank(Role.AMOUNT) is not None and table.looks[index].filled > 0
    )


def _by_cells(chosen: Choice, role: Role) -> bool:
    """Find a role among columns without a name, if exactly one looks like it."""
    table = chosen.table
    if role in chosen.closed:
        return role in chosen.columns
    free = [
        index
        for index in range(len(table.header))
        if index not in chosen.columns.values() and _may_be_nameless(table, index, role)
    ]
    fitting = list(_looking_like(role, {index: table.looks[index] for index in free}))
    if len(fitting) > 1:
        raise UnableToMap(role, ambiguous(table, role, fitting))
    for index in fitting:
        chosen.take(role, index, _by_content(role, table.looks[index]))
    return bool(fitting)


def _may_be_nameless(table: Table, index: int, role: Role) -> bool:
    words = [word for word in fold(table.header[index]).split() if not word.isdecimal()]
    unknown = not table.meanings[index].ideas and table.looks[index].filled > 0
    return unknown and (role is Role.DATE or all(word in _NAMELESS for word in words))


def _looking_like(role: Role, looks: Mapping[int, Look]) -> Iterable[int]:
    if role is Role.DATE:
        return [index for index, seen in looks.items() if seen.dates >= _CLEAR]
    if role is Role.AMOUNT:
        return [i for i, seen in looks.items() if seen.numbers >= _CLEAR and seen.fractions > 0 and seen.dates < 0.5]
    codes = [i for i, seen in looks.items() if _repeats(seen) and seen.dates < 0.5 and seen.currencies < 0.5]
    texts = [index for index in codes if looks[index].numbers < 0.5]
    return texts or [index for index in codes if looks[index].fractions == 0]


def _repeats(seen: Look) -> bool:
    """Customers come back: a column of different values is a row number, one of a single value says nothing."""
    return 1 < seen.distinct < seen.filled


def _by_content(role: Role, seen: Look) -> Message:
    if role is Role.DATE:
        return say("no known name, but {share} of the cells are dates", share=Share(seen.dates))
    if role is Role.AMOUNT:
        return say("no known name, but {share} of the cells are amounts", share=Share(seen.numbers))
    return say("no known name, but the only column of codes that repeat")
