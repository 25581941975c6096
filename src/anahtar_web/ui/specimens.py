"""What the page of components shows: invented values in every state a component has."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django import forms
from django.core.paginator import Page, Paginator

_NAMES: Final = (
    "Anadolu Enerji Dağıtım",
    "Ilgaz Orman Ürünleri",
    "İzmir Liman Lojistik",
    "Şahin Demir Çelik",
    "Çınar Gıda Sanayi",
    "Ürgüp Seramik",
    "Ördek Tekstil",
)


class SpecimenForm(forms.Form):
    """A field of each kind."""

    name = forms.CharField(label="Name", help_text="As it stands on their letterhead.")
    address = forms.EmailField(label="E-mail", required=False)
    day = forms.DateField(label="Day", required=False, widget=forms.DateInput(attrs={"type": "date"}))
    part = forms.ChoiceField(label="Part", choices=[("sales", "Sales"), ("service", "Service")])
    remark = forms.CharField(label="Remark", required=False, widget=forms.Textarea(attrs={"rows": 3}))
    told = forms.BooleanField(label="Tell the team", required=False, help_text="By mail, once.")
    sides = forms.MultipleChoiceField(
        label="Directions",
        required=False,
        choices=[("steel", "Steel"), ("wood", "Wood")],
        widget=forms.CheckboxSelectMultiple,
    )
    kind = forms.ChoiceField(
        label="Kind", required=False, choices=[("a", "Customer"), ("b", "Prospect")], widget=forms.RadioSelect
    )

    def clean(self) -> dict[str, Any]:
        """Refuse, so that the refused state is shown."""
        raise forms.ValidationError("The form as a whole makes no sense: say which day.")


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the table."""

    name: str
    revenue: int
    growth: float | None
    share: float
    course: list[int]
    tone: str


@dataclass(frozen=True, slots=True)
class Version:
    """A field of which two versions exist."""

    label: str
    theirs: str
    yours: str

    @property
    def differs(self) -> bool:
        """Whether somebody has to decide."""
        return self.theirs != self.yours


@dataclass(frozen=True)
class SpecimensPage:
    """Everything the page shows."""

    form: SpecimenForm
    refused: SpecimenForm
    rows: list[Row]
    pager: Page  # type: ignore[type-arg]
    versions: list[Version]
    tones: tuple[str, ...]
    months: dict[str, Any]
    bars: dict[str, Any]
    pareto: dict[str, Any]
    intervals: dict[str, Any]
    pairs: dict[str, Any]
    sort: str

    @classmethod
    def build(cls, *, sort: str, number: str) -> "SpecimensPage":
        """Make the values."""
        refused = SpecimenForm(
            {"refused-name": "", "refused-address": "nowhere", "refused-part": "sales"}, prefix="refused"
        )
        refused.is_valid()
        return cls(
            form=SpecimenForm(initial={"name": "Ilgaz Orman Ürünleri", "kind": "a"}),
            refused=refused,
            rows=_rows(),
            pager=Paginator(range(1234), 50).get_page(number),
            versions=[Version("City", "Ankara", "Ankara"), Version("Remark", "Asks for 60 days", "Asks for 90 days")],
            tones=("good", "warn", "bad", "info", ""),
            months=_months(),
            bars={
                "currency": "TRY",
                "names": list(_NAMES[:6]),
                "values": [481_000_000_000, 394_000_000_000, 376_000_000_000, 315_000_000_000, 236_000_000_000, None],
            },
            pareto=_pareto(),
            intervals={
                "name": "AUC",
                "names": ["model", "days of silence", "revenue"],
                "values": [0.784, 0.744, 0.512],
                "lows": [0.75, 0.71, 0.47],
                "highs": [0.82, 0.78, 0.55],
            },
            pairs={
                "names": ["1", "2", "3"],
                "first_name": "Said",
                "first": [0.05, 0.2, 0.62],
                "second_name": "Happened",
                "second": [0.04, 0.23, 0.6],
                "unit": "share",
            },
            sort=sort,
        )


def _pareto() -> dict[str, Any]:
    places = list(range(1, 41))
    return {
        "name": "Share of the largest",
        "places": places,
        "shares": [1 - (1 - place / 40) ** 3 for place in places],
        "names": list(_NAMES[:6]),
        "borders": [
            {"place": 17, "name": "A", "title": "to the end of A: 17 accounts"},
            {"place": 25, "name": "B", "title": "to the end of B: 25 accounts"},
            {"place": 40, "name": "C", "title": "to the end of C: 40 accounts"},
        ],
        "without": {
            "name": "Without them",
            "places": places[:-1],
            "shares": [1 - (1 - place / 39) ** 2 for place in places[:-1]],
        },
    }


def _rows() -> list[Row]:
    return [
        Row(
            name,
            481_234_500_000 // (at + 1),
            None if at == 6 else 0.274 - at / 10,
            0.48 - at / 15,
            [(at * 7 + month * month) % 23 + 4 for month in range(12)],
            ("good", "warn", "bad")[at % 3],
        )
        for at, name in enumerate(_NAMES)
    ]


def _months() -> dict[str, Any]:
    return {
        "currency": "TRY",
        "months": [date(2026, month, 1) for month in range(1, 13)],
        "now": [(4 + month % 3) * 10_000_000_000 for month in range(11)] + [None],
        "before": [(3 + month * 2 % 5) * 10_000_000_000 for month in range(12)],
    }
