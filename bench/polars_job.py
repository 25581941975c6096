"""The job of `bench.hand_sql` in Polars, lazily and streaming, as well as we can: the same four tables, cell by cell.

python -m bench.polars_job FOLDER_OF_PARQUET OUT
"""

import sys
from datetime import date
from pathlib import Path

import polars as pl
from polars import col

AS_OF = date(2025, 12, 31)
LAST = AS_OF.year * 12 + AS_OF.month - 1
ENDS = range(LAST - 12, LAST + 1)
LONG_AGO = date(1900, 1, 1)
ZERO = pl.lit(0)


def invoices(source: str) -> pl.DataFrame:
    lines = pl.scan_parquet(source).filter(col("date") <= AS_OF)
    cents = {"rev": col("amount").sum(), "profit": (col("amount") - col("cost")).sum()}
    told = [(total * 100).round().cast(pl.Int64).alias(name) for name, total in cents.items()]
    grouped = lines.group_by("customer_id", "invoice_id").agg(col("date").first(), col("region").first(), *told)
    return grouped.collect(engine="streaming")


def pair_months(invoice: pl.DataFrame) -> pl.DataFrame:
    month = (col("date").dt.year().cast(pl.Int64) * 12 + col("date").dt.month() - 1).alias("mi")
    orders = (col("rev") > 0).sum().cast(pl.Int64).alias("orders")
    grouped = invoice.lazy().group_by("customer_id", "region", month)
    return grouped.agg(col("rev").sum(), col("profit").sum(), orders).collect(engine="streaming")


def gaps(invoice: pl.DataFrame) -> pl.LazyFrame:
    days = invoice.lazy().filter(col("rev") > 0).group_by("customer_id", "date").agg(col("rev").sum())
    days = days.sort("customer_id", "date")
    since = (col("date") - col("date").shift()).dt.total_days()
    told = days.with_columns(gap=pl.when(col("customer_id") == col("customer_id").shift()).then(since))
    summed = told.group_by("customer_id").agg(
        col("date").min().alias("first_date"),
        col("date").max().alias("last_date"),
        pl.len().cast(pl.Int64).alias("n_days"),
        col("rev").sum().alias("pos_rev"),
        col("rev").filter(col("gap").is_null()).sum().alias("first_rev"),
        col("gap").mean().alias("gap_mean"),
        col("gap").std().alias("gap_std"),
    )
    return summed.collect(engine="streaming").lazy()


def wide(months: pl.DataFrame) -> pl.DataFrame:
    """One row per customer: of all time, of twelve months, and the twelve months to each month end."""
    by_month = months.lazy().group_by("customer_id", "mi").agg(col("rev", "profit", "orders").sum())
    year = col("mi") > LAST - 12
    names = ("rev", "profit", "orders")
    grouped = by_month.group_by("customer_id").agg(
        *(col(name).sum().alias(f"{name}_all") for name in names),
        *(col(name).filter(year).sum().alias(f"{name}12") for name in names),
        (col("rev").filter(year).cast(pl.Float64) ** 2).sum().alias("ss"),
        *(col("rev").filter(col("mi").is_between(end - 11, end)).sum().alias(str(end)) for end in ENDS),
    )
    return grouped.collect(engine="streaming")


def positive(value: pl.Expr) -> pl.Expr:
    return pl.max_horizontal(value, ZERO)


def letter(value: str, reached: str, total: pl.Expr) -> pl.Expr:
    above = (col(reached) - col(value)) / total
    told = pl.when(col(value) <= 0).then(pl.lit("N")).when(above < 0.8).then(pl.lit("A"))
    return told.when(above < 0.95).then(pl.lit("B")).otherwise(pl.lit("C"))


