"""Write the dossier of a long life: 60 people, 5,000 interactions, 300 tenders, 2,000 facts, and the rest of it.

    python -m bench.dossier_house FOLDER

FOLDER is a house of `bench.web_house`; the account is the largest of its first manager (`kam00@bench.example`), whose
ledger lines are there already. People, their ties and competitors are written by the application's own actions; what
comes by the thousand (`bench.dossier_rows`) is written past them, so the search does not find it and documents have no
content.
"""

import argparse
import os
import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bench import dossier_rows as rows
from bench.dossier_rows import NOTES

if TYPE_CHECKING:
    from anahtar_web.accounts.models import Account
    from anahtar_web.people.models import User

MANAGER = "kam00@bench.example"
YEARS = 10


@dataclass(frozen=True)
class Size:
    """How many of each are written; `first` numbers the first of them, where others stand there already."""

    people: int = 60
    rivals: int = 20
    interactions: int = 5000
    tenders: int = 300
    facts: int = 2000
    deliveries: int = 3000
    files: int = 200
    readings: int = 400
    first: int = 0

    def numbers(self, count: int) -> range:
        """Give the numbers of so many."""
        return range(self.first, self.first + count)


@dataclass(frozen=True)
class Writer:
    """The account, who writes, and the dice: the same house every time."""

    size: Size
    account: "Account"
    by: "User"
    team: "Sequence[User]"
    day: date
    dice: random.Random

    def ago(self, days: int) -> date:
        """Give a day of the past."""
        return self.day - timedelta(days=days)

    def moment(self, days: int) -> datetime:
        """Give noon of a day of the past."""
        from django.utils import timezone

        return timezone.now() - timedelta(days=days)

    def past(self) -> int:
        """Give some number of days ago."""
        return self.dice.randrange(1, 365 * YEARS)


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("folder", type=Path)
    os.environ["ANAHTAR_DATA"] = str(asked.parse_args().folder)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "anahtar_web.config.settings")
    import django

    django.setup()
    from django.db import transaction

    from anahtar_web.company.queries import today
    from anahtar_web.interactions.models import Interaction
    from anahtar_web.people.models import User

    by, account = largest_of(MANAGER)
    team = [by, *User.objects.filter(email__startswith="kam0").exclude(pk=by.pk).order_by("pk")[:4]]
    if not Interaction.objects.filter(account=account).exists():
        with transaction.atomic():
            fill(Writer(Size(), account, by, team, today(), random.Random(5)))
    print(f"{account.name} ({account.pk})", flush=True)


def largest_of(email: str) -> "tuple[User, Account]":
    """Give a manager and the largest account they look after."""
    from anahtar_web.accounts.models import Account
    from anahtar_web.people.models import User

    manager = User.objects.get(email=email)
    accounts = Account.objects.visible_to(manager).standing_alone().filter(standings__run__current=True)
    return manager, accounts.order_by("standings__rank", "pk").first()


def fill(writer: Writer) -> None:
    """Write all of it."""
    people = _people(writer)
    rivals = _rivals(writer)
    rows.interactions(writer, people)
    rows.tenders(writer, rivals)
    rows.facts(writer, people)
    rows.deliveries(writer)
    rows.files(writer)
    rows.readings(writer)


def _people(writer: Writer) -> list[Any]:
    from anahtar_web.stakeholders import actions
    from anahtar_web.stakeholders.actions.deciding import Say

    made: list[Any] = []
    for at in writer.size.numbers(writer.size.people):
        above = made[(len(made) - 1) // 4] if made else None
        stance = writer.dice.choice(("", "champion", "supporter", "neutral", "sceptic", "blocker"))
        fields = {
            "name": f"Kişi {at:02} Yılmaz",
            "position": ("Müdür", "Uzman", "Şef")[at % 3],
            "unit": ("Satın Alma", "Üretim", "Kalite", "Finans", "Bakım")[at % 5],
            "reports_to": above,
            "role": writer.dice.choice(("initiator", "user", "influencer", "decider", "approver", "buyer")),
            "influence": writer.dice.randrange(1, 6),
            "stance": stance,
            "stance_grade": "assumed" if stance else "",
        }
        made.append(actions.add(account=writer.account, fields=fields, by=writer.by))
    for at in range(0, len(made) - 7, 2):
        kind = writer.dice.choice(("influence", "conflict"))
        actions.tie(one=made[at], other=made[at + 7], kind=kind, strength=1 + at % 3, by=writer.by)
    for at, one in enumerate(made):
        for colleague in writer.team[: at % 4]:
            level = writer.dice.randrange(1, 4)
            actions.relate(who=one, colleague=colleague, level=level, desired=3, seen=None, by=writer.by)
    for number in range(min(6, len(made))):
        seats = [Say(one, 1 + at % 3) for at, one in enumerate(made[number : number + 12])]
        said = {
            "name": f"Karar {writer.size.first + number}",
            "rule": "majority",
            "note": "",
            "quota": None,
            "due_on": None,
        }
        actions.state(account=writer.account, fields=said, seats=seats, by=writer.by)
    return made


def _rivals(writer: Writer) -> list[Any]:
    from anahtar_web.competitors import actions
    from anahtar_web.competitors.models import Grade

    made = []
    for at in writer.size.numbers(writer.size.rivals):
        rival = actions.add(fields={"name": f"Rakip {at:02}", "website": "", "remark": ""}, by=writer.by)
        fields = {"direction": f"Yön {at % 6}", "site": "", "offering": "Fiyat", "since": writer.ago(900 + at)}
        fields |= {"strength": 1 + at % 5, "notes": NOTES, "through": None}
        presence = actions.enter(account=writer.account, competitor=rival, fields=fields, by=writer.by)
        for step in range(10):
            told = {"seen_on": writer.ago(30 * step + at), "words": "Sahada görüldü.", "source": ""}
            actions.see(presence=presence, **told, grade=Grade.ASSUMED, by=writer.by)
        share = {"share": Decimal("0.02"), "as_of": writer.ago(at), "source": "", "grade": Grade.ASSUMED}
        actions.tell_share(account=writer.account, competitor=rival, **share, by=writer.by)
        made.append(rival)
    return made


if __name__ == "__main__":
    main()
