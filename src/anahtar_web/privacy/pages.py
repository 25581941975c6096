"""What is held of a person, and who was erased."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Self

from django.core.paginator import Page, Paginator
from django.urls import reverse

from anahtar_web.accounts.models import Account
from anahtar_web.accounts.pages import Head
from anahtar_web.people.models import User
from anahtar_web.privacy.holders import Section, label_of, sections
from anahtar_web.privacy.models import Erasure
from anahtar_web.privacy.naming import namesakes
from anahtar_web.privacy.places import Place, digest, neutral_word, quote, where
from anahtar_web.privacy.queries import entries_naming, erasures, files_naming, mentions
from anahtar_web.privacy.waiting import waiting_for
from anahtar_web.search.sources import SOURCES
from anahtar_web.search.words import Part
from anahtar_web.stakeholders.models import Sight, Stakeholder
from anahtar_web.stakeholders.queries import sights_of

PER_PAGE: Final = 50
MOST_PLACES: Final = 300
MOST_SIGHTS: Final = 500


@dataclass(frozen=True, slots=True)
class Mention:
    """A text of somebody that holds the name."""

    title: str
    kind: Any
    icon: str
    address: str


@dataclass(frozen=True, slots=True)
class PersonPage:
    """Everything that is held of one person.

    Parameters
    ----------
    mentions
        Texts in which somebody wrote the name.
    seen_by
        Who has seen the person, who saw them last before the others.
    """

    head: Head
    who: Stakeholder
    sections: Sequence[Section]
    mentions: Sequence[Mention]
    seen_by: Sequence["Seer"]

    @classmethod
    def build(cls, account: Account, who: Stakeholder, user: User) -> Self:
        """Read it."""
        seers = _seers(sights_of(who, MOST_SIGHTS))
        return cls(Head.build(account, user, "people"), who, list(sections(who)), _mentions(who, user), seers)


@dataclass(frozen=True, slots=True)
class Seer:
    """Somebody who has seen a person.

    Parameters
    ----------
    opened
        How often the person alone.
    among
        How often with everybody of the account.
    taken
        How often a file left the house with the person in it.
    """

    person: User
    last: datetime
    opened: int
    among: int
    taken: int


def _seers(rows: Sequence[Sight]) -> list[Seer]:
    by_person: dict[int, list[Sight]] = {}
    for row in rows:
        by_person.setdefault(row.person_id, []).append(row)
    seers = [
        Seer(
            person=some[0].person,
            last=max(row.last_at for row in some),
            opened=sum(row.opened for row in some if row.stakeholder_id),
            among=sum(row.opened for row in some if not row.stakeholder_id),
            taken=sum(row.taken for row in some),
        )
        for some in by_person.values()
    ]
    return sorted(seers, key=lambda seer: (seer.last, seer.person.pk), reverse=True)


def _mentions(who: Stakeholder, user: User) -> list[Mention]:
    found = []
    for text in mentions(who, user):
        source = SOURCES[text.source]
        found.append(Mention(text.title, source.label, source.icon, source.address(text.row, text.account_id)))
    return found


@dataclass(frozen=True, slots=True)
class ShownPlace:
    """A place where the person is named, as it is asked about.

    Parameters
    ----------
    doubtful
        Somebody has to say whether it is this person.
    chosen
        They said so, or nobody else comes into question.
    """

    place: Place
    parts: Sequence[Part]
    account: Account | None
    doubtful: bool
    chosen: bool

    @classmethod
    def build(cls, place: Place, accounts: Mapping[int, Account], chosen: Collection[str] | None) -> Self:
        """Quote it."""
        told = place.texts[0]
        mentions = sorted([*told.sure, *told.perhaps], key=lambda one: one.start)
        return cls(
            place,
            quote(told.text, mentions),
            accounts.get(place.account or 0),
            place.has_doubts,
            place.likely if chosen is None else place.key in chosen,
        )

    @property
    def where(self) -> str:
        """What it is part of."""
        return where(self.place)

    @property
    def address(self) -> str:
        """Where it is read; empty: on no page of its own."""
        for source in SOURCES.values():
            if source.model is self.place.of.model:
                return source.address(self.place.row, self.place.account)
        return reverse("insight:account", args=[self.account.pk]) if self.account else ""


@dataclass(frozen=True, slots=True)
class ErasePage:
    """The question, and what would go.

    Parameters
    ----------
    seen
        Digest of the places: who sends the form has looked at these.
    more
        How many further places name the person for certain; they go, too.
    alike
        Others of the same name or address, who stay.
    entries
        How many entries of the trail name the person in words; they stay.
    word
        What will stand in place of the name.
    waiting
        How many files that wait for a word on them name the person; they go whole.
    """

    head: Head
    who: Stakeholder
    form: Any
    places: Sequence[ShownPlace]
    more: int
    seen: str
    alike: Sequence[Stakeholder]
    entries: int
    word: str
    waiting: int

    @classmethod
    def build(cls, account: Account, who: Stakeholder, user: User, form: Any, found: Sequence[Place]) -> Self:
        """Read it."""
        told = [place for place in found if place.of.told]
        # Doubts first: they are what somebody is asked about.
        shown = sorted(told, key=lambda place: not place.has_doubts)[:MOST_PLACES]
        accounts = Account.objects.visible_to(user).in_bulk({place.account for place in shown if place.account})
        chosen = form.data.getlist("doubtful") if form.is_bound else None
        return cls(
            Head.build(account, user, "people"),
            who,
            form,
            [ShownPlace.build(place, accounts, chosen) for place in shown],
            len(told) - len(shown),
            digest(found),
            namesakes(who),
            entries_naming(who),
            neutral_word(),
            sum(1 for _one in waiting_for(who)),
        )

    @staticmethod
    def documents(who: Stakeholder) -> list[Any]:
        """Give the documents that may go, too."""
        return files_naming(who)


@dataclass(frozen=True, slots=True)
class Row:
    """One erasure."""

    erasure: Erasure

    @property
    def counts(self) -> str:
        """What went, in words."""
        return ", ".join(f"{label_of(name)}: {count}" for name, count in sorted(self.erasure.counts.items()))


@dataclass(frozen=True, slots=True)
class ErasuresPage:
    """Who was erased, without names."""

    page: "Page[Erasure]"
    rows: Sequence[Row]

    @classmethod
    def build(cls, user: User, number: str | None) -> Self:
        """Read a page of it."""
        page = Paginator(erasures(user), PER_PAGE).get_page(number)
        return cls(page, [Row(erasure) for erasure in page.object_list])
