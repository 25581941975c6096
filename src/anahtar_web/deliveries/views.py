"""Pages of deliveries: parse, one call, render."""

from io import BytesIO
from typing import Any

from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect, render
from django.utils.text import slugify
from django.utils.translation import gettext as _

from anahtar_web.accounts.access import account_for
from anahtar_web.company.queries import today
from anahtar_web.deliveries.actions.agreeing import agree
from anahtar_web.deliveries.actions.exporting import take_out
from anahtar_web.deliveries.exports import workbook
from anahtar_web.deliveries.forms import TermsForm
from anahtar_web.deliveries.pages import AccountPage, LinePage, TermsPage
from anahtar_web.deliveries.pages.account import Row, in_window
from anahtar_web.deliveries.pages.asked import PARAMETERS, Asked
from anahtar_web.deliveries.queries.lines import among, latest, line_for, lines, terms
from anahtar_web.gate.policy import edits, reads, writes
from anahtar_web.gate.refusals import Refused
from anahtar_web.gate.rights import Right


@reads(parameters=PARAMETERS)
def account(request: Any, pk: int) -> HttpResponse:
    found = account_for(request.user, pk)
    if found.merged_into_id is not None:
        return redirect("deliveries:account", found.merged_into_id)
    page = AccountPage.build(found, request.user, Asked.of(request.GET))
    template = "deliveries/_account.html" if request.htmx else "deliveries/account.html"
    return render(request, template, {"page": page, "head": page.head})


@reads()
def line(request: Any, pk: int, line: int) -> HttpResponse:
    found = account_for(request.user, pk)
    if found.merged_into_id is not None:
        return redirect("deliveries:line", found.merged_into_id, line)
    told = line_for(request.user, line, among(found, request.user))
    page = LinePage.build(told, found, request.user)
    return render(request, "deliveries/line.html", {"page": page, "head": page.head})


@writes(Right.EXPORT, parameters=PARAMETERS)
def export(request: Any, pk: int) -> FileResponse:
    found, asked, held = account_for(request.user, pk), Asked.of(request.GET), terms()
    as_of = asked.on or today()
    held_lines = lines(request.user, among(found, request.user, asked.company), on=asked.on)
    window = in_window(held_lines, asked, latest(held_lines, as_of))
    told = take_out(
        account=found,
        found=window.filter(asked.narrow(as_of, held.days)),
        filter=request.GET.urlencode(),
        reason=request.POST.get("reason", ""),
        by=request.user,
    )
    book = workbook(Row.of(one, as_of=as_of, terms=held) for one in told)
    word = _("deliveries")
    name = slugify(f"{word}-{found.code}-{as_of.isoformat()}") or "deliveries"
    # Not as one piece: what counts once is kept as text, and a workbook is none.
    return FileResponse(BytesIO(book), as_attachment=True, filename=f"{name}.xlsx")


@edits(Right.DEFINE_DOSSIER)
def agreed(request: Any) -> HttpResponse:
    form = TermsForm(request.POST if request.method == "POST" else None, initial=TermsForm.said(terms()))
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            agree(
                days=told["days"],
                short=form.short,
                version=told["version"],
                reason=told["reason"],
                by=request.user,
            )
            return redirect("deliveries:terms")
        except Refused as refused:
            form.add_error(None, str(refused))
    status = 422 if request.method == "POST" else 200
    return render(request, "deliveries/terms.html", {"page": TermsPage.build(form)}, status=status)
