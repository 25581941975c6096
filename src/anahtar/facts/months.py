"""What is kept of the lines of one month: expressions from lines to documents, and from those to days and months.

All of them run on the lines of one calendar month and merge over months by adding rows, because an order belongs
to the month of its day. A document whose lines carry dates in two months counts once in each (the reader reports
such documents).
"""

from datetime import date

import ibis

SUMS = ("revenue", "cost", "lines")
COVERAGE = ("revenue_with_cost", "lines_without_cost")
"""Added up only where a cost is missing: otherwise they are the revenue and zero, and two sums per line are saved."""


ACCOUNT_MONTH = (
    "account_id",
    "month",
    "revenue",
    "cost",
    "profit",
    "revenue_with_cost",
    "lines",
    "lines_without_cost",
    "orders",
    "ordered",
    "purchase_days",
)


def month_number(day: ibis.Value) -> ibis.Value:
    """The month as one number, year * 12 + month - 1: differences count months, on every engine alike."""
    return (day.year() * 12 + day.month() - 1).cast("int32")


def up_to(lines: ibis.Table, day: date | None) -> ibis.Table:
    """Lines of `day` and before: those after the as-of day do not exist."""
    return lines if day is None else lines.filter(lines.sold_on <= ibis.literal(day))


def documents(lines: ibis.Table, *, every_cost: bool) -> ibis.Table:
    """Sum lines to documents: an invoice of one account, or the account's day where lines carry no invoice number.

    Parameters
    ----------
    lines
        Lines of one batch and one month (anahtar.ledger.schema.LINES); reads account_id, invoice_id, sold_on,
        amount, cost.
    every_cost
        Every one of the lines carries a cost; `COVERAGE` is left out.

    Returns
    -------
    ibis.Table
        One row per account_id and document (the invoice_id; minus the day of the month where there is none):
        sold_on (the first of its lines), revenue, cost and revenue_with_cost (null where no line has a cost),
        lines, lines_without_cost (lines worth something whose cost is unknown).
    """
    marked = lines.mutate(document=ibis.coalesce(lines.invoice_id, -lines.sold_on.day().cast("int32")))
    coverage = {
        "revenue_with_cost": marked.amount.sum(where=marked.cost.notnull()),
        "lines_without_cost": marked.count(where=marked.cost.isnull() & (marked.amount != 0)),
    }
    return marked.group_by("account_id", "document").agg(
        sold_on=marked.sold_on.min(),
        revenue=marked.amount.sum(),
        cost=marked.cost.sum(),
        lines=marked.count(),
        **({} if every_cost else coverage),
    )


def met_documents(documents: ibis.Table) -> ibis.Table:
    """Bring documents together that became one when accounts of one batch were merged: equal in account and document.

    Parameters
    ----------
    documents
        `documents` of one batch, with ledger-wide account ids.
    """
    return documents.group_by("account_id", "document").agg(
        sold_on=documents.sold_on.min(), **sums(documents, *added(documents))
    )


def shared_documents(parts: list[ibis.Table], invoices: list[ibis.Table]) -> ibis.Table:
    """Bring the documents of several batches together, by invoice number: one invoice is one order however it came.

    Parameters
    ----------
    parts
        `documents` of each batch, with ledger-wide account ids.
    invoices
        The invoice dictionary of each batch: id, code.
    """
    coded = []
    for part, invoice in zip(parts, invoices, strict=True):
        named = part.left_join(invoice.select(document="id", number="code"), "document")
        coded.append(
            named.select(
                "account_id",
                "number",
                "sold_on",
                *added(part),
                day=ibis.ifelse(named.number.isnull(), named.document, ibis.null("int32")),
            )
        )
    together = ibis.union(*coded, distinct=False)
    return together.group_by("account_id", "number", "day").agg(
        sold_on=together.sold_on.min(), **sums(together, *added(together))
    )


def account_day(documents: ibis.Table) -> ibis.Table:
    """Sum the orders of each day: a document of positive total is an order, a day with an order is a purchase day.

    Returns
    -------
    ibis.Table
        One row per account_id and sold_on with an order: orders, and amount (what those orders come to).
    """
    orders = documents.filter(documents.revenue > 0)
    return orders.group_by("account_id", "sold_on").agg(orders=orders.count(), amount=orders.revenue.sum())


def account_month(documents: ibis.Table, account_days: ibis.Table) -> ibis.Table:
    """Sum the documents of one month to accounts.

    Parameters
    ----------
    documents
        All of the month, with ledger-wide account ids.
    account_days
        `account_day` of them.

    Returns
    -------
    ibis.Table
        One row per account_id: month, revenue (returns netted), cost, profit (of the lines whose cost is known,
        null where there is none), revenue_with_cost, lines, lines_without_cost (worth something, cost unknown),
        orders (invoices of positive total), ordered (what those come to) and purchase_days (days with an order).
    """
    summed = documents.group_by("account_id").agg(
        month=month_number(documents.sold_on.max()), **sums(documents, *added(documents))
    )
    if COVERAGE[0] not in summed.columns:
        summed = summed.mutate(revenue_with_cost=summed.revenue, lines_without_cost=ibis.literal(0, "int64"))
    ordered = account_days.group_by("account_id").agg(
        orders=account_days.orders.sum(), ordered=account_days.amount.sum(), purchase_days=account_days.count()
    )
    told = summed.left_join(ordered, "account_id").drop("account_id_right")
    told = told.mutate(profit=told.revenue_with_cost - told.cost)
    told = told.mutate(**{name: told[name].coalesce(0) for name in ("orders", "ordered", "purchase_days")})
    # One order of columns whatever the month's lines carried: the files of all months are read as one table.
    return told.select(*ACCOUNT_MONTH)


def direction_month(lines: ibis.Table) -> ibis.Table:
    """Sum the lines of one month to directions; a null direction_id is what carries none.

    Returns
    -------
    ibis.Table
        One row per account_id and direction_id: month, revenue, profit (null where no line has a cost), lines.
    """
    return lines.group_by("account_id", "direction_id").agg(
        month=month_number(lines.sold_on.max()),
        revenue=lines.amount.sum(),
        profit=(lines.amount - lines.cost).sum(),
        lines=lines.count(),
    )


def added(table: ibis.Table) -> list[str]:
    """The columns that add up from lines to months, as far as the table has them."""
    return [name for name in (*SUMS, *COVERAGE) if name in table.columns]


def sums(table: ibis.Table, *columns: str) -> dict[str, ibis.Value]:
    """Sums of columns under their own names."""
    return {column: table[column].sum() for column in columns}
