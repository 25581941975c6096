"""What a dropped file holds, and what would become of each thing, before anything is written."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self

from anahtar_web.accounts.forms import offered
from anahtar_web.accounts.models import Account
from anahtar_web.interactions.actions.dropping import written_of
from anahtar_web.interactions.actions.happening import Written
from anahtar_web.interactions.actions.taking_part import Parts, Stranger
from anahtar_web.interactions.models import Direction, Dropped, Interaction, Kind
from anahtar_web.interactions.pages.shown import ICONS
from anahtar_web.interactions.queries.matching import Known, known
from anahtar_web.people.models import User

EVENT_KINDS = (Kind.MEETING, Kind.VISIT, Kind.CALL, Kind.EVENT)


@dataclass(frozen=True, slots=True)
class Proposed:
    """One thing of the file.

    Parameters
    ----------
    account
        What it is proposed for; None: nobody knows, the reader says.
    others
        Other accounts its addresses speak for.
    taken
        Whether it is an interaction of that account already, or was.
    error
        Why the reader's account was not understood.
    """

    at: int
    told: Mapping[str, Any]
    written: Written | None
    account: Account | None
    others: Sequence[Account]
    parts: Parts
    taken: bool
    typed: str = ""
    error: str = ""

    @property
    def icon(self) -> str:
        """Its sign."""
        return "contact" if self.written is None else ICONS[Kind(self.written.kind)]

    @property
    def direction(self) -> str:
        """From whom to whom, in words."""
        return "" if self.written is None else str(Direction(self.written.direction).label)

    @property
    def kinds(self) -> list[tuple[str, str]]:
        """What a calendar entry may be."""
        found = [(str(one.value), str(one.label)) for one in EVENT_KINDS]
        return found if self.told["kind"] == "event" else []

    @property
    def account_text(self) -> str:
        """The account as the field writes it."""
        return self.typed or (offered(self.account) if self.account else "")


@dataclass(frozen=True, slots=True)
class DroppedPage:
    """The template's contract."""

    dropped: Dropped
    rows: Sequence[Proposed]

    @classmethod
    def build(cls, dropped: Dropped, user: User, errors: Mapping[int, tuple[str, str]] | None = None) -> Self:
        """Match every address at once; the number of queries grows with the accounts found, not with the messages."""
        addresses = {address for told in dropped.items for _name, address in told["people"]}
        whose = known(addresses, user, with_houses=True)
        proposed = [_account(told, whose, dropped.account) for told in dropped.items]
        keys = {told["key"] for told in dropped.items}
        pks = {accounts[0].pk for accounts in proposed if accounts}
        taken = set(
            Interaction.objects.filter(account__in=pks, source_key__in=keys).values_list("account", "source_key")
        )
        rows = [
            _proposed(at, told, accounts, whose, taken, (errors or {}).get(at, ("", "")))
            for at, (told, accounts) in enumerate(zip(dropped.items, proposed, strict=True))
        ]
        return cls(dropped, rows)


def _account(told: Mapping[str, Any], whose: Known, page: Account | None) -> list[Account]:
    """Give the accounts it may belong to: the one of the page first, unless its people say otherwise."""
    found = whose.accounts_for(address for _name, address in told["people"])
    return found or ([page] if page else [])


def _proposed(
    at: int,
    told: dict[str, Any],
    accounts: list[Account],
    whose: Known,
    taken: set[tuple[int, str]],
    error: tuple[str, str],
) -> Proposed:
    account = accounts[0] if accounts else None
    strangers = [Stranger(address, name) for name, address in told["people"]]
    return Proposed(
        at=at,
        told=told,
        written=None if told["kind"] == "card" else written_of(told, whose),
        account=account,
        others=accounts[1:4],
        parts=whose.parts(strangers, account) if account else Parts(strangers=strangers),
        taken=account is not None and (account.pk, told["key"]) in taken,
        typed=error[0],
        error=error[1],
    )
