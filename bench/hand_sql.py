"""The yardstick: the whole analysis written by hand in DuckDB's SQL, as well as we can.

    python -m bench.hand_sql FOLDER_OF_PARQUET OUT

From ledger lines (bench.make_ledger) to four tables, as of the ledger's last day:

- customers: money and orders of 12 months and of all time, recency, frequency, gaps, share, rank, ABC by revenue and by
  profit, coefficient of variation and XYZ, quintiles;
- concentration: top shares, HHI, Gini;
- migration: ABC of the trailing 12 months at 13 month ends, month over month;
- loss: active, new, returned and lost pairs of customer and region, month by month.

Anahtar computes more (stability, rhythm quantiles, states, evidence) and less (no quintiles, no loss windows yet); the
comparison is of the size of the job, not of its letters.
"""

import sys
from datetime import date
from pathlib import Path

import duckdb

AS_OF = date(2025, 12, 31)
LAST = AS_OF.year * 12 + AS_OF.month - 1
ENDS = range(LAST - 12, LAST + 1)

INVOICES = """
create temp table inv as
select customer_id, invoice_id, any_value(date) date, any_value(region) region,
       cast(round(sum(amount) * 100) as bigint) rev, cast(round(sum(amount - cost) * 100) as bigint) profit
from '{source}' where date <= date '{as_of}' group by all
"""
MONTHS = """
create temp table pm as
select customer_id, region, cast(year(date) * 12 + month(date) - 1 as integer) mi,
       sum(rev)::bigint rev, sum(profit)::bigint profit, count(*) filter (rev > 0) orders
from inv group by all
"""
DAYS = """
create temp table days as
select customer_id, date, sum(rev)::bigint rev from inv where rev > 0 group by all
"""
GAPS = """
create temp table gaps as
with g as (
    select customer_id, date, rev, date - lag(date) over (partition by customer_id order by date) gap from days)
select customer_id, min(date) first_date, max(date) last_date, count(*) n_days, sum(rev)::bigint pos_rev,
       sum(rev) filter (gap is null)::bigint first_rev, avg(gap) gap_mean, stddev_samp(gap) gap_std
from g group by 1
"""
CUSTOMER_MONTHS = """
create temp table cm as
select customer_id, mi, sum(rev)::bigint rev, sum(profit)::bigint profit, sum(orders)::bigint orders
from pm group by all
"""
WIDE = """
create temp table wide as
select customer_id, sum(rev)::bigint rev_all, sum(profit)::bigint profit_all, sum(orders)::bigint orders_all,
       coalesce(sum(rev) filter (mi > {year_ago}), 0)::bigint rev12,
       coalesce(sum(profit) filter (mi > {year_ago}), 0)::bigint profit12,
       coalesce(sum(orders) filter (mi > {year_ago}), 0)::bigint orders12,
       coalesce(sum(rev::double * rev) filter (mi > {year_ago}), 0) ss,
       {trailing}
from cm group by 1
"""
CUSTOMERS = """
create temp table customers as
with w as (
    select *, sum(rev12) filter (rev12 > 0) over () tot, sum(profit12) filter (profit12 > 0) over () ptot,
           sum(greatest(rev12, 0)) over (order by rev12 desc, customer_id rows unbounded preceding) cum,
           row_number() over (order by rev12 desc, customer_id) rnk,
           sum(greatest(profit12, 0)) over (order by profit12 desc, customer_id rows unbounded preceding) pcum
    from wide)
select w.customer_id, rev12, profit12, orders12, rev_all, profit_all, orders_all, first_date, last_date, n_days,
       n_days - 1 frequency, last_date - first_date recency, date '{as_of}' - first_date T,
       case when n_days > 1 then (pos_rev - first_rev) / (n_days - 1) else 0 end monetary, gap_mean, gap_std,
       date '{as_of}' - last_date days_since, (date '{as_of}' - last_date) / gap_mean overdue,
       case when rev12 > 0 then rev12 / tot else 0 end share, cum / tot cum_share, rnk,
       case when rev12 <= 0 then 'N' when (cum - rev12) / tot < .8 then 'A'
            when (cum - rev12) / tot < .95 then 'B' else 'C' end abc,
       case when profit12 <= 0 then 'N' when (pcum - profit12) / ptot < .8 then 'A'
            when (pcum - profit12) / ptot < .95 then 'B' else 'C' end abc_profit,
       case when rev12 > 0 then sqrt(greatest(ss / 12 - (rev12 / 12) ** 2, 0)) / (rev12 / 12) end cv,
       case when rev12 <= 0 then 'N' when sqrt(greatest(ss / 12 - (rev12 / 12) ** 2, 0)) / (rev12 / 12) < .5 then 'X'
            when sqrt(greatest(ss / 12 - (rev12 / 12) ** 2, 0)) / (rev12 / 12) < 1 then 'Y' else 'Z' end xyz,
       ntile(5) over (order by last_date nulls first, w.customer_id) r,
       ntile(5) over (order by orders12, w.customer_id) f,
       ntile(5) over (order by rev12, w.customer_id) m
from w left join gaps g using (customer_id)
"""
CONCENTRATION = """
copy (
    with c as (
        select rev12::double x, row_number() over (order by rev12, customer_id) i, rnk, count(*) over () n,
               sum(rev12) over () tot
        from customers where rev12 > 0)
    select any_value(tot)::bigint total, any_value(n) n, sum(x) filter (rnk <= 1) / any_value(tot) top1,
           sum(x) filter (rnk <= 5) / any_value(tot) top5, sum(x) filter (rnk <= 10) / any_value(tot) top10,
           sum(x) filter (rnk <= ceil(n * 0.2)) / any_value(tot) top20pct, sum((x / tot) ** 2) hhi,
           2 * sum(i * x) / (any_value(n) * any_value(tot)) - (any_value(n) + 1) / any_value(n) gini
    from c) to '{out}/concentration.parquet'
"""
MIGRATION = """
copy (
    with l as ({ends}),
    k as (
        select customer_id, e, rev, sum(greatest(rev, 0)) over (
                   partition by e order by coalesce(rev, 0) desc, customer_id rows unbounded preceding) cum,
               sum(greatest(rev, 0)) over (partition by e) tot
        from l),
    c as (
        select customer_id, e, rev, case when coalesce(rev, 0) <= 0 then 'N' when (cum - rev) / tot < .8 then 'A'
                                         when (cum - rev) / tot < .95 then 'B' else 'C' end abc
        from k),
    p as (select e, rev, lag(abc) over (partition by customer_id order by e) f, abc t from c)
    select e, f, t, count(*) n, coalesce(sum(rev), 0)::bigint rev from p where f is not null group by all
) to '{out}/migration.parquet'
"""
LOSS = """
copy (
    with a as (
        select customer_id, region, mi, rev, lag(mi) over w prv, lead(mi) over w nxt,
               sum(rev) over (w range between 11 preceding and current row) r12
        from pm where orders > 0 window w as (partition by customer_id, region order by mi)),
    ev as (
        select mi, region, 1 active, (prv is null)::int new, (mi - prv >= 4)::int ret, 0 lost, 0 lost_rev from a
        union all
        select mi + 3, region, 0, 0, 0, 1, r12 from a where coalesce(nxt, 999999) - mi >= 4 and mi + 3 <= {last})
    select mi, region, sum(active)::bigint active, sum(new)::bigint new, sum(coalesce(ret, 0))::bigint returned,
           sum(lost)::bigint lost, sum(lost_rev)::bigint lost_rev
    from ev group by all) to '{out}/loss.parquet'
"""


def analyse(source: Path, out: Path) -> None:
    """Run the whole job and write its four tables."""
    out.mkdir(parents=True, exist_ok=True)
    named = {
        "source": f"{source}/*.parquet",
        "out": out,
        "as_of": AS_OF,
        "last": LAST,
        "year_ago": LAST - 12,
        "trailing": ", ".join(
            f"sum(rev) filter (mi between {end - 11} and {end})::bigint r{position}"
            for position, end in enumerate(ENDS)
        ),
        "ends": " union all ".join(
            f"select customer_id, {end} e, r{position} rev from wide" for position, end in enumerate(ENDS)
        ),
    }
    with duckdb.connect() as connection:
        connection.execute("set preserve_insertion_order = false")
        for statement in (INVOICES, MONTHS, DAYS, GAPS, CUSTOMER_MONTHS, WIDE, CUSTOMERS):
            connection.execute(statement.format(**named))
        connection.execute(f"copy customers to '{out}/customers.parquet' (format parquet)")
        for statement in (CONCENTRATION, MIGRATION, LOSS):
            connection.execute(statement.format(**named))


if __name__ == "__main__":
    analyse(Path(sys.argv[1]), Path(sys.argv[2]))
