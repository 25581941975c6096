"""Write a ledger that is wide and old, with a text for every key.

    python -m bench.make_wide FILE.csv [ROWS]

500,000 customers with names, 200,000 products, 5,000 directions, twenty years to the end of 2025. Every key is a text
with letters of Turkish; the lines of a month stand together, as they would in an export.
"""

import sys
from pathlib import Path

import duckdb

CUSTOMERS, PRODUCTS, DIRECTIONS, MONTHS = 500_000, 200_000, 5_000, 240

LINES = """
copy (
    with l as (select range n, range * {months} // {rows} m, hash(range) h from range({rows})),
    k as (
        select n, m, h, case when n % {months} < 12 then n % {customers} else (h % {customers})::bigint end c,
               (h // 7 % {products})::bigint p, (h // 11 % {directions})::bigint d
        from l)
    select 'MŞT-' || lpad(c::varchar, 7, '0') customer, 'Müşteri Ünlü ' || c || ' A.Ş.' customer_name,
           (date '2006-01-01' + to_months(m::int) + to_days((h % 28)::int))::date date,
           'ÜRÜN-' || lpad(p::varchar, 6, '0') product, 'Yön İş ' || d direction,
           'FTR' || n // 3 invoice, 1 + h % 20 quantity, (h % 1000003)::decimal(18, 2) / 100 amount,
           (h % 700001)::decimal(18, 2) / 100 cost
    from k order by m, n) to '{file}' (format csv, header)
"""


def main(file: Path, rows: int) -> None:
    """Write the file."""
    named = {"months": MONTHS, "customers": CUSTOMERS, "products": PRODUCTS, "directions": DIRECTIONS}
    with duckdb.connect() as connection:
        connection.execute(LINES.format(file=file, rows=rows, **named))


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(float(sys.argv[2])) if len(sys.argv) > 2 else 5_000_000)
