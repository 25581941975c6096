"""Pages about people."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from anahtar_web.audit.shown import versions
from anahtar_web.gate.policy import edits, reads, writes
from anahtar_web.gate.refusals import Refused
from anahtar_web.gate.rights import Right, Role
from anahtar_web.gate.versions import EditedMeanwhile
from anahtar_web.people import mails
from anahtar_web.people.access import demo_only, member_for, person_for
from anahtar_web.people.actions import change_profile, edit, invite, lock, remove_factors, renew_link, unlock
from anahtar_web.people.forms import InviteForm, PeopleForm, PersonForm, ProfileForm, ReasonForm
from anahtar_web.people.models import User
from anahtar_web.people.pages import People, Person
from anahtar_web.people.queries import cast
from anahtar_web.people.sign_in import sign_in


@reads(Right.SEE_PEOPLE, parameters={*PeopleForm.base_fields, "page"})
def people(request: HttpRequest) -> HttpResponse:
    page = People.build(request.GET, reader=_me(request))
    template = "people/_rows.html" if request.htmx else "people/list.html"  # type: ignore[attr-defined]
    return render(request, template, {"page": page}, status=400 if page.form.errors else 200)


@reads(Right.SEE_PEOPLE)
def person(request: HttpRequest, pk: int) -> HttpResponse:
    page = Person.build(person_for(pk), reader=_me(request))
    return render(request, "people/person.html", {"page": page})


@edits(Right.MANAGE_PEOPLE)
def invite_person(request: HttpRequest) -> HttpResponse:
    form = InviteForm(request.POST or None, initial={"language": _me(request).language})
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            made = invite(**said | {"role": Role(said["role"])}, by=_me(request))
        except Refused as refusal:
            form.add_error("email", str(refusal))
        else:
            _mail_link(request, made)
            return _to(made)
    return _form(request, "people/invite.html", form)


@edits(Right.MANAGE_PEOPLE)
def edit_person(request: HttpRequest, pk: int) -> HttpResponse:
    known = person_for(pk)
    own = known.pk == _me(request).pk
    start = {name: getattr(known, name) for name in ("name", "role", "language", "version")}
    form = PersonForm(request.POST or None, initial=start, own=own)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            edit(person=known, **said | {"role": Role(said["role"])}, by=_me(request))
        except EditedMeanwhile as refusal:
            again = PersonForm(_over(request, refusal.current), initial=start, own=own)
            return _conflict(request, "people/edit.html", again, refusal.current, said)
        except Refused as refusal:
            form.add_error("role", str(refusal))
        else:
            messages.success(request, _("Saved."))
            return _to(known)
    return _form(request, "people/edit.html", form, person=known)


@edits(Right.MANAGE_PEOPLE)
def lock_person(request: HttpRequest, pk: int) -> HttpResponse:
    known = person_for(pk)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        act = lock if known.is_active else unlock
        try:
            act(person=known, reason=form.cleaned_data["reason"], by=_me(request))
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            text = _("%(name)s may sign in again.") if known.is_active else _("%(name)s is locked out.")
            messages.success(request, text % {"name": known.name})
            return _to(known)
    return _form(request, "people/lock.html", form, person=known)


@edits(Right.MANAGE_PEOPLE)
def remove_factors_of(request: HttpRequest, pk: int) -> HttpResponse:
    known = person_for(pk)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            remove_factors(person=known, reason=form.cleaned_data["reason"], by=_me(request))
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("%(name)s signs in with the password alone now.") % {"name": known.name})
            return _to(known)
    return _form(request, "people/factors.html", form, person=known)


@writes(Right.MANAGE_PEOPLE)
def send_link(request: HttpRequest, pk: int) -> HttpResponse:
    known = renew_link(person=person_for(pk), by=_me(request))
    _mail_link(request, known)
    return _to(known)


@edits()
def profile(request: HttpRequest) -> HttpResponse:
    me = _me(request)
    start = {name: getattr(me, name) for name in ("name", "language", "version")}
    form = ProfileForm(request.POST or None, initial=start)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            change_profile(person=me, **said)
        except EditedMeanwhile as refusal:
            again = ProfileForm(_over(request, refusal.current))
            return _conflict(request, "people/profile.html", again, refusal.current, said)
        messages.success(request, _("Saved."))
        return HttpResponseRedirect(reverse("people:profile"))
    return _form(request, "people/profile.html", form)


@reads(public=True)
def demo(request: HttpRequest) -> HttpResponse:
    demo_only()
    return render(request, "people/demo.html", {"cast": cast()})


@writes(public=True)
def demo_sign_in(request: HttpRequest, pk: int) -> HttpResponse:
    return sign_in(request, member_for(pk))


def _me(request: HttpRequest) -> User:
    assert isinstance(request.user, User)  # LoginRequiredMiddleware came first
    return request.user


def _to(known: User) -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("people:person", args=[known.pk]))


def _form(request: HttpRequest, template: str, form: Form, **more: Any) -> HttpResponse:
    return render(request, template, {"form": form, **more}, status=422 if form.is_bound else 200)


def _over(request: HttpRequest, current: Any) -> Any:
    """Give what was typed, over the version that is there now: whoever sends it again has seen that one."""
    sent = request.POST.copy()
    sent["version"] = str(current.version)
    return sent


def _conflict(request: HttpRequest, template: str, form: Form, current: Any, typed: dict[str, Any]) -> HttpResponse:
    yours = {name: typed[name] for name in typed if name != "version"}
    theirs = {name: getattr(current, name) for name in yours}
    shown = {"form": form, "person": current, "versions": versions("user", theirs, yours)}
    return render(request, template, shown, status=409)


def _mail_link(request: HttpRequest, known: User) -> None:
    """Send the link when everything is written, and say what became of it."""
    company = request.company  # type: ignore[attr-defined]
    letter = mails.invitation(known, by=_me(request), company=company.name, request=request)
    transaction.on_commit(lambda: _tell(request, known, sent=mails.send(letter)))


def _tell(request: HttpRequest, known: User, *, sent: bool) -> None:
    if not sent:
        text = _("The mail to %(email)s could not be sent: the mail server does not answer. Send a new link later.")
        messages.error(request, text % {"email": known.email})
    elif mails.are_kept_as_files():
        text = _("No mail server is named, so the mail to %(email)s stands in the folder “mail” of the data folder.")
        messages.warning(request, text % {"email": known.email})
    else:
        messages.success(request, _("A mail with a link is on its way to %(email)s.") % {"email": known.email})
