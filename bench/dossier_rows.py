"""What an account has by the thousand, for `bench.dossier_house`: written as rows, past the application's actions."""

import hashlib
from collections.abc import Iterator, Sequence
from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from bench.dossier_house import Writer

NOTES = (
    "İkinci yarı yılın ihtiyacı konuşuldu.\n\n- **Rulman**: kapasite yıl sonunda iki katına çıkıyor\n"
    "- Fiyat listesi *yazılı* istendi\n- Teslimat: depo cumartesi de mal kabul ediyor\n\n"
    "Bir sonraki görüşmeye kalite müdürü de katılacak."
)


def interactions(writer: "Writer", people: Sequence[Any]) -> None:
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


def tenders(writer: "Writer", rivals: Sequence[Any]) -> None:
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


def _tender(writer: "Writer", at: int, reason: Any, search_key: Any) -> Any:
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


def facts(writer: "Writer", people: Sequence[Any]) -> None:
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


def _value(writer: "Writer", form: str) -> dict[str, Any]:
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


def deliveries(writer: "Writer") -> None:
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


def files(writer: "Writer") -> None:
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


def readings(writer: "Writer") -> None:
    from anahtar_web.dossier.models import Reading

    team = writer.team
    Reading.objects.bulk_create(
        [
            Reading(account=writer.account, person=team[at % len(team)], day=writer.ago(at // len(team)))
            for at in writer.size.numbers(writer.size.readings)
        ]
    )
