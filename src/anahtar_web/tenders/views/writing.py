"""A tender is written down and changed, section by section."""

from collections.abc import Callable, Sequence
from typing import Any, cast

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from anahtar_web.accounts.access import account_for
from anahtar_web.accounts.models import Account
from anahtar_web.accounts.views.asking import merged
from anahtar_web.company.queries import company
from anahtar_web.files.actions import choose
from anahtar_web.files.incoming import IncomingFile, refusal_of
from anahtar_web.files.pages import Picker
from anahtar_web.gate.policy import edits
from anahtar_web.gate.refusals import Refused
from anahtar_web.gate.request import Request
from anahtar_web.gate.rights import Right
from anahtar_web.gate.versions import EditedMeanwhile
from anahtar_web.tenders import actions
from anahtar_web.tenders.access import current_of, tender_for
from anahtar_web.tenders.actions.keeping import UnableToWriteTender
from anahtar_web.tenders.actions.writing import HEAD, SaidLot, SaidParticipant
from anahtar_web.tenders.forms import (
    CriterionLine,
    LessonsForm,
    Lines,
    LotLine,
    ParticipantLine,
    TenderForm,
    VersionForm,
    lines,
)
from anahtar_web.tenders.models import Tender
from anahtar_web.tenders.pages import LinesPage, WritePage


@edits(Right.WRITE_DOSSIER)
def new(request: Request) -> HttpResponse:
    """Write a tender down; the form asks of which account."""
    return _started(request, None)


@edits(Right.WRITE_DOSSIER)
def new_of(request: Request, pk: int) -> HttpResponse:
    """Write a tender of an account down."""
    return _started(request, account_for(request.user, pk))


def _started(request: Request, account: Account | None) -> HttpResponse:
    if account is not None and account.merged_into_id is not None:
        return merged(request, account)
    initial = {"currency": company().currency, "owner": request.user.pk}
    asking = account is None
    form = TenderForm(request.POST or None, user=request.user, is_new=True, with_account=asking, initial=initial)
    if form.is_valid():
        said = {name: value for name, value in form.cleaned_data.items() if name not in ("version", "account")}
        try:
            made = actions.start(account=account or form.cleaned_data["account"], by=request.user, **said)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Written down. Add lots, criteria and who takes part."))
            return redirect("tenders:tender", made.pk)
    page = WritePage.build(request.user, form, account=account)
    context = {"page": page, "head": page.head}
    return render(request, _frame(page), context, status=422 if form.is_bound else 200)


def _frame(page: WritePage) -> str:
    return "tenders/write.html" if page.head else "tenders/write_new.html"


@edits(Right.WRITE_DOSSIER)
def change(request: Request, pk: int) -> HttpResponse:
    found = tender_for(request.user, pk)
    if found.account.merged_into_id is not None:
        return merged(request, found.account)
    initial = {name: getattr(found, name) for name in (*HEAD, "version")} | {"owner": found.owner_id}
    form = TenderForm(request.POST or None, user=request.user, is_new=False, initial=initial)
    typed: dict[str, Any] | None = None
    if form.is_valid():
        try:
            actions.change(tender=found, by=request.user, **form.cleaned_data)
        except EditedMeanwhile as refusal:
            found, typed = current_of(refusal), form.cleaned_data
            sent = request.POST.copy()
            # Whoever sends the form again has seen the other version: it is saved over that one.
            sent["version"] = str(found.version)
            form = TenderForm(sent, user=request.user, is_new=False)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return _saved(request, found)
    page = WritePage.build(request.user, form, account=found.account, tender=found, typed=typed)
    context = {"page": page, "head": page.head}
    return render(request, "tenders/write.html", context, status=_status(form, typed is not None))


def _status(form: Any, was_changed: bool) -> int:
    return 409 if was_changed else 422 if form.is_bound else 200


def _saved(request: Request, tender: Tender) -> HttpResponse:
    messages.success(request, _("Saved. What stood there before stays readable."))
    return redirect("tenders:tender", tender.pk)


Said = Callable[[Tender, int, Sequence[dict[str, Any]]], Any]


