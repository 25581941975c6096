"""The kinds of facts that come with the program: one line each; an administrator changes shelf-life and importance."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from anahtar.rules.dossier import TYPES
from anahtar_web.dossier.models import Area, Form

SIZES: Final = (
    ("micro", _("Micro (fewer than 10 people)")),
    ("small", _("Small (fewer than 50)")),
    ("medium", _("Medium (fewer than 250)")),
    ("large", _("Large (250 and more)")),
)
"""As the European Union and Türkiye class companies by people."""

OPTIONS: Final[Mapping[str, Sequence[tuple[str, Any]]]] = {"size_class": SIZES}

Line = tuple[str, Area, Form, Any, int | None, tuple[int, int, int, int, int], bool, Any]

# Code, area, form, name, shelf-life in months, importance for breadwinner, prospective, image maker, expert and others,
# whether it has several values, and unit.
LINES: Final[tuple[Line, ...]] = (
    ("description", Area.COMPANY, Form.MARKDOWN, _("What it does"), 24, (3, 3, 3, 3, 2), False, ""),
    ("size_class", Area.COMPANY, Form.CHOICE, _("Size class"), 24, (1, 2, 1, 1, 2), False, ""),
    (
        "headcount",
        Area.COMPANY,
        Form.NUMBER,
        _("Headcount"),
        12,
        (2, 3, 1, 2, 1),
        False,
        pgettext_lazy("unit", "people"),
    ),
    ("turnover", Area.COMPANY, Form.MONEY, _("Turnover of a year"), 12, (3, 3, 2, 1, 2), False, ""),
    ("ownership", Area.COMPANY, Form.TEXT, _("Ownership"), 24, (3, 2, 2, 1, 1), False, ""),
    ("structure", Area.COMPANY, Form.MARKDOWN, _("How it is organised"), 18, (2, 2, 1, 1, 1), False, ""),
    ("need", Area.BUYING, Form.MONEY, _("Buys a year of what we sell"), 12, (3, 3, 1, 1, 2), False, ""),
    ("buying_process", Area.BUYING, Form.MARKDOWN, _("How it decides and orders"), 18, (3, 3, 1, 2, 1), False, ""),
    ("budget_time", Area.BUYING, Form.TEXT, _("When budgets are made"), 24, (3, 3, 1, 1, 1), False, ""),
    ("second_source", Area.BUYING, Form.YES_NO, _("Wants a second supplier"), 12, (3, 2, 0, 1, 1), False, ""),
    ("payment_terms", Area.BUYING, Form.TEXT, _("Terms of payment"), 12, (2, 2, 1, 1, 2), False, ""),
    ("credit", Area.BUYING, Form.TEXT, _("Credit standing"), 6, (3, 3, 1, 1, 2), False, ""),
    ("strategy", Area.STRATEGY, Form.MARKDOWN, _("Strategy"), 12, (3, 3, 2, 2, 1), False, ""),
    ("goal", Area.STRATEGY, Form.TEXT, _("Goal"), 12, (3, 3, 2, 2, 1), True, ""),
    ("investment", Area.STRATEGY, Form.EVENT, _("Planned investment"), 12, (3, 3, 1, 2, 1), True, ""),
    ("founded", Area.DEVELOPMENT, Form.DATE, _("Founded"), None, (1, 1, 2, 1, 1), False, ""),
    ("event", Area.DEVELOPMENT, Form.EVENT, _("Date of its development"), None, (2, 2, 3, 1, 1), True, ""),
    ("site", Area.SITES, Form.SITE, _("Site or buying centre"), 24, (3, 3, 1, 2, 1), True, ""),
    ("capacity", Area.SITES, Form.TEXT, _("Capacity"), 18, (2, 2, 0, 2, 1), False, ""),
    ("sector_place", Area.SURROUNDINGS, Form.TEXT, _("Place in its sector"), 24, (2, 1, 3, 2, 1), False, ""),
    ("customer", Area.SURROUNDINGS, Form.TEXT, _("Customer"), 18, (3, 2, 2, 2, 1), True, ""),
    ("supplier", Area.SURROUNDINGS, Form.TEXT, _("Supplier"), 18, (2, 2, 1, 1, 1), True, ""),
    ("regulator", Area.SURROUNDINGS, Form.TEXT, _("Regulator"), 36, (1, 1, 1, 2, 0), True, ""),
    ("strength", Area.SWOT, Form.TEXT, pgettext_lazy("beside weakness", "Strength"), 12, (2, 2, 2, 1, 0), True, ""),
    ("weakness", Area.SWOT, Form.TEXT, _("Weakness"), 12, (2, 2, 1, 1, 0), True, ""),
    ("opportunity", Area.SWOT, Form.TEXT, _("Opportunity"), 12, (2, 2, 1, 1, 0), True, ""),
    ("threat", Area.SWOT, Form.TEXT, _("Threat"), 12, (2, 2, 1, 1, 0), True, ""),
    ("known_for", Area.REPUTATION, Form.TEXT, _("Known for"), 24, (1, 1, 3, 1, 0), False, ""),
    ("recommends", Area.REPUTATION, Form.YES_NO, _("Recommends us"), 12, (2, 1, 3, 2, 0), False, ""),
    ("award", Area.REPUTATION, Form.TEXT, _("Award"), 36, (0, 0, 2, 0, 0), True, ""),
    ("standards", Area.EXPERTISE, Form.LIST, _("Standards it asks for"), 24, (2, 2, 1, 3, 1), False, ""),
    ("audits", Area.EXPERTISE, Form.TEXT, _("How it audits suppliers"), 12, (2, 1, 1, 3, 0), False, ""),
    ("lesson", Area.EXPERTISE, Form.TEXT, _("What we learned from it"), 24, (1, 1, 1, 3, 0), True, ""),
)


def importance_of(line: Line) -> dict[str, int]:
    """Give how important a kind is for each type of account."""
    return dict(zip(TYPES, line[5], strict=True))
