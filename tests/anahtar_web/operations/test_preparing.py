"""The database of this version, with a copy of the one before."""

import os
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import connection

from anahtar_web.operations import preparing
from tests.houses import House

pytestmark = pytest.mark.long

NOW = datetime(2026, 3, 1, 9, 30, tzinfo=ZoneInfo("Europe/Istanbul"))


def test_what_is_in_place_is_left_alone(home: House) -> None:
    assert "in place" in home.done("prepare")
    assert not (home.data / preparing.COPIES).exists()


@pytest.mark.skipif(bool(os.environ.get("ANAHTAR_DATABASE_URL")), reason="PostgreSQL has its own backups")
def test_a_database_is_copied_before_it_is_changed_and_three_copies_are_kept(home: House) -> None:
    home.python(
        "from anahtar_web.people.models import User\nUser.objects.create_user('ana@kuzey.example', None, name='Ana')"
    )
    (home.data / preparing.COPIES).mkdir()
    for day in range(1, 5):
        (home.data / preparing.COPIES / f"2025-01-0{day}T000000.sqlite3").touch()
    # As a version left it that did not know of sessions yet.
    home.done("migrate", "usersessions", "zero")
    assert "kept as" in home.done("prepare")
    copies = sorted(path.name for path in (home.data / preparing.COPIES).iterdir())
    assert len(copies) == 3
    assert copies[:2] == ["2025-01-03T000000.sqlite3", "2025-01-04T000000.sqlite3"]
    import sqlite3

    with sqlite3.connect(home.data / preparing.COPIES / copies[2]) as copy:
        assert copy.execute("SELECT name FROM people_user").fetchall() == [("Ana",)]
    assert "1" in home.python("from anahtar_web.people.models import User; print(User.objects.count())")


@pytest.mark.django_db
def test_a_database_of_tomorrow_is_not_touched(settings: Any, tmp_path: Path) -> None:
    settings.DATA = tmp_path
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO django_migrations (app, name, applied) VALUES ('accounts', '9999_later', %s)", [NOW]
        )
    with pytest.raises(preparing.UnableToGoBack, match="9999_later"):
        preparing.prepare(now=NOW)


def test_pages_files_are_collected_once_and_again_when_they_change(
    settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = tmp_path / "source"
    source.mkdir()
    (source / "app.js").write_text("1")
    settings.DEBUG = False
    settings.STATIC_ROOT = tmp_path / "static"
    settings.STATICFILES_DIRS = [source]
    settings.STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
    assert list(preparing._collected())
    assert (tmp_path / "static" / "app.js").read_text() == "1"
    assert not list(preparing._collected())
    (source / "app.js").write_text("22")
    assert list(preparing._collected())
    assert (tmp_path / "static" / "app.js").read_text() == "22"
