"""Forms of the first start and of the settings: cleaning only."""

from anahtar_web.company.forms.company import CompanyForm, SetupForm
from anahtar_web.company.forms.criteria import CriteriaForm, CriteriaTextForm
from anahtar_web.company.forms.thresholds import CutsChangeForm, CutsForm, ThresholdsForm

__all__ = [
    "CompanyForm",
    "CriteriaForm",
    "CriteriaTextForm",
    "CutsChangeForm",
    "CutsForm",
    "SetupForm",
    "ThresholdsForm",
]
