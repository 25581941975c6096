"""The firm's sales: an export of an ERP with costs, imported and analysed as people and workers do it."""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import HttpResponse
from django.test import Client

from anahtar_web.jobs.models import Job
from anahtar_web.jobs.running import run_queued
from anahtar_web.ledgers.models import Import, State
from tests.anahtar_web.matrix.forms import form_to

HEADER: Final = "Cari Kodu;Cari Ünvanı;Grup Kodu;Fatura No;Fatura Tarihi;Stok Kodu;Miktar;Net Tutar;Maliyet"

ACCOUNTS: Final = (
    ("QZA-1", "Qzacme Çelik A.Ş.", "QZG-1", 7341917, 30),
    ("QZA-2", "Qzacme Döküm San.", "QZG-1", 1873311, 61),
    ("QZB-1", "Qzbirch Ilgaz Ltd. Şti.", "", 5217793, 27),
    ("QZC-1", "Qzcedar Orman", "", 913377, 92),
    ("QZD-1", "Qzdune Kum", "", 377191, 45),
)
"""Code, name, group, the amount its lines begin with (in cents), and the days between two."""

_FIRST: Final = date(2023, 1, 9)
_LAST: Final = date(2025, 6, 27)


def _money(cents: int) -> str:
    return f"{cents // 100}.{cents % 100:02}".replace(".", ",")


@dataclass(frozen=True, slots=True)
class Line:
    """A sold line; amounts in cents."""

    code: str
    name: str
    group: str
    number: int
    day: date
    amount: int
    cost: int

    def __str__(self) -> str:
        return (
            f"{self.code};{self.name};{self.group};F{self.code}{self.number};{self.day:%d.%m.%Y};"
            f"U{self.number % 7};{self.number};{_money(self.amount)};{_money(self.cost)}"
        )


def _lines() -> Iterator[Line]:
    """Give lines whose amounts and costs occur nowhere else."""
    for code, name, group, cents, gap in ACCOUNTS:
        day, number = _FIRST + timedelta(cents % 13), 0
        while day <= _LAST:
            number += 1
            amount = cents + number * 10_007
            yield Line(code, name, group, number, day, amount, amount * (50 + (cents + number) % 23) // 100)
            day += timedelta(gap)


LINES: Final = tuple(_lines())


def export(until: date = _LAST, refused: str = "QzRefusedRow") -> bytes:
    """Write the file, with one row at its end that nobody can read."""
    lines = [HEADER, *(str(line) for line in LINES if line.day <= until)]
    lines.append(f"QZA-1;Qzacme Çelik A.Ş.;QZG-1;F9;31.02.2025;U1;1;{refused};1,00")
    return ("\r\n".join(lines) + "\r\n").encode("cp1254")


def checked(client: Client, name: str, content: bytes, *, save_as: str = "") -> Import:
    """Send a file and have it read with the columns it is proposed, as the wizard does."""
    sent = _send(client, "/imports/new/", {"files": SimpleUploadedFile(name, content)})
    assert sent.status_code == 302, sent.content.decode()
    of = _worked(State.OPEN)
    url = f"/imports/{of.pk}/mapping/"
    form = form_to(client.get(url).content.decode(), url)
    assert form is not None
    sent = _send(client, url, form.fields | {"save_as": save_as})
    assert sent.status_code == 302, sent.content.decode()
    return _worked(State.CHECKED)


def imported(client: Client, name: str) -> Import:
    """Have the export in the ledger, and the standings of every account."""
    of = checked(client, name, export(), save_as="QzSource")
    _send(client, f"/imports/{of.pk}/confirm/", {"version": of.version})
    of = _worked(State.IMPORTED)
    ended = Job.objects.filter(kind="insight.analyse").latest("pk")
    assert ended.state == "done", (ended.message_text, ended.fault)
    return of


def _send(client: Client, url: str, form: dict[str, Any]) -> HttpResponse:
    return client.post(url, form | {"once": uuid.uuid4().hex})


def _worked(to: State) -> Import:
    work()
    of = Import.objects.latest("pk")
    assert of.state == to, (of.state, of.refusal)
    return of


def work() -> None:
    """Do what waits for a commit and for the worker, here and now."""
    while connection.run_on_commit:
        waiting, connection.run_on_commit = connection.run_on_commit, []
        for _sids, function, _robust in waiting:
            function()
    run_queued()
    if connection.run_on_commit:
        work()
