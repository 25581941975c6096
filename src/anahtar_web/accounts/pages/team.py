"""The page of an account's team: who it is today, who is planned, who it was."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Self

from anahtar_web.accounts.models import Account, Assignment, Part
from anahtar_web.accounts.pages.head import Head
from anahtar_web.accounts.queries import Member, count_below, history_of, team_of, went_into
from anahtar_web.company.queries import today
from anahtar_web.people.models import User


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the history.

    Parameters
    ----------
    of_merged
        The account it was for, where that one was merged into this.
    never
        It ended on the day it began.
    """

    assignment: Assignment
    of_merged: Account | None

    @property
    def days(self) -> int | None:
        """How long it lasted; None while it lasts."""
        until = self.assignment.until
        return None if until is None else (until - self.assignment.since).days


@dataclass(frozen=True, slots=True)
class TeamPage:
    """The team.

    Parameters
    ----------
    manager
        None: nobody, neither the account itself nor a group above it says who.
    below
        How many companies inherit what stands here.
    past
        What has ended, of the account and of those merged into it.
    """

    head: Head
    manager: Member | None
    core: Sequence[Member]
    planned: Sequence[Assignment]
    past: Sequence[Row]
    below: int

    @classmethod
    def build(cls, account: Account, user: User) -> Self:
        """Read the team as of today."""
        day = today()
        team = team_of(account, day)
        history = history_of([account, *went_into(account)])
        return cls(
            head=Head.build(account, user, "team"),
            manager=next((member for member in team if member.assignment.part == Part.MANAGER), None),
            core=[member for member in team if member.assignment.part != Part.MANAGER],
            planned=[row for row in reversed(history) if row.since > day],
            past=_past(history, account, day),
            below=count_below(account, user),
        )


def _past(history: Iterable[Assignment], account: Account, day: date) -> list[Row]:
    return [
        Row(row, None if row.account_id == account.pk else row.account)
        for row in history
        if row.until is not None and row.until <= day
    ]
