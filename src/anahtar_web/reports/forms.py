"""What forms of the app take in."""

from django import forms
from django.utils.translation import gettext_lazy as _


class SubscribeForm(forms.Form):
    """What is mailed every month."""

    workbook = forms.BooleanField(label=_("Attach the workbook as well"), required=False)
