"""Addresses of documents: the list of an account, putting in, taking out, and one document."""

import logging
from typing import Any, cast

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from anahtar_web.accounts.access import account_for
from anahtar_web.accounts.models import Account
from anahtar_web.accounts.views.asking import Question, ask, merged
from anahtar_web.files import actions, storage
from anahtar_web.files.access import attachment_for
from anahtar_web.files.forms import RemoveForm
from anahtar_web.files.incoming import IncomingFile, refusal_of
from anahtar_web.files.letterhead import logo as read_logo
from anahtar_web.files.models import Attachment
from anahtar_web.files.pages import AccountPage, AttachPage, Letterhead
from anahtar_web.files.pages.listing import SHOWN
from anahtar_web.gate.policy import edits, reads, writes
from anahtar_web.gate.refusals import Refused
from anahtar_web.gate.request import Request
from anahtar_web.gate.rights import Right

log = logging.getLogger("anahtar.files")


@reads(parameters={"q", "kind", "sort", "page"})
def account(request: Request, pk: int) -> HttpResponse:
    page = AccountPage.build(account_for(request.user, pk), request.user, request.GET.dict())
    template = "files/_rows.html" if request.htmx else "files/account.html"
    return render(request, template, {"page": page, "head": page.head})


@edits(Right.WRITE_DOSSIER, uploads=True)
def attach(request: Request, pk: int) -> HttpResponse:
    found = account_for(request.user, pk)
    if found.merged_into_id is not None:
        return merged(request, found)
    refusals: list[str] = []
    if request.method == "POST":
        kept, refusals = _attached(request, found)
        if kept:
            said = ngettext("The file is in the dossier.", "%(n)s files are in the dossier.", kept) % {"n": kept}
            messages.success(request, said)
            for refusal in refusals:
                messages.warning(request, refusal)
            return _on_to(request, reverse("files:account", args=[pk]))
    page = AttachPage.build(found, request.user, refusals)
    return render(request, "files/attach.html", {"page": page, "head": page.head}, status=422 if refusals else 200)


def _on_to(request: Request, address: str) -> HttpResponse:
    """Send on: the form's own program is told where to, or it would follow unseen, and the messages were lost."""
    if "X-Upload" in request.headers:
        return HttpResponse(status=204, headers={"HX-Redirect": address})
    return redirect(address)


def _attached(request: Request, account: Account) -> tuple[int, list[str]]:
    """Keep every file of the form that can be kept, and say of the others why not."""
    kept, refusals = 0, [said] if (said := refusal_of(request)) else []
    for file in cast(list[IncomingFile], request.FILES.getlist("files")):
        try:
            actions.attach(account=account, name=file.name, content=file, by=request.user)
            kept += 1
        except Refused as refused:
            refusals.append(f"{file.name}: {refused}")
    if not kept and not refusals:
        refusals.append(_("Choose at least one file."))
    return kept, refusals


@reads()
def download(request: Request, pk: int) -> FileResponse:
    # Never shown by the browser, whatever is in it: `octet-stream` and an attachment under its own name.
    kept = attachment_for(request.user, pk)
    return _sent(kept, as_attachment=True, content_type="application/octet-stream")


@reads()
def preview(request: Request, pk: int) -> FileResponse:
    """Show a picture: only of kinds that browsers draw, and only as we have drawn it anew."""
    kept = attachment_for(request.user, pk)
    if kept.media_type not in SHOWN:
        raise Http404
    return _sent(kept, as_attachment=False, content_type=kept.media_type)


def _sent(kept: Attachment, **how: Any) -> FileResponse:
    path = storage.path_of(kept.digest)
    if not path.is_file() or path.stat().st_size != kept.size:
        log.error("the content of file %s is not there, or not whole; anahtar-web doctor tells more", kept.pk)
        raise Http404
    answer = FileResponse(path.open("rb"), filename=kept.name, **how)
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return answer


@edits(Right.WRITE_DOSSIER)
def remove(request: Request, pk: int) -> HttpResponse:
    kept = attachment_for(request.user, pk)
    question = Question(
        kept.account,
        title=_("Remove %(name)s?") % {"name": kept.name},
        sub=_("It stays in the list of removed files, without its content."),
        do=_("Remove"),
        icon="trash-2",
        tone="destructive",
        back="files:account",
    )

    def act(said: dict[str, Any]) -> str:
        actions.remove(attachment=kept, reason=said["reason"], by=request.user)
        return _("%(name)s is removed.") % {"name": kept.name}

    return ask(request, question, RemoveForm(request.POST or None), act)


@reads(Right.SEE_SETTINGS)
def letterhead(request: Request) -> HttpResponse:
    return _letterhead(request)


@reads(parameters={"v"})
def logo(request: Request) -> HttpResponse:
    """Show the logo to whoever prints a page; `v` changes with it."""
    found = read_logo()
    if found is None:
        raise Http404
    answer = HttpResponse(found.png, content_type="image/png")
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return answer


@writes(Right.CHANGE_COMPANY, uploads=True)
def put_logo(request: Request) -> HttpResponse:
    file = cast(IncomingFile | None, request.FILES.get("logo"))
    if file is None:
        return _letterhead(request, refusal_of(request) or _("Choose a picture first."))
    try:
        actions.put_logo(file=file, was=request.POST.get("was", ""), by=request.user)
    except Refused as refused:
        return _letterhead(request, str(refused))
    messages.success(request, _("The logo is on the letterhead."))
    return redirect("files:letterhead")


@writes(Right.CHANGE_COMPANY)
def take_logo_off(request: Request) -> HttpResponse:
    actions.take_logo_off(was=request.POST.get("was", ""), by=request.user)
    messages.success(request, _("The letterhead shows the company's name again."))
    return redirect("files:letterhead")


def _letterhead(request: Request, refusal: str = "") -> HttpResponse:
    page = Letterhead.build(request.user, refusal)
    return render(request, "files/letterhead.html", {"page": page}, status=422 if refusal else 200)
