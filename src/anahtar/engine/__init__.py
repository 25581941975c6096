"""Where expressions run: the only package that knows a database by name.

Metrics are written as Ibis expressions and know no engine; facts and the analysis ask an `Engine` to read Parquet
files, to keep an intermediate table and to hand rows back as Arrow. Three engines answer, and alike to the last digit:
`DuckdbEngine` inside this process (always, unless another is asked for), `PostgresEngine` and `SparkEngine` (`start`).
Whatever one of them does otherwise than the rest is put right here, in the module of its SQL, beside the accident.

Importing this package costs nothing; Ibis and a database (half a CPU second) are imported when an engine starts.
"""

from anahtar.engine.duckdb_engine import DuckdbEngine, import_engine
from anahtar.engine.interface import Engine, Statement, unbound
from anahtar.engine.memory import spare_memory
from anahtar.engine.starting import HERE, UnableToStart, holding, start

__all__ = [
    "HERE",
    "DuckdbEngine",
    "Engine",
    "Statement",
    "UnableToStart",
    "holding",
    "import_engine",
    "spare_memory",
    "start",
    "unbound",
]
