"""The job of `bench.hand_sql` in pandas, written with care: six columns, vectors only, the same four tables.

python -m bench.pandas_job FOLDER_OF_PARQUET OUT
"""

import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow.parquet as pq

AS_OF = pd.Timestamp("2025-12-31")
LAST = AS_OF.year * 12 + AS_OF.month - 1
COLUMNS = ["customer_id", "invoice_id", "date", "region", "amount", "cost"]
MONEY = ["rev", "profit", "orders"]


def invoices(source: Path) -> pd.DataFrame:
    # Days as numbers and not as Python's dates: the one conversion that decides how long all of this takes.
    lines = pq.read_table(source, columns=COLUMNS).to_pandas(date_as_object=False)
    lines = lines[lines["date"] <= AS_OF]
    lines["profit"] = lines["amount"] - lines["cost"]
    found = lines.groupby(["customer_id", "invoice_id"], as_index=False, sort=False).agg(
        date=("date", "first"), region=("region", "first"), rev=("amount", "sum"), profit=("profit", "sum")
    )
    for name in ("rev", "profit"):
        found[name] = (found[name] * 100).round().astype("int64")
    found["mi"] = found["date"].dt.year.astype("int64") * 12 + found["date"].dt.month - 1
    found["orders"] = (found["rev"] > 0).astype("int64")
    return found


def gaps(invoice: pd.DataFrame) -> pd.DataFrame:
    days = invoice[invoice["rev"] > 0].groupby(["customer_id", "date"], as_index=False)["rev"].sum()
    days["gap"] = days.groupby("customer_id")["date"].diff().dt.days
    days["first_rev"] = days["rev"].where(days["gap"].isna(), 0)
    return days.groupby("customer_id").agg(
        first_date=("date", "min"),
        last_date=("date", "max"),
        n_days=("rev", "size"),
        pos_rev=("rev", "sum"),
        first_rev=("first_rev", "sum"),
        gap_mean=("gap", "mean"),
        gap_std=("gap", "std"),
    )


def letters(value: pd.Series, reached: pd.Series, total: float) -> np.ndarray:
    above = (reached - value) / total
    return np.select([value <= 0, above < 0.8, above < 0.95], ["N", "A", "B"], "C")


