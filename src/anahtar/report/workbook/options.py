"""How every workbook is opened: in constant memory, and with nothing guessed from text."""

from typing import Any, Final

from anahtar.money import UNITS

CENTS_BELOW: Final = 100_000 * UNITS
"""A ledger of less than this is shown with cents; above it they only hide the digits that matter."""

OPTIONS: Final[dict[str, Any]] = {
    "constant_memory": True,
    # A customer named `=HYPERLINK(…)` or `http://…` is a name. Only sheets of ours are ever linked to.
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "default_format_properties": {"font_name": "Calibri", "font_size": 10},
}
