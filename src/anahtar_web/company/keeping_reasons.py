"""What both pages of every list of reasons do: show it and add to it, and change one of it."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from anahtar_web.company import reasons
from anahtar_web.company.reasons import ListedReason
from anahtar_web.gate.refusals import Refused
from anahtar_web.gate.request import Request


def keep_list(
    request: Request,
    model: type[ListedReason],
    form: Form,
    *,
    page: Callable[[Any, Form], Any],
    template: str,
    back: str,
) -> HttpResponse:
    """Show a list and add to it.

    Parameters
    ----------
    form
        Bound where something was sent; of a new reason it has the name alone.
    page
        Builds the page of a person and a form.
    back
        Name of the list's address.
    """
    if form.is_valid():
        try:
            reasons.add(model, name=form.cleaned_data["name"], by=request.user)
        except Refused as refusal:
            form.add_error("name", str(refusal))
        else:
            messages.success(request, _("Added; it can be chosen from now on."))
            return redirect(back)
    shown = page(request.user, form)
    return render(request, template, {"page": shown}, status=422 if form.is_bound else 200)


def change_one(request: Request, found: ListedReason, form: Form, *, template: str, back: str) -> HttpResponse:
    """Change one reason of a list; parameters as for `keep_list`."""
    if form.is_valid():
        try:
            reasons.change(found, by=request.user, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Saved."))
            return redirect(back)
    return render(request, template, {"reason": found, "form": form}, status=422 if form.is_bound else 200)
