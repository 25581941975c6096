"""Whether two programs over the same ledger told the same: their tables, row by row and cell by cell.

python -m bench.agree OUT OTHER_OUT
"""

import sys
from pathlib import Path

import duckdb

JOB = {"customers": ("customer_id",), "concentration": (), "migration": ("e", "f", "t"), "loss": ("mi", "region")}
FIGURES = {
    "accounts": ("account_id",),
    "months": ("account_id", "month"),
    "moves": ("step", "before", "after"),
    "concentration": (),
}
"""The tables of `bench.hand_sql` and of `bench.hand_figures`, and what tells their rows apart."""

NEAR = "abs(a.{0} - b.{0}) <= 1e-9 * greatest(1, abs(a.{0}))"


def differences(one: Path, other: Path) -> dict[str, int]:
    """Cells that differ, by table and column of `one`; money and classes to the last digit, doubles to nine digits."""
    found = {}
    with duckdb.connect() as connection:
        for table, keys in (FIGURES if (one / "accounts.parquet").exists() else JOB).items():
            a, b = (f"'{folder / table}.parquet'" for folder in (one, other))
            described = connection.execute(f"describe select * from {a}").fetchall()
            match = " and ".join(f"a.{key} = b.{key}" for key in keys) or "true"
            for name, kind, *_ in described:
                same = f"a.{name} is not distinct from b.{name}"
                if kind in ("DOUBLE", "FLOAT"):
                    absent = f"coalesce(isnan(a.{name}), true) and coalesce(isnan(b.{name}), true)"
                    same = f"({same} or coalesce({NEAR.format(name)}, false) or ({absent}))"
                said = f"select count(*) from {a} a full join {b} b on {match} where not ({same})"
                ((count,),) = connection.execute(said).fetchall()
                if count:
                    found[f"{table}.{name}"] = count
    return found


if __name__ == "__main__":
    if told := differences(Path(sys.argv[1]), Path(sys.argv[2])):
        sys.exit(f"different: {told}")
