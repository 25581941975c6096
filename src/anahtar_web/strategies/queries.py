"""Reading strategies: what holds, its versions, and the deviations from it that a person may know of."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from django.db.models import QuerySet
from django.utils.safestring import SafeString

from anahtar_web.accounts.models import Account, KeyDecision, KeyStatus
from anahtar_web.accounts.queries import decided, went_into
from anahtar_web.strategies.applying import leading
from anahtar_web.strategies.cells import cells
from anahtar_web.strategies.models import Deviation, DeviationQuerySet, Wording
from anahtar_web.strategies.rhythms import Rhythm, rhythm_of
from anahtar_web.strategies.shipped import language_now, shipped_text, shipped_word, short
from anahtar_web.strategies.subjects import SUBJECTS, Subject
from anahtar_web.ui.markdown import plain, render

if TYPE_CHECKING:
    from anahtar_web.people.models import User

_SHORT: Final = 300


@dataclass(frozen=True, slots=True)
class Strategy:
    """A strategy as it holds, for one reader.

    Parameters
    ----------
    word
        What we do, in a word or two.
    text
        All of it, as Markdown.
    language
        What it is written in.
    wording
        The version that holds; None: nobody has written one, and what comes with the program holds.
    """

    subject: Subject
    word: str
    text: str
    language: str
    wording: Wording | None = None

    @property
    def rhythm(self) -> Rhythm:
        """How often it wants an account touched and visited."""
        held = self.wording
        return rhythm_of(self.subject.code, held.touch_days if held else None, held.visit_days if held else None)

    @property
    def number(self) -> int:
        """The version that holds; 0: what comes with the program."""
        return self.wording.number if self.wording else 0

    @property
    def is_own(self) -> bool:
        """Whether the company has written it."""
        return self.wording is not None and not self.wording.is_shipped

    @property
    def short(self) -> str:
        """Say it in a few sentences, without marks: what stands in a tooltip."""
        if not self.is_own:
            return short(self.subject)
        told = plain(self.text)
        return f"{self.word}. {told if len(told) <= _SHORT else told[:_SHORT].rpartition(' ')[0] + ' …'}"

    @property
    def rest(self) -> str:
        """Say what follows the word in `short`."""
        return self.short.removeprefix(self.word).removeprefix(".").strip()

    @property
    def html(self) -> SafeString:
        """The text as it is shown."""
        return render(self.text)


def told(subject: Subject, wording: Wording | None) -> Strategy:
    """Say a version for a reader; None, and one that takes back what was written: what comes with the program."""
    if wording is None or wording.is_shipped:
        return Strategy(subject, shipped_word(subject), shipped_text(subject), language_now(), wording)
    return Strategy(subject, wording.word, wording.text, wording.language, wording)


def in_force(codes: Iterable[str] = SUBJECTS) -> Mapping[str, Strategy]:
    """Give the strategies that hold, by the code of their cell or type; one query for all of them."""
    asked = list(codes)
    held = {row.subject: row for row in Wording.objects.filter(subject__in=asked, current=True).select_related("by")}
    return {code: told(SUBJECTS[code], held.get(code)) for code in asked}


def versions_of(subject: Subject) -> list[Wording]:
    """Give every version of a strategy, the last one first."""
    return list(Wording.objects.filter(subject=subject.code).select_related("by").order_by("-number", "-pk"))


def version_of(subject: Subject, number: int) -> Strategy | None:
    """Give a version as it was; 0: what comes with the program; None: there is none of that number."""
    if number == 0:
        return told(subject, None)
    row = Wording.objects.filter(subject=subject.code, number=number).select_related("by").first()
    return told(subject, row) if row else None


def deviation_on(account: Account) -> Deviation | None:
    """Give the last deviation of an account that nobody has ended, whether its day is over or not."""
    return Deviation.objects.filter(account=account, current=True).select_related("by", "account").first()


def deviations_on(account: Account) -> list[Deviation]:
    """Give every deviation of an account and of those merged into it, the last one first."""
    of = [account, *went_into(account)]
    rows = Deviation.objects.filter(account__in=of).select_related("by", "ended_by", "account")
    return list(rows.order_by("-at", "-pk"))


def deviations_in_force(user: "User", on: date) -> DeviationQuerySet:
    """Give the deviations that hold, of the accounts a person sees, the last one first."""
    seen = Account.objects.visible_to(user).standing_alone()
    rows: DeviationQuerySet = Deviation.objects.in_force(on).filter(account__in=seen.values("pk"))
    return rows.select_related("account", "by").order_by("-at", "-pk")


def applies_to(user: "User") -> Mapping[str, int]:
    """Count the visible accounts for which each strategy holds; two queries."""
    # Of the decision that holds alone: asked of the account, a decision of last year without a type would hide it.
    typed = _typed().filter(account__in=decided(user, KeyStatus.KEY).values("pk"))
    types = Counter(leading(written)[0].code for written in typed.values_list("types", flat=True))
    return {**cells().count(user, leaving_out=goes_by_type()), **types}


def goes_by_type() -> "QuerySet[KeyDecision, Any]":
    """Give the keys of the accounts whose decided type tells, not their cell: only to be left out of a count."""
    return _typed().values("account")


def _typed() -> "QuerySet[KeyDecision]":
    return KeyDecision.objects.filter(current=True, status=KeyStatus.KEY).exclude(types="")
