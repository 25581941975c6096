"""Write the dossier of a long life: 60 people, 5,000 interactions, 300 tenders, 2,000 facts, and the rest of it.

    python -m bench.dossier_house FOLDER

FOLDER is a house of `bench.web_house`; the account is the largest of its first manager (`kam00@bench.example`), whose
ledger lines are there already. People, their ties and competitors are written by the application's own actions; what
comes by the thousand is written past them, so the search does not find it and documents have no content.
"""

import argparse
import hashlib
import os
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from anahtar_web.accounts.models import Account
    from anahtar_web.people.models import User

MANAGER = "kam00@bench.example"
YEARS = 10
NOTES = (
    "İkinci yarı yılın ihtiyacı konuşuldu.\n\n- **Rulman**: kapasite yıl sonunda iki katına çıkıyor\n"
    "- Fiyat listesi *yazılı* istendi\n- Teslimat: depo cumartesi de mal kabul ediyor\n\n"
    "Bir sonraki görüşmeye kalite müdürü de katılacak."
)


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
    _interactions(writer, people)
    _tenders(writer, rivals)
    _facts(writer, people)
    _deliveries(writer)
    _files(writer)
    _readings(writer)


# Few of each: by the application's actions --------------------------------------------------------------------------


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


# Many of each: rows -------------------------------------------------------------------------------------------------


def _interactions(writer: Writer, people: Sequence[Any]) -> None:
    from anahtar_web.interactions.actions import recount
    from anahtar_web.interactions.models import Interaction, NextTouch, Participant, Step

    kinds = ("call", "mail", "visit", "meeting", "letter", "event")
    rows = Interaction.objects.bulk_create(
        [
            Interaction(
                account=writer.account,
                kind=kinds[at % 6],
                direction=("in", "out", "both")[at % 3],
                day=writer.ago(writer.past()),
                subject=f"Görüşme {at:04}",
                notes=NOTES,
                by=writer.by,
                written_by=writer.by,
            )
            for at in range(writer.size.interactions)
        ],
        batch_size=500,
    )
    parts = []
    for row in rows:
        parts += [
            Participant(interaction=row, stakeholder=one)
            for one in writer.dice.sample(list(people), min(2, len(people)))
        ]
        parts.append(Participant(interaction=row, user=writer.dice.choice(writer.team)))
    Participant.objects.bulk_create(parts, batch_size=500)
    steps = NextTouch.objects.bulk_create(
        [
            NextTouch(
                account=writer.account,
                interaction=row,
                what=f"Adım {at}",
                due_on=writer.ago(20 - at) if at < 12 else row.day,
                owner=writer.by,
                is_open=at < 12,
                by=writer.by,
            )
            for at, row in enumerate(rows[:300])
        ]
    )
    told: list[Step] = []
    for step in steps:
        states = ("open",) if step.is_open else ("open", "done")
        told += [Step(touch=step, state=state, due_on=step.due_on, owner=writer.by, by=writer.by) for state in states]
    Step.objects.bulk_create(told, batch_size=500)
    recount([writer.account.pk])


def _tenders(writer: Writer, rivals: Sequence[Any]) -> None:
    from anahtar_web.tenders.models import Criterion, Lot, Participant, Reason, Record, Tender
    from anahtar_web.tenders.models.tender import search_key
    from anahtar_web.tenders.queries.content import content_from

    reason = Reason.objects.exclude(code="").order_by("pk").first()
    rows = Tender.objects.bulk_create(
        [_tender(writer, at, reason, search_key) for at in range(writer.size.tenders)], 200
    )
    parts: dict[Any, list[Any]] = {Lot: [], Criterion: [], Participant: [], Record: []}
    for tender in rows:
        lots = list(_lots(tender, rivals))
        criteria = [
            Criterion(tender=tender, place=at, name=name, weight=weight).keyed()
            for at, (name, weight) in enumerate((("Fiyat", 60), ("Teslim", 25), ("Kalite", 15)))
        ]
        met = [
            Participant(tender=tender, competitor=rival)
            for rival in writer.dice.sample(list(rivals), min(3, len(rivals)))
        ]
        told = content_from(tender, lots, criteria, met, [])
        at = writer.moment((writer.day - tender.announced_on).days)
        parts[Record].append(Record(tender=tender, number=1, content=told, by=writer.by, at=at))
        parts[Lot] += lots
        parts[Criterion] += criteria
        parts[Participant] += met
    for model, made in parts.items():
        model.objects.bulk_create(made, batch_size=200)


def _tender(writer: Writer, at: int, reason: Any, search_key: Any) -> Any:
    from anahtar_web.tenders.models import Tender

    past = at >= 10
    announced = writer.ago(80 + writer.past() if past else 10)
    ended = {"stage": "decided", "outcome": ("won", "lost")[at % 2], "decided_on": announced + timedelta(days=60)}
    told = (ended | ({"our_reason": reason} if at % 2 else {})) if past else {"stage": "preparing"}
    title, direction = f"İhale {at:03}", f"Yön {at % 6}"
    return Tender(
        account=writer.account,
        title=title,
        reference=f"R-{at}",
        direction=direction,
        search_key=search_key(title, f"R-{at}", direction),
        announced_on=announced,
        deadline=announced + timedelta(days=30),
        currency="TRY",
        estimate=1_000_000_0000,
        owner=writer.by,
        notes=NOTES,
        lessons=NOTES if past else "",
        by=writer.by,
        **told,
    )


