"""Files of deliveries, brought in as a job would, without the child process."""

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any
from unittest.mock import patch
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.utils import timezone

from anahtar.ledger.deliveries.reading import read_deliveries
from anahtar.ledger.files import wire
from anahtar.ledger.files.sources import open_sheets
from anahtar.ledger.options import ReadOptions
from anahtar.ledger.roles import FileKind
from anahtar_web.deliveries.actions.keeping import bring_in, take_out
from anahtar_web.ledgers.models import Import, Kind, State

HEADER = "Cari Kodu;Sipariş No;Satır No;Termin;Yeni Termin;Teslim Tarihi;Sipariş Miktarı;Teslim Miktarı;Ürün Grubu"

OPTIONS = ReadOptions(kind=FileKind.DELIVERIES, last_date=date(2027, 1, 1))

Bring = Callable[..., Import]


def at(day: date, hour: int = 12) -> Any:
    """Let it be noon of a day in Istanbul."""
    moment = datetime(day.year, day.month, day.day, hour, tzinfo=ZoneInfo("Europe/Istanbul"))
    return patch.object(timezone, "now", lambda: moment)


@pytest.fixture
def bring(admin: Any, tmp_path: Path) -> Bring:
    """Bring lines in: `bring("ACME;S1;1;2026-05-10;;2026-05-11;5;5;İçecek", on=date(2026, 6, 1))`."""

    def bring(*rows: str, on: date = date(2026, 6, 1), name: str = "teslimat.csv") -> Import:
        file = tmp_path / name
        file.write_text("\n".join((HEADER, *rows, "")), encoding="utf-8")
        with at(on):
            of = Import.objects.create(kind=Kind.DELIVERIES, state=State.IMPORTING, by=admin, title=name)
            staging = tmp_path / f"staging{of.pk}"
            staging.mkdir()
            draft = read_deliveries(open_sheets([file], OPTIONS, [name]), OPTIONS, staging, lambda *_: None)
            of.draft = wire.draft_to_json(draft)
            bring_in(of, staging, admin)
            of.state, of.batch, of.imported_at = State.IMPORTED, f"deliveries-{of.pk}", timezone.now()
            of.save()
        return of

    return bring


def take_back(of: Import, by: Any, *, on: date) -> None:
    """Take an import back on a day."""
    with at(on):
        of.state, of.reason = State.TAKEN_BACK, "yanlış dosya"
        take_out(of, by)
        of.save()


@pytest.fixture
def ana_client(ana: Any, signed_in: Any) -> Client:
    """Manages Acme."""
    client: Client = signed_in(ana)
    return client


@pytest.fixture
def chen_client(chen: Any, signed_in: Any) -> Client:
    """A stranger to Acme."""
    client: Client = signed_in(chen)
    return client
