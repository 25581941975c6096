"""Forms of a tender: as a whole, in lines, and beside what somebody else has written meanwhile."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self

from django.forms import Form

from anahtar_web.accounts.models import Account
from anahtar_web.accounts.pages import Head
from anahtar_web.audit.shown import Version, versions
from anahtar_web.competitors.models import Competitor
from anahtar_web.tenders.directions import offered
from anahtar_web.tenders.forms import Lines
from anahtar_web.tenders.models import Tender

if TYPE_CHECKING:
    from anahtar_web.people.models import User


@dataclass(frozen=True, slots=True)
class WritePage:
    """The form of a tender as a whole.

    Parameters
    ----------
    head
        None: of no account yet.
    both
        What is saved beside what was typed, where somebody was faster.
    """

    head: Head | None
    tender: Tender | None
    form: Form
    directions: Sequence[str]
    both: Sequence[Version] = ()

    @classmethod
    def build(
        cls,
        user: "User",
        form: Form,
        *,
        account: Account | None,
        tender: Tender | None = None,
        typed: Mapping[str, Any] | None = None,
    ) -> Self:
        """Show the form; with `typed`, beside what stands there now."""
        both: Sequence[Version] = ()
        if tender is not None and typed is not None:
            told = {name: value for name, value in typed.items() if name != "version"}
            both = versions("tender", {name: getattr(tender, name) for name in told}, told)
        head = Head.build(account, user, "tenders") if account else None
        return cls(head, tender, form, offered(user), both)


@dataclass(frozen=True, slots=True)
class LinesPage:
    """The form of lots, criteria, participants, or of the decision with its lots."""

    head: Head
    tender: Tender
    form: Form
    lines: Lines | None
    competitors: Sequence[str]
    title: str
    sub: str
    was_changed: bool = False
    """Whether somebody has saved meanwhile: what stands there now is shown, what was typed is kept in the form."""

    @classmethod
    def build(
        cls,
        tender: Tender,
        user: "User",
        form: Form,
        lines: Lines | None,
        *,
        title: str,
        sub: str = "",
        was_changed: bool = False,
    ) -> Self:
        """Show the form; competitors are offered by name."""
        names = list(Competitor.objects.order_by("sort_key", "pk").values_list("name", flat=True)[:1000])
        head = Head.build(tender.account, user, "tenders")
        return cls(head, tender, form, lines, names, title, sub, was_changed)
