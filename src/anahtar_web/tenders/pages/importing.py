"""Files of past tenders: those a person has opened, and one of them with what it comes to."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Self

from django.core.paginator import Page, Paginator

from anahtar_web.gate.rights import Field
from anahtar_web.tenders.columns import SAYS
from anahtar_web.tenders.forms import ColumnsForm
from anahtar_web.tenders.models import Tender, TenderImport
from anahtar_web.tenders.pages.tabs import Tab, tabs
from anahtar_web.tenders.understanding import BroughtTender, Problem, Understood, understand
from anahtar_web.tenders.understanding.states import label_of

if TYPE_CHECKING:
    from django.forms import Form

    from anahtar_web.people.models import User

SHOWN: Final = 15
PROBLEMS: Final = 50
REMARKS: Final = 200
_HEAVY: Final = ("rows", "broken", "others", "header", "mapping", "options")


@dataclass(frozen=True, slots=True)
class ImportsPage:
    """Where a file is dropped, and the files before."""

    tabs: Sequence[Tab]
    form: "Form"
    imports: "Page[TenderImport]"
    says: Sequence[Any]
    refusal: str

    @classmethod
    def build(cls, user: "User", form: "Form", number: str, refusal: str = "") -> Self:
        """Read it."""
        mine = TenderImport.objects.filter(by=user).defer(*_HEAVY).order_by("-pk")
        says = [said for said in SAYS.values() if user.sees(Field.OFFER) or not said.is_price]
        return cls(tabs(user, "imports"), form, Paginator(mine, 20).get_page(number), says, refusal)


@dataclass(frozen=True, slots=True)
class Shown:
    """A tender of the file, as it would be imported."""

    told: BroughtTender

    @property
    def state(self) -> str:
        """Its outcome or stage, in a word."""
        return label_of(self.told.fields["state"])

    @property
    def price(self) -> int | None:
        """Our price for all of its lots."""
        prices = [lot.our_price for lot in self.told.lots]
        return None if None in prices else sum(price for price in prices if price is not None)

    @property
    def winners(self) -> str:
        """Who won a lot, by name."""
        return ", ".join(dict.fromkeys(lot.winner for lot in self.told.lots if lot.winner))


@dataclass(frozen=True, slots=True)
class Remark:
    """What is imported otherwise than it stands there: the same of many rows is said once."""

    first: Problem
    rows: int

    @classmethod
    def among(cls, problems: Sequence[Problem]) -> list[Self]:
        """Put those together that say the same, in the order of the file."""
        same: dict[tuple[str, str], list[Problem]] = {}
        for one in problems:
            same.setdefault((one.column, one.sentence), []).append(one)
        return [cls(found[0], len(found)) for found in same.values()]


@dataclass(frozen=True, slots=True)
class ImportPage:
    """One file: its columns, what is understood of it, and what is the matter with its rows.

    Parameters
    ----------
    left
        Why rows are left out; None: none is.
    """

    of: TenderImport
    form: ColumnsForm
    understood: Understood
    shown: Sequence[Shown]
    left: "Page[Problem] | None"
    remarks: Sequence[Remark]
    rows: int
    edited: int
    sees_prices: bool

    @classmethod
    def build(cls, of: TenderImport, user: "User", form: ColumnsForm, number: str) -> Self:
        """Understand the file anew; of an imported one the tenders are here already."""
        understood = understand(of, user)
        stopping = understood.stopping
        return cls(
            of=of,
            form=form,
            understood=understood,
            shown=[Shown(one) for one in understood.new[:SHOWN]],
            left=Paginator(stopping, PROBLEMS).get_page(number) if stopping else None,
            remarks=Remark.among(understood.remarks)[:REMARKS],
            rows=len(of.rows) + len(of.broken),
            edited=Tender.objects.filter(brought__of=of, version__gt=1).count(),
            sees_prices=user.sees(Field.OFFER),
        )

    @property
    def is_ready(self) -> bool:
        """Whether there is something to import."""
        return self.of.state == TenderImport.State.OPENED and bool(self.understood.new)
