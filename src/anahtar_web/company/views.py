"""The first start and the settings."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from django.contrib import messages
from django.db import transaction
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from anahtar_web.company import setup_code
from anahtar_web.company.actions import change_company, change_criteria, change_thresholds, set_up
from anahtar_web.company.criteria import flat
from anahtar_web.company.forms import CompanyForm, CriteriaForm, CriteriaTextForm, SetupForm, ThresholdsForm
from anahtar_web.company.models import Company
from anahtar_web.company.pages import Settings, values
from anahtar_web.company.queries import company
from anahtar_web.gate.policy import edits, reads, writes
from anahtar_web.gate.refusals import Refused
from anahtar_web.gate.rights import Right
from anahtar_web.gate.versions import EditedMeanwhile
from anahtar_web.people.queries import anybody
from anahtar_web.people.sign_in import sign_in

_ADDRESSES: Final = {"company": "company:settings", "thresholds": "company:thresholds", "criteria": "company:criteria"}


@edits(public=True, parameters={"code"})
def setup(request: HttpRequest) -> HttpResponse:
    """Make the first administrator; once there is somebody, the address is absent."""
    if anybody():
        raise Http404
    language = request.LANGUAGE_CODE
    start = {"code": request.GET.get("code", ""), "language": language, "time_zone": company().time_zone}
    form = SetupForm(request.POST or None, initial=start)
    if request.method == "GET" or not form.is_valid():
        return render(request, "company/setup.html", {"form": form}, status=422 if form.is_bound else 200)
    person = set_up(administrator=form.administrator(), company=form.company_fields())
    transaction.on_commit(setup_code.forget)
    messages.success(request, _("Welcome. Anahtar is yours: import a sales ledger, or invite your people."))
    return sign_in(request, person, proved=True)


@reads(Right.SEE_SETTINGS)
def settings(request: HttpRequest) -> HttpResponse:
    return _page(request, "company")


@reads(Right.SEE_SETTINGS)
def thresholds(request: HttpRequest) -> HttpResponse:
    return _page(request, "thresholds")


@reads(Right.SEE_SETTINGS)
def criteria(request: HttpRequest) -> HttpResponse:
    return _page(request, "criteria")


@writes(Right.CHANGE_COMPANY)
def save_company(request: HttpRequest) -> HttpResponse:
    form = CompanyForm(request.POST)

    def save() -> Company:
        return change_company(version=form.cleaned_data["version"], fields=form.typed(), by=request.user)  # type: ignore[arg-type]

    return _save(request, "company", form, save, form.typed)


@writes(Right.CHANGE_THRESHOLDS)
def save_thresholds(request: HttpRequest) -> HttpResponse:
    form = ThresholdsForm(request.POST)

    def save() -> Company:
        said = form.cleaned_data
        return change_thresholds(
            version=said["version"], fields=form.typed(), reason=said["reason"], by=request.user  # type: ignore[arg-type]
        )  # fmt: skip

    return _save(request, "thresholds", form, save, form.typed)


@writes(Right.CHANGE_THRESHOLDS)
def save_criteria(request: HttpRequest) -> HttpResponse:
    form = CriteriaForm(request.POST)
    return _save_criteria(request, form, form.text)


@writes(Right.CHANGE_THRESHOLDS)
def save_criteria_text(request: HttpRequest) -> HttpResponse:
    form = CriteriaTextForm(request.POST)
    return _save_criteria(request, form, lambda: form.cleaned_data["text"])


def _save_criteria(request: HttpRequest, form: Form, text: Callable[[], str]) -> HttpResponse:
    def save() -> Company:
        said = form.cleaned_data
        return change_criteria(version=said["version"], text=text(), reason=said["reason"], by=request.user)  # type: ignore[arg-type]

    return _save(request, "criteria", form, save, lambda: flat(text()))


def _save(
    request: HttpRequest,
    section: str,
    form: Form,
    save: Callable[[], Company],
    typed: Callable[[], Mapping[str, Any]],
) -> HttpResponse:
    """Save a section, or show its form again with what is wrong with it, or with what somebody else has saved."""
    if not form.is_valid():
        return _page(request, section, form=form, status=422)
    try:
        save()
    except EditedMeanwhile as refusal:
        return _conflict(request, section, type(form), refusal.current, typed())
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return _page(request, section, form=form, status=422)
    messages.success(request, _("Saved."))
    return HttpResponseRedirect(reverse(_ADDRESSES[section]))


def _conflict(
    request: HttpRequest, section: str, form: type[Form], current: Any, typed: Mapping[str, Any]
) -> HttpResponse:
    # Whoever sends the form again has seen the other version: it is saved over that one.
    sent = request.POST.copy()
    sent["version"] = str(current.version)
    again = form(sent)
    page = Settings.build(section, current, reader=request.user, form=again)
    page = page.beside(values(section, current), dict(typed))
    return render(request, "company/settings.html", {"page": page}, status=409)


def _page(request: HttpRequest, section: str, *, form: Form | None = None, status: int = 200) -> HttpResponse:
    page = Settings.build(section, company(), reader=request.user, form=form)
    return render(request, "company/settings.html", {"page": page}, status=status)
