"""Make a house for the load program: 100,000 accounts, 10 million lines, twenty managers, through the real import.

    python -m bench.web_house FOLDER [--rows 1e7 --customers 114000 --dossier]

Of 114,000 customers that are invented, 100,504 buy within the three years, and become accounts.
FOLDER becomes the data folder; with ANAHTAR_DATABASE_URL set, the rows go into that PostgreSQL instead of SQLite.
Where FOLDER/ledger is there already (a second database over the same ledger), only the rows are made. With --dossier
one account gets the dossier of a life (`bench.dossier_house`); a house of `--rows 2e5 --customers 2200` is made in a
minute, and its pages of one account cost what they do in the large one.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

MANAGERS = 20


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("folder", type=Path)
    asked.add_argument("--rows", default="1e7")
    asked.add_argument("--customers", default="114000")
    asked.add_argument(
        "--dossier", action="store_true", help="write the dossier of the first manager's largest account"
    )
    arguments = asked.parse_args()
    os.environ["ANAHTAR_DATA"] = str(arguments.folder)
    if not (arguments.folder / "ledger").exists():
        with tempfile.TemporaryDirectory(dir=arguments.folder.parent) as lines:
            _told(
                "lines invented",
                [sys.executable, "-m", "bench.make_ledger", lines, arguments.rows, arguments.customers],
            )
            _told("lines imported", _command("anahtar.cli", "ledger", "add", str(arguments.folder / "ledger"), lines))
    _told("database made", _command("anahtar_web", "prepare"))
    _told("ledger analysed", _command("anahtar_web", "analyse"))
    _people()
    if arguments.dossier:
        _told("dossier written", _command("bench.dossier_house", str(arguments.folder)))


def _command(module: str, *words: str) -> list[str]:
    if module == "anahtar.cli":
        return [sys.executable, "-c", "import sys; from anahtar.cli import main; sys.exit(main())", *words]
    return [sys.executable, "-m", module, *words]


def _told(what: str, command: list[str]) -> None:
    started = time.monotonic()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    print(f"{what}: {time.monotonic() - started:.0f} s", flush=True)


def _people() -> None:
    """A head and twenty managers; each looks after every hundredth account, so that lists of managers are real."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "anahtar_web.config.settings")
    import django

    django.setup()
    from datetime import date

    from anahtar_web.accounts.models import Account, Assignment, Part
    from anahtar_web.gate.rights import Role
    from anahtar_web.people.models import User

    if User.objects.filter(email="head@bench.example").exists():
        return
    User.objects.create_user("head@bench.example", name="Hale Şef", role=Role.HEAD)
    managers = [
        User.objects.create_user(f"kam{at:02}@bench.example", name=f"Kişi {at:02}", role=Role.KAM)
        for at in range(MANAGERS)
    ]
    accounts = list(Account.objects.order_by("pk").values_list("pk", flat=True))
    Assignment.objects.bulk_create(
        [
            Assignment(account_id=pk, person=managers[at % 100], part=Part.MANAGER, since=date(2024, 1, 1))
            for at, pk in enumerate(accounts)
            if at % 100 < MANAGERS
        ],
        batch_size=2000,
    )
    print(f"{len(accounts)} accounts, {MANAGERS} managers", flush=True)


if __name__ == "__main__":
    main()
