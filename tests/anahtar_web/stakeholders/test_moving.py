"""A card is moved: below somebody else, or beside a colleague; the order of colleagues is kept."""

import pytest

from anahtar_web.accounts.models import Account
from anahtar_web.gate.versions import EditedMeanwhile
from anahtar_web.people.models import User
from anahtar_web.stakeholders import actions
from anahtar_web.stakeholders.actions import UnableToMove, UnableToWritePerson
from anahtar_web.stakeholders.actions.moving import in_row
from anahtar_web.stakeholders.models import Stakeholder, StakeholderVersion
from tests.anahtar_web.stakeholders.people import add

pytestmark = pytest.mark.django_db


def move(who: Stakeholder, by: User, **where: Stakeholder | None) -> Stakeholder:
    who.refresh_from_db()
    return actions.move(who=who, version=who.version, by=by, **{"under": None, **where})  # type: ignore[arg-type]


def row(below: Stakeholder | None) -> list[str]:
    return [who.name for who in sorted(Stakeholder.objects.filter(reports_to=below), key=in_row)]


def test_a_card_goes_below_another_and_back_to_the_top(acme: Account, ana: User) -> None:
    top, one = add(acme, ana, "Top"), add(acme, ana, "One")
    assert move(one, ana, under=top).reports_to == top
    assert move(one, ana, under=None).reports_to is None
    assert [version.reports_to for version in StakeholderVersion.objects.filter(stakeholder=one)] == [None, top, None]
    with pytest.raises(EditedMeanwhile):
        actions.move(who=one, version=1, under=top, by=ana)


def test_colleagues_stand_as_they_were_put_and_the_others_by_name(acme: Account, ana: User) -> None:
    top = add(acme, ana, "Top")
    cem, ada, bora = (add(acme, ana, name, reports_to=top) for name in ("Cem", "Ada", "Bora"))
    assert row(top) == ["Ada", "Bora", "Cem"]
    move(cem, ana, under=top, before=ada)
    assert row(top) == ["Cem", "Ada", "Bora"]
    move(cem, ana, under=top, after=ada)
    assert row(top) == ["Ada", "Cem", "Bora"]
    new = add(acme, ana, "Zeki")
    move(new, ana, under=top, before=bora)
    assert row(top) == ["Ada", "Cem", "Zeki", "Bora"]
    assert new.reports_to != top


def test_nobody_is_put_below_himself_or_beside_somebody_who_has_gone(acme: Account, ana: User) -> None:
    top = add(acme, ana, "Top")
    low = add(acme, ana, "Low", reports_to=top)
    with pytest.raises(UnableToWritePerson, match="below"):
        move(top, ana, under=low)
    other = add(acme, ana, "Other")
    with pytest.raises(UnableToMove, match="same person"):
        move(other, ana, under=top, before=add(acme, ana, "Elsewhere"))
    assert not StakeholderVersion.objects.filter(stakeholder=low, number__gt=1).exists()
