"""Values of facts: what a person types becomes columns, and columns become what a person reads."""

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any, Final

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from anahtar.money import UNITS
from anahtar_web.dossier.kinds import Kind
from anahtar_web.dossier.models import VALUE, Fact, Form
from anahtar_web.ui.markdown import plain
from anahtar_web.ui.templatetags.shown import day, money, number
from anahtar_web.ui.text import capfirst

if TYPE_CHECKING:
    from collections.abc import Sequence

COLUMNS: Final[Mapping[Form, "Sequence[str]"]] = {
    Form.TEXT: ("text",),
    Form.MARKDOWN: ("text",),
    Form.LIST: ("text",),
    Form.NUMBER: ("number",),
    Form.MONEY: ("money", "currency"),
    Form.DATE: ("day",),
    Form.CHOICE: ("text",),
    Form.YES_NO: ("flag",),
    Form.EVENT: ("day", "text"),
    Form.SITE: ("text", "locality", "detail"),
}
"""Which columns a value of each form takes."""


def value_of(fact: Fact) -> dict[str, Any]:
    """Give the columns of a fact that hold its value."""
    return {name: getattr(fact, name) for name in VALUE}


def written(kind: Kind, fact: Fact) -> str:
    """Say a value in one line, as the reader's language writes it."""
    match kind.form:
        case Form.NUMBER:
            places = max(0, -_exponent(fact.number)) if fact.number is not None else 0
            return " ".join(filter(None, [number(fact.number, places), kind.unit]))
        case Form.MONEY:
            return plain_money(fact.money, fact.currency)
        case Form.DATE:
            return day(fact.day)
        case Form.CHOICE:
            return kind.option(fact.text)
        case Form.YES_NO:
            return str(capfirst(_("yes") if fact.flag else _("no")))
        case Form.MARKDOWN:
            return plain(fact.text)
        case Form.LIST:
            return " · ".join(line for line in fact.text.splitlines() if line.strip())
        case Form.EVENT:
            return f"{day(fact.day)}: {fact.text}" if fact.text else day(fact.day)
        case Form.SITE:
            return " · ".join(filter(None, [fact.text, fact.locality, fact.detail]))
    return fact.text


def plain_money(units: int | None, currency: str) -> str:
    """Write an amount as people say it: a whole one without decimals, 62.000.000 TRY in Turkish."""
    if units is None or units % UNITS:
        return money(units, currency)
    return f"{number(units // UNITS)} {currency}"


def _exponent(value: Decimal) -> int:
    exponent = value.normalize().as_tuple().exponent
    return exponent if isinstance(exponent, int) else 0


def decimal_of(text: str) -> Decimal | None:
    """Read a number as the language of the page writes it: 1.234,5 in Turkish, 1,234.5 in English; None: it is none."""
    group, point = (".", ",") if (get_language() or "en").startswith("tr") else (",", ".")
    cleaned = text.strip().replace("\N{NO-BREAK SPACE}", "").replace(" ", "").replace(group, "").replace(point, ".")
    try:
        found = Decimal(cleaned)
    except InvalidOperation:
        return None
    return found if found.is_finite() else None


def typed(value: Decimal | None) -> str:
    """Write a number as it may be typed again."""
    if value is None:
        return ""
    text = f"{value.normalize():f}"
    return text.replace(".", ",") if (get_language() or "en").startswith("tr") else text


def amount_of(units: int | None) -> Decimal | None:
    """Give an amount as a decimal number of its currency."""
    return None if units is None else Decimal(units) / UNITS