def written(
    request: Request,
    tender: Tender,
    form: VersionForm,
    rows: Lines | None,
    act: Callable[[], Any],
    *,
    title: str,
    sub: str = "",
    picker: Picker | None = None,
) -> HttpResponse:
    """Show a form of a tender, or do what it says; what is refused stands in the form, and what was typed stays."""
    if tender.account.merged_into_id is not None:
        return merged(request, tender.account)
    was_changed = False
    if form.is_bound and form.is_valid() and (rows is None or rows.is_valid()):
        try:
            act()
        except EditedMeanwhile as refusal:
            was_changed = True
            sent: Any = request.POST.copy()
            sent["version"] = str(current_of(refusal).version)
            form.data = sent
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return _saved(request, tender)
    page = LinesPage.build(tender, request.user, form, rows, title=title, sub=sub, was_changed=was_changed)
    context = {"page": page, "head": page.head, "picker": picker}
    return render(request, "tenders/lines.html", context, status=_status(form, was_changed))


def _version(request: Request, tender: Tender) -> VersionForm:
    return VersionForm(request.POST or None, initial={"version": tender.version})


@edits(Right.WRITE_DOSSIER)
def lots(request: Request, pk: int) -> HttpResponse:
    found = tender_for(request.user, pk)
    names = ("place", "name", "quantity", "unit", "our_price", "rank")
    initial = [{name: getattr(lot, name) for name in names} for lot in found.lots.order_by("place", "pk")]
    form = _version(request, found)
    rows = lines(LotLine, user=request.user, data=request.POST or None, initial=initial)

    def act() -> None:
        said = [SaidLot(**line) for line in rows.said()]
        actions.write_lots(tender=found, version=form.cleaned_data["version"], lots=said, by=request.user)

    sub = _("A tender without lots has one line without a name: the whole of it.")
    return written(request, found, form, rows, act, title=_("Lots"), sub=sub)


@edits(Right.WRITE_DOSSIER)
def criteria(request: Request, pk: int) -> HttpResponse:
    found = tender_for(request.user, pk)
    initial = [{"name": one.name, "weight": one.weight} for one in found.criteria.order_by("place", "pk")]
    form = _version(request, found)
    rows = lines(CriterionLine, user=request.user, data=request.POST or None, initial=initial)

    def act() -> None:
        said = [(line["name"], line["weight"]) for line in rows.said()]
        actions.write_criteria(tender=found, version=form.cleaned_data["version"], criteria=said, by=request.user)

    sub = _("What offers are judged by. The weightiest one is what statistics compare; weights are per cent or points.")
    return written(request, found, form, rows, act, title=_("Criteria"), sub=sub)


@edits(Right.WRITE_DOSSIER)
def participants(request: Request, pk: int) -> HttpResponse:
    found = tender_for(request.user, pk)
    rivals = found.participants.select_related("competitor").order_by("rank", "pk")
    names = ("lots", "price", "rank", "remark")
    initial = [{"competitor": one.competitor.name, **{name: getattr(one, name) for name in names}} for one in rivals]
    form = _version(request, found)
    rows = lines(ParticipantLine, user=request.user, data=request.POST or None, initial=initial)

    def act() -> None:
        said = [SaidParticipant(**line) for line in rows.said()]
        version = form.cleaned_data["version"]
        actions.write_participants(tender=found, version=version, participants=said, by=request.user)

    sub = _("A name that nobody knows yet becomes a competitor.")
    return written(request, found, form, rows, act, title=_("Competitors taking part"), sub=sub)


@edits(Right.WRITE_DOSSIER)
def lessons(request: Request, pk: int) -> HttpResponse:
    found = tender_for(request.user, pk)
    form = LessonsForm(request.POST or None, initial={"version": found.version, "lessons": found.lessons})

    def act() -> None:
        actions.change(tender=found, by=request.user, **form.cleaned_data)

    sub = _("What we do otherwise next time. Markdown; whoever sees the account reads it.")
    return written(request, found, form, None, act, title=_("Lessons"), sub=sub)


@edits(Right.WRITE_DOSSIER, uploads=True)
def papers(request: Request, pk: int) -> HttpResponse:
    """Choose documents among the files of the account, or bring new ones along."""
    found = tender_for(request.user, pk)
    form = _version(request, found)

    def act() -> None:
        if why := refusal_of(request):
            raise UnableToWriteTender(why)
        brought = cast(list[IncomingFile], request.FILES.getlist("documents_new"))
        asked = request.POST.getlist("documents")
        documents = choose(account=found.account, asked=asked, brought=brought, by=request.user)
        files = [file.pk for file in documents]
        actions.write_papers(tender=found, version=form.cleaned_data["version"], files=files, by=request.user)

    chosen = found.papers.values_list("attachment", flat=True)
    picker = Picker.build(found.account, chosen=[int(pk) for pk in chosen])
    sub = _("The specification, our offer, their letter: files of the account that belong to this tender.")
    return written(request, found, form, None, act, title=_("Documents"), sub=sub, picker=picker)
