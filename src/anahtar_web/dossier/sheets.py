"""The kinds of sheets a dossier has: contracts, reference rights, demands."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from anahtar_web.dossier.models import Contract, Demand, Kept, Permission


@dataclass(frozen=True, slots=True)
class Sheet:
    """One kind.

    Parameters
    ----------
    code
        In addresses.
    add, change
        What the buttons and forms are called.
    """

    code: str
    model: type[Kept]
    name: Any
    icon: str
    add: Any
    change: Any
    empty: Any


SHEETS: Final[Mapping[str, Sheet]] = {
    sheet.code: sheet
    for sheet in (
        Sheet(
            "contract",
            Contract,
            _("Contracts"),
            "file-pen-line",
            _("Add a contract"),
            _("Change the contract"),
            _("No contract is written down. With its days of notice and end you are reminded before, not after."),
        ),
        Sheet(
            "permission",
            Permission,
            _("Reference rights"),
            "award",
            _("Add a reference right"),
            _("Change the reference right"),
            _("Nothing is written down: whoever names them as a reference does not know whether they may."),
        ),
        Sheet(
            "demand",
            Demand,
            _("Demands and our answers"),
            "message-square-warning",
            _("Add a demand"),
            _("Change the demand or our answer"),
            _("No demand is written down. What they ask of quality and service belongs here, with our answer."),
        ),
    )
}
