"""The demo company: told once, by the actions people use, and every screen has something to say."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db.models import Count, Sum
from django.test import Client

from anahtar.cli import main
from anahtar.money import to_cents
from anahtar_web.accounts.models import Account, Assignment, Dismissal, Merge
from anahtar_web.audit.models import Entry
from anahtar_web.company.queries import company
from anahtar_web.insight import story
from anahtar_web.insight.models import Standing
from anahtar_web.insight.queries import current_run
from anahtar_web.ledgers.models import Import, Kind
from anahtar_web.people.cast import CAST
from anahtar_web.people.models import User
from anahtar_web.strategies.models import Deviation, Wording
from tests.anahtar_web.insight.pages import codes

pytestmark = pytest.mark.long

SignedIn = Callable[[User], Client]


@pytest.fixture
def demo(settings: Any, data: Path) -> None:
    settings.DEMO = True
    settings.FREE_DISK_BYTES = 0
    settings.FILE_UPLOAD_TEMP_DIR = data / "incoming"
    (data / "incoming").mkdir()


def counted(field: str) -> dict[str, int]:
    rows = Standing.objects.filter(run=current_run()).exclude(**{f"{field}__isnull": True})
    return dict(rows.values_list(field).annotate(Count("pk")).order_by(field))


def test_a_house_that_is_no_demo_or_belongs_to_somebody_is_left_alone(
    settings: Any, director: User, data: Path
) -> None:
    settings.DEMO = False
    with pytest.raises(CommandError, match="not a demo"):
        call_command("demo")
    settings.DEMO = True
    with pytest.raises(CommandError, match="Somebody lives here"):
        call_command("demo")
    assert User.objects.get() == director


@pytest.mark.django_db
def test_the_story_is_told_once_and_its_figures_are_those_of_the_command_line(
    demo: None, data: Path, tmp_path: Path, signed_in: SignedIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(story, "CHAPTERS", story.CHAPTERS[:3])
        assert story.tell(on_chapter=str)
    # A printout of the same ledger by the command line, which knows nothing of the house.
    assert main(["analyze", str(data / "ledger"), "--out", str(tmp_path / "report"), "--lang", "en"]) == 0
    told = json.loads((tmp_path / "report" / "summary.json").read_text(encoding="utf-8"))
    assert counted("abc") == {abc: part["customers"] for abc, part in told["abc"].items() if part["customers"]}
    assert counted("state") == {state: n for state, n in told["silence"].items() if n}
    assert counted("cell") == {cell: n for cell, n in told["matrix"].items() if n}
    for abc, part in told["abc"].items():
        amount = Standing.objects.filter(abc=abc).aggregate(sum=Sum("value"))["sum"]
        assert str(to_cents(amount or 0)) == part["amount"]

    assert story.tell(on_chapter=str)
    assert not story.tell(on_chapter=str)
    assert User.objects.count() == len(CAST)
    sales = Import.objects.filter(kind=Kind.SALES)
    assert sorted(sales.values_list("state", flat=True)) == ["imported"] * 3 + ["taken_back"]
    assert Merge.objects.get().target.name == "Gediz Pompa A.Ş."
    assert Dismissal.objects.exists()
    text = signed_in(User.objects.get(name="Defne Aksoy")).get("/accounts/duplicates/").content.decode()
    assert "FUAR-17" in text, "one pair is left to decide"
    assert company().xyz_x == 0.6
    assert Entry.objects.get(verb="company.thresholds_changed").reason
    assert Assignment.objects.exclude(until=None).exists()
    run = current_run()
    assert run is not None
    assert run.options["xyz_cuts"] == [0.6, 1.0]
    assert not Standing.objects.filter(account__name="Gediz Pompa Ltd. Şti.").exists()
    for member in CAST:
        client = signed_in(User.objects.get(email=member.email))
        assert codes(client.get("/accounts/")), member.name
    assert Wording.objects.get().subject == "AX"
    assert Deviation.objects.get().account.name == "Rheinland Antriebstechnik GmbH"
    group = Account.objects.get(name="Marmara Holding")
    text = signed_in(User.objects.get(name="Defne Aksoy")).get(f"/accounts/{group.pk}/").content.decode()
    assert "MH Lojistik" in text
