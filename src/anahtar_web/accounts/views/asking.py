"""A form that stands in a dialog of the page, or alone where there is no script: one view, one template for all."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from anahtar_web.accounts.models import Account
from anahtar_web.accounts.pages import Head
from anahtar_web.gate.refusals import Refused
from anahtar_web.gate.request import Request


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked.

    Parameters
    ----------
    title, sub
        Above the form.
    do
        What the button says.
    back
        Name of the account's page it belongs to.
    tone
        Variant of the button.
    """

    account: Account
    title: str
    do: str
    back: str
    sub: str = ""
    icon: str = "check"
    tone: str = "primary"

    @property
    def back_to(self) -> str:
        """Where one came from, and goes on."""
        return reverse(self.back, args=[self.account.pk])


def merged(request: Request, account: Account) -> HttpResponse:
    """Say of an account that goes on under another that the change is made there."""
    head = Head.build(account, request.user, "")
    return render(request, "accounts/merged.html", {"head": head}, status=409)


def ask(request: Request, question: Question, form: Form, act: Callable[[dict[str, Any]], str]) -> HttpResponse:
    """Show a form, or do what it says; what is refused stands in the form, and what was typed stays.

    Parameters
    ----------
    act
        Does it with what was typed, and gives the sentence that says so.
    """
    if question.account.merged_into_id is not None:
        return merged(request, question.account)
    if request.method == "POST" and form.is_valid():
        try:
            messages.success(request, act(form.cleaned_data))
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return HttpResponseRedirect(question.back_to)
    template = "accounts/_question.html" if request.htmx else "accounts/question.html"
    return render(request, template, {"question": question, "form": form}, status=422 if form.is_bound else 200)
