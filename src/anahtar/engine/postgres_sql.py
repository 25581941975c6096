"""Expressions in PostgreSQL's SQL, answering to the last digit what DuckDB answers."""

from functools import cache, lru_cache
from typing import Any

import sqlglot as sg
import sqlglot.expressions as sge
from ibis.backends.sql.compilers.postgres import PostgresCompiler
from ibis.expr import datatypes as dt
from ibis.expr import operations as ops

from anahtar.engine.interface import Statement
from anahtar.engine.rounding import rounded


@lru_cache(maxsize=512)
def compiled(node: Any) -> Statement:
    """Compile an expression, once in a process for all that are equal."""
    made: sg.exp.Expression = _compiler().to_sqlglot(node.to_expr())
    return Statement(made.sql(dialect="postgres"), node.schema)


@cache
def _compiler() -> Any:
    return _Compiler()


class _Compiler(PostgresCompiler):  # type: ignore[misc]  # Ibis ships no types: its classes are Any
    """Ibis' compiler for PostgreSQL, put right where the database means something else by the same word."""

    __slots__ = ()

    def visit_Sum(self, op: Any, *, arg: Any, where: Any) -> Any:
        # A sum of bigint is numeric: what is divided by it is reckoned in decimals, and its digits are others.
        total = super().visit_Sum(op, arg=arg, where=where)
        return self.cast(total, op.dtype) if op.dtype.is_integer() else total

    def visit_WindowFunction(self, op: Any, *, func: Any, **window: Any) -> Any:
        if not (isinstance(op.func, ops.Sum) and op.func.dtype.is_integer()):
            return super().visit_WindowFunction(op, func=func, **window)
        # OVER belongs to the sum inside the cast.
        return self.cast(super().visit_WindowFunction(op, func=func.this, **window), op.dtype)

    def visit_Mean(self, op: Any, *, arg: Any, where: Any) -> Any:
        # The mean of whole numbers is numeric, of sixteen digits: made a double it is rounded a second time.
        if not op.arg.dtype.is_integer():
            return super().visit_Mean(op, arg=arg, where=where)
        total = self.cast(self.agg.sum(arg, where=where), dt.float64)
        return total / self.f.nullif(self.cast(self.agg.count(arg, where=where), dt.float64), self._double(0.0))

    def visit_VarianceStandardDevCovariance(self, op: Any, *, how: Any, where: Any, **values: Any) -> Any:
        # Of whole numbers it is numeric, too.
        spread = super().visit_VarianceStandardDevCovariance(op, how=how, where=where, **values)
        return self.cast(spread, op.dtype)

    def visit_Quantile(self, op: Any, *, arg: Any, quantile: Any, where: Any) -> Any:
        # Between a and b it takes a + (b - a) * p, where DuckDB takes a * (1 - p) + b * p: another last digit. So
        # both neighbours are asked for. Equal for medians; what is no median is rounded by who asks for it, as several
        # quantiles at once (of whole days) are.
        if where is not None or not isinstance(op.quantile, ops.Literal):
            return super().visit_Quantile(op, arg=arg, quantile=quantile, where=where)
        ordered = self.f.array_agg(sge.Order(this=arg, expressions=[sge.Ordered(this=arg)]))
        known = sge.Filter(this=ordered, expression=sge.Where(this=arg.is_(sg.not_(sge.Null()))))
        place = sge.paren(self._double(op.quantile.value) * sge.paren(self.cast(self.f.count(arg), dt.float64) - 1))
        below, above = self.f.floor(place), self.f.ceil(place)
        part = sge.paren(place - below)
        # Places from 0: sqlglot adds the one.
        low, high = (
            self.cast(sge.Bracket(this=sge.paren(known), expressions=[self.cast(at, dt.int32)]), dt.float64)
            for at in (below, above)
        )
        return low * sge.paren(self._double(1.0) - part) + high * part

    def visit_MultiQuantile(self, op: Any, *, arg: Any, quantile: Any, where: Any) -> Any:
        return super().visit_Quantile(op, arg=arg, quantile=quantile, where=where)

    def visit_Round(self, op: Any, *, arg: Any, digits: Any) -> Any:
        # Halves of doubles go to the even number, and a number of digits is known of numeric only, of which a double
        # becomes one of fifteen digits.
        if not (op.arg.dtype.is_floating() and (op.digits is None or isinstance(op.digits, ops.Literal))):
            return super().visit_Round(op, arg=arg, digits=digits)
        places = 0 if op.digits is None else op.digits.value
        return self.cast(rounded(arg, places, self._double), op.dtype)

    def visit_NonNullLiteral(self, op: Any, *, value: Any, dtype: Any) -> Any:
        # 0.5 is numeric here: a quotient of two such numbers has as many digits as numeric likes.
        if dtype.is_floating():
            return self._double(value)
        return super().visit_NonNullLiteral(op, value=value, dtype=dtype)

    def visit_ExtractYear(self, op: Any, *, arg: Any) -> Any:
        # What is extracted is numeric since PostgreSQL 14.
        return self.cast(super().visit_ExtractYear(op, arg=arg), op.dtype)

    def visit_ExtractMonth(self, op: Any, *, arg: Any) -> Any:
        return self.cast(super().visit_ExtractMonth(op, arg=arg), op.dtype)

    def visit_ExtractDay(self, op: Any, *, arg: Any) -> Any:
        return self.cast(super().visit_ExtractDay(op, arg=arg), op.dtype)

    def visit_SortKey(self, op: Any, *, arg: Any, ascending: bool, nulls_first: bool) -> Any:
        # Texts stand in the order of their bytes in every engine; here in that of the database's language.
        if op.arg.dtype.is_string():
            arg = sge.Collate(this=arg, expression=sg.to_identifier("C", quoted=True))
        return super().visit_SortKey(op, arg=arg, ascending=ascending, nulls_first=nulls_first)

    def _double(self, value: float) -> Any:
        return self.cast(sge.convert(float(value)), dt.float64)
