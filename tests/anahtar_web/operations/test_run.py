"""`anahtar-web run`: one process that keeps the others running and leaves none behind."""

import os
import signal
import socket
import subprocess
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.houses import House

pytestmark = pytest.mark.long


@pytest.fixture
def port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


Run = Callable[..., "subprocess.Popen[bytes]"]


@pytest.fixture
def run(home: House, port: int, tmp_path: Path) -> Iterator[Run]:
    """Start `anahtar-web run` and wait until pages are answered; what it says stands in `said`."""
    started: list[subprocess.Popen[bytes]] = []

    def start() -> subprocess.Popen[bytes]:
        command = ["-m", "anahtar_web", "run", "--port", str(port), "--workers", "1"]
        with (tmp_path / "said").open("wb") as said:
            process = home.start(*command, stdout=said, stderr=subprocess.STDOUT)
        started.append(process)
        until(lambda: "Ctrl-C" in (tmp_path / "said").read_text() or process.poll() is not None)
        return process

    yield start
    for process in started:
        process.kill()
        process.wait()


def until(true: Callable[[], bool], seconds: float = 90) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end
        time.sleep(0.1)


def children(process: int) -> dict[str, int]:
    """The children of a process: `work` or `gunicorn`, and their numbers."""
    listed = subprocess.run(["ps", "--ppid", str(process), "-o", "pid=,args="], capture_output=True, text=True).stdout
    found = {}
    for line in listed.splitlines():
        number, _, command = line.strip().partition(" ")
        found["gunicorn" if "gunicorn" in command else "work"] = int(number)
    return found


def alive(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_it_answers_names_the_first_link_and_ends_clean(run: Run, port: int, tmp_path: Path) -> None:
    process = run()
    said = (tmp_path / "said").read_text()
    assert f"http://127.0.0.1:{port}" in said
    assert "?code=" in said
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=30) as answer:
        assert answer.status == 200
    own = children(process.pid)
    assert set(own) == {"gunicorn", "work"}
    process.send_signal(signal.SIGINT)
    assert process.wait(60) == 0
    assert "Stopped" in (tmp_path / "said").read_text()
    assert not any(alive(child) for child in own.values())


def test_a_worker_that_is_killed_is_started_again(run: Run) -> None:
    process = run()
    first = children(process.pid)["work"]
    os.kill(first, signal.SIGKILL)
    until(lambda: children(process.pid).get("work", first) != first)


def test_nothing_is_left_behind_when_it_is_killed_itself(run: Run) -> None:
    process = run()
    own = children(process.pid)
    process.kill()
    process.wait()
    until(lambda: not any(alive(child) for child in own.values()))


def test_a_taken_port_is_one_sentence_before_anything_starts(home: House) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        refused = home.command("run", "--port", str(taken.getsockname()[1]))
    assert refused.returncode == 1
    assert "--port" in refused.stderr
    assert "Traceback" not in refused.stderr


def test_a_setting_that_makes_no_sense_is_one_sentence(home: House) -> None:
    home.further = {**home.further, "ANAHTAR_DEMO": "maybe"}
    refused = home.command("run")
    assert refused.returncode == 1
    assert "ANAHTAR_DEMO" in refused.stderr
    assert "Traceback" not in refused.stderr


def test_the_help_is_in_the_language_of_the_terminal(home: House) -> None:
    home.further = {**home.further, "LANG": "tr_TR.UTF-8"}
    assert "bu makinede" in home.done("run", "--help")


def test_a_file_is_imported_as_soon_as_there_is_an_administrator(home: House, port: int, tmp_path: Path) -> None:
    file = tmp_path / "sales.csv"
    file.write_text(
        "Müşteri;Tarih;Tutar\n0001 Acme;2024-01-02;100,00\n0002 Birch;2024-02-03;250,50\n", encoding="utf-8"
    )
    said = tmp_path / "said"
    with said.open("wb") as out:
        process = home.start(
            *["-m", "anahtar_web", "run", "--port", str(port), "--workers", "1", "--import", str(file)],
            stdout=out,
            stderr=subprocess.STDOUT,
        )
    try:
        until(lambda: "Ctrl-C" in said.read_text())
        assert "Imported" not in said.read_text()
        home.done("setup", "--email", "ada@kuzey.example", "--name", "Ada", input="correct horse battery\n")
        until(lambda: "Imported" in said.read_text())
        process.terminate()
        assert process.wait(60) == 0
    finally:
        process.kill()
        process.wait()
