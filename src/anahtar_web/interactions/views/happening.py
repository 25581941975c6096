"""Interactions: the list of an account and of a person, one of them, writing, changing, deleting."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from anahtar_web.accounts.access import account_for
from anahtar_web.accounts.models import Account
from anahtar_web.accounts.views.asking import Question, ask, merged
from anahtar_web.company.queries import today
from anahtar_web.gate.policy import edits, reads
from anahtar_web.gate.refusals import Refused
from anahtar_web.gate.request import Request
from anahtar_web.gate.rights import Right
from anahtar_web.gate.versions import EditedMeanwhile
from anahtar_web.interactions import actions
from anahtar_web.interactions.access import colleague_for, interaction_for, stranger_for
from anahtar_web.interactions.forms import DeleteForm, InteractionForm, ListForm, WhoForm
from anahtar_web.interactions.models import Interaction, Participant
from anahtar_web.interactions.pages import AccountPage, Filtered, FormPage, ListPage, OnePage
from anahtar_web.interactions.pages.account import PARAMETERS, may_write, people_for_form, team_for_form
from anahtar_web.interactions.pages.agenda import PARAMETERS as LIST_PARAMETERS
from anahtar_web.interactions.queries.listing import looks_after_any
from anahtar_web.interactions.queries.matching import known
from anahtar_web.people.models import User


@reads(parameters=LIST_PARAMETERS)
def every(request: Request) -> HttpResponse:
    has_own = looks_after_any(request.user)
    form = ListForm(request.GET, has_own=has_own)
    person = colleague_for(request.user, request.GET.get("person", ""))
    every, before = bool(request.GET.get("all")) or not has_own, request.GET.get("before", "")
    page = ListPage.build(request.user, form, person, every=every, has_own=has_own, before=before)
    return render(request, "interactions/list.html", {"page": page})


@reads(parameters=PARAMETERS)
def account(request: Request, pk: int) -> HttpResponse:
    found = account_for(request.user, pk)
    form = _form(request.user, found, None, _started(request.user)) if may_write(found, request.user) else None
    page = AccountPage.build(found, request.user, Filtered.of(request.GET), form)
    return render(request, "interactions/account.html", {"page": page, "head": page.head})


@edits(Right.WRITE_DOSSIER)
def write(request: Request, pk: int) -> HttpResponse:
    found = account_for(request.user, pk)
    if found.merged_into_id is not None:
        return merged(request, found)
    form = _form(request.user, found, request.POST or None, _started(request.user))
    if form.is_valid():
        try:
            _write_down(form, found, request.user)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Written down."))
            return redirect("interactions:account", pk)
    page = FormPage.build(found, request.user, form)
    context = {"page": page, "head": page.head}
    return render(request, "interactions/write.html", context, status=422 if form.is_bound else 200)


def _started(user: User) -> dict[str, Any]:
    return {"day": today(), "ours": [str(user.pk)], "next_owner": str(user.pk)}


def _form(
    user: User, account: Account, sent: Any, initial: dict[str, Any], parts: list[Participant] | None = None
) -> InteractionForm:
    people = people_for_form(account, user)
    there = {one.pk for one in people}
    people += [part.stakeholder for part in parts or () if part.stakeholder and part.stakeholder_id not in there]
    also = [part.user for part in parts or () if part.user]
    return InteractionForm(sent, initial=initial, people=people, colleagues=team_for_form(account, user, also))


@transaction.atomic
def _write_down(form: InteractionForm, account: Account, by: User) -> None:
    said = form.cleaned_data
    made = actions.write_down(account=account, written=form.written(), parts=_parts(form, account, by), by=by)
    if said["next_what"]:
        actions.agree(
            account=account,
            what=said["next_what"],
            due_on=said["next_on"],
            owner=said["next_owner"] or by,
            interaction=made,
            by=by,
        )


def _parts(form: InteractionForm, account: Account, user: User) -> actions.Parts:
    """Give who was ticked, and whoever of the others is known by the address."""
    said = form.cleaned_data
    others = known([one.address for one in said["others"]], user).parts(said["others"], account)
    return actions.Parts([*said["theirs"], *others.theirs], [*said["ours"], *others.ours], others.strangers)


@reads()
def one(request: Request, pk: int, interaction: int) -> HttpResponse:
    found = account_for(request.user, pk)
    page = OnePage.build(interaction_for(found, interaction), found, request.user)
    return render(request, "interactions/one.html", {"page": page, "head": page.head})


@edits(Right.WRITE_DOSSIER)
def edit(request: Request, pk: int, interaction: int) -> HttpResponse:
    found = account_for(request.user, pk)
    if found.merged_into_id is not None:
        return merged(request, found)
    row = interaction_for(found, interaction)
    parts = list(row.participants.filter(removed_at=None).select_related("stakeholder", "user").order_by("pk"))
    form = _form(request.user, found, request.POST or None, _as_written(row, parts), parts)
    if form.is_valid():
        try:
            actions.edit(
                interaction=row,
                version=form.cleaned_data["version"],
                written=form.written(row),
                parts=_parts(form, found, request.user),
                by=request.user,
            )
        except EditedMeanwhile as refusal:
            return _edited_meanwhile(request, found, form, refusal)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Saved. What was written before stays readable."))
            return redirect("interactions:one", pk, row.pk)
    page = FormPage.build(found, request.user, form, row)
    context = {"page": page, "head": page.head}
    return render(request, "interactions/write.html", context, status=422 if form.is_bound else 200)


def _as_written(row: Interaction, parts: list[Participant]) -> dict[str, Any]:
    return {
        "version": row.version,
        **{name: getattr(row, name) for name in ("kind", "direction", "day", "subject", "notes", "business")},
        "begins": timezone.localtime(row.starts_at).time() if row.starts_at else None,
        "ends": timezone.localtime(row.ends_at).time() if row.ends_at else None,
        "theirs": [str(part.stakeholder_id) for part in parts if part.stakeholder_id],
        "ours": [str(part.user_id) for part in parts if part.user_id],
        "others": ", ".join(_typed(part) for part in parts if part.address),
    }


def _typed(part: Participant) -> str:
    name = part.name.replace(",", " ").replace(";", " ")
    return f"{name} <{part.address}>" if name and "@" in part.address else part.address


def _edited_meanwhile(
    request: Request, account: Account, form: InteractionForm, refusal: EditedMeanwhile
) -> HttpResponse:
    current = refusal.current
    assert isinstance(current, Interaction)
    # Whoever sends the form again has seen the other version: it is saved over that one.
    sent = request.POST.copy()
    sent["version"] = str(current.version)
    again = _form(request.user, account, sent, {}, list(current.participants.filter(removed_at=None)))
    typed = {name: form.cleaned_data[name] for name in ("kind", "direction", "day", "subject", "notes")}
    page = FormPage.beside(account, request.user, again, current, typed)
    return render(request, "interactions/write.html", {"page": page, "head": page.head}, status=409)


@edits(Right.WRITE_DOSSIER)
def delete(request: Request, pk: int, interaction: int) -> HttpResponse:
    found = account_for(request.user, pk)
    row = interaction_for(found, interaction)
    question = Question(
        found,
        title=_("Delete this interaction?"),
        sub=row.subject,
        do=_("Delete"),
        icon="trash-2",
        back="interactions:account",
        tone="destructive",
    )

    def act(said: dict[str, Any]) -> str:
        actions.delete(interaction=row, by=request.user, **said)
        return _("Deleted. The trail of the account says by whom and why.")

    return ask(request, question, DeleteForm(request.POST or None, initial={"version": row.version}), act)


@edits(Right.WRITE_DOSSIER)
def say_who(request: Request, pk: int, interaction: int, participant: int) -> HttpResponse:
    found = account_for(request.user, pk)
    stranger = stranger_for(interaction_for(found, interaction), participant)
    question = Question(
        found,
        title=_("Who is %(address)s?") % {"address": stranger.address},
        sub=_("It is said for every interaction of this account; the next mail finds the person."),
        do=_("Say so"),
        icon="user-check",
        back="interactions:account",
    )
    form = WhoForm(request.POST or None, people=people_for_form(found, request.user), name=_proposed(stranger))

    def act(said: dict[str, Any]) -> str:
        with transaction.atomic():
            person = said["person"] or actions.meet(account=found, name=said["name"], by=request.user)
            actions.say_who(participant=stranger, stakeholder=person, by=request.user)
        return _("%(address)s is %(person)s.") % {"address": stranger.address, "person": person.name}

    return ask(request, question, form, act)


def _proposed(stranger: Participant) -> str:
    """Propose a name: the one beside the address, else what the address itself says."""
    if stranger.name or "@" not in stranger.address:
        return stranger.name or stranger.address
    return " ".join(part.capitalize() for part in stranger.address.partition("@")[0].replace("_", ".").split("."))
