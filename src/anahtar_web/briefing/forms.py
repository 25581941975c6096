"""What is asked of a briefing."""

from django import forms

FORMS = (("pdf", "PDF"), ("docx", "Word"))


class TakeForm(forms.Form):
    """As which file."""

    form = forms.ChoiceField(choices=FORMS)
