"""Who gets how much of what an account buys of our kind, as far as it is known."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from anahtar_web.accounts.models import Account
from anahtar_web.company.queries import end_of
from anahtar_web.competitors.models import Competitor, WalletShare

_ALL: Final = Decimal(1)


@dataclass(frozen=True, slots=True)
class Slice:
    """What is last told of one share."""

    competitor: Competitor | None
    share: WalletShare

    @property
    def is_ours(self) -> bool:
        """Whether it is our own."""
        return self.competitor is None


@dataclass(frozen=True, slots=True)
class Wallet:
    """All that is known of an account's wallet.

    Parameters
    ----------
    slices
        Ours first, then by size.
    """

    slices: Sequence[Slice]

    @property
    def known(self) -> Decimal:
        """What the slices come to."""
        return sum((one.share.share for one in self.slices), Decimal(0))

    @property
    def unknown(self) -> Decimal:
        """What nobody has told of; nothing where more than all is told."""
        return max(Decimal(0), _ALL - self.known)

    @property
    def is_too_much(self) -> bool:
        """Whether what is told comes to more than all: some of it is wrong."""
        return self.known > _ALL

    @property
    def ours(self) -> WalletShare | None:
        """Our own share."""
        return next((one.share for one in self.slices if one.is_ours), None)


def wallet_of(account: Account, *, without: Sequence[int] = (), on: date | None = None) -> Wallet:
    """Give the wallet of an account.

    Parameters
    ----------
    without
        Competitors that have left: what was told of them holds no more.
    """
    last: dict[int | None, WalletShare] = {}
    for row in reversed(shares_of(account, on=on)):
        last[row.competitor_id] = row
    rows = [row for competitor, row in last.items() if competitor not in without]
    rows.sort(key=lambda row: (row.competitor_id is not None, -row.share, row.pk))
    return Wallet([Slice(row.competitor, row) for row in rows])


def shares_of(account: Account, *, on: date | None = None) -> list[WalletShare]:
    """Give everything that was told of an account's wallet, the last word first."""
    rows = WalletShare.objects.of(account).select_related("competitor", "by")
    if on is not None:
        rows = rows.filter(recorded_at__lt=end_of(on))
    return list(rows.order_by("-pk"))
