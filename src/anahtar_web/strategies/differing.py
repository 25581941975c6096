"""What is otherwise in one text than in another, line by line."""

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

KEPT, GONE, NEW = "kept", "gone", "new"


@dataclass(frozen=True, slots=True)
class Line:
    """A line of one of the texts, or of both."""

    kind: str
    text: str


def differences(before: str, after: str) -> Sequence[Line]:
    """Lay two texts over each other: lines of both, those only before, those only after, in their order."""
    old, new = before.splitlines(), after.splitlines()
    lines: list[Line] = []
    for kind, i1, i2, j1, j2 in SequenceMatcher(a=old, b=new, autojunk=False).get_opcodes():
        if kind == "equal":
            lines += [Line(KEPT, text) for text in old[i1:i2]]
            continue
        lines += [Line(GONE, text) for text in old[i1:i2]]
        lines += [Line(NEW, text) for text in new[j1:j2]]
    return lines
