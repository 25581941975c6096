"""The page of an account's group: where it stands, what the ledger says, who pays, and the tree."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final, Self

from anahtar_web.accounts.figures import Figure, figures
from anahtar_web.accounts.models import Account
from anahtar_web.accounts.pages.head import Head
from anahtar_web.accounts.queries import (
    companies_of,
    group_of_ledger,
    managers_of,
    receivers_of,
    tree_above,
    with_below,
)
from anahtar_web.company.queries import today
from anahtar_web.people.models import User

LEVEL: Final = 50
"""How many companies a level shows at once."""


@dataclass(frozen=True, slots=True)
class Node:
    """One account of the tree.

    Parameters
    ----------
    below
        How many companies stand directly below it.
    level
        Those companies, where they are shown already.
    """

    account: Account
    below: int
    figure: Figure | None
    manager: User | None
    is_this: bool = False
    level: "Level | None" = None

    @property
    def revenue(self) -> int | None:
        """Its own, and that of all companies below it where it has some."""
        if self.figure is None:
            return None
        return self.figure.group_revenue if self.below else self.figure.revenue


@dataclass(frozen=True, slots=True)
class Level:
    """Companies directly below one account, some at a time.

    Parameters
    ----------
    next
        Where the next ones begin; None: these were the last.
    """

    above: Account
    nodes: Sequence[Node]
    next: int | None = None
    currency: str = ""

    @classmethod
    def build(cls, above: Account, user: User, currency: str, begin: int = 0) -> Self:
        """Read one level."""
        rows = list(companies_of(above, user).select_related("payer")[begin : begin + LEVEL + 1])
        more = begin + LEVEL if len(rows) > LEVEL else None
        return cls(above, nodes_of(rows[:LEVEL], today()), more, currency)


def nodes_of(accounts: Sequence[Account], on: date, this: Account | None = None) -> list[Node]:
    """Dress accounts with their figures and managers: two queries for all of them."""
    ids = [account.pk for account in accounts]
    money: Mapping[int, Figure] = figures().of(ids)
    managers = managers_of(ids, on)
    return [
        Node(each, getattr(each, "below", 0), money.get(each.pk), managers.get(each.pk), each == this)
        for each in accounts
    ]


@dataclass(frozen=True, slots=True)
class GroupPage:
    """Where an account stands.

    Parameters
    ----------
    tree
        The way from the top down to the account, and what stands below it.
    ledger_group
        The account that stands for the ledger's group.
    ledger_differs
        A person has put it elsewhere than the ledger.
    receivers
        Accounts whose invoices it pays.
    """

    head: Head
    tree: Node
    ledger_group: Account | None
    ledger_differs: bool
    receivers: Sequence[Account] = field(default_factory=tuple)
    currency: str = ""

    @classmethod
    def build(cls, account: Account, user: User) -> Self:
        """Read the way up and the first level below."""
        says = group_of_ledger(account)
        currency = figures().currency
        differs = account.parent_said_by_person and (says.pk if says else None) != account.parent_id
        return cls(
            head=Head.build(account, user, "group"),
            tree=_tree(account, user, currency),
            ledger_group=says,
            ledger_differs=differs,
            receivers=receivers_of(account, user),
            currency=currency,
        )


def _tree(account: Account, user: User, currency: str) -> Node:
    """Nest the visible way from the top to the account, each step open as far as the next, its sisters beside it."""
    steps = list(with_below(tree_above(account, user), user).select_related("payer"))
    nodes = nodes_of(steps, today(), account)
    inner = _opened(nodes[-1], Level.build(nodes[-1].account, user, currency) if nodes[-1].below else None)
    for step, node in enumerate(reversed(nodes[:-1])):
        level = Level(node.account, [inner], None, currency)
        inner = _opened(node, level if step else _among_sisters(level, user))
    return inner


def _among_sisters(level: Level, user: User) -> Level:
    """Put an account where it stands among the companies of its group; at their head where it stands farther down."""
    (this,) = level.nodes
    full = Level.build(level.above, user, level.currency)
    nodes = [this if node.account == this.account else node for node in full.nodes]
    return Level(level.above, nodes if this in nodes else [this, *nodes], full.next, level.currency)


def _opened(node: Node, level: Level | None) -> Node:
    return Node(node.account, node.below, node.figure, node.manager, node.is_this, level)
