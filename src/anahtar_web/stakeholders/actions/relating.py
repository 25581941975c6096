"""How one of us stands with one of them is written down; every earlier word stays."""

from django.db import transaction
from django.utils.translation import gettext as _

from anahtar_web.gate.refusals import Refused
from anahtar_web.gate.versions import EditedMeanwhile
from anahtar_web.people.models import User
from anahtar_web.stakeholders.actions.keeping import hold, tell
from anahtar_web.stakeholders.models import Relation, Stakeholder


class UnableToRelate(Refused):
    """Nothing is said, or nothing would change."""


@transaction.atomic
def relate(
    *,
    who: Stakeholder,
    colleague: User,
    level: int | None,
    desired: int | None = None,
    note: str = "",
    seen: int | None,
    by: User,
) -> Relation:
    """Say how well one of us knows one of them, and how well we want to.

    Parameters
    ----------
    seen
        The row that held when the person looked; None: there was none.

    Raises
    ------
    EditedMeanwhile
        Somebody has said something else since; carries it.
    UnableToRelate
        Nothing is said, or that holds already.
    """
    hold(who)
    before = Relation.objects.filter(stakeholder=who, colleague=colleague, current=True).first()
    if before is not None and before.pk != seen:
        raise EditedMeanwhile(before)
    said = {"level": level, "desired": desired, "note": note.strip()}
    if before is None and level is None and desired is None:
        raise UnableToRelate(_("Say how well they know each other, or how well they should."))
    if before is not None and said == {name: getattr(before, name) for name in said}:
        raise UnableToRelate(_("That is what holds already. Change something, or leave it."))
    Relation.objects.filter(stakeholder=who, colleague=colleague, current=True).update(current=False)
    made = Relation.objects.create(stakeholder=who, colleague=colleague, by=by, **said)
    tell("stakeholder.related", who, by=by, colleague=str(colleague))
    return made
