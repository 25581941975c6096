"""What a strategy is written for: each of the nine cells, and each type of key account."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from anahtar.report.labels import TYPES, label
from anahtar.rules.account_type import AccountType
from anahtar.rules.strategy import CELLS
from anahtar_web.ui.templatetags.shown import say
from anahtar_web.ui.text import capfirst

TYPE_CODES: Final = tuple(one.value for one in AccountType)
"""In the order in which they go before each other where an account has several."""

_WORDS: Final[Mapping[str, Any]] = {
    AccountType.BREADWINNER: gettext_lazy("Guard it, and hang less on it"),
    AccountType.PROSPECTIVE: gettext_lazy("Invest early, measure often"),
    AccountType.IMAGE_MAKER: gettext_lazy("Deserve the name"),
    AccountType.EXPERT: gettext_lazy("Learn from them"),
}
"""What we do with accounts of a type, in a word or two; of a cell the core says it."""


@dataclass(frozen=True, slots=True)
class Subject:
    """One of them."""

    code: str

    @property
    def is_cell(self) -> bool:
        """Whether it is a cell of the matrix."""
        return self.code in CELLS

    @property
    def name(self) -> str:
        """What it is called above a page or in a list."""
        return self.code if self.is_cell else str(capfirst(say(label(TYPES, self.code))))

    @property
    def title(self) -> str:
        """What it is called where nothing else tells what kind of thing it is."""
        if self.is_cell:
            return _("Cell %(cell)s") % {"cell": self.code}
        return _("Key account: %(type)s") % {"type": say(label(TYPES, self.code))}

    @property
    def shipped_word(self) -> str:
        """What we do, in a word or two, until the company says it in its own."""
        return str(_WORDS[self.code])


SUBJECTS: Final[Mapping[str, Subject]] = {code: Subject(code) for code in (*CELLS, *TYPE_CODES)}
"""Code -> what it stands for: the cells, then the types."""
