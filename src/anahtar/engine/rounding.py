"""Rounding that is the same in every engine."""

from typing import Any, Final

import sqlglot as sg
import sqlglot.expressions as sge

_WHOLE: Final = 2.0**52
"""From here on every double is a whole number."""


def rounded(value: Any, digits: int, double: Any) -> Any:
    """Round a double as DuckDB does: times 10^digits, to the nearest whole number, halves away from zero, and back.

    Parameters
    ----------
    value
        The expression (sqlglot). It stands in the result several times; engines compute equal aggregates once.
    digits
        After the point.
    double
        Makes a double of a number: engines take 0.5 for a decimal.
    """
    scaled = sge.paren(sge.Mul(this=sge.paren(value.copy()), expression=double(10.0**digits)))
    size = sg.func("ABS", scaled)
    # Halves by comparing and not by adding 0.5: 0.49999999999999994 + 0.5 is 1.
    below = sg.cast(sg.func("FLOOR", size.copy()), "DOUBLE")
    rest = sge.paren(sge.Sub(this=size.copy(), expression=below.copy()))
    nearest = (
        sge.Case()
        .when(sge.GTE(this=rest, expression=double(0.5)), sge.Add(this=below.copy(), expression=double(1.0)))
        .else_(below.copy())
    )
    whole = (
        sge.Case()
        .when(
            sge.LT(this=size.copy(), expression=double(_WHOLE)),
            sge.Mul(this=sge.paren(sg.cast(sg.func("SIGN", scaled.copy()), "DOUBLE")), expression=sge.paren(nearest)),
        )
        .else_(scaled.copy())
    )
    return sge.Div(this=sge.paren(whole), expression=double(10.0**digits))
