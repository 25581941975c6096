"""What no program over these files can be faster than: reading the columns, and grouping them once.

python -m bench.limits scan|accounts|invoices FOLDER_OF_PARQUET
"""

import sys

import duckdb

STATEMENTS = {
    "scan": "select max(customer_id), max(invoice_id), max(date), max(region), sum(amount), sum(cost) from {source}",
    "accounts": "select count(*), max(s) from (select customer_id, sum(amount) s, max(date) from {source} group by 1)",
    "invoices": """
select count(*), max(s) from (
    select customer_id, invoice_id, any_value(date), any_value(region), sum(amount) s, sum(amount - cost)
    from {source} group by all)
""",
}


def main(kind: str, folder: str) -> None:
    """Run one statement and show its row, so that nothing of it can be left out."""
    with duckdb.connect() as connection:
        connection.execute("set preserve_insertion_order = false")
        print(connection.execute(STATEMENTS[kind].format(source=f"'{folder}/*.parquet'")).fetchall())


if __name__ == "__main__":
    main(*sys.argv[1:3])
