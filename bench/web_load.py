"""Ask the web application for pages at a fixed rate, and say how long they took from the moment they were due.

    python -m bench.web_load FOLDER [--rate 20 --seconds 60 --changes 5 --port 8911]

FOLDER is a house of `bench.web_house`. Starts gunicorn with two workers, warms every page up, then sends requests when
they are due, whether earlier ones were answered or not (a late answer makes the next ones late as well, and that
counts: no coordinated omission). Half are the accounts table in varied sorts and filters, half account pages of
accounts drawn by Zipf's law. Signed in are the head (sees all) and managers (see 1,000 accounts each), in turn.

What pages remember holds until something in the house changes, so something does every few seconds, as where twenty
people work: an entry of the trail. Half of the tables are asked for as nobody has before: another text, another page.
"""

import argparse
import http.client
import os
import random
import statistics
import subprocess
import sys
import threading
import time
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

LISTS = (
    "/accounts/",
    "/accounts/?page={page}",
    "/accounts/?sort=name",
    "/accounts/?sort=-revenue&page={page}",
    "/accounts/?sort=-days_late",
    "/accounts/?q={digits}",
    "/accounts/?q={digits}&sort=name",
    "/accounts/?class=A",
    "/accounts/?class=B&sort=-revenue_change",
    "/accounts/?state=at_risk",
    "/accounts/?class=C&page={page}",
)


@dataclass(frozen=True)
class Visitor:
    """Somebody signed in, and the accounts they may open."""

    cookie: str
    accounts: list[int]


@dataclass(frozen=True)
class Answer:
    """One request: which kind, seconds from when it was due, and its status."""

    kind: str
    seconds: float
    status: int


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("folder", type=Path)
    asked.add_argument("--rate", type=float, default=20)
    asked.add_argument("--seconds", type=int, default=60)
    asked.add_argument("--changes", type=float, default=5, help="seconds from one to the next; 0: none")
    asked.add_argument("--port", type=int, default=8911)
    arguments = asked.parse_args()
    os.environ["ANAHTAR_DATA"] = str(arguments.folder)
    visitors = _visitors()
    command = ["-m", "gunicorn", "-c", "python:anahtar_web.operations.gunicorn_conf", "-w", "2"]
    server = subprocess.Popen([sys.executable, *command, "-b", f"127.0.0.1:{arguments.port}"])
    try:
        _wait(arguments.port)
        requests = _requests(visitors, int(arguments.rate * arguments.seconds))
        for request in requests[:80]:
            _ask(arguments.port, *request, due=time.monotonic())
        before, ended = _cpu(server.pid), threading.Event()
        changing = threading.Thread(target=_change, args=(arguments.changes, ended))
        changing.start()
        answers = _at_rate(arguments.port, requests, arguments.rate)
        ended.set()
        changing.join()
        _say(answers, _cpu(server.pid) - before)
    finally:
        server.terminate()
        server.wait()


def _visitors() -> list[Visitor]:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "anahtar_web.config.settings")
    import django

    django.setup()
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    from anahtar_web.accounts.models import Account
    from anahtar_web.people.models import User

    found = []
    people = list(
        User.objects.filter(email__in=["head@bench.example", *(f"kam{n:02}@bench.example" for n in range(3))])
    )
    for person in people:
        session = SessionStore()
        session[SESSION_KEY] = str(person.pk)
        session[BACKEND_SESSION_KEY] = "allauth.account.auth_backends.AuthenticationBackend"
        session[HASH_SESSION_KEY] = person.get_session_auth_hash()
        session.create()
        accounts = Account.objects.visible_to(person).standing_alone()
        by_rank = accounts.order_by("standings__rank", "pk").values_list("pk", flat=True)[:2000]
        found.append(Visitor(f"sessionid={session.session_key}", list(by_rank)))
    return found


def _requests(visitors: list[Visitor], count: int) -> list[tuple[str, str, str]]:
    dice = random.Random(1)
    made = []
    for at in range(count):
        visitor = visitors[at // 2 % len(visitors)]
        if at % 2:
            asked = dice.choice(LISTS).format(page=dice.randint(2, 20), digits=f"{dice.randint(0, 99_999):05}")
            made.append(("table", asked, visitor.cookie))
        else:
            rank = min(int(dice.paretovariate(0.5)) - 1, len(visitor.accounts) - 1)
            made.append(("account", f"/accounts/{visitor.accounts[rank]}/", visitor.cookie))
    return made


def _change(seconds: float, ended: threading.Event) -> None:
    """Let something happen in the house again and again."""
    from django.db import connection

    from anahtar_web.audit.actions import record
    from anahtar_web.people.models import User

    head = User.objects.get(email="head@bench.example")
    while seconds and not ended.wait(seconds):
        record("person.edited", head, by=head)
    connection.close()


def _wait(port: int) -> None:
    for _attempt in range(200):
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
            connection.request("GET", "/login/")
            connection.getresponse().read()
            return
        except OSError:
            time.sleep(0.1)
    sys.exit("the server does not answer")


def _ask(port: int, kind: str, path: str, cookie: str, *, due: float) -> Answer:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        connection.request("GET", path, headers={"Cookie": cookie, "Accept-Encoding": "identity"})
        answer = connection.getresponse()
        answer.read()
        return Answer(kind, time.monotonic() - due, answer.status)
    finally:
        connection.close()


def _at_rate(port: int, requests: list[tuple[str, str, str]], rate: float) -> list[Answer]:
    with ThreadPoolExecutor(64) as asking:
        start, waiting = time.monotonic(), []
        for at, request in enumerate(requests):
            due = start + at / rate
            time.sleep(max(0.0, due - time.monotonic()))
            waiting.append(asking.submit(_ask, port, *request, due=due))
        return [future.result() for future in waiting]


def _cpu(master: int) -> float:
    """CPU seconds of the server and its workers."""
    ticks = 0
    listed = subprocess.run(["ps", "-o", "pid=", "--ppid", str(master)], capture_output=True, text=True, check=True)
    for pid in (master, *map(int, listed.stdout.split())):
        fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
        ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def _say(answers: list[Answer], cpu: float) -> None:
    kinds: dict[str, list[float]] = defaultdict(list)
    for answer in answers:
        kinds[answer.kind].append(answer.seconds * 1000)
    for kind, times in sorted(kinds.items()):
        cut = statistics.quantiles(times, n=100)
        print(f"{kind}: {len(times)} requests, p50 {cut[49]:.0f} ms, p95 {cut[94]:.0f} ms, p99 {cut[98]:.0f} ms")
    wrong = sum(answer.status != 200 for answer in answers)
    print(f"not 200: {wrong}; CPU per request {cpu / len(answers) * 1000:.0f} ms")


if __name__ == "__main__":
    main()
