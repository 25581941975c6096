"""The lines of a ledger by one thing they name beside the account: direction, region, site, salesperson, product."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Final

import ibis
import pyarrow as pa

from anahtar.engine import Engine
from anahtar.facts.keys import KEYS, dictionary


class Dimension(StrEnum):
    """What lines can be told apart by."""

    DIRECTION = "direction"
    REGION = "region"
    SITE = "site"
    SALESPERSON = "salesperson"
    PRODUCT = "product"


_DICTIONARY: Final = {
    Dimension.DIRECTION: "directions",
    Dimension.REGION: "regions",
    Dimension.SITE: "sites",
    Dimension.SALESPERSON: "salespeople",
    Dimension.PRODUCT: "products",
}


@dataclass(frozen=True, slots=True)
class DimensionLines:
    """Lines by account and value of one dimension.

    Parameters
    ----------
    dimension
        Which.
    lines
        One row per line with an account asked for that names a value: account_id, value_id, sold_on, amount.
    values
        value_id, code, name; in the order of codes.
    """

    dimension: Dimension
    lines: ibis.Table
    values: pa.Table


def dimension_lines(
    batches: Sequence[Path],
    dimension: Dimension,
    *,
    engine: Engine,
    accounts: Mapping[str, int],
    as_of: date | None = None,
) -> DimensionLines | None:
    """Bring the lines of all batches together by the values of one dimension.

    Parameters
    ----------
    batches
        Batch folders, in the order of their imports.
    dimension
        What to tell the lines apart by.
    engine
        Must be allowed to read the batches.
    accounts
        Code as lines carry it -> account_id as the facts have it; lines of other codes are left out.
    as_of
        Lines after this day do not exist; None: all lines do.

    Returns
    -------
    DimensionLines | None
        None where no line of the ledger names such a value.
    """
    own = [dictionary(batch, _DICTIONARY[dimension]) for batch in batches]
    values = _values(own)
    if not values.num_rows:
        return None
    place = dict(zip(values["code"].to_pylist(), values["value_id"].to_pylist(), strict=True))
    parts = []
    for at, batch in enumerate(batches):
        files = sorted((batch / "lines").glob("*.parquet"))
        if files and own[at].num_rows:
            lines = engine.files(files, f"{dimension}_lines_{at}")
            owners = engine.arrow(_keys(dictionary(batch, "accounts"), accounts), f"{dimension}_owners_{at}")
            named = engine.arrow(_keys(own[at], place), f"{dimension}_values_{at}")
            parts.append(_keyed(lines, owners, named, lines[f"{dimension}_id"]))
    together = ibis.union(*parts, distinct=False) if len(parts) > 1 else parts[0]
    return DimensionLines(dimension, together if as_of is None else together.filter(together.sold_on <= as_of), values)


def _values(dictionaries: Sequence[pa.Table]) -> pa.Table:
    names: dict[str, str | None] = {}
    for table in dictionaries:
        given = table["name"].to_pylist() if "name" in table.column_names else [None] * table.num_rows
        for code, name in zip(table["code"].to_pylist(), given, strict=True):
            names[code] = name if name is not None else names.get(code)
    codes = sorted(names)
    return pa.table(
        {
            "value_id": pa.array(range(len(codes)), pa.int32()),
            "code": pa.array(codes, pa.string()),
            "name": pa.array([names[code] or code for code in codes], pa.string()),
        }
    )


def _keys(dictionary: pa.Table, place: Mapping[str, int]) -> pa.Table:
    """The batch's own ids of the codes asked for, and what they stand for."""
    told = [
        (own, place[code])
        for own, code in zip(dictionary["id"].to_pylist(), dictionary["code"].to_pylist(), strict=True)
        if code in place
    ]
    ids, keys = [own for own, _ in told], [key for _, key in told]
    return pa.table({"id": pa.array(ids, pa.int32()), "key": pa.array(keys, pa.int32())}, KEYS)


def _keyed(lines: ibis.Table, owners: ibis.Table, named: ibis.Table, value: ibis.Value) -> ibis.Table:
    needed = lines.select("account_id", "sold_on", "amount", value=value)
    owned = needed.join(owners, needed.account_id == owners.id).select(
        "sold_on", "amount", "value", account_id=owners.key
    )
    joined = owned.join(named, owned.value == named.id)
    return joined.select("account_id", "sold_on", "amount", value_id=joined.key)
