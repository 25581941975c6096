"""The part of the product's analysis that is SQL, written by hand in DuckDB's: the same columns from the same batch.

    python -m bench.hand_figures LEDGER OUT

`bench.hand_sql` answers other questions than the product does, from other files. This program reads the very lines the
product reads (whole cents, numbers for keys) and makes the four tables of `bench.steps figures`, which a measurement
compares cell by cell: so what is left of a ratio between the two is how it is done, not what. It holds for the ledgers
of `bench.make_ledger` (one import, every line with its cost and its invoice), and for an analysis without options.
"""

import sys
from pathlib import Path

import duckdb

LAST = 2025 * 12 + 11
TODAY = "date '2025-12-31'"
ENDS = range(LAST - 12, LAST + 1)
CUTS = ((0.80, 0.95), (0.70, 0.90), (0.85, 0.97))

FACTS = """
create temp table inv as
select account_id a, invoice_id, min(sold_on) d, sum(amount)::bigint rev, sum(cost)::bigint cost, count(*) lines
from '{lines}' group by account_id, invoice_id;

create temp table place as
select id a, row_number() over (order by code) - 1 place from '{accounts}';

create temp table days as
with s as (select a, d, sum(rev)::bigint amount, count(*) orders from inv where rev > 0 group by a, d)
select place::integer a, d, amount, orders from s join place using (a);

create temp table am as
with s as (
    select a, year(d) * 12 + month(d) - 1 m, sum(rev)::bigint revenue, sum(rev - cost)::bigint profit,
           sum(lines)::bigint lines
    from inv group by all),
i as (select place::integer a, m, revenue, profit, lines from s join place using (a)),
j as (
    select a, year(d) * 12 + month(d) - 1 m, sum(orders)::bigint orders, sum(amount)::bigint ordered, count(*) bought
    from days group by all)
select i.*, coalesce(orders, 0) orders, coalesce(ordered, 0) ordered, coalesce(bought, 0) bought
from i left join j using (a, m);
drop table inv;
"""
RHYTHM = """
create temp table rhythm as
with g as (
    select a, d, d - lag(d) over w gap, lead(d, 3) over w is null recent, max(d) over (partition by a) latest
    from days window w as (partition by a order by d)),
s as (
    select a, count(*) all_purchase_days, count(gap) gaps, avg(gap) gap_mean, quantile_cont(gap, [0.5, 0.95]) q,
           max(gap) gap_longest, stddev_samp(gap) spread, min(d) first_purchase, max(d) last_purchase,
           count(*) filter (gap >= {today} - latest) silences_as_long, max(gap) filter (recent) recent_longest
    from g group by a)
select a, all_purchase_days, gaps, gap_mean, gap_longest, first_purchase, last_purchase,
       {today} - first_purchase age, {today} - last_purchase silence, silences_as_long, recent_longest,
       round(q[1], 9) gap_median, round(q[2], 9) gap_p95,
       case when gaps >= 3 then round(spread / gap_mean, 9) end interval_cv
from s
"""
SUMS = """
create temp table sums as
select a, min(m) first_month, {shown},
       count(*) filter (m > {year_ago} and orders > 0) months_active, {months},
       coalesce(sum(bought) filter (m > {half_ago}), 0)::bigint recent_days,
       coalesce(sum(bought) filter (m between {year_ago} + 1 and {half_ago}), 0)::bigint before_days, {spans}
from am group by a
"""
CLASSES = """
create temp table classes as
with l as (unpivot (select a, {spans} from sums) on columns(* exclude a) into name e value v),
p as (
    select e::int e, a, v, row_number() over larger place, sum(v) over (partition by e) total,
           sum(v) over larger reached
    from l where v > 0
    window larger as (partition by e order by v desc, a rows unbounded preceding))
select e, a, place, v / total share, reached / total reached, (reached - v) / total above from p;

create temp table wide as
select a, max(place) filter (e = {last}) rank, max(share) filter (e = {last}) share,
       max(reached) filter (e = {last}) cumulative_share, max(share) filter (e = {year_ago}) share_year_ago, {above}
from classes group by a;

create temp table placed as
select *, {letters} from sums left join wide using (a);
drop table classes; drop table wide; drop table sums;
"""
BY_ACCOUNT = """
create temp table varied as
with q as (
    select a, ({last} - m) // 3 q, sum(profit)::double v from am where m > {year_ago} group by a, ({last} - m) // 3),
s as (select a, sum(v) total, sum(v * v) squares from q group by a)
select a, case when total > 0 then round(sqrt(greatest(squares * 4.0 / (total * total) - 1.0, 0.0)), 9) end cv from s;

create temp table demand as
with s as (
    select a, count(*)::double n, sum(profit::double) total, sum(profit::double * profit::double) squares
    from am where m > {year_ago} and profit > 0 group by a having count(*) >= 2),
t as (select a, 12.0 / n adi, round(greatest(n * squares / (total * total) - 1.0, 0.0), 9) cv2 from s)
select a, case when adi < 1.32 and cv2 < 0.49 then 'smooth' when adi < 1.32 then 'erratic'
               when cv2 < 0.49 then 'intermittent' else 'lumpy' end demand
from t;

create temp table borders as
select max(p{last}) filter (abc_{last} in ('B', 'C')) under_a, max(p{last}) filter (abc_{last} = 'C') under_b,
       min(p{last}) filter (abc_{last} in ('A', 'B')) over_c
from placed
"""
ACCOUNTS = """
copy (
    with b as (
        select p.*, case abc_{last} when 'A' then under_a when 'B' then under_b when 'C' then over_c end abc_border
        from placed p, borders),
    o as (select a, max(amount) largest_order from days where d >= date '2025-07-01' group by a)
    select a account_id, first_month, revenue, profit, revenue_with_cost, ordered, orders, purchase_days, lines,
           case when revenue is null then 0 else months_active end months_active, {months}, recent_days, before_days,
           p{last} span_0, p{year_ago} span_3, rank, share, cumulative_share, share_year_ago,
           abc_{last} abc_0, abc_{year_ago} abc_3, {ends},
           all_purchase_days, gaps, gap_mean, gap_longest, first_purchase, last_purchase, age, silence,
           silences_as_long, recent_longest, gap_median, gap_p95, interval_cv, cv,
           case when b.revenue is null then null when cv is null then 'undefined' when cv <= 0.5 then 'X'
                when cv <= 1.0 then 'Y'
                when year(first_purchase) * 12 + month(first_purchase) - 1 >= {last} - 2 then 'new'
                when all_purchase_days = 1 then 'one_off' else 'Z' end xyz,
           demand, abc_border, p{last}::double / abc_border::double - 1.0 abc_distance,
           case when abc_{last} is not null then ({same}) / 9.0 end stability, largest_order
    from b left join rhythm using (a) left join varied using (a) left join demand using (a) left join o using (a)
    order by rank nulls last, a
) to '{out}/accounts.parquet' (compression zstd)
"""
OTHERS = """
copy (select a account_id, m as "month", revenue, profit, orders from am order by m, a)
to '{out}/months.parquet' (compression zstd);

copy (
    with s as ({steps})
    select step, f before, t after, count(*) customers, coalesce(sum(v), 0)::bigint amount
    from s where t <> 'new' group by all order by step, before, after
) to '{out}/moves.parquet' (compression zstd);

copy (
    with c as (
        select p{last} v, rank, share, above_{last} above, count(*) over () n, sum(p{last}) over ()::bigint total
        from placed where p{last} > 0)
    select count(*) customers_positive, coalesce(sum(v), 0)::bigint total, {tops}, {percents},
           round(sum(share * share), 12) hhi,
           round(sum((n - rank + 1) * share) * 2.0 / count(*) - (count(*) + 1.0) / count(*), 12) gini,
           count(*) filter (above < 0.5) customers_for_50pct, count(*) filter (above < 0.8) customers_for_80pct,
           {without}
    from c
) to '{out}/concentration.parquet' (compression zstd)
"""


