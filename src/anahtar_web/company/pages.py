"""What the pages of the settings show."""

from dataclasses import dataclass, replace
from typing import Any, Final, Self

from django.forms import Form

from anahtar_web.audit.queries import TrailPage, history_of
from anahtar_web.audit.shown import Version, label, value, versions
from anahtar_web.company.actions import COMPANY, THRESHOLDS
from anahtar_web.company.criteria import Row, flat, rows
from anahtar_web.company.forms import CompanyForm, CriteriaForm, CriteriaTextForm, ThresholdsForm
from anahtar_web.company.models import Company
from anahtar_web.gate.rights import Right

VERBS: Final = {
    "company": ("company.set_up", "company.edited"),
    "letterhead": ("company.logo_changed", "company.logo_removed"),
    "thresholds": ("company.thresholds_changed",),
    "criteria": ("company.criteria_changed",),
}


@dataclass(frozen=True, slots=True)
class Settings:
    """One section of the settings.

    Parameters
    ----------
    section
        `company`, `thresholds` or `criteria`.
    form
        Where values are changed; None for whoever may only see them.
    facts
        The values in words.
    history
        Who changed what of the section, when and why.
    versions
        What somebody else has saved meanwhile beside what was typed; empty where nobody has.
    text_form
        The criteria as text; only there.
    as_text
        Whether the text was sent, so that its tab is shown.
    """

    section: str
    form: Form | None
    facts: list[Row]
    history: TrailPage
    versions: tuple[Version, ...] = ()
    text_form: Form | None = None
    as_text: bool = False

    @classmethod
    def build(cls, section: str, company: Company, *, reader: Any, form: Form | None = None) -> Self:
        """Show a section as it stands; `form` is one that was sent and comes back."""
        history = history_of("company", *VERBS[section], reader=reader)
        page = cls(section, None, _facts(section, company), history)
        if not reader.may(Right.CHANGE_COMPANY if section == "company" else Right.CHANGE_THRESHOLDS):
            return page
        return replace(page, **_forms(section, company, form))

    def beside(self, theirs: dict[str, Any], yours: dict[str, Any]) -> Self:
        """Show what somebody else has saved beside what was typed."""
        return replace(self, versions=tuple(versions("company", theirs, yours)))


def _facts(section: str, company: Company) -> list[Row]:
    if section == "criteria":
        return rows(company.criteria)
    names = COMPANY if section == "company" else THRESHOLDS
    return [Row(label("company", name), value("company", name, getattr(company, name))) for name in names]


def _forms(section: str, company: Company, sent: Form | None) -> dict[str, Any]:
    if section == "company":
        return {"form": sent or CompanyForm(initial=CompanyForm.initial_of(company))}
    if section == "thresholds":
        return {"form": sent or ThresholdsForm(initial=ThresholdsForm.initial_of(company))}
    as_text = isinstance(sent, CriteriaTextForm)
    text = {"text": company.criteria, "version": company.version}
    return {
        "form": sent if sent and not as_text else CriteriaForm(initial=CriteriaForm.initial_of(company)),
        "text_form": sent if as_text else CriteriaTextForm(initial=text),
        "as_text": as_text,
    }


def values(section: str, company: Company) -> dict[str, Any]:
    """Give the values of a section by their names."""
    if section == "criteria":
        return flat(company.criteria)
    return {name: getattr(company, name) for name in (COMPANY if section == "company" else THRESHOLDS)}
