"""Codes as text, whatever kind of cell they were typed into."""

from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

_BLANKS: Final = " \t\r\n\u00a0\u2007\u202f\u3000"
"""Blanks around a code that no one sees: the no-break space of web exports among them."""


def as_codes(cells: pa.Array) -> pa.StringArray:
    """Write cells as codes: the text a person sees, so that 17850 typed as a number and "17850" are one customer.

    Parameters
    ----------
    cells
        One column of a chunk, any kind `anahtar.ledger.sheet.Chunk` allows.

    Returns
    -------
    pa.StringArray
        As long as `cells`. Text keeps its leading zeros and loses blanks around it, whole numbers have no point,
        other numbers their shortest exact form, days are ISO (with the time where it is not midnight).
        Empty text and missing cells are null.
    """
    kind = cells.type
    if pa.types.is_dictionary(kind):
        return _taken(as_codes(cells.dictionary), cells.indices)
    if pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_string_view(kind):
        return _stripped(cells.cast(pa.string()))
    if pa.types.is_floating(kind) or pa.types.is_decimal(kind):
        return _of_numbers(cells)
    if pa.types.is_timestamp(kind):
        return _of_moments(cells)
    return cells.cast(pa.string())


def number_text(number: float) -> str:
    """Write one number as a code: 17850.0 is 17850, 0.1 stays 0.1; what is no number is `nan`, `inf` or `-inf`."""
    return f"{number:.0f}" if number.is_integer() else repr(number)


def _taken(codes: pa.StringArray, indices: pa.Array) -> pa.StringArray:
    return codes.take(indices)


def _stripped(text: pa.StringArray) -> pa.StringArray:
    codes = pc.utf8_trim(text, _BLANKS)
    return pc.if_else(pc.equal(pc.binary_length(codes), 0), pa.scalar(None, pa.string()), codes)


def _of_numbers(cells: pa.Array) -> pa.StringArray:
    """Each distinct number is written once: codes repeat on every line of a ledger."""
    distinct = cells.dictionary_encode()
    if pa.types.is_decimal(cells.type):
        texts = [_decimal_text(str(number)) for number in distinct.dictionary.to_pylist()]
    else:
        texts = [number_text(number) if abs(number) < 1e300 else repr(number) for number in _floats(distinct)]
    return _taken(pa.array(texts, pa.string()), distinct.indices)


def _floats(distinct: pa.DictionaryArray) -> list[float]:
    return [float(number) for number in distinct.dictionary.to_pylist()]


def _decimal_text(text: str) -> str:
    return text.rstrip("0").rstrip(".") if "." in text else text


def _of_moments(cells: pa.Array) -> pa.StringArray:
    days = pc.strftime(cells, format="%Y-%m-%d")
    midnight = pc.equal(
        cells.cast(pa.timestamp("s"), safe=False), pc.floor_temporal(cells, unit="day").cast(pa.timestamp("s"))
    )
    return pc.if_else(
        midnight, days, pc.strftime(cells.cast(pa.timestamp("s"), safe=False), format="%Y-%m-%dT%H:%M:%S")
    )
