"""A house whose run has looked for losses: found once for all tests, written anew in each."""

# ruff: noqa: F811  # fixtures of the insight tests, imported and then asked for by name

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from anahtar.analysis import AnalysisOptions, Measure
from anahtar.analysis.losing.losses import Losses, LossOptions, losses
from anahtar.ledger.store.store import Ledger
from anahtar_web.accounts.models import Account, Assignment, Part
from anahtar_web.insight.models import Run
from anahtar_web.losses import publishing, stressing
from anahtar_web.people.models import User
from tests.anahtar_web.insight.conftest import Kept, Publish, data, forgetful, kept, publish, reckoned_once  # noqa: F401  # fixtures
from tests.anahtar_web.losses import sales
from tests.shared import made_once

MINE = ("0001", "0002", "0003", "0005", "0008", "0013", "0021")
"""Ana looks after these."""


@dataclass(frozen=True)
class Found:
    """A ledger, its analysis, and its losses."""

    of: Kept
    losses: Losses


def found_in(folder: Path, content: bytes, options: LossOptions | None = None, *, profit: bool = True) -> Found:
    """Import a file, analyse it, and look for losses."""
    (folder / "satis.csv").write_bytes(content)
    measure = Measure.PROFIT if profit else Measure.REVENUE
    of = kept(folder, folder / "satis.csv", AnalysisOptions(measure=measure))
    ledger = Ledger.open(of.ledger)
    batches = [(ledger.folder(manifest), manifest) for manifest in ledger.batches()]
    return Found(of, losses(batches, of.analysis, options, workspace=folder / "facts"))


@pytest.fixture(scope="session")
def firm(shared_by_all: Path) -> Found:
    """The firm of `sales.py`, ranked by profit."""
    return made_once(shared_by_all, "losing", lambda folder: found_in(folder, sales.text(7, accounts=70)))


@pytest.fixture(scope="session")
def firm_without_costs(shared_by_all: Path) -> Found:
    """The same without any cost."""
    content = sales.text(7, accounts=70, costs=False)
    return made_once(shared_by_all, "losing-revenue", lambda folder: found_in(folder, content, profit=False))


Show = Callable[[Found], Run]


@pytest.fixture
def show(publish: Publish) -> Show:
    """Show an analysis with its losses: `run = show(firm)`."""

    def show(found: Found) -> Run:
        run = publish(found.of)
        accounts = dict(Account.objects.values_list("code", "pk"))
        publishing.write(found.losses, run, accounts)
        return run

    return show


@pytest.fixture
def run(show: Show, firm: Found) -> Run:
    """The firm's run, shown."""
    return show(firm)


def look_after(person: User, *codes: str) -> None:
    """Put somebody on the team of accounts."""
    for account in Account.objects.filter(code__in=codes):
        Assignment.objects.get_or_create(account=account, person=person, part=Part.SERVICE, since=sales.FIRST)


@pytest.fixture(autouse=True)
def forgetful_answers() -> Iterator[None]:
    """No answer of another test is remembered."""
    yield
    stressing.forget()