def fifth(values: pd.Series) -> np.ndarray:
    """Of five equal parts, the larger ones first, as SQL's ntile; ties by customer."""
    place = values.rank(method="first").to_numpy().astype("int64") - 1
    size, rest = divmod(len(values), 5)
    edge = rest * (size + 1)
    return np.where(place < edge, place // (size + 1), rest + (place - edge) // max(size, 1)) + 1


def customers(months: pd.DataFrame, gap: pd.DataFrame) -> pd.DataFrame:
    ever = months.groupby("customer_id")[MONEY].sum().add_suffix("_all")
    year = months[months["mi"] > LAST - 12]
    recent = year.groupby("customer_id")[MONEY].sum().add_suffix("12")
    squares = (year["rev"].astype(float) ** 2).groupby(year["customer_id"]).sum().rename("ss")
    w = ever.join(recent).join(squares).fillna(0)
    w[[f"{name}12" for name in MONEY]] = w[[f"{name}12" for name in MONEY]].astype("int64")
    w = w.reset_index().sort_values(["profit12", "customer_id"], ascending=[False, True])
    w["pcum"] = w["profit12"].clip(lower=0).cumsum()
    w = w.sort_values(["rev12", "customer_id"], ascending=[False, True])
    w["cum"] = w["rev12"].clip(lower=0).cumsum()
    w["rnk"] = np.arange(1, len(w) + 1)
    total, profit = w["rev12"].clip(lower=0).sum(), w["profit12"].clip(lower=0).sum()
    w = w.merge(gap, left_on="customer_id", right_index=True, how="left").sort_values("customer_id")
    mean = w["rev12"] / 12
    cv = np.sqrt((w["ss"] / 12 - mean**2).clip(lower=0)) / mean.where(mean > 0)
    silence = (AS_OF - w["last_date"]).dt.days
    later = (w["pos_rev"] - w["first_rev"]) / (w["n_days"] - 1).where(w["n_days"] > 1)
    kept = ["customer_id", "rev12", "profit12", "orders12", "rev_all", "profit_all", "orders_all"]
    return w[[*kept, "first_date", "last_date", "n_days"]].assign(
        frequency=w["n_days"] - 1,
        recency=(w["last_date"] - w["first_date"]).dt.days,
        T=(AS_OF - w["first_date"]).dt.days,
        monetary=np.where(w["n_days"] > 1, later, 0.0),
        gap_mean=w["gap_mean"],
        gap_std=w["gap_std"],
        days_since=silence,
        overdue=silence / w["gap_mean"],
        share=w["rev12"].clip(lower=0) / total,
        cum_share=w["cum"] / total,
        rnk=w["rnk"],
        abc=letters(w["rev12"], w["cum"], total),
        abc_profit=letters(w["profit12"], w["pcum"], profit),
        cv=cv,
        xyz=np.select([w["rev12"] <= 0, cv < 0.5, cv < 1], ["N", "X", "Y"], "Z"),
        r=fifth(w["last_date"].fillna(pd.Timestamp(1900, 1, 1))),
        f=fifth(w["orders12"]),
        m=fifth(w["rev12"]),
    )


def concentration(customer: pd.DataFrame) -> pd.DataFrame:
    some = customer.loc[customer["rev12"] > 0].sort_values(["rev12", "customer_id"])
    value = some["rev12"].to_numpy("float64")
    n, total, down = len(value), value.sum(), value[::-1]
    tops = {f"top{top}": down[:top].sum() / total for top in (1, 5, 10)}
    gini = 2 * (np.arange(1, n + 1) * value).sum() / (n * total) - (n + 1) / n
    fifth_of = down[: int(np.ceil(n * 0.2))].sum() / total
    row = {"total": int(some["rev12"].sum()), "n": n, **tops, "top20pct": fifth_of}
    return pd.DataFrame([{**row, "hhi": ((value / total) ** 2).sum(), "gini": gini}])


def migration(months: pd.DataFrame) -> pd.DataFrame:
    grid = months.pivot(index="customer_id", columns="mi", values="rev").reindex(columns=range(LAST - 35, LAST + 1))
    years = grid.fillna(0).T.rolling(12, min_periods=1).sum().T
    steps, before = [], None
    for end in range(LAST - 12, LAST + 1):
        now = years[end].reset_index(name="rev").sort_values(["rev", "customer_id"], ascending=[False, True])
        counted = now["rev"].clip(lower=0)
        now["t"] = letters(now["rev"], counted.cumsum(), counted.sum())
        now = now.set_index("customer_id").sort_index()
        if before is not None:
            moves = now.assign(f=before, e=end).groupby(["e", "f", "t"], as_index=False)
            steps.append(moves.agg(n=("rev", "size"), rev=("rev", "sum")))
        before = now["t"]
    found = pd.concat(steps)
    return found.assign(rev=found["rev"].round().astype("int64"))


def loss(pairs: pd.DataFrame) -> pd.DataFrame:
    bought = pairs[pairs["orders"] > 0].copy()
    grouped = bought.groupby(["customer_id", "region"])
    bought["prv"], bought["nxt"] = grouped["mi"].shift(1), grouped["mi"].shift(-1)
    year = bought["rev"].to_numpy().copy()
    for back in range(1, 12):
        earlier = grouped[["mi", "rev"]].shift(back)
        year = year + np.where(bought["mi"] - earlier["mi"] < 12, earlier["rev"], 0)
    bought["r12"] = year
    bought["new"], bought["returned"] = bought["prv"].isna(), bought["mi"] - bought["prv"] >= 4
    active = bought.groupby(["mi", "region"]).agg(
        active=("rev", "size"), new=("new", "sum"), returned=("returned", "sum")
    )
    silent = (bought["nxt"].fillna(999_999) - bought["mi"] >= 4) & (bought["mi"] + 3 <= LAST)
    gone = bought[silent].assign(mi=lambda one: one["mi"] + 3).groupby(["mi", "region"])
    lost = gone.agg(lost=("rev", "size"), lost_rev=("r12", "sum"))
    return active.join(lost, how="outer").fillna(0).astype("int64").reset_index()


def main(source: Path, out: Path) -> None:
    """Run the whole job and write its four tables."""
    out.mkdir(parents=True, exist_ok=True)
    invoice = invoices(source)
    pairs = invoice.groupby(["customer_id", "region", "mi"], as_index=False)[MONEY].sum()
    gap = gaps(invoice)
    del invoice
    months = pairs.groupby(["customer_id", "mi"], as_index=False)[MONEY].sum()
    customer = customers(months, gap)
    customer.to_parquet(out / "customers.parquet", index=False)
    concentration(customer).to_parquet(out / "concentration.parquet")
    migration(months).to_parquet(out / "migration.parquet", index=False)
    loss(pairs).to_parquet(out / "loss.parquet", index=False)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
