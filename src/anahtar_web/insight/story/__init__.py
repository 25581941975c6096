"""The demo company as a story: every screen has something to say, and everything was done by its own actions.

Chapters that are told are noted in the data folder; a story that was interrupted goes on where it stopped.
"""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from anahtar_web.accounts.models import Account
from anahtar_web.gate.refusals import Refused
from anahtar_web.insight.story import (
    competitors,
    decisions,
    deliveries,
    dossier,
    files,
    house,
    imports,
    interactions,
    keys,
    rules,
    stakeholders,
    strategies,
    teams,
    tenders,
)
from anahtar_web.ledgers.models import Import
from anahtar_web.people.queries import anybody

__all__ = ["UnableToTell", "add_chapter", "tell"]

LANGUAGE: Final = "tr"
"""The company is Turkish: what its people write, they write in Turkish."""

CHAPTERS: Final[tuple[tuple[str, Any, Callable[[], None]], ...]] = (
    ("house", gettext_lazy("The company and its people"), house.furnish),
    ("imports", gettext_lazy("Three years of sales are imported, one of them twice"), imports.bring_all),
    ("accounts", gettext_lazy("The ledger is analysed"), imports.analyse_now),
    ("teams", gettext_lazy("Accounts get their managers and teams"), teams.assign_all),
    ("notes", gettext_lazy("People write what they know"), teams.write_notes),
    ("decisions", gettext_lazy("Duplicates are decided, a threshold changes"), decisions.decide_all),
    ("figures", gettext_lazy("The ledger is analysed once more"), imports.analyse_now),
    ("keys", gettext_lazy("Key accounts are decided"), keys.decide_all),
    (
        "strategies",
        gettext_lazy("A strategy is written anew, and one account is treated otherwise"),
        strategies.write_all,
    ),
    ("stakeholders", gettext_lazy("Who decides at two key accounts is drawn"), stakeholders.map_all),
    ("rules", gettext_lazy("How the largest of them decides is stated"), rules.state_all),
    ("competitors", gettext_lazy("Who else sells to the key accounts is written down"), competitors.write_all),
    ("dossier", gettext_lazy("Three key accounts get a dossier"), dossier.write_all),
    ("tenders", gettext_lazy("Three years of tenders are written down, and some are under way"), tenders.write_all),
    (
        "deliveries",
        gettext_lazy("Deliveries to the key accounts are imported"),
        deliveries.deliver_all,
    ),
    (
        "interactions",
        gettext_lazy("Two years of calls, visits and mails, and what comes next"),
        interactions.touch_all,
    ),
    ("files", gettext_lazy("Documents are put into a dossier, and the logo on the letterhead"), files.file_all),
)


_ABOVE: Final[list[tuple[str, Any, Callable[[], None]]]] = []


def add_chapter(name: str, title: Any, write: Callable[[], None]) -> None:
    """Let an app above tell a chapter of its own, after those here; called by its `ready()`."""
    _ABOVE.append((name, title, write))


class UnableToTell(Refused):
    """The house belongs to somebody."""

    def __init__(self) -> None:
        super().__init__(
            _("Somebody lives here already. The demo company wants an empty data folder of its own (ANAHTAR_DATA).")
        )


def tell(*, on_chapter: Callable[[str], object]) -> bool:
    """Tell what is not told yet; whether there was anything.

    Raises
    ------
    UnableToTell
        The house holds people, accounts or imports that are not the story's.
    """
    done = _told()
    if not done and (anybody() or Import.objects.exists() or Account.objects.exists()):
        raise UnableToTell
    left = [chapter for chapter in (*CHAPTERS, *_ABOVE) if chapter[0] not in done]
    for name, title, write in left:
        on_chapter(str(title))
        # Before the chapter: a house in which the story broke off is still the story's.
        _note([*done, f"({name})"])
        with translation.override(LANGUAGE):
            write()
        done.append(name)
        _note(done)
    return bool(left)


def _file() -> Path:
    file: Path = settings.DATA / "demo.json"
    return file


def _told() -> list[str]:
    return list(json.loads(_file().read_text(encoding="utf-8"))["told"]) if _file().exists() else []


def _note(told: list[str]) -> None:
    _file().write_text(json.dumps({"told": told}), encoding="utf-8")