def _lots(tender: Any, rivals: Sequence[Any]) -> Iterator[Any]:
    from anahtar_web.tenders.models import Lot

    for place in (1, 2):
        told: dict[str, Any] = {}
        if tender.outcome == "won":
            told = {"outcome": "won", "won_by": "us"}
        elif tender.outcome == "lost":
            winner = rivals[tender.pk % len(rivals)]
            told = {"outcome": "lost", "won_by": "competitor", "winner": winner, "winner_price": 480_000_0000}
        yield Lot(tender=tender, place=place, name=f"Lot {place}", our_price=500_000_0000, **told)


def _facts(writer: Writer, people: Sequence[Any]) -> None:
    """Half of them hold; of the others half followed one another, half stand beside what holds."""
    from anahtar_web.dossier.kinds import every
    from anahtar_web.dossier.models import Fact

    kinds = list(every().values())
    one, many = [kind for kind in kinds if not kind.many], [kind for kind in kinds if kind.many]

    def fact(kind: Any, **more: Any) -> Any:
        days = writer.past()
        return Fact(
            account=writer.account,
            kind=kind.code,
            grade=("document", "confirmed", "assumed", "rumour")[days % 4],
            known_on=writer.ago(days),
            recorded_at=writer.moment(days),
            source="Toplantı notu",
            said_by=writer.dice.choice(people),
            by=writer.by,
            **_value(writer, kind.form),
            **more,
        )

    first = Fact.objects.bulk_create(
        [fact(many[at % len(many)]) for at in range(max(writer.size.facts // 2 - len(one), len(many)))], 200
    )
    beside = [fact(kind) for kind in one for _time in range(writer.size.facts // 4 // len(one))]
    held = Fact.objects.bulk_create(beside + [fact(kind) for kind in one], 200)
    left = max(writer.size.facts - len(first) - len(held), 0)
    kind_of = {kind.code: kind for kind in many}
    later = [fact(kind_of[row.kind], root=row) for row in first[:left]]
    Fact.objects.bulk_create(later, 200)
    for row, follower in zip(first, later, strict=False):
        row.superseded_by = follower
    Fact.objects.bulk_update(first[:left], ["superseded_by"], 200)


def _value(writer: Writer, form: str) -> dict[str, Any]:
    match form:
        case "number":
            return {"number": Decimal(writer.dice.randrange(10, 9000))}
        case "money":
            return {"money": writer.dice.randrange(10**9, 10**12), "currency": "TRY"}
        case "date":
            return {"day": writer.ago(writer.past())}
        case "yes_no":
            return {"flag": True}
        case "event":
            return {"day": writer.ago(writer.past()), "text": "Yeni hat devreye girdi"}
        case "choice":
            return {"text": "large"}
        case "site":
            return {"text": "Bursa fabrikası", "locality": "Bursa", "detail": "Ana depo"}
        case "markdown" | "list":
            return {"text": NOTES}
    return {"text": "Yılda iki kez bütçe yapar, nisan ve ekimde"}


def _deliveries(writer: Writer) -> None:
    from anahtar_web.deliveries.models import DeliveryLine
    from anahtar_web.ledgers.models import Import, Kind, State

    of = Import.objects.create(
        title="sevk.xlsx",
        kind=Kind.DELIVERIES,
        batch=f"deliveries {writer.size.first}",
        state=State.IMPORTED,
        by=writer.by,
    )
    rows = []
    for at in writer.size.numbers(writer.size.deliveries):
        promised, late = writer.ago(writer.dice.randrange(1, 365 * 3)), writer.dice.choice((0, 0, 0, 0, 2, 9, None))
        filled = None if late is None else promised + timedelta(days=late)
        rows.append(
            DeliveryLine(
                of=of,
                account=writer.account,
                customer=writer.account.code,
                order=f"S{at // 4:05}",
                line=str(at % 4),
                product=f"P{at % 200:05}",
                direction=f"Yön {at % 6}",
                promised_first=promised,
                promised_here=promised,
                promised_now=promised,
                ordered=100_0000,
                delivered=100_0000 if filled else 0,
                parts=[[filled.isoformat(), 100_0000]] if filled else [],
                filled_on=filled,
                late_days=late,
                recorded_at=writer.moment(1),
            )
        )
    DeliveryLine.objects.bulk_create(rows, batch_size=500)


def _files(writer: Writer) -> None:
    from anahtar_web.files.models import Attachment

    Attachment.objects.bulk_create(
        [
            Attachment(
                account=writer.account,
                name=f"Sözleşme {at:03}.pdf",
                search_key=f"sozlesme {at:03}.pdf",
                digest=hashlib.sha256(str(at).encode()).hexdigest(),
                size=120_000 + at,
                media_type="application/pdf",
                by=writer.by,
            )
            for at in writer.size.numbers(writer.size.files)
        ]
    )


def _readings(writer: Writer) -> None:
    from anahtar_web.dossier.models import Reading

    team = writer.team
    Reading.objects.bulk_create(
        [
            Reading(account=writer.account, person=team[at % len(team)], day=writer.ago(at // len(team)))
            for at in writer.size.numbers(writer.size.readings)
        ]
    )


if __name__ == "__main__":
    main()
