"""What people type about the rule of a decision: cleaned, not acted on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from anahtar.rules.decision import Rule
from anahtar_web.company.fields import DayField
from anahtar_web.stakeholders.models import DecisionRule, DecisionVersion, Role, Seat, Stakeholder

_BY_ROLE = (Role.DECIDER, Role.APPROVER)
"""Who is proposed for a seat where nobody has stated a rule yet."""


@dataclass(frozen=True, slots=True)
class SeatFields:
    """The fields of one person in the table of seats."""

    who: Stakeholder
    seat: forms.BoundField
    weight: forms.BoundField
    veto: forms.BoundField
    sign: forms.BoundField


class RuleForm(forms.Form):
    """What is decided, by which rule, and who has a seat."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=20)
    name = forms.CharField(
        label=_("What is decided"), max_length=200, help_text=_("For example: Frame contract 2027, or: New supplier.")
    )
    rule = forms.ChoiceField(label=_("Rule"), choices=DecisionRule.choices, widget=forms.RadioSelect)
    quota = forms.IntegerField(
        label=_("Quota"),
        required=False,
        min_value=1,
        max_value=40_000,
        help_text=_("The least weight that carries it. Empty: more than half of all weights."),
    )
    due_on = DayField(
        label=_("Expected on"),
        required=False,
    )
    note = forms.CharField(
        label=_("Where we know the rule from"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, people: Sequence[Stakeholder], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._people = people
        for who in people:
            name = {"name": who.shown}
            self.fields[f"seat-{who.pk}"] = forms.BooleanField(label=_("%(name)s has a seat") % name, required=False)
            self.fields[f"weight-{who.pk}"] = forms.IntegerField(
                label=_("Weight of %(name)s") % name, required=False, min_value=0, max_value=1000
            )
            self.fields[f"veto-{who.pk}"] = forms.BooleanField(label=_("%(name)s has the veto") % name, required=False)
            self.fields[f"sign-{who.pk}"] = forms.BooleanField(label=_("%(name)s has to sign") % name, required=False)

    @property
    def seat_rows(self) -> list[SeatFields]:
        """The table of seats."""
        return [
            SeatFields(who, *(self[f"{field}-{who.pk}"] for field in ("seat", "weight", "veto", "sign")))
            for who in self._people
        ]

    def clean_seen(self) -> int:
        """Give the number of the version that was read."""
        text = self.cleaned_data["seen"]
        return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else -1

    def clean_note(self) -> str:
        """Write line breaks as the program does: an untouched text would count as changed."""
        return str(self.cleaned_data["note"]).replace("\r\n", "\n").replace("\r", "\n")

    def stated(self) -> dict[str, Any]:
        """Give what was said besides the seats; a quota only where the rule has one."""
        said = {name: self.cleaned_data[name] for name in ("name", "rule", "quota", "due_on", "note")}
        return said if self._rule.counts_weights else said | {"quota": None}

    def seats(self) -> list[dict[str, Any]]:
        """Give the seats; of veto and signature only what the chosen rule shows."""
        said = self.cleaned_data
        return [
            {
                "who": who,
                "weight": 1 if said[f"weight-{who.pk}"] is None else said[f"weight-{who.pk}"],
                "has_veto": self._rule is Rule.VETO and said[f"veto-{who.pk}"],
                "must_sign": self._rule in (Rule.ONE_SIGNER, Rule.BOARD) and said[f"sign-{who.pk}"],
            }
            for who in self._people
            if said[f"seat-{who.pk}"]
        ]

    @property
    def _rule(self) -> Rule:
        return Rule(self.cleaned_data["rule"])


def in_order(people: Sequence[Stakeholder], seats: Mapping[int, Seat]) -> list[Stakeholder]:
    """Put those with a seat first, then who decides by role, then by influence."""
    return sorted(
        people,
        key=lambda who: (who.pk not in seats, not set(who.roles) & set(_BY_ROLE), -(who.influence or 0), who.pk),
    )


def proposed(people: Sequence[Stakeholder]) -> dict[str, Any]:
    """Propose a rule from the map: those who decide and approve, agreed among all of them."""
    named = [who for who in people if set(who.roles) & set(_BY_ROLE)]
    return {"rule": DecisionRule.CONSENSUS, **{f"seat-{who.pk}": True for who in named}}


def initial_of(version: DecisionVersion, seats: Mapping[int, Seat]) -> dict[str, Any]:
    """Give what is stated, as the form shows it."""
    held = {name: getattr(version, name) for name in ("name", "rule", "quota", "due_on", "note")}
    of_seats: dict[str, Any] = {}
    for pk, seat in seats.items():
        of_seats |= {f"seat-{pk}": True, f"weight-{pk}": seat.weight}
        of_seats |= {f"veto-{pk}": seat.has_veto, f"sign-{pk}": seat.must_sign}
    return held | of_seats | {"seen": version.number}