def fifth(value: pl.Expr) -> pl.Expr:
    """Of five equal parts, the larger ones first, as SQL's ntile; ties by customer."""
    place, size, rest = value.rank("ordinal") - 1, pl.len() // 5, pl.len() % 5
    edge = rest * (size + 1)
    later = rest + (place - edge) // pl.max_horizontal(size, pl.lit(1))
    return (pl.when(place < edge).then(place // (size + 1)).otherwise(later) + 1).cast(pl.Int64)


def customers(sums: pl.DataFrame, gap: pl.LazyFrame) -> pl.DataFrame:
    found = sums.lazy().drop(str(end) for end in ENDS)
    found = found.sort("profit12", "customer_id", descending=[True, False])
    found = found.with_columns(pcum=positive(col("profit12")).cum_sum())
    found = found.sort("rev12", "customer_id", descending=[True, False])
    rank = pl.int_range(1, pl.len() + 1, dtype=pl.Int64)
    found = found.with_columns(cum=positive(col("rev12")).cum_sum(), rnk=rank)
    found = found.join(gap, on="customer_id", how="left").sort("customer_id")
    total, profit = positive(col("rev12")).sum(), positive(col("profit12")).sum()
    mean = col("rev12") / 12
    cv = positive(col("ss") / 12 - mean**2).sqrt() / mean
    silence = (pl.lit(AS_OF) - col("last_date")).dt.total_days()
    later = (col("pos_rev") - col("first_rev")) / (col("n_days") - 1)
    xyz = pl.when(col("rev12") <= 0).then(pl.lit("N")).when(cv < 0.5).then(pl.lit("X"))
    return found.select(
        *("customer_id", "rev12", "profit12", "orders12", "rev_all", "profit_all", "orders_all"),
        *("first_date", "last_date", "n_days"),
        (col("n_days") - 1).alias("frequency"),
        (col("last_date") - col("first_date")).dt.total_days().alias("recency"),
        (pl.lit(AS_OF) - col("first_date")).dt.total_days().alias("T"),
        pl.when(col("n_days") > 1).then(later).otherwise(0.0).alias("monetary"),
        *("gap_mean", "gap_std"),
        silence.alias("days_since"),
        (silence / col("gap_mean")).alias("overdue"),
        (positive(col("rev12")) / total).alias("share"),
        (col("cum") / total).alias("cum_share"),
        "rnk",
        letter("rev12", "cum", total).alias("abc"),
        letter("profit12", "pcum", profit).alias("abc_profit"),
        pl.when(col("rev12") > 0).then(cv).alias("cv"),
        xyz.when(cv < 1).then(pl.lit("Y")).otherwise(pl.lit("Z")).alias("xyz"),
        fifth(pl.coalesce(col("last_date"), LONG_AGO)).alias("r"),
        fifth(col("orders12")).alias("f"),
        fifth(col("rev12")).alias("m"),
    ).collect()


def concentration(customer: pl.DataFrame) -> pl.DataFrame:
    some = customer.lazy().filter(col("rev12") > 0).sort("rev12", "customer_id")
    some = some.with_columns(x=col("rev12").cast(pl.Float64), i=pl.int_range(1, pl.len() + 1), n=pl.len())
    total, x = col("rev12").sum(), col("x")
    return some.select(
        total.alias("total"),
        pl.len().cast(pl.Int64).alias("n"),
        *((x.filter(col("rnk") <= top).sum() / total).alias(f"top{top}") for top in (1, 5, 10)),
        (x.filter(col("rnk") <= (col("n") * 0.2).ceil()).sum() / total).alias("top20pct"),
        ((x / total) ** 2).sum().alias("hhi"),
        (2 * (col("i") * x).sum() / (pl.len() * total) - (pl.len() + 1) / pl.len()).alias("gini"),
    ).collect()


def migration(sums: pl.DataFrame) -> pl.DataFrame:
    long = sums.lazy().select("customer_id", *(str(end) for end in ENDS))
    long = long.unpivot(index="customer_id", variable_name="e", value_name="rev").with_columns(col("e").cast(pl.Int64))
    long = long.sort(["e", "rev", "customer_id"], descending=[False, True, False])
    reached = positive(col("rev")).cum_sum().over("e")
    placed = long.with_columns(cum=reached, tot=positive(col("rev")).sum().over("e"))
    placed = placed.with_columns(t=letter("rev", "cum", col("tot"))).sort("customer_id", "e")
    before = pl.when(col("customer_id") == col("customer_id").shift()).then(col("t").shift())
    moves = placed.with_columns(f=before).filter(col("f").is_not_null()).group_by("e", "f", "t")
    return moves.agg(pl.len().cast(pl.Int64).alias("n"), col("rev").sum()).collect()


def loss(months: pl.DataFrame) -> pl.DataFrame:
    def same(back: int) -> pl.Expr:
        account = col("customer_id") == col("customer_id").shift(back)
        return account & (col("region") == col("region").shift(back))

    bought = months.lazy().filter(col("orders") > 0).sort("customer_id", "region", "mi")
    before, after = (pl.when(same(back)).then(col("mi").shift(back)) for back in (1, -1))
    bought = bought.with_columns(prv=before, nxt=after).collect().lazy()
    year = col("rev")
    for back in range(1, 12):
        near = same(back) & (col("mi") - col("mi").shift(back) < 12)
        year = year + pl.when(near).then(col("rev").shift(back)).otherwise(0)
    silent = (col("nxt").fill_null(999_999) - col("mi") >= 4) & (col("mi") + 3 <= LAST)
    gone = bought.with_columns(r12=year).filter(silent).group_by((col("mi") + 3).alias("mi"), "region")
    lost = gone.agg(pl.len().cast(pl.Int64).alias("lost"), col("r12").sum().alias("lost_rev"))
    active = bought.group_by("mi", "region").agg(
        pl.len().cast(pl.Int64).alias("active"),
        col("prv").is_null().sum().cast(pl.Int64).alias("new"),
        (col("mi") - col("prv") >= 4).sum().cast(pl.Int64).alias("returned"),
    )
    counted = pl.col("active", "new", "returned", "lost", "lost_rev").fill_null(0)
    return active.join(lost, on=["mi", "region"], how="full", coalesce=True).with_columns(counted).collect()


def main(source: Path, out: Path) -> None:
    """Run the whole job and write its four tables."""
    out.mkdir(parents=True, exist_ok=True)
    invoice = invoices(f"{source}/*.parquet")
    months, gap = pair_months(invoice), gaps(invoice)
    del invoice
    sums = wide(months)
    customer = customers(sums, gap)
    customer.write_parquet(out / "customers.parquet")
    concentration(customer).write_parquet(out / "concentration.parquet")
    migration(sums).write_parquet(out / "migration.parquet")
    loss(months).write_parquet(out / "loss.parquet")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
