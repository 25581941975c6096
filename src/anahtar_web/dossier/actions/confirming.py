"""A fact is confirmed as it stands, or put off by who does not know."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from anahtar_web.accounts.actions.holding import held
from anahtar_web.accounts.models import Account
from anahtar_web.audit.actions import record
from anahtar_web.company.queries import today
from anahtar_web.dossier.actions.counting import count
from anahtar_web.dossier.actions.writing import UnableToWriteFact, settle
from anahtar_web.dossier.kinds import Kind
from anahtar_web.dossier.models import Fact, Grade, Postponement
from anahtar_web.dossier.queries import POSTPONED_FOR
from anahtar_web.dossier.values import value_of, written
from anahtar_web.people.models import User


@transaction.atomic
def confirm(*, account: Account, fact: Fact, kind: Kind, by: User) -> Fact:
    """Say that a statement is true today: a new one of the same value, confirmed, follows it.

    Parameters
    ----------
    account
        Whose dossier shows it: the fact may be of an account that was merged into it.

    Raises
    ------
    UnableToWriteFact
        Another one has followed it, somebody has taken it back, or it was confirmed today already.
    """
    fresh = held(account)
    now = Fact.objects.select_related("superseded_by__by").get(pk=fact.pk)
    if now.retracted_at is not None:
        raise UnableToWriteFact(_("Somebody has taken it back already."))
    if now.superseded_by is not None:
        raise UnableToWriteFact(
            _("%(person)s has written something newer meanwhile. Look at it, and decide again.")
            % {"person": now.superseded_by.by}
        )
    if kind.retired:
        raise UnableToWriteFact(_("“%(kind)s” is retired: nothing new is written under it.") % {"kind": kind})
    if now.known_on >= today() and Grade(now.grade) in (Grade.CONFIRMED, Grade.DOCUMENT):
        raise UnableToWriteFact(_("It was confirmed today already."))
    made = Fact(
        account=fresh,
        kind=now.kind,
        root_id=now.item if kind.many else None,
        grade=Grade.CONFIRMED,
        known_on=today(),
        confirms=now,
        colleague=by,
        by=by,
        **value_of(now),
    )
    made.save(force_insert=True)
    settle(fresh, kind, made)
    record(
        "fact.confirmed",
        made,
        by=by,
        before={"grade": now.grade, "known_on": now.known_on.isoformat()},
        after={
            "kind_name": str(kind),
            "value": written(kind, made),
            "grade": made.grade,
            "known_on": made.known_on.isoformat(),
        },
        account=fresh.pk,
    )
    count(fresh)
    return made


@transaction.atomic
def postpone(*, account: Account, fact: Fact, kind: Kind, by: User, until: date | None = None) -> Postponement:
    """Say that one does not know: the fact is asked for again in four weeks."""
    fresh = held(account)
    day = until or today() + POSTPONED_FOR
    made = Postponement.objects.create(fact=fact, person=by, until=day)
    record(
        "fact.postponed",
        fact,
        by=by,
        after={"kind_name": str(kind), "until": day.isoformat()},
        account=fresh.pk,
    )
    return made
