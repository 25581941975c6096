"""A file of mails, calendar entries or address cards is dropped, looked at, and taken: each thing once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.translation import gettext as _

from anahtar_web.accounts.models import Account
from anahtar_web.audit.actions import record
from anahtar_web.company.queries import company, today
from anahtar_web.gate.refusals import Refused
from anahtar_web.interactions.actions.enclosing import Looked, drop_folders, enclose
from anahtar_web.interactions.actions.happening import Written, write_down
from anahtar_web.interactions.actions.meeting import meet
from anahtar_web.interactions.actions.taking_part import Stranger, add_address, family
from anahtar_web.interactions.models import Direction, Dropped, Kind, Source
from anahtar_web.interactions.queries.matching import Known, known
from anahtar_web.people.models import User
from anahtar_web.stakeholders.models import Stakeholder

_SOURCES: Final = {"mail": Source.EML, "event": Source.ICS}


@dataclass(frozen=True, slots=True)
class Choice:
    """What is to become of one thing of a file.

    Parameters
    ----------
    at
        Its place in the file.
    new
        Addresses to be written down as new people of the account.
    """

    at: int
    account: Account
    kind: str = ""
    new: frozenset[str] = frozenset()


@dataclass(slots=True)
class Taken:
    """What was taken, and a sentence for each thing that was not."""

    interactions: int = 0
    people: int = 0
    refused: list[str] = field(default_factory=list)


@transaction.atomic
def take(
    *, dropped: Dropped, choices: Sequence[Choice], looked: Mapping[int, Sequence[Looked]] | None = None, by: User
) -> Taken:
    """Make interactions and people of what a file held, and forget the file; what cannot be taken is said.

    Parameters
    ----------
    looked
        The files of the mails by the mail's place, as `look_through` gives them.
    """
    taken = Taken()
    for choice in choices:
        told = dropped.items[choice.at]
        enclosed = (looked or {}).get(choice.at, ())
        try:
            with transaction.atomic():
                _take(told, choice, by, taken, source=_source_of(dropped, told), enclosed=enclosed)
        except Refused as refusal:
            taken.refused.append(f"{told['subject'] or told['kind']}: {refusal}")
    Dropped.objects.filter(pk=dropped.pk).delete()
    drop_folders([dropped.folder])
    if taken.interactions or taken.people:
        counted = {"interactions": taken.interactions, "people": taken.people}
        record("interaction.taken_from_file", dropped, by=by, after=counted)
    return taken


def _source_of(dropped: Dropped, told: Mapping[str, Any]) -> Source:
    if dropped.from_folder:
        return Source.IMAP
    return Source.MBOX if told["kind"] == "mail" and len(dropped.items) > 1 else _SOURCES.get(told["kind"], Source.ICS)


def _take(
    told: dict[str, Any], choice: Choice, by: User, taken: Taken, *, source: Source, enclosed: Sequence[Looked]
) -> None:
    if told["kind"] == "card":
        taken.people += _take_card(told, choice.account, by)
        return
    strangers = [Stranger(address, name) for name, address in told["people"]]
    whose = known([one.address for one in strangers], by)
    met = {one.address for one in strangers if one.address in choice.new and _nobody(one, whose, choice.account)}
    for one in strangers:
        if one.address in met:
            meet(account=choice.account, name=one.name or one.address.partition("@")[0], address=one.address, by=by)
    whose = known([one.address for one in strangers], by) if met else whose
    made = write_down(
        account=choice.account,
        written=written_of(told, whose, choice.kind),
        parts=whose.parts(strangers, choice.account),
        by=by,
        source=source,
        source_key=told["key"],
    )
    taken.refused += enclose(interaction=made, looked=enclosed, by=by)
    taken.interactions += 1
    taken.people += len(met)


def _nobody(one: Stranger, whose: Known, account: Account) -> bool:
    parts = whose.parts([one], account)
    return bool(parts.strangers)


def _take_card(told: dict[str, Any], account: Account, by: User) -> int:
    addresses = [address for _name, address in told["people"]]
    house = family(account)
    people = [one for found in known(addresses, by).theirs.values() for one in found if one.account_id in house]
    if not people:
        same = Stakeholder.objects.filter(account=account, name=told["subject"]).order_by("pk")
        people = list(same[:1]) if addresses else []
    if people:
        for address in addresses:
            add_address(people[0], address, by=by)
        return 0
    phone = told["phones"][0] if told["phones"] else ""
    made = meet(account=account, name=told["subject"], position=told["position"], phone=phone, by=by)
    for address in addresses:
        add_address(made, address, by=by)
    return 1


def written_of(told: dict[str, Any], whose: Known, kind: str = "") -> Written:
    """Give what a mail or a calendar entry becomes."""
    zone = ZoneInfo(company().time_zone)
    subject = told["subject"] or _("(without a subject)")
    if told["kind"] == "mail":
        at = _moment(told["at"], zone)
        sender = told["sender"][1] if told["sender"] else ""
        direction = Direction.OUT if sender in whose.ours else Direction.IN
        day = at.date() if at else today()
        return Written(Kind.MAIL, direction, day, subject, starts_at=at, notes=told["text"], is_plain=True)
    start, end = told["start"], told["end"]
    notes = "\n\n".join(part for part in (told["place"], told["text"]) if part)
    if told["whole_day"]:
        first, last = date.fromisoformat(start), date.fromisoformat(end) if end else None
        return Written(kind or Kind.MEETING, Direction.BOTH, first, subject, last_day=last, notes=notes, is_plain=True)
    begins, ends = _moment(start, zone), _moment(end, zone)
    assert begins is not None
    return Written(
        kind or Kind.MEETING,
        Direction.BOTH,
        begins.date(),
        subject,
        starts_at=begins,
        ends_at=ends if ends and ends >= begins else None,
        last_day=ends.date() if ends and ends.date() > begins.date() else None,
        notes=notes,
        is_plain=True,
    )


def _moment(text: str | None, zone: ZoneInfo) -> datetime | None:
    """Read a moment; one without a zone is of the company's."""
    if not text:
        return None
    found = datetime.fromisoformat(text)
    return found.astimezone(zone) if found.tzinfo else found.replace(tzinfo=zone)
