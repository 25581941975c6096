"""A data folder of its own for every test, files made by code, and the worker inside the test."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from anahtar_web.jobs.models import Job
from anahtar_web.jobs.models import State as JobState
from anahtar_web.jobs.running import run, run_queued
from anahtar_web.ledgers.models import Import
from tests.anahtar_web.ledgers import heard
from tests.anahtar_web.ledgers.steps import PLAIN, post

HEADER = "Cari Kodu;Cari Ünvanı;Fatura Tarihi;Net Tutar"
LINES = (
    "0001;Acme Çelik A.Ş.;02.01.2024;1.234,56",
    "0002;Birch Ilgaz Ltd.;03.01.2024;99,90",
    "0001;Acme Çelik A.Ş.;15.02.2024;-34,56",
)


def text(*lines: str, header: str = HEADER) -> bytes:
    """An export of an ERP: Windows-1254, semicolons, decimal commas."""
    return ("\r\n".join((header, *(lines or LINES))) + "\r\n").encode("cp1254")


@pytest.fixture(autouse=True)
def data(settings: Any, tmp_path: Path) -> Path:
    """The data folder."""
    folder = tmp_path / "data"
    (folder / "incoming").mkdir(parents=True)
    settings.DATA = folder
    settings.FILE_UPLOAD_TEMP_DIR = folder / "incoming"
    settings.FREE_DISK_BYTES = 0
    return folder


Send = Callable[..., HttpResponse]


@pytest.fixture
def send(signed_in: Callable[..., Client]) -> Send:
    """Send files as a person does: `send(analyst, ("sales.csv", text()))`."""

    def send(user: Any, *files: tuple[str, bytes], path: str = "/imports/new/", **fields: Any) -> HttpResponse:
        form = {"once": uuid4().hex, **fields}
        form["files"] = [SimpleUploadedFile(name, content) for name, content in files]
        return signed_in(user).post(path, form)

    return send


Work = Callable[..., None]


@pytest.fixture
def heard_once(shared_by_all: Path) -> Iterator[None]:
    """What a reader's child answers is asked by the first test of a run that needs it (see `heard`)."""
    with heard.once(shared_by_all / "heard"):
        yield


@pytest.fixture
def work(django_capture_on_commit_callbacks: Any, heard_once: None) -> Work:
    """Do what waits for the worker, here and now; the analysis after an import only where a test asks for it."""

    def work(*, analyse: bool = False) -> None:
        with django_capture_on_commit_callbacks(execute=True):
            if analyse:
                run_queued()
            while (job := _of_ours()) is not None:
                run(job.pk, job.task_id)

    return work


def _of_ours() -> Job | None:
    return Job.objects.filter(state=JobState.QUEUED, kind__startswith="ledgers.").order_by("pk").first()


@pytest.fixture
def client(signed_in: Callable[[Any], Client], analyst: Any) -> Client:
    return signed_in(analyst)


@pytest.fixture
def opened(send: Send, analyst: Any, work: Work) -> Callable[..., Import]:
    """An import whose files have been looked at."""

    def opened(content: bytes = text(), name: str = "ocak.csv") -> Import:
        send(analyst, (name, content))
        work()
        return Import.objects.order_by("-pk")[0]

    return opened


@pytest.fixture
def checked(opened: Callable[..., Import], client: Client, work: Work) -> Callable[..., Import]:
    """An import that was read whole."""

    def checked(content: bytes = text(), **columns: str) -> Import:
        of = opened(content)
        post(client, "mapping", of, **(columns or PLAIN))
        work()
        return Import.objects.get(pk=of.pk)

    return checked


@pytest.fixture
def imported(checked: Callable[..., Import], client: Client, work: Work) -> Callable[..., Import]:
    """An import that is in the ledger."""

    def imported(content: bytes = text()) -> Import:
        of = checked(content)
        post(client, "confirm", of)
        work()
        return Import.objects.get(pk=of.pk)

    return imported


def stored(folder: Path) -> list[Path]:
    """Every uploaded file below the data folder, kept or on its way."""
    return sorted(path for name in ("uploads", "incoming") for path in (folder / name).rglob("*") if path.is_file())


def only() -> Import:
    return Import.objects.get()
