"""Whose an address is: of one of ours, of a person of an account, of an account by its house, or nobody's."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from anahtar_web.accounts.models import Account
from anahtar_web.accounts.queries import survivor
from anahtar_web.interactions.actions.taking_part import Parts, Stranger, family
from anahtar_web.people.models import User
from anahtar_web.stakeholders.models import ContactPoint, Stakeholder

if TYPE_CHECKING:
    from django.db.models import QuerySet

EVERYBODYS: Final = frozenset(
    {
        *("gmail.com", "googlemail.com", "hotmail.com", "hotmail.com.tr", "outlook.com", "outlook.com.tr", "live.com"),
        *("yahoo.com", "yahoo.com.tr", "icloud.com", "me.com", "gmx.de", "gmx.net", "web.de", "mail.ru", "aol.com"),
        *("yandex.com", "yandex.ru", "proton.me", "protonmail.com", "mynet.com", "ttmail.com", "turk.net", "msn.com"),
    }
)
"""Houses in which everybody may have an address: they tell nothing of an account."""


@dataclass(frozen=True, slots=True)
class Known:
    """Whose some addresses are, as far as a person may know.

    Parameters
    ----------
    ours
        Address -> who works here.
    theirs
        Address -> people who have it, of several accounts perhaps.
    houses
        Name of a house behind the @ -> accounts whose website or people are there.
    """

    ours: Mapping[str, User]
    theirs: Mapping[str, Sequence[Stakeholder]]
    houses: Mapping[str, Sequence[Account]] = field(default_factory=dict)

    def accounts_for(self, addresses: Iterable[str]) -> list[Account]:
        """Give the accounts that addresses speak for, the one most of them speak for first; a person before a house."""
        votes = self._votes(addresses)
        return [account for account, _votes in sorted(votes.items(), key=lambda one: (-one[1], one[0].pk))]

    def surely_for(self, addresses: Iterable[str]) -> Account | None:
        """Give the account that addresses speak for more than for any other; None: nobody may say so unasked."""
        first = self._votes(addresses).most_common(2)
        return first[0][0] if first and (len(first) == 1 or first[0][1] > first[1][1]) else None

    def _votes(self, addresses: Iterable[str]) -> Counter[Account]:
        votes: Counter[Account] = Counter()
        for address in addresses:
            for person in self.theirs.get(address, ()):
                votes[survivor(person.account)] += 3
            for account in self.houses.get(house_of(address), ()) if address not in self.ours else ():
                votes[survivor(account)] += 1
        return votes

    def parts(self, strangers: Iterable[Stranger], account: Account) -> Parts:
        """Say who took part in an interaction of an account; a person of another group stays an address."""
        house, theirs, ours, left = family(account), dict[int, Stakeholder](), dict[int, User](), list[Stranger]()
        for one in strangers:
            person = _of(self.theirs.get(one.address, ()), account, house)
            if one.address in self.ours:
                ours[self.ours[one.address].pk] = self.ours[one.address]
            elif person is not None:
                theirs[person.pk] = person
            else:
                left.append(one)
        return Parts(list(theirs.values()), list(ours.values()), left)


def _of(people: Sequence[Stakeholder], account: Account, house: Collection[int]) -> Stakeholder | None:
    """Give the one of the account itself, else of its group."""
    own = [one for one in people if one.account_id == account.pk] or [one for one in people if one.account_id in house]
    return own[0] if own else None


def house_of(address: str) -> str:
    """Give what stands behind the @; empty where everybody may have one."""
    house = address.rpartition("@")[2].strip().lower()
    return "" if house in EVERYBODYS else house


def known(addresses: Collection[str], user: "User | None", *, with_houses: bool = False) -> Known:
    """Look addresses up, in five queries at most.

    Parameters
    ----------
    user
        Only among the accounts this one sees; None: the program itself, which sees all.
    with_houses
        Also by what stands behind the @.
    """
    asked = {address.strip().lower() for address in addresses if "@" in address}
    if not asked:
        return Known({}, {})
    ours = {one.email: one for one in User.objects.filter(email__in=asked).order_by("pk")}
    points = _points(user).filter(key__in=asked)
    theirs: dict[str, list[Stakeholder]] = {}
    for point in points:
        theirs.setdefault(point.key, []).append(point.stakeholder)
    return Known(ours, theirs, _houses(asked - ours.keys(), user) if with_houses else {})


def _points(user: "User | None") -> "QuerySet[ContactPoint]":
    people = Stakeholder.objects.all() if user is None else Stakeholder.objects.visible_to(user)
    points = ContactPoint.objects.filter(kind=ContactPoint.Kind.EMAIL, stakeholder__in=people.values("pk"))
    return points.select_related("stakeholder__account__merged_into").order_by("stakeholder__left_on", "pk")


def _houses(addresses: Collection[str], user: "User | None") -> Mapping[str, Sequence[Account]]:
    wanted = {house for address in addresses if (house := house_of(address))}
    found: dict[str, dict[int, Account]] = {}
    if not wanted:
        return {}
    seen = Account.objects.all() if user is None else Account.objects.visible_to(user)
    # Few accounts have a website; compared here, because its host is a part of it.
    for account in seen.exclude(website="").select_related("merged_into").order_by("pk"):
        host = (urlsplit(account.website).hostname or "").removeprefix("www.")
        if host in wanted:
            found.setdefault(host, {})[account.pk] = account
    for house in wanted - found.keys():
        for point in _points(user).filter(key__endswith=f"@{house}")[:20]:
            found.setdefault(house, {})[point.stakeholder.account_id] = point.stakeholder.account
    return {house: list(accounts.values()) for house, accounts in found.items()}
