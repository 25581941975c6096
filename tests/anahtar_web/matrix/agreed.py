"""What was agreed: the rights of every role and the policy of every address, in `agreed.txt`.

The matrix expects what stands there, not what the code says: a right that is given away or a policy that is dropped
shows itself as a difference that somebody has to read. After a change that is meant:

    .venv/bin/python -m tests.anahtar_web.matrix.agreed
"""

import os
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

FILE: Final = Path(__file__).with_name("agreed.txt")
ANYBODY: Final = "anybody"
SIGNED_IN: Final = "signed_in"
CLOSED: Final = "closed"


@dataclass(frozen=True, slots=True)
class Agreed:
    """Who may call an address, and how."""

    methods: frozenset[str]
    right: str
    """A right, or `signed_in`, or `anybody` for pages before the sign-in, or `closed`: 404 for everybody."""


@cache
def rights() -> dict[str, frozenset[str]]:
    """Role -> its rights, and the protected fields it sees as `field:margin`."""
    return {words[1]: frozenset(words[2:]) for words in _lines("role")}


@cache
def addresses() -> dict[str, Agreed]:
    """Name of an address -> what was agreed."""
    return {words[1]: Agreed(frozenset(words[2].split(",")), words[3]) for words in _lines("address")}


def _lines(kind: str) -> list[list[str]]:
    lines = FILE.read_text(encoding="utf-8").splitlines() if FILE.exists() else []
    return [words for line in lines if (words := line.split()) and words[0] == kind]


def said_by_the_code() -> str:
    """Write the file as the code would have it."""
    from anahtar_web.gate.rights import FIELDS, RIGHTS, Role
    from tests.anahtar_web.matrix.addresses import every_address

    lines = []
    for role in Role:
        seen = sorted(f"field:{field.value}" for field in FIELDS[role])
        lines.append(" ".join(["role", role.value, *sorted(right.value for right in RIGHTS[role]), *seen]))
    for address in sorted(every_address(), key=lambda address: address.name):
        if (policy := address.policy) is None:
            continue
        right = ANYBODY if policy.public else policy.right.value if policy.right else SIGNED_IN
        right = CLOSED if address.closed else right
        lines.append(f"address {address.name} {','.join(sorted(policy.methods))} {right}")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "anahtar_web.config.test_settings")
    import django

    django.setup()
    FILE.write_text(said_by_the_code(), encoding="utf-8")
