"""What key accounts ordered was promised and delivered: mostly on time, but one quarter went wrong for one of them."""

import csv
import random
import tempfile
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Final

from anahtar.facts.lines import Order, account_lines
from anahtar_web.accounts.models import Account
from anahtar_web.accounts.queries import codes_of_key_accounts
from anahtar_web.gate.rights import Role
from anahtar_web.insight.story.house import who
from anahtar_web.insight.story.imports import StoryStuck, do, incoming
from anahtar_web.ledgers.actions import deciding, uploading
from anahtar_web.ledgers.models import WORKING, Import, Kind, State
from anahtar_web.ledgers.queries import live_batches
from anahtar_web.people.models import User

_HEADER: Final = (
    *("Cari Kodu", "Cari Ünvanı", "Sipariş No", "Satır No", "Stok Kodu", "Stok Adı", "Ürün Grubu"),
    *("Söz Verilen Tarih", "Yeni Termin", "Teslim Tarihi", "Sipariş Miktarı", "Teslim Miktarı"),
)
_SOURCE: Final = "Netsis sipariş ve sevkiyat ekstresi"
_LINES: Final = 2_500
"""Lines of one account: enough for every screen, little enough for a demo that starts in seconds."""
_BAD: Final = "Rheinland Antriebstechnik GmbH"
_SEED: Final = 7
_STEPS: Final = 10


def deliver_all() -> None:
    """Write a file of deliveries for each year of the ledger and bring them in, one after the other."""
    by_year = _by_year()
    with tempfile.TemporaryDirectory(prefix="anahtar-demo-") as folder:
        for year, rows in sorted(by_year.items()):
            file = Path(folder) / f"teslimat-{year}.csv"
            with file.open("w", encoding="utf-8", newline="") as out:
                writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
                writer.writerow(_HEADER)
                writer.writerows(rows)
            _bring(file, by=who(Role.ANALYST))


def _by_year() -> dict[int, list[list[str]]]:
    found: dict[int, list[list[str]]] = {}
    keys = Account.objects.filter(code__in=codes_of_key_accounts()).order_by("sort_key", "pk")
    for account in keys:
        for sold_on, row in _rows(account):
            found.setdefault(sold_on.year, []).append(row)
    return found


def _rows(account: Account) -> Iterator[tuple[date, list[str]]]:
    chance = random.Random(f"{_SEED} {account.code}")
    page = account_lines(
        live_batches(), [account.code], first=date(2000, 1, 1), last=date(2100, 1, 1), order=Order.EARLIEST, limit=None
    )
    lines = [line for line in page.table.to_pylist() if line["invoice"] and (line["quantity"] or 0) > 0]
    last: date = max((line["sold_on"] for line in lines), default=date.min)
    numbers: dict[str, int] = {}
    for line in lines[-_LINES:]:
        number = numbers[line["invoice"]] = numbers.get(line["invoice"], 0) + 1
        bad = account.name == _BAD and (line["sold_on"].year, line["sold_on"].month // 4) == (last.year, 1)
        open_still = (last - line["sold_on"]).days < 12 and chance.random() < 0.3
        for row in _deliveries(line, number, account.name, chance, bad=bad, still_open=open_still):
            yield line["sold_on"], row


def _deliveries(
    line: Mapping[str, Any],
    number: int,
    name: str,
    chance: random.Random,
    *,
    bad: bool,
    still_open: bool,
) -> Iterator[list[str]]:
    """The rows of one line: one for each delivery, one without a delivery where nothing has gone out."""
    late = _late(chance, bad=bad)
    came: date = line["sold_on"]
    promised = came - timedelta(days=late)
    moved = came if late > 2 and chance.random() < 0.5 else None
    ordered = line["quantity"]
    head = [
        *(line["account"], name, f"SP-{line['invoice']}", str(number)),
        *(line["product"] or "", line["product_name"] or "", line["direction"] or ""),
        *(_day(promised), _day(moved)),
    ]
    if still_open:
        yield [*head, "", _number(ordered), ""]
        return
    first = ordered // 20_000 * 10_000
    if first and chance.random() < (0.3 if bad else 0.08):
        before = min(came, promised) - timedelta(days=chance.randint(0, 2))
        yield [*head, _day(before), _number(ordered), _number(first)]
        yield [*head, _day(came), _number(ordered), _number(ordered - first)]
        return
    yield [*head, _day(came), _number(ordered), _number(ordered)]


def _late(chance: random.Random, *, bad: bool) -> int:
    """Days after the promise; below zero: before it."""
    if chance.random() < (0.62 if bad else 0.09):
        return chance.choice((4, 6, 9, 12, 17, 24)) if bad else chance.choice((1, 1, 2, 3, 5, 8))
    return -chance.randint(0, 3)


def _day(day: date | None) -> str:
    return "" if day is None else day.strftime("%d.%m.%Y")


def _number(units: int) -> str:
    return f"{units / 10_000:.2f}".rstrip("0").rstrip(".").replace(".", ",")


def _bring(file: Path, *, by: User) -> Import:
    """Go the way of the wizard with a file; goes on where an interrupted story left it."""
    of = Import.objects.filter(kind=Kind.DELIVERIES, files__name=file.name).exclude(state=State.CANCELLED).first()
    of = of or uploading.upload(files=[incoming(file)], by=by, kind=Kind.DELIVERIES)
    for _step in range(_STEPS):
        of.refresh_from_db()
        if of.state == State.IMPORTED:
            return of
        if of.state in WORKING:
            do(of)
        elif of.state == State.OPEN:
            deciding.check(of, version=of.version, by=by, columns={}, save_as="" if of.mapping else _SOURCE)
        elif of.state == State.CHECKED:
            deciding.confirm(of, version=of.version, by=by)
        else:
            break
    raise StoryStuck(f"{file.name}: {of.state}, {of.refusal}")
