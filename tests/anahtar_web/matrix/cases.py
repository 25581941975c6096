"""Cases of the firm: one of Acme and one of Birch."""

from typing import TYPE_CHECKING

from anahtar_web.risks.actions import open_case
from anahtar_web.risks.models import Reason
from tests.anahtar_web.matrix.canaries import Canary

if TYPE_CHECKING:
    from tests.anahtar_web.matrix.firm import Firm


def write_cases(firm: "Firm") -> None:
    """Write them."""
    from tests.anahtar_web.matrix.firm import SEES_ACME, SEES_BIRCH

    firm.objects["loss reason"] = Reason.objects.get(code="price")
    for name, manager, readers in (("acme", "kam", SEES_ACME), ("birch", "stranger", SEES_BIRCH)):
        title, notes = f"QzCaseOf{name.title()}", f"QzNotesOnCaseOf{name.title()}"
        made = open_case(account=firm.accounts[name], title=title, notes=notes, by=firm.people[manager])
        firm.objects[f"case of {name}"] = made
        firm.canaries += [Canary(title, "a case", readers), Canary(notes, "notes on a case", readers)]
