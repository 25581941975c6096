"""Kinds of facts: made without code, changed in versions, retired, and dossiers counted by them at once."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import translation

from anahtar.rules.dossier import TYPES
from anahtar_web.accounts.models import Account
from anahtar_web.audit.models import Entry
from anahtar_web.dossier.actions import UnableToDefine, UnableToWriteFact, define, move, redefine, retire
from anahtar_web.dossier.kinds import every
from anahtar_web.dossier.models import Completeness, Definition
from anahtar_web.gate.versions import EditedMeanwhile
from anahtar_web.people.models import User
from tests.anahtar_web.accounts.pages import nothing_changes, send
from tests.anahtar_web.dossier.facts import write

pytestmark = pytest.mark.django_db

SignedIn = Callable[[User], Client]

OWN: dict[str, Any] = {
    "area": "buying",
    "form": "choice",
    "name_tr": "Kargo anlaşması",
    "name_en": "Freight agreement",
    "unit": "",
    "options": "Ours\nTheirs",
    "many": False,
    "shelf_months": 6,
    "importance": dict.fromkeys(TYPES, 3),
}


def test_the_administrator_makes_a_kind_and_every_dossier_asks_for_it(
    acme: Account, ana: User, admin: User, signed_in: SignedIn
) -> None:
    write(acme, ana, "description", "Steel")
    before = Completeness.objects.get(account=acme).of
    form = {name: value for name, value in OWN.items() if name not in ("importance", "many")}
    answer = send(signed_in(admin), "/settings/dossier/add/", **form, **{f"for_{code}": 3 for code in TYPES})
    assert answer.status_code == 302
    assert Completeness.objects.get(account=acme).of == before + 3
    html = signed_in(ana).get(f"/accounts/{acme.pk}/facts/write/own_1/").content.decode()
    assert "Freight agreement" in html
    assert "Theirs" in html
    write(acme, ana, "own_1", "Theirs")
    with translation.override("tr"):
        assert every()["own_1"].name == "Kargo anlaşması"
    assert Entry.objects.get(verb="kind.defined").target_name == "Freight agreement"


def test_shelf_life_and_importance_of_a_shipped_kind_are_changed_in_versions(
    acme: Account, ana: User, head: User
) -> None:
    write(acme, ana, "description", "Steel")
    kind = every()["headcount"]
    fields = {"area": "company", "shelf_months": 6, "importance": dict.fromkeys(TYPES, 0), "name_en": "Heads"}
    redefine(kind=kind, number=0, fields=fields, by=head)
    now = every()["headcount"]
    # The name of a shipped kind is the program's, in every language.
    assert (now.shelf_months, now.number, now.name) == (6, 1, "Headcount")
    with pytest.raises(EditedMeanwhile):
        redefine(kind=now, number=0, fields=fields | {"shelf_months": 7}, by=head)
    with pytest.raises(UnableToDefine, match="holds already"):
        redefine(kind=now, number=1, fields=fields, by=head)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"name_tr": ""}, "Turkish and in English"),
        ({"name_en": "Headcount"}, "already"),
        ({"options": "Ours"}, "at least two"),
        ({"shelf_months": 0}, "between 1 and 600"),
        ({"importance": {"other": 4}}, "from 0 to 3"),
    ],
)
def test_a_kind_that_cannot_work_is_refused(admin: User, change: dict[str, Any], sentence: str) -> None:
    with pytest.raises(UnableToDefine, match=sentence):
        define(fields=OWN | change, by=admin)
    assert not Definition.objects.exists()


def test_under_which_facts_are_written_a_kind_keeps_its_form(acme: Account, ana: User, admin: User) -> None:
    define(fields=OWN, by=admin)
    write(acme, ana, "own_1", "Ours")
    kind = every()["own_1"]
    with pytest.raises(UnableToDefine, match="cannot change"):
        redefine(kind=kind, number=1, fields=OWN | {"form": "number"}, by=admin)


def test_a_retired_kind_is_asked_for_no_more_and_its_facts_stay(
    acme: Account, ana: User, admin: User, signed_in: SignedIn
) -> None:
    write(acme, ana, "ownership", "A family")
    before = Completeness.objects.get(account=acme).of
    retire(kind=every()["ownership"], number=0, retired=True, by=admin)
    assert Completeness.objects.get(account=acme).of == before - 1
    assert "A family" in signed_in(ana).get(f"/accounts/{acme.pk}/profile/").content.decode()
    with pytest.raises(UnableToWriteFact, match="retired"):
        write(acme, ana, "ownership", "A fund")


def test_a_kind_is_moved_within_its_area(head: User) -> None:
    codes = [code for code, kind in every().items() if kind.area == "swot"]
    move(kind=every()[codes[1]], number=0, up=True, by=head)
    assert [code for code, kind in every().items() if kind.area == "swot"] == [codes[1], codes[0], *codes[2:]]
    with pytest.raises(UnableToDefine, match="at the end"):
        move(kind=every()[codes[1]], number=1, up=True, by=head)


@pytest.mark.parametrize("who", ["director", "ana", "marketing", "analyst", "auditor"])
def test_who_does_not_define_dossiers_sees_and_changes_no_kind(
    who: str, request: pytest.FixtureRequest, signed_in: SignedIn
) -> None:
    client = signed_in(request.getfixturevalue(who))
    assert client.get("/settings/dossier/").status_code == 403
    with nothing_changes():
        assert send(client, "/settings/dossier/goal/retire/", number="0").status_code == 403
