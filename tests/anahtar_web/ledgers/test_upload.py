"""Files come in: kept under random names, within limits, once."""

import hashlib
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadhandler import SkipFile

from anahtar.ledger.options import ReadOptions
from anahtar_web.audit.models import Entry
from anahtar_web.files import incoming
from anahtar_web.jobs.models import Job
from anahtar_web.ledgers import storage
from anahtar_web.ledgers.models import Import, State, StoredFile
from tests.anahtar_web.ledgers.conftest import Send, only, stored, text


def test_a_file_is_kept_as_it_came_and_a_job_will_look_at_it(send: Send, analyst: Any, data: Path) -> None:
    answer = send(analyst, ("satış ocak.csv", text()))
    assert answer.status_code == 302
    assert answer.url == f"/imports/{only().pk}/file/"
    assert only().state == State.LOOKING
    assert only().by == analyst
    (file,) = StoredFile.objects.all()
    assert (file.name, file.bytes, file.sha256) == ("satış ocak.csv", len(text()), hashlib.sha256(text()).hexdigest())
    assert storage.path_of(file).read_bytes() == text()
    assert stored(data) == [storage.path_of(file)]
    job = Job.objects.get()
    assert (job.kind, job.label, job.subject_id) == ("ledgers.peek", "satış ocak.csv", str(only().pk))
    assert Entry.objects.get(verb="import.uploaded").after == {"files": ["satış ocak.csv"]}


def test_several_files_are_one_import(send: Send, analyst: Any) -> None:
    send(analyst, ("a.csv", text()), ("b.csv", text("0003;Cedar;01.03.2024;5,00")))
    assert [file.name for file in only().files.order_by("pk")] == ["a.csv", "b.csv"]


HOSTILE_NAMES = (
    "../../../etc/passwd",
    "/etc/shadow.csv",
    "..\\..\\windows\\win.csv",
    "http://169.254.169.254/x.csv",
    "s3://b/k",
    "/proc/self/environ",
    "glob_[a-z]*.csv",
    'a";filename="b.html',
    "x" * 400 + ".csv",
    "satış;rm -rf.csv",
    "\u202egnp.csv",
    "%2e%2e%2fx.csv",
    "con.csv",
)


@pytest.mark.parametrize("name", HOSTILE_NAMES)
def test_a_name_never_becomes_a_path(send: Send, analyst: Any, data: Path, name: str) -> None:
    before = {path for path in data.parent.rglob("*") if "uploads" not in path.parts}
    send(analyst, (name, text()))
    (file,) = StoredFile.objects.all()
    assert len(file.name) <= 255
    assert storage.path_of(file).parent == data / "uploads" / str(only().pk)
    assert len(file.stored) == 32
    assert int(file.stored, 16) >= 0
    assert {path for path in data.parent.rglob("*") if "uploads" not in path.parts} <= before | {data / "ledger"} | set(
        (data / "ledger").rglob("*")
    )


def test_a_form_without_a_file_says_so(send: Send, analyst: Any, data: Path) -> None:
    answer = send(analyst)
    assert answer.status_code == 422
    assert "Choose at least one file" in answer.content.decode()
    assert not Import.objects.exists()


def test_the_same_file_twice_in_one_form_is_told_and_nothing_is_kept(send: Send, analyst: Any, data: Path) -> None:
    answer = send(analyst, ("a.csv", text()), ("b.csv", text()))
    assert answer.status_code == 422
    assert "a.csv and b.csv are the same file" in answer.content.decode()
    assert stored(data) == []
    assert not Import.objects.exists()


def test_a_file_that_waits_in_another_import_is_told_with_who_and_where(
    send: Send, analyst: Any, head: Any, data: Path
) -> None:
    send(head, ("a.csv", text()))
    answer = send(analyst, ("renamed.csv", text()))
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "renamed.csv" in page
    assert head.name in page
    assert f"/imports/{only().pk}/" in page
    assert len(stored(data)) == 1


def test_a_file_that_is_here_may_be_uploaded_all_the_same(send: Send, analyst: Any) -> None:
    send(analyst, ("a.xlsx", text()))
    assert send(analyst, ("a.xlsx", text()), again="on").status_code == 302
    assert Import.objects.count() == 2


@pytest.mark.parametrize("role", ["ana", "marketing", "auditor", "director"])
def test_whoever_may_not_import_stores_nothing(send: Send, request: Any, data: Path, role: str) -> None:
    answer = send(request.getfixturevalue(role), ("a.csv", text()))
    assert answer.status_code in (403, 404)
    assert stored(data) == []
    assert not Import.objects.exists()


def test_no_other_form_takes_files(send: Send, analyst: Any, data: Path) -> None:
    send(analyst, ("a.csv", text()))
    assert send(analyst, ("b.csv", text()), path=f"/imports/{only().pk}/cancel/").status_code == 302
    assert [path for path in stored(data) if path.parent.name == "incoming"] == []


def test_a_file_above_the_limit_is_refused_while_it_comes_in(
    send: Send, analyst: Any, data: Path, settings: Any
) -> None:
    settings.UPLOAD_BYTES = 50
    answer = send(analyst, ("a.csv", text()))
    assert answer.status_code == 422
    assert "is not taken" in answer.content.decode()
    assert stored(data) == []


def test_a_full_disk_refuses_before_anything_is_written(send: Send, analyst: Any, data: Path, settings: Any) -> None:
    settings.FREE_DISK_BYTES = 1 << 60
    answer = send(analyst, ("a.csv", text()))
    assert answer.status_code == 422
    assert "too little room" in answer.content.decode()
    assert stored(data) == []


def test_a_disk_that_fills_up_meanwhile_is_told_and_leaves_nothing(
    send: Send, analyst: Any, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(self: Any, piece: bytes) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(incoming._Writing, "write", full)
    answer = send(analyst, ("a.csv", text()))
    assert answer.status_code == 422
    assert "disk is full" in answer.content.decode()
    assert stored(data) == []


def test_one_person_cannot_pile_up_files_without_end(
    send: Send, analyst: Any, head: Any, data: Path, settings: Any
) -> None:
    settings.UPLOAD_QUOTA_BYTES = 1000
    assert send(analyst, ("a.csv", text())).status_code == 302
    refused = send(analyst, ("b.csv", text("0003;Cedar;01.03.2024;5,00") + b"x" * 900))
    assert refused.status_code == 422
    assert "waiting to be imported" in refused.content.decode()
    assert send(head, ("b.csv", text("0003;Cedar;01.03.2024;5,00"))).status_code == 302
    assert len(stored(data)) == 2


def test_leftovers_of_a_killed_process_are_swept(send: Send, analyst: Any, data: Path) -> None:
    import os

    old, young = data / "incoming" / "old", data / "incoming" / "young"
    for path in (old, young):
        path.write_bytes(b"half")
    os.utime(old, (0, 0))
    send(analyst, ("a.csv", text()))
    assert not old.exists()
    assert young.exists()


def test_the_hash_is_taken_over_every_piece(data: Path) -> None:
    writing = incoming._Writing(data / "incoming" / "x", 1 << 20)
    for _ in range(3):
        writing.write(b"abc" * 1000)
    assert writing.finish() == hashlib.sha256(b"abc" * 3000).hexdigest()
    with pytest.raises(SkipFile):
        incoming.IncomingHandler(type("Request", (), {})())._refuse("no")


def test_decisions_start_empty(send: Send, analyst: Any) -> None:
    from anahtar.ledger.files.wire import options_from_json

    send(analyst, ("a.csv", text()))
    assert options_from_json(only().options) == ReadOptions()
