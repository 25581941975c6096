"""The trail of one account."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

from anahtar_web.accounts.models import Account
from anahtar_web.accounts.pages.head import Head
from anahtar_web.accounts.queries import went_into
from anahtar_web.audit import queries as audit
from anahtar_web.people.models import User


@dataclass(frozen=True, slots=True)
class TrailPage:
    """What was changed.

    Parameters
    ----------
    merged
        Accounts that went into this one; each keeps a trail of its own.
    """

    head: Head
    trail: audit.TrailPage
    merged: Sequence[Account]

    @classmethod
    def build(cls, account: Account, user: User, before: int | None) -> Self:
        """Read one page of it."""
        trail = audit.entries_for(account.pk, reader=user, before=before)
        return cls(Head.build(account, user, "trail"), trail, went_into(account))
