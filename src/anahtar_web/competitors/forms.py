"""What people type about competitors: cleaned, not acted on."""

from decimal import Decimal
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from anahtar_web.accounts.models import Account
from anahtar_web.company.fields import DayField
from anahtar_web.competitors.models import Grade, ThreatLevel
from anahtar_web.stakeholders.models import Stakeholder

LONGEST_NOTES: Final = 10_000


class OfferedInput(forms.TextInput):
    """A text with words it may be; any other may be typed."""

    template_name = "competitors/widgets/offered.html"

    def __init__(self, offered: Any = (), **options: Any) -> None:
        super().__init__(**options)
        self.offered = offered

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        """Tell the field what it offers."""
        return super().get_context(name, value, attrs) | {"offered": self.offered}


def _reason(label: Any = None, **options: Any) -> forms.CharField:
    label = label or _("Reason")
    return forms.CharField(label=label, max_length=500, widget=forms.Textarea(attrs={"rows": 2}), **options)


def _grade() -> forms.ChoiceField:
    return forms.ChoiceField(label=_("How sure"), choices=Grade.choices, initial=Grade.ASSUMED)


def _source() -> forms.CharField:
    return forms.CharField(
        label=_("Source"),
        max_length=300,
        required=False,
        help_text=_("Who said it, or which document; without a source it is hearsay."),
    )


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else -1


class _Text(forms.CharField):
    """A text of several lines; line breaks as the program writes them, or an untouched text would count as changed."""

    def to_python(self, value: object) -> str:
        """Read it."""
        return (super().to_python(value) or "").replace("\r\n", "\n").replace("\r", "\n")


class CompetitorForm(forms.Form):
    """A competitor of the directory."""

    version = forms.CharField(widget=forms.HiddenInput, required=False, max_length=20)
    name = forms.CharField(label=_("Name"), max_length=200)
    website = forms.URLField(label=_("Website"), required=False, assume_scheme="https")
    remark = _Text(
        label=_("Remark"),
        required=False,
        max_length=LONGEST_NOTES,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("What everybody who meets them should know."),
    )

    def clean_version(self) -> int:
        """Give the version that was read; without one the form was never shown, and overwrites nothing."""
        return _number(self.cleaned_data["version"])


class MergeForm(forms.Form):
    """Which other competitor it is."""

    stays = forms.ChoiceField(label=_("Goes on as"))
    reason = _reason()

    def __init__(self, *args: Any, others: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._others = {str(one.pk): one for one in others}
        stays = self.fields["stays"]
        assert isinstance(stays, forms.ChoiceField)
        stays.choices = [("", ""), *((key, one.name) for key, one in self._others.items())]

    def clean_stays(self) -> Any:
        """Give the competitor."""
        return self._others[self.cleaned_data["stays"]]


class AttackForm(forms.Form):
    """Where a competitor is met, with what, through whom, and how strong."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=20)
    competitor = forms.CharField(
        label=_("Competitor"), max_length=200, help_text=_("Who is not in the directory yet is added to it.")
    )
    direction = forms.CharField(
        label=_("Direction"), max_length=200, required=False, help_text=_("Empty: everywhere, or not known.")
    )
    site = forms.CharField(label=_("Site"), max_length=200, required=False)
    offering = forms.CharField(label=_("With what"), max_length=300, required=False)
    through = forms.ModelChoiceField(
        Stakeholder.objects.none(), label=_("Through whom"), required=False, empty_label=_("not known")
    )
    since = DayField(label=_("There since"), required=False)
    strength = forms.TypedChoiceField(
        label=_("How strong"),
        required=False,
        coerce=int,
        empty_value=None,
        choices=[
            ("", _("not known")),
            (1, _("1: hardly there")),
            (2, _("2: tries it")),
            (3, _("3: to be taken seriously")),
            (4, _("4: strong")),
            (5, _("5: stronger than we are")),
        ],
    )
    notes = _Text(
        label=_("How we fight them"),
        required=False,
        max_length=LONGEST_NOTES,
        widget=forms.Textarea(attrs={"rows": 8, "class": "markdown-input", "spellcheck": "true"}),
        help_text=_("Their arguments and our answers. ## heading, - list, **bold**"),
    )

    def __init__(
        self, *args: Any, account: Account, names: Any = (), directions: Any = (), known: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        if known:
            del self.fields["competitor"]
        else:
            self.fields["competitor"].widget = OfferedInput(names, attrs={"maxlength": 200})
        self.fields["direction"].widget = OfferedInput(directions, attrs={"maxlength": 200})
        through = self.fields["through"]
        assert isinstance(through, forms.ModelChoiceField)
        through.queryset = Stakeholder.objects.of(account).filter(left_on=None).order_by("name", "pk")

    def clean_seen(self) -> int:
        """Give the number of the version that was read."""
        return _number(self.cleaned_data["seen"])


class SeeForm(forms.Form):
    """Somebody noticed them."""

    seen_on = DayField(label=_("Seen on"))
    words = _Text(label=_("What was seen"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))
    source = _source()
    grade = _grade()


class ShareForm(forms.Form):
    """How much of the wallet goes to whom."""

    whose = forms.ChoiceField(label=_("Whose share"))
    share = forms.DecimalField(
        label=_("Share of the wallet, in percent"), min_value=0, max_value=100, max_digits=5, decimal_places=2
    )
    as_of = DayField(label=_("As of"))
    source = _source()
    grade = _grade()

    def __init__(self, *args: Any, competitors: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._named = {str(one.pk): one for one in competitors}
        whose = self.fields["whose"]
        assert isinstance(whose, forms.ChoiceField)
        whose.choices = [("us", _("Ours")), *((key, one.name) for key, one in self._named.items())]

    def told(self) -> dict[str, Any]:
        """Give what was said as the action takes it: a fraction, and a competitor or nobody."""
        said = dict(self.cleaned_data)
        said["competitor"] = self._named.get(said.pop("whose"))
        said["share"] = said["share"] / Decimal(100)
        return said


class ThreatForm(forms.Form):
    """Another threat than computed."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=19)
    level = forms.ChoiceField(label=_("Threat"), required=False)
    reason = _reason()

    def __init__(self, *args: Any, computed: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        level = self.fields["level"]
        assert isinstance(level, forms.ChoiceField)
        level.choices = [("", computed), *ThreatLevel.choices]

    def clean_seen(self) -> int | None:
        """Give the decision that stood there when the form was shown; None: none did."""
        text = self.cleaned_data["seen"]
        return int(text) if text.isascii() and text.isdecimal() else None


class LeaveForm(forms.Form):
    """They gave the account up, or are there again."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=20)
    left_on = DayField(
        label=pgettext_lazy("of a competitor", "Left on"), required=False, help_text=_("Empty: they are there again.")
    )
    why = _reason(_("Why they left"), required=False)

    def clean_seen(self) -> int:
        """Give the number of the version that was read."""
        return _number(self.cleaned_data["seen"])


class ExportForm(forms.Form):
    """As what the list is taken out, and what for."""

    form = forms.ChoiceField(label=pgettext_lazy("of a file", "Form"), choices=[("xlsx", "Excel"), ("csv", "CSV")])
    reason = _reason(_("What for"), required=False)
