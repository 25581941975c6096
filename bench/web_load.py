"""Ask the web application for pages at a fixed rate, and say how long they took from the moment they were due.

    python -m bench.web_load FOLDER [--of accounts|portfolio|dossier --rate 20 --seconds 60 --changes 5 --port 8911]

FOLDER is a house of `bench.web_house`. Starts gunicorn with two workers, warms every page up, then sends requests when
they are due, whether earlier ones were answered or not (a late answer makes the next ones late as well, and that
counts: no coordinated omission). Of accounts, half are the table in varied sorts and filters, half account pages of
accounts drawn by Zipf's law. Of the portfolio, it is the page under varied filters, the matrix, who moved, and for the
head other thresholds tried, each time others. Of the dossier, it is every page of the account that
`bench.dossier_house` has filled, asked for by its manager. Signed in are the head (sees all) and managers (see 1,000
accounts each), in turn. The slowest of each kind while warming up is said too: the first look at what nobody has
looked at.

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

PORTFOLIO = (
    "/portfolio/?view=all",
    "/portfolio/?period={year}",
    "/portfolio/?period={year}-Q{quarter}",
    "/portfolio/?group=none",
    "/portfolio/?group=none&period={year}",
)
MATRIX = ("/portfolio/matrix/", "/portfolio/matrix/?period={year}", "/portfolio/matrix/moves/?way=down&page={page}")
TRIED = "/portfolio/matrix/thresholds/?abc_a={a}&abc_b={b}&xyz_x={x}&xyz_y=1{y}"

DOSSIER = (
    *("insight:account", "briefing:account", "dossier:profile", "files:account", "dossier:readers"),
    *("history:account", "interactions:account", "tenders:account", "deliveries:account"),
    *("stakeholders:map", "stakeholders:matrix", "stakeholders:table", "stakeholders:rule", "competitors:account"),
)
"""Every page of one account, by the name of its address."""


@dataclass(frozen=True)
class Visitor:
    """Somebody signed in, the accounts they may open, and whether they may try thresholds."""

    person: int
    cookie: str
    accounts: list[int]
    sees_all: bool


@dataclass(frozen=True)
class Answer:
    """One request: which kind, seconds from when it was due, and its status."""

    kind: str
    seconds: float
    status: int


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("folder", type=Path)
    asked.add_argument("--of", choices=("accounts", "portfolio", "dossier"), default="accounts")
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
        requests = _MAKING[arguments.of](visitors, int(arguments.rate * arguments.seconds))
        _warm_up(arguments.port, requests)
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
        found.append(
            Visitor(person.pk, f"sessionid={session.session_key}", list(by_rank), person.email.startswith("head"))
        )
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


def _requests_of_portfolio(visitors: list[Visitor], count: int) -> list[tuple[str, str, str]]:
    dice = random.Random(1)
    made = []
    for at in range(count):
        visitor = visitors[at // 3 % len(visitors)]
        if at % 3 < 2:
            kind, asked = "portfolio", dice.choice(PORTFOLIO)
        elif visitor.sees_all and dice.random() < 0.5:
            kind, asked = "thresholds", TRIED
        else:
            kind, asked = "matrix", dice.choice(MATRIX)
        told = {"year": dice.randint(2024, 2025), "quarter": dice.randint(1, 4), "page": dice.randint(1, 3)}
        cuts = {
            "a": dice.randint(60, 85),
            "b": dice.randint(88, 97),
            "x": dice.randint(20, 70),
            "y": dice.randint(10, 50),
        }
        made.append((kind, asked.format(**told, **cuts), visitor.cookie))
    return made


def _requests_of_dossier(visitors: list[Visitor], count: int) -> list[tuple[str, str, str]]:
    from django.urls import reverse

    from bench.dossier_house import MANAGER, largest_of

    manager, account = largest_of(MANAGER)
    cookie = next(visitor.cookie for visitor in visitors if visitor.person == manager.pk)
    pages = [(name, reverse(name, args=[account.pk]), cookie) for name in DOSSIER]
    dice = random.Random(1)
    return [request for _round in range(-(-count // len(pages))) for request in dice.sample(pages, len(pages))][:count]


_MAKING = {"accounts": _requests, "portfolio": _requests_of_portfolio, "dossier": _requests_of_dossier}


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


def _warm_up(port: int, requests: list[tuple[str, str, str]]) -> None:
    """Ask for the first pages one after another and say the slowest, then for every page until both workers have it."""
    _say_slowest([_ask(port, *request, due=time.monotonic()) for request in requests[:80]])
    again = [one for one in dict.fromkeys(requests) if one[0] not in ("table", "account", "thresholds")] * 3
    with ThreadPoolExecutor(4) as asking:
        list(asking.map(lambda request: _ask(port, *request, due=time.monotonic()), again))


def _say_slowest(answers: list[Answer]) -> None:
    slowest: dict[str, float] = {}
    for answer in answers:
        slowest[answer.kind] = max(slowest.get(answer.kind, 0.0), answer.seconds)
    for kind, seconds in sorted(slowest.items()):
        print(f"{kind}, warming up: slowest {seconds * 1000:.0f} ms")


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
