"""What pages about people send once they are there: that somebody has seen them."""

from django.http import HttpResponse

from anahtar_web.accounts.access import account_for
from anahtar_web.gate.policy import writes
from anahtar_web.gate.request import Request
from anahtar_web.stakeholders import actions
from anahtar_web.stakeholders.access import stakeholder_for


@writes()
def person(request: Request, pk: int, who: int) -> HttpResponse:
    """Note that somebody has opened one person."""
    account = account_for(request.user, pk)
    actions.note_sight(account=account, who=stakeholder_for(account, who), by=request.user)
    return HttpResponse(status=204)


@writes()
def everybody(request: Request, pk: int) -> HttpResponse:
    """Note that somebody has opened a page that shows all people of an account."""
    actions.note_sight(account=account_for(request.user, pk), who=None, by=request.user)
    return HttpResponse(status=204)
