"""A tender as a whole: what it is, what it taught, which documents belong to it."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from anahtar_web.accounts.forms import AccountField, PersonField
from anahtar_web.company.fields import DayField
from anahtar_web.gate.rights import Field, Right
from anahtar_web.people.models import User
from anahtar_web.tenders.columns import SAYS
from anahtar_web.tenders.forms.fields import AmountField, MarkdownField, OfferingInput, VersionForm
from anahtar_web.tenders.models import OPEN


class TenderForm(VersionForm):
    """A tender as a whole."""

    def __init__(self, *args: Any, user: User, is_new: bool, with_account: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if with_account:
            self.fields["account"] = AccountField(user=user, label=_("Account"))
        self.fields["title"] = forms.CharField(label=SAYS["title"].label, max_length=200)
        self.fields["reference"] = forms.CharField(label=_("Reference number"), max_length=100, required=False)
        self.fields["direction"] = forms.CharField(
            label=_("Direction of business"), max_length=120, required=False, widget=OfferingInput("directions")
        )
        if is_new:
            choices = [(stage.value, stage.label) for stage in OPEN]
            self.fields["stage"] = forms.ChoiceField(label=_("Stage"), choices=choices)
        self.fields["announced_on"] = DayField(label=_("Announced on"), required=False)
        self.fields["questions_until"] = DayField(label=_("Questions until"), required=False)
        self.fields["deadline"] = DayField(label=_("Deadline of the offer"), required=False)
        self.fields["expected_on"] = DayField(label=_("Decision expected on"), required=False)
        self.fields["currency"] = forms.RegexField(
            r"^[A-Z]{3}$",
            label=_("Currency"),
            max_length=3,
            required=False,
            error_messages={"invalid": _("A currency is a code of three capital letters: TRY, EUR, USD.")},
        )
        if user.sees(Field.OFFER):
            self.fields["estimate"] = AmountField(
                label=_("Estimated value"), help_text=_("What the whole is worth, as far as you can tell.")
            )
        self.fields["owner"] = PersonField(label=_("Owner"), right=Right.WRITE_DOSSIER, required=False)
        self.fields["notes"] = MarkdownField(rows=6, label=_("Notes"))


class LessonsForm(VersionForm):
    """What we do otherwise next time."""

    lessons = MarkdownField(rows=10, label=gettext_lazy("Lessons"))
