"""How somebody is named in words of others, and where another may be meant."""

from dataclasses import dataclass
from typing import Final, Self

from anahtar_web.accounts.queries import survivor, went_into
from anahtar_web.people.models import User
from anahtar_web.stakeholders.models import ContactPoint, Stakeholder
from anahtar_web.ui.mentions import Mention, Named, words_of_name
from anahtar_web.ui.text import fold

_PHONE: Final = 10


@dataclass(frozen=True, slots=True)
class Naming:
    """What to look for, and what it may mean.

    Parameters
    ----------
    home
        Keys of the person's account and of those merged into it: here first and last names are looked for, too.
    emails
        Addresses that nobody else has, as they are compared.
    alike_at_home, alike
        Whether somebody else bears the same whole name there, or anywhere in the house.
    others
        Words of the names of others whom one meets there.
    """

    named: Named
    home: frozenset[int]
    names: frozenset[tuple[str, ...]]
    emails: frozenset[str]
    alike_at_home: bool
    alike: bool
    others: frozenset[str]

    @classmethod
    def of(cls, who: Stakeholder) -> Self:
        """Read it: every name the person has had, and every address that is theirs alone."""
        account = survivor(who.account)
        home = frozenset({account.pk, *(one.pk for one in went_into(account))})
        names = {name for name in (who.name, *who.versions.values_list("name", flat=True)) if name}
        whole = frozenset(words_of_name(name) for name in names)
        points = list(who.contact_points.order_by("pk"))
        own = [point for point in points if not _is_shared(point)]
        phones = [point.value for point in own if point.kind == ContactPoint.Kind.PHONE]
        addresses = [point.value for point in own if point.kind != ContactPoint.Kind.PHONE]
        bearers = _bearers(who, names)
        alike = {home_of for home_of, words in bearers if words in whole}
        return cls(
            named=Named(names, addresses, phones),
            home=home,
            names=whole,
            emails=frozenset(point.key for point in own if point.kind == ContactPoint.Kind.EMAIL),
            alike_at_home=bool(alike & {None, *home}),
            alike=bool(alike),
            others=frozenset(word for home_of, words in bearers if home_of in {None, *home} for word in words),
        )

    def find(self, text: str, account: int | None) -> tuple[list[Mention], list[Mention]]:
        """Find where a text of an account (None: of none) names the person: for certain, and perhaps."""
        at_home = account in self.home
        found = self.named.find(text, parts=at_home)
        alike = self.alike_at_home if at_home else self.alike
        sure = [one for one in found if one.sure and not (alike and one.words)]
        return sure, [one for one in found if one not in sure]

    def is_likely(self, mention: Mention) -> bool:
        """Whether nobody else whom one meets at the account bears the word."""
        return not self.others.intersection(mention.words)


def _is_shared(point: ContactPoint) -> bool:
    """Whether it is written down for somebody else, too: a switchboard, or the same person once more."""
    others = ContactPoint.objects.exclude(stakeholder=point.stakeholder_id).filter(kind=point.kind)
    # A phone is the same with and without its country.
    same = {"key__endswith": point.key[-_PHONE:]} if point.kind == ContactPoint.Kind.PHONE else {"key": point.key}
    return bool(others.filter(**same).exists())


def _bearers(who: Stakeholder, names: set[str]) -> list[tuple[int | None, tuple[str, ...]]]:
    """Give the names of those whose name holds a word of theirs: of an account, or (None) of one of us."""
    words = {word for name in names for word in words_of_name(name)}
    found: list[tuple[int | None, tuple[str, ...]]] = []
    for word in sorted(words):
        rows = Stakeholder.objects.exclude(pk=who.pk).exclude(name="").filter(search_key__contains=word)
        found += [
            (account, words_of_name(name)) for account, name in rows.values_list("account", "name").order_by("pk")
        ]
    found += [(None, words_of_name(name)) for name in User.objects.order_by("pk").values_list("name", flat=True)]
    return [(account, bearer) for account, bearer in found if words.intersection(bearer)]


def namesakes(who: Stakeholder) -> list[Stakeholder]:
    """Give others of the same name, or with the same address: perhaps the same person, written down twice."""
    points = who.contact_points.filter(kind=ContactPoint.Kind.EMAIL).values("key")
    shared = Stakeholder.objects.filter(contact_points__key__in=points, contact_points__kind=ContactPoint.Kind.EMAIL)
    keys = set(shared.exclude(pk=who.pk).values_list("pk", flat=True))
    same = Stakeholder.objects.exclude(pk=who.pk).exclude(name="").filter(search_key__contains=fold(who.name))
    keys |= {one.pk for one in same if who.name and words_of_name(one.name) == words_of_name(who.name)}
    return list(Stakeholder.objects.filter(pk__in=keys).select_related("account").order_by("pk"))
