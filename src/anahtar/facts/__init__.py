"""Monthly facts: the sums of a ledger that merge, and the only reader of batches.

A month of the ledger is read once, all batches together, and leaves three small Parquet files: what each account
bought in the month, on which days it ordered, and in which directions. Every metric is computed from these; another
threshold or window costs a fraction of reading the lines again, and a new month costs its own lines only.

Facts, as the metrics see them (money int64 in ten-thousandths; see `anahtar.facts.months` for every column):

- `account_month`: account_id, month (year * 12 + month - 1), revenue, cost, profit, revenue_with_cost, lines,
  lines_without_cost, orders, ordered, purchase_days;
- `account_day`: account_id, sold_on, orders, amount: days with at least one order, no others;
- `direction_month`: account_id, direction_id, month, revenue, profit, lines.

The lines themselves, page by page, are read by `anahtar.facts.lines`. Importing this package is cheap; only
`anahtar.facts.building` and `anahtar.facts.facts` import the query compiler (half a CPU second).
"""
