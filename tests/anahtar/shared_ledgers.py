"""The real ledgers beside the checkout, loaded without the reader: what the metrics are held against."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.csv as pacsv
import pytest

from anahtar.ledger.schema import ACCOUNTS, DICTIONARY, LINES
from anahtar.money import UNITS
from tests.anahtar.ledgers import write_tables

DATA = Path(__file__).resolve().parents[2] / "../shared/data"


def facts_of(name: str) -> Mapping[str, Any]:
    """The published figures of one ledger."""
    path = DATA / name / "facts.json"
    if not path.exists():
        pytest.skip(f"the shared ledgers are not beside this checkout: {path} is missing")
    loaded: Mapping[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return loaded


def batch_of(name: str, folder: Path) -> Path:
    """One ledger as a batch folder."""
    facts_of(name)
    write_frame(folder, LOADERS[name]())
    return folder


def write_frame(folder: Path, lines: pd.DataFrame) -> None:
    """Write lines (customer, sold_on, amount and perhaps cost in ten-thousandths, invoice) as a batch folder.

    `binary`, the amount as a double, is not written: it is what the published figures were added up from.
    """
    account_ids, customers = pd.factorize(lines.customer, sort=True)
    invoice_ids, invoices = pd.factorize(lines.invoice)
    count = len(lines)
    known = {
        "account_id": account_ids.astype("int32"),
        "sold_on": lines.sold_on.to_numpy().astype("datetime64[D]"),
        "amount": lines.amount.to_numpy(),
        "invoice_id": invoice_ids.astype("int32"),
        "file_id": np.zeros(count, "int16"),
        "row": np.arange(count),
    }
    if "cost" in lines:
        known["cost"] = lines.cost.to_numpy()
    table = pa.table(
        [pa.array(known[c.name], c.type) if c.name in known else pa.nulls(count, c.type) for c in LINES], schema=LINES
    )
    accounts = pa.table(
        {
            "id": range(len(customers)),
            "code": list(customers),
            "name": list(customers),
            "group_code": [None] * len(customers),
        },
        ACCOUNTS,
    )
    codes = pa.table({"id": range(len(invoices)), "code": list(invoices), "name": [None] * len(invoices)}, DICTIONARY)
    write_tables(folder, table, accounts, {"invoices": codes})


def _units(amounts: pd.Series) -> pd.Series:
    return (amounts * UNITS).round().astype("int64")


def online_retail() -> pd.DataFrame:
    text = {name: pa.string() for name in ("InvoiceNo", "StockCode", "CustomerID")}
    wanted = ["InvoiceNo", "Quantity", "InvoiceDate", "UnitPrice", "CustomerID"]
    options = pacsv.ConvertOptions(column_types=text, include_columns=wanted, strings_can_be_null=True)
    rows = pacsv.read_csv(DATA / "online-retail/online_retail.csv.gz", convert_options=options).to_pandas()
    rows = rows[rows.CustomerID.notna()]
    return pd.DataFrame(
        {
            "customer": rows.CustomerID.astype(str),
            "sold_on": rows.InvoiceDate,
            "amount": _units(rows.Quantity * rows.UnitPrice),
            "binary": rows.Quantity * rows.UnitPrice,
            "invoice": rows.InvoiceNo.astype(str),
        }
    )


def northwind() -> pd.DataFrame:
    # The fields of this copy are not quoted, and addresses hold commas: only the first four columns can be trusted.
    text = (DATA / "northwind/orders.csv").read_text(encoding="utf-8").splitlines()[1:]
    orders = pd.DataFrame([line.split(",")[:4] for line in text], columns=["orderID", "customer", "seller", "sold_on"])
    details = pd.read_csv(DATA / "northwind/order-details.csv", dtype={"orderID": str})
    rows = details.merge(orders, on="orderID")
    net = rows.unitPrice * rows.quantity * (1 - rows.discount)
    days = pd.to_datetime(rows.sold_on.str[:10])
    return pd.DataFrame(
        {
            "customer": rows.customer,
            "sold_on": days,
            "amount": _units(net),
            "binary": net,
            "invoice": rows.orderID,
        }
    )


def maven() -> pd.DataFrame:
    rows = pd.read_csv(DATA / "maven-crm/sales_pipeline.csv")
    rows = rows[rows.deal_stage == "Won"]
    days = pd.to_datetime(rows.close_date)
    return pd.DataFrame(
        {
            "customer": rows.account,
            "sold_on": days,
            "amount": _units(rows.close_value),
            "binary": rows.close_value,
            "invoice": rows.opportunity_id,
        }
    )


def cdnow() -> pd.DataFrame:
    names = ["customer", "day", "pieces", "amount"]
    types = {"customer": str, "day": str}
    rows = pd.read_csv(DATA / "cdnow/CDNOW_master.txt", sep=r"\s+", header=0, names=names, dtype=types)
    day = pd.to_datetime(rows.day, format="%Y%m%d")
    return pd.DataFrame(
        {
            "customer": rows.customer,
            "sold_on": day,
            "amount": _units(rows.amount),
            "binary": rows.amount,
            "invoice": rows.index.astype(str),
        }
    )


def load() -> pd.DataFrame:
    rows = pd.read_parquet(DATA / "load/load_1220k.parquet")
    return pd.DataFrame(
        {
            "customer": rows.customer.astype(str),
            "sold_on": rows.date,
            "amount": _units(rows.amount),
            "binary": rows.amount,
            "cost": _units(rows.cost),
            "invoice": rows.invoice.astype(str),
        }
    )


LOADERS = {
    "online-retail": online_retail,
    "northwind": northwind,
    "maven-crm": maven,
    "cdnow": cdnow,
    "load": load,
}
