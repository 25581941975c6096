"""The form of a fact, beside what stands there and what was written meanwhile."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Self

from anahtar_web.accounts.models import Account
from anahtar_web.audit.shown import Version
from anahtar_web.dossier.forms import FactForm
from anahtar_web.dossier.kinds import Kind
from anahtar_web.dossier.models import Fact
from anahtar_web.dossier.values import written


@dataclass(frozen=True, slots=True)
class WritePage:
    """The form.

    Parameters
    ----------
    stands
        What holds now, in one line; empty: nothing.
    back
        Where one came from, and goes on.
    both
        What was saved meanwhile beside what was typed; empty where nobody else has saved.
    """

    account: Account
    kind: Kind
    form: FactForm
    address: str
    back: str
    stands: str = ""
    both: Sequence[Version] = ()
    who: str = ""
    when: Any = None

    @classmethod
    def build(cls, account: Account, kind: Kind, form: FactForm, fact: Fact | None, address: str, back: str) -> Self:
        """Show the form."""
        return cls(account, kind, form, address, back, written(kind, fact) if fact else "")

    @classmethod
    def beside(cls, current: Fact, account: Account, kind: Kind, form: FactForm, address: str, back: str) -> Self:
        """Show what somebody else has written beside what was typed."""
        typed = Fact(**{name: value for name, value in form.value.items() if value is not None})
        rows = [Version(kind.name, written(kind, current), written(kind, typed))]
        return cls(
            account, kind, form, address, back, written(kind, current), rows, str(current.by), current.recorded_at
        )
