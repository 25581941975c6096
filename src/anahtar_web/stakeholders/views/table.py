"""The table: looked at, and edited cell by cell."""

from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.text import slugify
from django.utils.translation import gettext as _

from anahtar_web.accounts.access import account_for
from anahtar_web.accounts.actions import UnableToChangeMerged
from anahtar_web.company.queries import today
from anahtar_web.gate.policy import edits, reads, writes
from anahtar_web.gate.refusals import Refused
from anahtar_web.gate.request import Request
from anahtar_web.gate.rights import Right
from anahtar_web.gate.versions import EditedMeanwhile
from anahtar_web.stakeholders import actions, exports
from anahtar_web.stakeholders.access import stakeholder_for
from anahtar_web.stakeholders.forms import CELLS, CellForm
from anahtar_web.stakeholders.models import Stakeholder
from anahtar_web.stakeholders.pages import Look, TablePage
from anahtar_web.stakeholders.pages.table import row_of
from anahtar_web.stakeholders.queries import addresses_of, people_of
from anahtar_web.stakeholders.words import field_name
from anahtar_web.ui.workbook import answer


@reads(parameters={"on", "text", "role", "stance", "unit", "sort", "left"})
def table(request: Request, pk: int) -> HttpResponse:
    page = TablePage.build(account_for(request.user, pk), request.user, Look.build(request.GET), request.GET)
    template = "stakeholders/_table.html" if request.htmx else "stakeholders/table.html"
    return render(request, template, {"page": page, "head": page.head})


@writes(Right.EXPORT)
def file_of(request: Request, pk: int) -> HttpResponseBase:
    """Give the people as the table shows them, as a workbook."""
    account, look = account_for(request.user, pk), Look.build(request.POST)
    rows = TablePage.build(account, request.user, look, request.POST).rows
    entry = actions.take_out_people(
        account=account,
        rows=len(rows),
        asked=urlencode([(name, value) for name, value in look.kept if value and name != "text"]),
        reason=request.POST.get("reason", ""),
        by=request.user,
    )
    addresses = addresses_of([row.who for row in rows], on=look.on)
    name = f"{slugify(account.code) or account.pk}-{_('people')}-{look.on or today():%Y-%m-%d}"
    return answer(exports.people_file(account, rows, addresses, look.on, entry), name)


@reads()
def row(request: Request, pk: int, who: int) -> HttpResponse:
    """Give the row as it is: what Escape goes back to."""
    account = account_for(request.user, pk)
    found = row_of(account, request.user, stakeholder_for(account, who), Look.build({}))
    return render(request, "stakeholders/_row.html", {"row": found})


@edits(Right.WRITE_DOSSIER)
def cell(request: Request, pk: int, who: int, field: str) -> HttpResponse:
    """Show a cell as a field, or write it and give its row."""
    # The account before the field: or whoever may not see it would learn something from how long the answer takes.
    account = account_for(request.user, pk)
    if field not in CELLS:
        raise Http404
    if account.merged_into_id is not None:
        raise UnableToChangeMerged(account)
    found = stakeholder_for(account, who)
    people = [one for one in people_of(account) if one.pk != found.pk]
    initial = {"version": found.version, "value": getattr(found, field)}
    form = CellForm(request.POST or None, field=field, people=people, initial=initial)
    context: dict[str, Any] = {"form": form, "who": found, "field": field, "label": field_name(field), "pk": pk}
    if request.method != "POST":
        return render(request, "stakeholders/_cell.html", context)
    if form.is_valid():
        said = form.cleaned_data
        try:
            saved = actions.edit_one(
                who=found, version=said["version"], field=field, value=said["value"], by=request.user
            )
        except EditedMeanwhile as refusal:
            return _conflict(request, context, refusal, people)
        except Refused as refusal:
            form.add_error("value", str(refusal))
        else:
            return render(
                request, "stakeholders/_row.html", {"row": row_of(account, request.user, saved, Look.build({}))}
            )
    return _again(request, context, 422)


def _again(request: Request, context: dict[str, Any], status: int) -> HttpResponse:
    """Give the field again, into its cell; what was written would have come as the whole row."""
    answer = render(request, "stakeholders/_cell.html", context, status=status)
    answer.headers["HX-Retarget"] = f'#row-{context["who"].pk} [data-field="{context["field"]}"]'
    answer.headers["HX-Reswap"] = "innerHTML"
    return answer


def _conflict(
    request: Request, context: dict[str, Any], refusal: EditedMeanwhile, people: list[Stakeholder]
) -> HttpResponse:
    current = refusal.current
    assert isinstance(current, Stakeholder)
    # Whoever sends it again has seen what stands there now.
    sent = request.POST.copy()
    sent["version"] = str(current.version)
    form = CellForm(sent, field=context["field"], people=people)
    form.is_valid()
    form.add_error(
        "value",
        _("Changed meanwhile to “%(now)s”. Enter writes yours over it, Escape leaves it.")
        % {"now": _now(current, context["field"])},
    )
    return _again(request, context | {"form": form}, 409)


def _now(who: Stakeholder, field: str) -> str:
    shown = getattr(who, f"get_{field}_display", None)
    value = shown() if shown else getattr(who, field)
    return "–" if value in (None, "") else str(value)
