"""Expressions in Spark's SQL, answering to the last digit what DuckDB answers."""

from functools import cache, lru_cache
from typing import Any

import sqlglot as sg
import sqlglot.expressions as sge
from ibis.backends.sql.compilers.base import SQLGlotCompiler
from ibis.backends.sql.compilers.pyspark import PySparkCompiler
from ibis.expr import datatypes as dt
from ibis.expr import operations as ops

from anahtar.engine.interface import Statement
from anahtar.engine.rounding import rounded


@lru_cache(maxsize=512)
def compiled(node: Any) -> Statement:
    """Compile an expression, once in a process for all that are equal."""
    made: sg.exp.Expression = _compiler().to_sqlglot(node.to_expr())
    return Statement(made.sql(dialect=PySparkCompiler.dialect), node.schema)


@cache
def _compiler() -> Any:
    return _Compiler()


class _Compiler(PySparkCompiler):  # type: ignore[misc]  # Ibis ships no types: its classes are Any
    """Ibis' compiler for Spark, put right where the database means something else by the same word."""

    __slots__ = ()

    def visit_Field(self, op: Any, *, rel: Any, name: Any) -> Any:
        # Ibis' own asks an option that exists once its Spark backend is loaded, and that one imports pandas.
        return SQLGlotCompiler.visit_Field(self, op, rel=rel, name=name)

    def visit_NonNullLiteral(self, op: Any, *, value: Any, dtype: Any) -> Any:
        # 12.0 is a decimal here, and x / 12.0 is rounded to six digits.
        if dtype.is_floating():
            return self._double(value)
        return super().visit_NonNullLiteral(op, value=value, dtype=dtype)

    def visit_CountStar(self, op: Any, *, arg: Any, where: Any) -> Any:
        # A count made of a sum is null, not zero, where there is no row.
        return super().visit_CountStar(op, arg=arg, where=where) if where is None else self.f.count_if(where)

    def visit_Mean(self, op: Any, *, arg: Any, where: Any) -> Any:
        # It adds whole numbers up as doubles, in whatever order they come.
        if not op.arg.dtype.is_integer():
            return super().visit_Mean(op, arg=arg, where=where)
        total = self.cast(self.agg.sum(arg, where=where), dt.float64)
        return total / self.f.nullif(self.cast(self.agg.count(arg, where=where), dt.float64), self._double(0.0))

    def visit_Quantile(self, op: Any, *, arg: Any, quantile: Any, where: Any) -> Any:
        # Between neighbours it weighs by places, not by the part of the way: another last digit than DuckDB's.
        if where is not None or not isinstance(op.quantile, ops.Literal):
            return super().visit_Quantile(op, arg=arg, quantile=quantile, where=where)
        ordered = self.f.anon.sort_array(self.f.anon.collect_list(arg))
        place = sge.paren(self._double(op.quantile.value) * sge.paren(self.cast(self.f.count(arg), dt.float64) - 1))
        below, above = self.f.floor(place), self.f.ceil(place)
        part = sge.paren(place - below)
        # Not element_at, which raises where there is no such place.
        low, high = (self.cast(self.f.anon.get(ordered, self.cast(at, dt.int32)), dt.float64) for at in (below, above))
        return low * sge.paren(self._double(1.0) - part) + high * part

    def visit_MultiQuantile(self, op: Any, *, arg: Any, quantile: Any, where: Any) -> Any:
        return super().visit_Quantile(op, arg=arg, quantile=quantile, where=where)

    def visit_Round(self, op: Any, *, arg: Any, digits: Any) -> Any:
        # It rounds the shortest decimal text of a double: 1.005 to 1.01, which is a little less than 1.005.
        if not (op.arg.dtype.is_floating() and (op.digits is None or isinstance(op.digits, ops.Literal))):
            return super().visit_Round(op, arg=arg, digits=digits)
        places = 0 if op.digits is None else op.digits.value
        return self.cast(rounded(arg, places, self._double), op.dtype)

    def _double(self, value: float) -> Any:
        return self.cast(sge.convert(float(value)), dt.float64)
