"""The map: looked at, taken out as a file, and changed by dropping a card."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.text import slugify
from django.utils.translation import gettext as _

from anahtar_web.accounts.access import account_for
from anahtar_web.accounts.actions import UnableToChangeMerged
from anahtar_web.audit.actions import record
from anahtar_web.company.queries import today
from anahtar_web.gate.policy import reads, writes
from anahtar_web.gate.refusals import Refused
from anahtar_web.gate.request import Request
from anahtar_web.gate.rights import Right
from anahtar_web.stakeholders import actions
from anahtar_web.stakeholders.drawing.standalone import standalone
from anahtar_web.stakeholders.forms import DropForm
from anahtar_web.stakeholders.models import Stakeholder
from anahtar_web.stakeholders.pages import ChangesPage, Look, MapPage, MiniMap
from anahtar_web.stakeholders.queries import people_of


@reads(parameters={"on", "text", "role", "stance", "unit", "who"})
def map_of(request: Request, pk: int) -> HttpResponse:
    page = MapPage.build(account_for(request.user, pk), request.user, Look.build(request.GET))
    template = "stakeholders/_map.html" if request.htmx else "stakeholders/map.html"
    opened = request.GET.get("who", "")
    return render(request, template, {"page": page, "head": page.head, "opened": opened if opened.isdecimal() else ""})


@writes(Right.EXPORT)
def file_of(request: Request, pk: int) -> HttpResponse:
    """Give the map as a picture; that people's names have left the house stands on the trail."""
    account = account_for(request.user, pk)
    look = Look.build(request.POST)
    page = MapPage.build(account, request.user, look)
    day = look.on or today()
    title = _("Decision map: %(account)s") % {"account": account}
    record("stakeholder.exported", account, by=request.user, account=account.pk)
    actions.note_sight(account=account, who=None, by=request.user, taken=True)
    name = f"{slugify(account.code) or account.pk}-{day.isoformat()}.svg"
    return HttpResponse(
        standalone(page.drawing, title=title, on=day),
        content_type="image/svg+xml; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


class UnableToDrop(Refused):
    """What was sent is no move: somebody else has taken a card away meanwhile."""

    def __init__(self) -> None:
        super().__init__(_("The map has changed meanwhile. Reload the page and move the card again."))


@writes(Right.WRITE_DOSSIER)
def drop(request: Request, pk: int) -> HttpResponse:
    """Put a card where it was dropped, and give the map as it is then."""
    account = account_for(request.user, pk)
    if account.merged_into_id is not None:
        raise UnableToChangeMerged(account)
    form = DropForm(request.POST, people=people_of(account))
    if not form.is_valid():
        raise UnableToDrop
    said = form.cleaned_data
    moved = actions.move(
        who=said["who"],
        version=said["version"],
        under=said["under"],
        before=said["before"],
        after=said["after"],
        by=request.user,
    )
    page = MapPage.build(account, request.user, Look.build(request.POST))
    return render(request, "stakeholders/_map.html", {"page": page, "head": page.head, "moved": _moved(moved)})


def _moved(who: Stakeholder) -> str:
    if who.reports_to is None:
        return _("%(person)s stands at the top now.") % {"person": who}
    return _("%(person)s reports to %(superior)s now.") % {"person": who, "superior": who.reports_to}


@reads()
def mini(request: Request, pk: int) -> HttpResponse:
    """Give the map in small, for the page of an account: fetched when that is there, it costs its figures nothing."""
    page = MiniMap.build(account_for(request.user, pk), request.user)
    return render(request, "stakeholders/_mini.html", {"mini": page})


@reads(parameters={"page"})
def changes(request: Request, pk: int) -> HttpResponse:
    page = ChangesPage.build(account_for(request.user, pk), request.user, request.GET.get("page", ""))
    return render(request, "stakeholders/changes.html", {"page": page, "head": page.head})
