"""A file of past tenders is opened, understood, brought into the house, and taken back whole."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, Final

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from anahtar_web.accounts.actions.holding import UnableToChangeMerged
from anahtar_web.accounts.models import Account
from anahtar_web.audit.actions import record
from anahtar_web.competitors.models import Competitor
from anahtar_web.gate.refusals import Refused
from anahtar_web.people.models import User
from anahtar_web.tenders.actions.naming import competitor_named
from anahtar_web.tenders.columns import SAYS, recognise
from anahtar_web.tenders.models import (
    Brought,
    Lot,
    LotOutcome,
    Outcome,
    Participant,
    Record,
    Stage,
    Tender,
    TenderImport,
    WonBy,
)
from anahtar_web.tenders.models.tender import search_key
from anahtar_web.tenders.reading import Table
from anahtar_web.tenders.understanding import BroughtLot, BroughtTender, understand
from anahtar_web.ui.text import fold

AT_ONCE: Final = 500


class UnableToBring(Refused):
    """The file cannot be imported, or not be taken back, as it stands."""


@transaction.atomic
def keep_file(*, table: Table, by: User) -> TenderImport:
    """Keep what was read of a file and recognise its columns; nothing is made of it yet."""
    made = TenderImport.objects.create(
        file=table.file[:300],
        sha256=table.sha256,
        sheet=table.sheet[:300],
        header=list(table.header),
        rows=list(table.rows),
        broken=list(table.broken),
        others=list(table.others),
        mapping=recognise(table.header),
        by=by,
    )
    record("tenders.opened", made, by=by, after={"rows": len(table.rows) + len(table.broken)})
    return made


@transaction.atomic
def say_columns(*, of: TenderImport, mapping: Mapping[str, int], options: Mapping[str, str], by: User) -> TenderImport:
    """Say which column says what, and how its numbers and days are written.

    Raises
    ------
    UnableToBring
        It is imported already, or two things are said by one column.
    """
    if of.state == TenderImport.State.IMPORTED:
        raise UnableToBring(_("It is imported. Take it back first to read it in another way."))
    twice = [place for place, times in Counter(mapping.values()).items() if times > 1]
    if twice:
        raise UnableToBring(_("Column “%(name)s” is chosen twice.") % {"name": of.header[twice[0]] or twice[0] + 1})
    of.mapping = {name: place for name, place in mapping.items() if name in SAYS}
    of.options = {name: value for name, value in options.items() if value}
    of.state = TenderImport.State.OPENED
    of.save(update_fields=["mapping", "options", "state"])
    record("tenders.mapped", of, by=by, after={"columns": [of.header[place] for place in of.mapping.values()]})
    return of


@transaction.atomic
def bring(*, of: TenderImport, version: int, by: User) -> TenderImport:
    """Make tenders of the rows that are understood and not here yet; the others stay listed.

    Raises
    ------
    UnableToBring
        Something is to be decided first, nothing is new, or somebody was faster.
    """
    if not TenderImport.objects.filter(pk=of.pk, version=version, state=TenderImport.State.OPENED).update(
        version=version + 1
    ):
        raise UnableToBring(_("This import has moved on meanwhile. Look at it again."))
    understood = understand(of, by)
    if understood.questions:
        raise UnableToBring(" ".join(understood.questions))
    if not understood.new:
        raise UnableToBring(_("Every tender that can be read from this file is here already."))
    _hold({one.account.pk for one in understood.new})
    rivals = _rivals(understood.new, by)
    for at in range(0, len(understood.new), AT_ONCE):
        _make(understood.new[at : at + AT_ONCE], of, rivals, by)
    of.refresh_from_db()
    of.state, of.made, of.left = TenderImport.State.IMPORTED, len(understood.new), len(understood.left)
    of.save(update_fields=["state", "made", "left"])
    record("tenders.file_imported", of, by=by, after={"made": of.made, "left": of.left})
    for account, made in sorted(Counter(one.account.pk for one in understood.new).items()):
        record("tenders.imported", of, by=by, after={"made": made}, account=account)
    return of


def _hold(accounts: set[int]) -> None:
    """Lock the accounts: none of them is merged away while its tenders are written."""
    ordered = sorted(accounts)
    for at in range(0, len(ordered), AT_ONCE):
        rows = Account.objects.select_for_update(of=("self",)).filter(pk__in=ordered[at : at + AT_ONCE])
        for account in rows.order_by("pk"):
            if account.merged_into_id is not None:
                raise UnableToChangeMerged(account)


def _rivals(tenders: Sequence[BroughtTender], by: User) -> dict[str, Competitor]:
    names = {name for one in tenders for name in (*one.competitors, *(lot.winner for lot in one.lots)) if name}
    known = {rival.name_key: rival for rival in Competitor.objects.filter(name_key__in={_key(name) for name in names})}
    for name in sorted(names):
        if _key(name) not in known and (made := competitor_named(name, by=by)) is not None:
            known[_key(name)] = made
    return known


def _key(name: str) -> str:
    return fold(" ".join(name.split())[:200])[:220]


def _make(some: Sequence[BroughtTender], of: TenderImport, rivals: Mapping[str, Competitor], by: User) -> None:
    now = timezone.now()
    tenders = Tender.objects.bulk_create([_tender(one, by) for one in some])
    pairs = list(zip(tenders, some, strict=True))
    lots = [_lot(tender, place, lot, rivals) for tender, one in pairs for place, lot in enumerate(one.lots, 1)]
    Lot.objects.bulk_create(lots)
    parts = [
        Participant(tender=tender, competitor=rival) for tender, one in pairs for rival in _taking_part(one, rivals)
    ]
    Participant.objects.bulk_create(parts)
    Brought.objects.bulk_create(
        Brought(tender=tender, of=of, account=one.account, row=one.row, key=one.key) for tender, one in pairs
    )
    contents = _contents(tenders, lots, parts)
    Record.objects.bulk_create(
        Record(tender=tender, number=tender.version, content=contents[tender.pk], by=by, at=now) for tender in tenders
    )


def _contents(tenders: Sequence[Tender], lots: Sequence[Lot], parts: Sequence[Participant]) -> dict[int, Any]:
    """Give what is recorded of many new tenders without asking the database for each."""
    from anahtar_web.tenders.queries.content import content_from

    of_lots: dict[int, list[Lot]] = {tender.pk: [] for tender in tenders}
    of_parts: dict[int, list[Participant]] = {tender.pk: [] for tender in tenders}
    for lot in lots:
        of_lots[lot.tender_id].append(lot)
    for part in parts:
        of_parts[part.tender_id].append(part)
    return {tender.pk: content_from(tender, of_lots[tender.pk], (), of_parts[tender.pk], ()) for tender in tenders}


def _tender(one: BroughtTender, by: User) -> Tender:
    fields = dict(one.fields)
    state = fields.pop("state")
    decided = state in Outcome.values
    (their_reason, their_words), (our_reason, our_words) = one.reasons["their_reason"], one.reasons["our_reason"]
    why: dict[str, Any] = {}
    if decided:
        why = {
            "their_reason_id": their_reason,
            "their_words": their_words,
            "our_reason_id": our_reason,
            "our_words": our_words,
        }
    return Tender(
        account=one.account,
        by=by,
        from_file=True,
        stage=Stage.DECIDED if decided else state,
        outcome=state if decided else "",
        search_key=search_key(fields["title"], fields["reference"], fields["direction"]),
        **fields,
        **why,
    )


def _lot(tender: Tender, place: int, said: BroughtLot, rivals: Mapping[str, Competitor]) -> Lot:
    winner = rivals.get(_key(said.winner)) if said.winner else None
    won_by = ""
    if said.outcome:
        won_by = WonBy.US if said.outcome == LotOutcome.WON else WonBy.COMPETITOR if winner else WonBy.UNKNOWN
    return Lot(
        tender=tender,
        place=place,
        name=said.name,
        our_price=said.our_price,
        rank=said.rank,
        outcome=said.outcome,
        won_by=won_by,
        winner=winner,
        winner_price=said.winner_price,
    )


def _taking_part(one: BroughtTender, rivals: Mapping[str, Competitor]) -> list[Competitor]:
    names = (*one.competitors, *(lot.winner for lot in one.lots))
    return list({rival.pk: rival for name in names if name and (rival := rivals.get(_key(name)))}.values())


@transaction.atomic
def take_back(*, of: TenderImport, version: int, reason: str, by: User) -> int:
    """Take everything back that an import made, whether somebody has changed it since or not; returns how many.

    The rows of the file stay, so that it can be corrected and imported again; the trail keeps what was changed.

    Raises
    ------
    UnableToBring
        Nobody says why, it is not imported, or somebody was faster.
    """
    if not reason.strip():
        raise UnableToBring(_("Say why. Whoever looks for these tenders will ask."))
    rows = TenderImport.objects.filter(pk=of.pk, version=version, state=TenderImport.State.IMPORTED)
    if not rows.update(version=version + 1, state=TenderImport.State.TAKEN_BACK):
        raise UnableToBring(_("This import has moved on meanwhile. Look at it again."))
    tenders = Tender.objects.filter(brought__of=of)
    accounts = Counter(tenders.order_by().values_list("account", flat=True))
    edited = tenders.filter(version__gt=1).count()
    tenders.delete()
    told = {"made": sum(accounts.values()), "edited": edited}
    record("tenders.file_taken_back", of, by=by, before=told, reason=reason.strip())
    for account, made in sorted(accounts.items()):
        record("tenders.taken_back", of, by=by, before={"made": made}, reason=reason.strip(), account=account)
    return sum(accounts.values())
