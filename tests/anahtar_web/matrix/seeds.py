"""The firm is grown once per run and put into the database of every module: growing reads a file and analyses it."""

import fcntl
import pickle
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.apps import apps
from django.core.management.color import no_style
from django.db import connection, models, transaction
from django.test import override_settings

_SHIPPED = ("tenders.Reason", "risks.Reason")
"""What the program puts into an empty database: the seed brings it along."""
_KEPT_BY_DJANGO = frozenset({"contenttypes.ContentType", "auth.Permission"})


@dataclass(frozen=True, slots=True)
class Seed:
    """All rows of a database, and what was grown beside them."""

    rows: list[tuple[str, dict[str, Any]]]
    grown: Any


@contextmanager
def data_in(folder: Path) -> Iterator[None]:
    """Have everything that is kept outside the database in a folder."""
    (folder / "incoming").mkdir(parents=True, exist_ok=True)
    with override_settings(DATA=folder, FILE_UPLOAD_TEMP_DIR=folder / "incoming", FREE_DISK_BYTES=0):
        yield


def seed(shared: Path, grow: Callable[[], Any]) -> Seed:
    """Grow once for all processes of a run; the rows are taken out of the database again."""
    shared.mkdir(exist_ok=True)
    kept = shared / "seed"
    with (shared / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not kept.exists():
            with data_in(shared / "data"), transaction.atomic():
                grown = grow()
                kept.write_bytes(pickle.dumps(Seed(_rows(), grown)))
                transaction.set_rollback(True)
    found: Seed = pickle.loads(kept.read_bytes())
    return found


@contextmanager
def sown(found: Seed, shared: Path, own: Path) -> Iterator[None]:
    """Put the rows into the database, and a copy of the data folder where this process may change it."""
    shutil.copytree(shared / "data", own)
    with data_in(own), transaction.atomic():
        for label in _SHIPPED:
            apps.get_model(label)._base_manager.all().delete()
        for label, values in found.rows:
            apps.get_model(label)(**values).save_base(raw=True, force_insert=True)
        _count_on()
        yield
        transaction.set_rollback(True)


def _count_on() -> None:
    """Let new rows be numbered behind those that were put in with their numbers: PostgreSQL counts by itself."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), list(_models())):
            cursor.execute(statement)


def _rows() -> list[tuple[str, dict[str, Any]]]:
    return [(model._meta.label, values) for model in _models() for values in _values(model)]


def _models() -> Iterator[type[models.Model]]:
    for model in apps.get_models(include_auto_created=True):
        if model._meta.managed and not model._meta.proxy and model._meta.label not in _KEPT_BY_DJANGO:
            yield model


def _values(model: type[models.Model]) -> list[dict[str, Any]]:
    names = [column.attname for column in model._meta.concrete_fields]
    return list(model._base_manager.order_by("pk").values(*names))
