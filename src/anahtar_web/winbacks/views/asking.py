"""A form is shown, or done; what is refused stands in the form, and what was typed stays."""

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from anahtar_web.gate.refusals import Refused
from anahtar_web.gate.request import Request
from anahtar_web.gate.rights import Field
from anahtar_web.gate.versions import EditedMeanwhile
from anahtar_web.winbacks.pages import Asking


def ask(request: Request, asking: Asking, form: Form, act: Callable[[], str], *, said: str = "") -> HttpResponse:
    """Show a form, or do what it says and go where `act` leads.

    Parameters
    ----------
    said
        What the next page says.
    """
    if request.method == "POST" and form.is_valid():
        try:
            address = act()
        except EditedMeanwhile:
            form.add_error(None, changed_meanwhile())
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, said)
            return redirect(address)
    context = {"asking": asking, "form": form}
    return render(request, "winbacks/form.html", context, status=422 if form.is_bound else 200)


def changed_meanwhile() -> str:
    """Say that what was read is no longer what stands there."""
    return _("Somebody else has changed this meanwhile. Go back, look at what stands there now, and decide anew.")


def reads_offers(request: Request) -> None:
    """Refuse who does not read what is offered."""
    if not request.user.sees(Field.OFFER):
        raise PermissionDenied
