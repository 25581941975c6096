"""Product codes a person wants left out, held against the codes there are: a wish that meets nothing is told."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

from anahtar.ledger.columns.folding import fold
from anahtar.ledger.roles import Role

if TYPE_CHECKING:
    from anahtar.ledger.intake.lines import Lines

UNMET: Final = "codes to leave out that no line has"
"""The fact of a source that names them."""


class Wishes:
    """The codes to leave out that no line has had so far; codes are compared as they are written."""

    def __init__(self, codes: Iterable[str]) -> None:
        self._unmet = dict.fromkeys(sorted(codes), "")

    def see(self, lines: "Lines") -> None:
        """Take some lines; costs nothing once every wish has met its code."""
        products = lines.codes.get(Role.PRODUCT)
        if not self._unmet or products is None:
            return
        there = {text for text in products.texts.to_pylist() if text}
        self._unmet = {code: near for code, near in self._unmet.items() if code not in there}
        by_sound = {fold(text): text for text in there}
        for code, near in self._unmet.items():
            self._unmet[code] = near or by_sound.get(fold(code), "")

    def fact(self) -> dict[str, str]:
        """The unmet ones as a fact, behind each the code it may have meant: `nakliye (NAKLİYE?)`."""
        named = [f"{code} ({near}?)" if near else code for code, near in self._unmet.items()]
        return {UNMET: ", ".join(named)} if named else {}
