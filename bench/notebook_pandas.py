"""RFM, ABC and XYZ as notebooks do it: everything read, a function for each group, a loop for each month.

    python -m bench.notebook_pandas FOLDER_OF_PARQUET OUT

It answers less than the others (no classes of equal accounts by customer, quintiles by rank, fewer columns), and in
floating point, so its tables are not compared.
"""

import sys
from pathlib import Path

import numpy as np
import pandas as pd

AS_OF = pd.Timestamp("2025-12-31")


def abc(values: pd.Series) -> pd.Series:
    some = values[values > 0].sort_values(ascending=False)
    above = (some.cumsum() - some) / some.sum()
    return pd.Series(np.where(above < 0.8, "A", np.where(above < 0.95, "B", "C")), index=some.index)


def gaps(days: pd.Series) -> pd.Series:
    between = days.drop_duplicates().sort_values().diff().dt.days
    return pd.Series({"gap_mean": between.mean(), "gap_std": between.std()})


def customers(lines: pd.DataFrame, months: pd.DataFrame) -> pd.DataFrame:
    year = lines[lines["date"] > AS_OF - pd.DateOffset(months=12)]
    found = year.groupby("customer_id").agg(
        rev12=("amount", "sum"), profit12=("profit", "sum"), orders12=("invoice_id", "nunique")
    )
    bought = lines[lines["amount"] > 0]
    ever = bought.groupby("customer_id").agg(
        first=("date", "min"), last=("date", "max"), n_days=("date", "nunique"), monetary=("amount", "mean")
    )
    rhythm = bought.groupby("customer_id")["date"].apply(gaps).unstack()
    found = found.join(ever, how="outer").join(rhythm)
    found["abc"], found["abc_profit"] = abc(found["rev12"]), abc(found["profit12"])
    found["days_since"] = (AS_OF - found["last"]).dt.days
    found["overdue"] = found["days_since"] / found["gap_mean"]
    found["cv"] = months.iloc[:, -12:].apply(
        lambda row: row.std(ddof=0) / row.mean() if row.mean() > 0 else np.nan, axis=1
    )
    found["xyz"] = found["cv"].apply(lambda cv: "N" if pd.isna(cv) else "X" if cv < 0.5 else "Y" if cv < 1 else "Z")
    for name, values in (("r", -found["days_since"]), ("f", found["orders12"]), ("m", found["rev12"])):
        found[name] = pd.qcut(values.rank(method="first"), 5, labels=False) + 1
    found["share"] = found["rev12"] / found["rev12"].sum()
    return found


def moves(months: pd.DataFrame) -> list[pd.DataFrame]:
    steps, before, count = [], None, len(months.columns)
    for back in range(12, -1, -1):
        year = months.iloc[:, count - back - 12 : count - back].sum(axis=1)
        now = abc(year).reindex(months.index).fillna("N")
        if before is not None:
            steps.append(pd.crosstab(before, now))
        before = now
    return steps


def losses(lines: pd.DataFrame) -> list[pd.DataFrame]:
    bought = lines[lines["amount"] > 0]
    pairs = bought.groupby(["customer_id", "region", "month"])["amount"].sum().unstack(fill_value=0)
    found = []
    for at in range(15, len(pairs.columns)):
        was, now = pairs.iloc[:, at - 3] > 0, (pairs.iloc[:, at - 2 : at + 1] > 0).any(axis=1)
        gone = pairs[was & ~now]
        found.append(gone.iloc[:, at - 14 : at - 2].sum(axis=1).groupby("region").agg(["size", "sum"]))
    return found


def main(source: Path, out: Path) -> None:
    """Run what a notebook would and write its table of customers."""
    out.mkdir(parents=True, exist_ok=True)
    lines = pd.read_parquet(source)
    lines["date"] = pd.to_datetime(lines["date"])
    lines["profit"] = lines["amount"] - lines["cost"]
    lines["month"] = lines["date"].dt.to_period("M")
    months = lines.pivot_table(index="customer_id", columns="month", values="amount", aggfunc="sum", fill_value=0)
    found = customers(lines, months)
    some = found["rev12"][found["rev12"] > 0]
    print(len(moves(months)), len(losses(lines)), (some / some.sum()).pow(2).sum())
    found.to_parquet(out / "customers.parquet")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
