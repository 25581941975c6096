"""How the trail writes what the company's settings hold: fractions as percentages, codes by their names."""

from typing import Any

from anahtar_web.audit.shown import LABELS, WRITERS
from anahtar_web.company import choices
from anahtar_web.company.criteria import LABELS as CRITERIA
from anahtar_web.company.criteria import SHARES
from anahtar_web.company.windows import in_words
from anahtar_web.ui.templatetags.shown import share


def percent(fraction: float) -> str:
    """Write a fraction as a percentage, with a decimal only where it has one."""
    return share(fraction, 0 if round(fraction * 100, 6).is_integer() else 1)


def _month(number: Any) -> str:
    return dict(choices.months()).get(int(number), str(number))


def _language(code: Any) -> str:
    return dict(choices.languages()).get(str(code), str(code))


def register() -> None:
    """Tell the trail; called once, when the program starts."""
    LABELS["company"] = dict(CRITERIA)
    fractions = {*SHARES, "abc_a", "abc_b", "xyz_x", "xyz_y", "lapse_at_risk", "lapse_lapsed"}
    WRITERS["company"] = {
        **{name: lambda held: percent(float(held)) for name in fractions},
        "fiscal_year_start": _month,
        "language": _language,
        "window": lambda held: in_words(str(held)),
    }
