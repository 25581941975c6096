"""A fact is written down or taken back; what stood there before stays as history."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from anahtar.rules.facts import outdoes
from anahtar_web.accounts.actions.holding import held
from anahtar_web.accounts.models import Account
from anahtar_web.audit.actions import record
from anahtar_web.company.queries import today
from anahtar_web.dossier.actions.counting import count
from anahtar_web.dossier.kinds import Kind
from anahtar_web.dossier.models import VALUE, Fact, Grade
from anahtar_web.dossier.queries import Known, group_of, stood_in
from anahtar_web.dossier.queries.facts import said
from anahtar_web.dossier.values import COLUMNS, value_of, written
from anahtar_web.files.models import Attachment
from anahtar_web.gate.refusals import Refused
from anahtar_web.gate.versions import EditedMeanwhile
from anahtar_web.people.models import User
from anahtar_web.stakeholders.models import Stakeholder
from anahtar_web.ui.templatetags.shown import day


class UnableToWriteFact(Refused):
    """The fact says nothing, or rests on something that is none of this account's."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """How we know a fact.

    Parameters
    ----------
    known_on
        On which day it was true or learned; None: today.
    """

    grade: str = Grade.ASSUMED
    known_on: date | None = None
    source: str = ""
    link: str = ""
    said_by: Stakeholder | None = None
    colleague: User | None = None
    document: Attachment | None = None


@transaction.atomic
def write_fact(
    *,
    account: Account,
    kind: Kind,
    value: Mapping[str, Any],
    evidence: Evidence,
    seen: int | None,
    by: User,
    item: int | None = None,
    at: datetime | None = None,
) -> Fact:
    """Write down what is known; which statement holds follows from grade and age.

    Parameters
    ----------
    value
        The columns of the kind's form (`values.COLUMNS`).
    seen
        The statement that held when the person looked; None: there was none.
    item
        Of a kind with several values: which of them it is about; None: a new one.
    at
        When it was written down elsewhere, for what is brought in from there; None: now.

    Raises
    ------
    UnableToWriteFact
        It says nothing, is of tomorrow, of a retired kind, or names a person or file of another account.
    EditedMeanwhile
        Another statement holds since; carries it.
    """
    fresh = held(account)
    fields = _fields(kind, value)
    _check(fresh, kind, evidence)
    before = stood_in(fresh, kind, item) if item is not None or not kind.many else None
    _same(before, seen)
    made = Fact(
        account=fresh,
        kind=kind.code,
        root_id=item,
        grade=evidence.grade,
        known_on=evidence.known_on or today(),
        source=evidence.source.strip(),
        link=evidence.link,
        said_by=evidence.said_by,
        colleague=evidence.colleague,
        document=evidence.document,
        recorded_at=at or timezone.now(),
        by=by,
        **fields,
    )
    made.save(force_insert=True)
    settle(fresh, kind, made)
    _tell("fact.written", kind, made, before.fact if before else None, by)
    count(fresh)
    return made


@transaction.atomic
def retract(*, account: Account, fact: Fact, kind: Kind, reason: str, by: User) -> Fact:
    """Take a statement back: it was wrong. It stays readable, and what it had replaced may hold again.

    Raises
    ------
    UnableToWriteFact
        Nobody says why, or somebody has taken it back already.
    """
    if not reason.strip():
        raise UnableToWriteFact(_("Say why it is wrong. Whoever reads it in a year was not there."))
    fresh = held(account)
    took = Fact.objects.filter(pk=fact.pk, retracted_at=None)
    if not took.update(retracted_at=timezone.now(), retracted_by=by, retract_reason=reason.strip()):
        raise UnableToWriteFact(_("Somebody has taken it back already."))
    fact.refresh_from_db()
    for other in Fact.objects.filter(superseded_by=fact).order_by("pk"):
        Fact.objects.filter(pk=other.pk).update(superseded_by=None)
        settle(fresh, kind, other)
    value = written(kind, fact)
    record(
        "fact.retracted",
        fact,
        by=by,
        before={"kind_name": str(kind), "value": value},
        after={"value": None},
        reason=fact.retract_reason,
        account=fresh.pk,
    )
    count(fresh)
    return fact


def settle(account: Account, kind: Kind, fact: Fact) -> None:
    """Say which statements of the same thing one puts out of the running for good, or which one does that to it."""
    mine = said(kind, fact)
    others = group_of(account, kind, fact.item if kind.many else None).filter(retracted_at=None, superseded_by=None)
    for other in others.exclude(pk=fact.pk).order_by("pk"):
        if outdoes(mine, said(kind, other)):
            Fact.objects.filter(pk=other.pk).update(superseded_by=fact)
        elif outdoes(said(kind, other), mine):
            Fact.objects.filter(pk=fact.pk).update(superseded_by=other)
            return


def _fields(kind: Kind, value: Mapping[str, Any]) -> dict[str, Any]:
    fields = {name: value[name] for name in COLUMNS[kind.form] if name in value}
    fields = {name: text.strip() if isinstance(text, str) else text for name, text in fields.items()}
    says = {name: what for name, what in fields.items() if what not in (None, "") and name != "currency"}
    if not says or (set(says) <= {"locality", "detail"}):
        raise UnableToWriteFact(_("Say what is known: an empty fact says nothing."))
    if fields.get("number") is not None:
        fields["number"] = Decimal(fields["number"])
    if fields.get("money") is None:
        fields.pop("currency", None)
    if unknown := set(fields) - set(VALUE):
        raise AssertionError(unknown)
    return fields


def _check(account: Account, kind: Kind, evidence: Evidence) -> None:
    if kind.retired:
        raise UnableToWriteFact(_("“%(kind)s” is retired: nothing new is written under it.") % {"kind": kind})
    if evidence.grade not in Grade.values:
        raise UnableToWriteFact(_("Say how we know it: rumour, assumed, confirmed or document."))
    if evidence.known_on is not None and not date(1800, 1, 1) <= evidence.known_on <= today():
        raise UnableToWriteFact(
            _("%(day)s is no day on which it can have been known: choose today or an earlier one.")
            % {"day": day(evidence.known_on)}
        )
    for of, what in ((evidence.said_by, _("person")), (evidence.document, _("file"))):
        if of is not None and not type(of)._default_manager.of(account).filter(pk=of.pk).exists():
            raise UnableToWriteFact(_("This %(what)s belongs to another account.") % {"what": what})


def _same(before: Known | None, seen: int | None) -> None:
    if (before.fact.pk if before else None) == seen:
        return
    if before is not None:
        raise EditedMeanwhile(before.fact)
    raise UnableToWriteFact(_("Somebody has taken back what stood there. Look at the dossier again."))


def _tell(verb: str, kind: Kind, made: Fact, before: Fact | None, by: User) -> None:
    """Put it on the trail: what it says, not which of two statements holds, which changes by the day."""
    was = {"value": written(kind, before), "grade": before.grade} if before else {}
    after = {"value": written(kind, made), "grade": made.grade}
    if value_of(made) == (value_of(before) if before else None):
        was.pop("value"), after.pop("value")
    record(verb, made, by=by, before=was, after={"kind_name": str(kind), **after}, account=made.account_id)
