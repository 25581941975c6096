"""A tender is written down, changed section by section, and moved from stage to stage."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import Any, Final

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from anahtar_web.accounts.actions.holding import held
from anahtar_web.accounts.models import Account
from anahtar_web.audit.actions import record
from anahtar_web.files.models import Attachment
from anahtar_web.gate.rights import Field
from anahtar_web.people.models import User
from anahtar_web.tenders.actions.keeping import UnableToWriteTender, keep, told
from anahtar_web.tenders.actions.naming import competitor_named
from anahtar_web.tenders.models import OPEN, Criterion, Lot, Paper, Participant, Record, Stage, Tender
from anahtar_web.tenders.queries import content_of
from anahtar_web.ui.text import fold

HEAD: Final = (
    *("title", "reference", "direction", "announced_on", "questions_until", "deadline", "expected_on"),
    *("currency", "estimate", "owner", "notes"),
)
"""What is said of a tender as a whole while it is open."""


@dataclass(frozen=True, slots=True)
class SaidLot:
    """A lot as somebody says it; `place` 0: a new one."""

    place: int = 0
    name: str = ""
    quantity: Decimal | None = None
    unit: str = ""
    our_price: int | None = None
    rank: int | None = None


@dataclass(frozen=True, slots=True)
class SaidParticipant:
    """A competitor as somebody says it took part."""

    competitor: str
    lots: str = ""
    price: int | None = None
    rank: int | None = None
    remark: str = ""


@transaction.atomic
def start(*, account: Account, by: User, stage: str = Stage.ANNOUNCED, **fields: Any) -> Tender:
    """Write a tender down; it has one lot, which is the whole of it.

    Raises
    ------
    UnableToWriteTender
        Its days contradict each other.
    UnableToChangeMerged
        The account goes on under another.
    """
    fresh = held(account)
    _check(fields)
    if stage not in OPEN:
        raise UnableToWriteTender(_("A new tender is open: write it down first, then decide it."))
    tender = Tender.objects.create(account=fresh, by=by, stage=stage, **_allowed(fields, by))
    Lot.objects.create(tender=tender, place=1)
    content = content_of(tender)
    Record.objects.create(tender=tender, number=tender.version, content=content, by=by, at=timezone.now())
    after = {name: value for name, value in told(content).items() if value}
    record("tender.started", tender, by=by, after=after, account=fresh.pk)
    return tender


@transaction.atomic
def change(*, tender: Tender, version: int, by: User, **fields: Any) -> Tender:
    """Change what is said of a tender as a whole (`HEAD`), or its lessons.

    Raises
    ------
    UnableToWriteTender
        Its days contradict each other, or nothing would change.
    EditedMeanwhile
        Somebody has changed it since `version`.
    """
    _check({name: fields.get(name, getattr(tender, name)) for name in (*HEAD, "decided_on")})
    return keep(tender, version=version, by=by, verb="tender.changed", fields=_allowed(fields, by))


def _allowed(fields: Mapping[str, Any], by: User) -> dict[str, Any]:
    """Leave what the person may write: who does not see offers leaves the estimate as it is."""
    return {name: value for name, value in fields.items() if name != "estimate" or by.sees(Field.OFFER)}


def _check(fields: Mapping[str, Any]) -> None:
    if not str(fields.get("title") or "").strip():
        raise UnableToWriteTender(_("Say what is asked for: a tender has a title."))
    order: list[tuple[str, date | None]] = [
        (_("announced"), fields.get("announced_on")),
        (_("questions"), fields.get("questions_until")),
        (_("deadline"), fields.get("deadline")),
    ]
    days = [(name, day) for name, day in order if day is not None]
    for (earlier, first), (later, second) in pairwise(days):
        if second < first:
            raise UnableToWriteTender(
                _("“%(later)s” lies before “%(earlier)s”. Correct one of the two days.")
                % {"later": later, "earlier": earlier}
            )


@transaction.atomic
def move(*, tender: Tender, version: int, stage: str, by: User) -> Tender:
    """Move an open tender to another stage.

    Raises
    ------
    UnableToWriteTender
        It is decided, is to be decided, or stands there already.
    """
    if stage not in OPEN:
        raise UnableToWriteTender(_("A decision has an outcome and its reasons: open the tender and decide it."))
    if tender.stage == Stage.DECIDED:
        raise UnableToWriteTender(_("It is decided. Open it again first, with a reason."))
    return keep(tender, version=version, by=by, verb="tender.moved", fields={"stage": stage})


@transaction.atomic
def write_lots(*, tender: Tender, version: int, lots: Sequence[SaidLot], by: User) -> Tender:
    """Say which lots a tender has; what became of a lot stays with it.

    Raises
    ------
    UnableToWriteTender
        There is none, two have the same name, or the tender is decided and a lot would come or go.
    """
    names = [fold(lot.name) for lot in lots]
    if not lots:
        raise UnableToWriteTender(_("A tender has at least one lot: the whole of it."))
    if len(lots) > 1 and (len(set(names)) < len(names) or "" in names):
        raise UnableToWriteTender(_("Several lots need a name each, and each its own."))
    if tender.stage == Stage.DECIDED and {lot.place for lot in lots} != set(_places(tender)):
        raise UnableToWriteTender(_("It is decided lot by lot. Open it again to add or take out a lot."))

    def parts(fresh: Tender) -> None:
        before = _places(fresh)
        fresh.lots.all().delete()
        Lot.objects.bulk_create(_lot(fresh, place, lot, before.get(lot.place), by) for place, lot in enumerate(lots, 1))

    return keep(tender, version=version, by=by, verb="tender.changed", parts=parts)


def _places(tender: Tender) -> dict[int, Lot]:
    return {lot.place: lot for lot in tender.lots.all()}


def _lot(tender: Tender, place: int, said: SaidLot, before: Lot | None, by: User) -> Lot:
    lot = before or Lot()
    lot.pk, lot.tender, lot.place = None, tender, place
    lot._state.adding = True
    lot.name, lot.quantity, lot.unit, lot.rank = said.name, said.quantity, said.unit, said.rank
    if by.sees(Field.OFFER):
        lot.our_price = said.our_price
    return lot


@transaction.atomic
def write_criteria(*, tender: Tender, version: int, criteria: Sequence[tuple[str, Decimal | None]], by: User) -> Tender:
    """Say what offers are judged by, with weights; they need not add up to a hundred, and the page says their sum.

    Raises
    ------
    UnableToWriteTender
        A criterion is named twice.
    """
    keys = [fold(name) for name, _weight in criteria]
    if len(set(keys)) < len(keys):
        raise UnableToWriteTender(_("A criterion is named twice. Leave one of the two."))

    def parts(fresh: Tender) -> None:
        fresh.criteria.all().delete()
        Criterion.objects.bulk_create(
            Criterion(tender=fresh, place=place, name=name, weight=weight).keyed()
            for place, (name, weight) in enumerate(criteria, 1)
        )

    return keep(tender, version=version, by=by, verb="tender.changed", parts=parts)


@transaction.atomic
def write_participants(*, tender: Tender, version: int, participants: Iterable[SaidParticipant], by: User) -> Tender:
    """Say which competitors take part.

    Raises
    ------
    UnableToWriteTender
        A competitor is named twice.
    """
    rivals = [(competitor_named(one.competitor, by=by), one) for one in participants]
    if len({rival.pk for rival, _one in rivals if rival}) < len(rivals):
        raise UnableToWriteTender(_("A competitor is named twice. Put its lots and prices into one line."))

    def parts(fresh: Tender) -> None:
        before = {one.competitor_id: one.price for one in fresh.participants.all()}
        fresh.participants.all().delete()
        Participant.objects.bulk_create(
            Participant(
                tender=fresh,
                competitor=rival,
                lots=one.lots,
                price=one.price if by.sees(Field.OFFER) else before.get(rival.pk),
                rank=one.rank,
                remark=one.remark,
            )
            for rival, one in rivals
            if rival is not None
        )

    return keep(tender, version=version, by=by, verb="tender.changed", parts=parts)


@transaction.atomic
def write_papers(*, tender: Tender, version: int, files: Sequence[int], by: User) -> Tender:
    """Say which files of the account belong to a tender.

    Raises
    ------
    UnableToWriteTender
        One of them is no file of the account.
    """
    found = Attachment.objects.of(tender.account).filter(pk__in=files)
    if len(found) != len(set(files)):
        raise UnableToWriteTender(_("One of the files is not there any more. Choose again."))

    def parts(fresh: Tender) -> None:
        fresh.papers.exclude(attachment__in=found).delete()
        kept = set(fresh.papers.values_list("attachment", flat=True))
        Paper.objects.bulk_create(Paper(tender=fresh, attachment=file) for file in found if file.pk not in kept)

    return keep(tender, version=version, by=by, verb="tender.changed", parts=parts)