def letter(end: int, cuts: tuple[float, float]) -> str:
    return (
        f"case when p{end} is null then null when p{end} <= 0 then 'N' when above_{end} < {cuts[0]} then 'A' "
        f"when above_{end} < {cuts[1]} then 'B' else 'C' end"
    )


def inside(what: str, first: int, last: int) -> str:
    return f"sum({what}) filter (m between {first} and {last})::bigint"


def _class_at(end: int) -> str:
    return f"case when first_month > {end} then 'new' else coalesce(abc_{end}, 'none') end"


def named(ledger: Path, out: Path) -> dict[str, object]:
    """What stands for the names in the statements."""
    year_ago = LAST - 12
    columns = {"purchase_days": "bought", "revenue_with_cost": "revenue"}
    shown = ("revenue", "profit", "revenue_with_cost", "ordered", "orders", "purchase_days", "lines")
    same = [
        f"coalesce((({letter(end, cuts)}) = abc_{LAST})::int, 0)" for end in (LAST, LAST - 1, LAST - 2) for cuts in CUTS
    ]
    steps = [
        f"select {at} step, {_class_at(end - 1)} f, {_class_at(end)} t, p{end} v from placed"
        for at, end in enumerate(ENDS)
        if at
    ]
    return {
        "lines": f"{ledger}/batches/*/lines/*.parquet",
        "accounts": f"{ledger}/batches/*/dictionaries/accounts.parquet",
        "out": out,
        "today": TODAY,
        "last": LAST,
        "year_ago": year_ago,
        "half_ago": LAST - 6,
        "shown": ", ".join(f"{inside(columns.get(name, name), year_ago + 1, LAST)} {name}" for name in shown),
        "spans": ", ".join(f"{inside('profit', end - 11, end)} p{end}" for end in ENDS),
        "above": ", ".join(f"max(above) filter (e = {end}) above_{end}" for end in ENDS),
        "letters": ", ".join(f"{letter(end, CUTS[0])} abc_{end}" for end in ENDS),
        "same": " + ".join(same),
        "steps": " union all ".join(steps),
        "ends": ", ".join(
            f"case when first_month > {end} then 'new' else abc_{end} end end_{at:02}" for at, end in enumerate(ENDS)
        ),
        "tops": ", ".join(f"sum(v) filter (rank <= {k}) / any_value(total)::double top_{k}" for k in (1, 3, 5, 10, 20)),
        "percents": ", ".join(
            f"sum(v) filter (rank * 100 < n * {p} + 100) / any_value(total)::double top_percent_{p}"
            for p in (1, 5, 10, 20)
        ),
        "without": ", ".join(f"coalesce(sum(v) filter (rank > {k}), 0)::bigint without_{k}" for k in (1, 3, 5)),
    }


def main(ledger: Path, out: Path) -> None:
    """Make the four tables."""
    out.mkdir(parents=True, exist_ok=True)
    names = named(ledger, out)
    months = ", ".join(f"month_{at:02}" for at in range(12))
    summed = ", ".join(
        f"coalesce({inside('revenue', LAST - 11 + at, LAST - 11 + at)}, 0) month_{at:02}" for at in range(12)
    )
    values = ", ".join(f'p{end} as "{end}"' for end in ENDS)
    with duckdb.connect() as connection:
        connection.execute("set preserve_insertion_order = false")
        connection.execute(FACTS.format(**names))
        connection.execute(RHYTHM.format(**names))
        connection.execute(SUMS.format(**{**names, "months": summed}))
        connection.execute(CLASSES.format(**{**names, "spans": values}))
        connection.execute(BY_ACCOUNT.format(**names))
        connection.execute(ACCOUNTS.format(**{**names, "months": months}))
        connection.execute(OTHERS.format(**names))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
