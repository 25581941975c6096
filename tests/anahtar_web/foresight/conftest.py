"""Houses whose ledger is there and is not analysed yet: the small firm, and one large enough for a model."""

import shutil
from datetime import date, timedelta
from pathlib import Path

import pytest

from anahtar.ledger.options import ReadOptions
from anahtar.ledger.store.store import Ledger
from tests.anahtar_web.insight.conftest import (
    Kept,
    add,
    data,
    firm,
    firm_by_revenue,
    forgetful,
    publish,
    reckoned_once,
    run,
)
from tests.shared import made_once

__all__ = ["data", "firm", "firm_by_revenue", "forgetful", "publish", "reckoned_once", "run"]

BUYERS = 40
PLACES = ("Ege;İzmir", "Marmara;Gebze")
"""Region and site of a line."""
ALONE = 1
"""Who is supplied at one place only."""
FIRST, LAST = date(2023, 1, 2), date(2025, 12, 30)


@pytest.fixture
def ledger(firm: Kept, data: Path, reckoned_once: None) -> Ledger:
    """The firm's ledger in the house."""
    shutil.copytree(firm.ledger, data / "ledger")
    return Ledger.open(data / "ledger")


@pytest.fixture(scope="session")
def many_buyers(shared_by_all: Path) -> Path:
    """Forty accounts, each buying every so many days one of three directions for one of two sites; some fell silent."""
    return made_once(shared_by_all, "many", _many_buyers)


def _many_buyers(folder: Path) -> Path:
    lines = ["Cari Kodu;Cari Ünvanı;Fatura No;Fatura Tarihi;Ürün Grubu;Bölge;Sevk Adresi;Net Tutar"]
    for who in range(BUYERS):
        day, gap, number = FIRST + timedelta(who), 7 + who, 0
        last = LAST - timedelta(150 + 5 * who if who % 3 == 0 else who)
        while day <= last:
            number += 1
            direction = ("Rulman", "Hidrolik", "Kayış")[(who + number // 9) % 3]
            place = PLACES[0] if who == ALONE else PLACES[number // 9 % 2]
            told = f"M{who:02};Müşteri {who};F{who}-{number};{day:%d.%m.%Y};{direction};{place}"
            lines.append(f"{told};{1000 + 7 * who},50")
            day += timedelta(gap + (number * 5 + who) % 4)
    (folder / "satis.csv").write_bytes(("\r\n".join(lines) + "\r\n").encode("cp1254"))
    add(Ledger.create(folder / "ledger"), folder / "satis.csv", ReadOptions(currency="TRY"))
    return folder / "ledger"


@pytest.fixture
def many(many_buyers: Path, data: Path, reckoned_once: None) -> Ledger:
    """Their ledger in the house."""
    shutil.copytree(many_buyers, data / "ledger")
    return Ledger.open(data / "ledger")
