"""How evenly an account buys: the letter, what it is made from, and what it would be without the largest period."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from anahtar.report.labels import REGULARITY_MEANING, label
from anahtar.rules.key_account import xyz_words
from anahtar_web.insight.models import Run
from anahtar_web.insight.pages.account import rulers
from anahtar_web.ui.templatetags.shown import number, say, short_month

if TYPE_CHECKING:
    from anahtar.analysis.passport import PeriodValue, Regularity


@dataclass(frozen=True, slots=True)
class Evenness:
    """Regularity over periods of one length.

    Parameters
    ----------
    letter
        X, Y or Z in every language; empty: there is only a word.
    told
        Sentences with figures; `ruler` and `chart` as well are of figures, and missing where those are not for the
        reader.
    """

    title: str
    letter: str
    word: str
    meaning: str
    told: Sequence[str]
    ruler: rulers.Ruler | None
    chart: Mapping[str, Any] | None

    @classmethod
    def build(cls, one: "Regularity", run: Run, *, measure: str, sees_value: bool) -> Self:
        """Put the regularity over periods of one length into words and drawings."""
        return cls(
            title=_("Quarter by quarter") if one.span.value == "quarter" else _("Month by month"),
            letter=one.xyz if one.xyz in ("X", "Y", "Z") else "",
            word=say(xyz_words(one.xyz)),
            meaning=say(label(REGULARITY_MEANING, one.xyz)),
            told=[*_variation(one)] if sees_value else (),
            ruler=_ruler(one, run) if sees_value else None,
            chart=_chart(one, run, measure) if sees_value else None,
        )


def _variation(one: "Regularity") -> Iterator[str]:
    if one.cv is not None:
        yield _("Its amounts swing by %(cv)s of their mean.") % {"cv": number(one.cv, 2)}
    if one.empty_periods:
        text = ngettext(
            "%(n)s period without a line counts as zero.",
            "%(n)s periods without a line count as zero.",
            one.empty_periods,
        )
        yield text % {"n": number(one.empty_periods)}
    if one.cv_without_largest is not None and one.xyz_without_largest is not None:
        told = {"cv": number(one.cv_without_largest, 2), "word": say(xyz_words(one.xyz_without_largest))}
        yield _("Without its largest period: %(cv)s, %(word)s.") % told


def _ruler(one: "Regularity", run: Run) -> rulers.Ruler | None:
    if one.cv is None:
        return None
    x, y = run.options["xyz_cuts"]
    borders = [("Y", x, number(x, 2)), ("Z", y, number(y, 2))]
    return rulers.of_number(one.cv, borders, below="X", told=number(one.cv, 2))


def _chart(one: "Regularity", run: Run, measure: str) -> Mapping[str, Any]:
    return {
        "names": [_name(period) for period in one.periods],
        "values": [period.value for period in one.periods],
        "name": measure,
        "currency": run.currency,
    }


def _name(period: "PeriodValue") -> str:
    first, last = short_month(period.first), short_month(period.last)
    return first if first == last else f"{first} – {last}"
