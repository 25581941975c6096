"""How the trail writes what happened at the door."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from anahtar_web.audit.shown import LABELS, WRITERS

_MEANS: Final = {
    "password": _("password"),
    "password_reset": _("password from a link"),
    "totp": _("authenticator app"),
    "recovery_codes": _("recovery code"),
    "webauthn": _("passkey"),
    "mfa": _("second factor"),
    "socialaccount": _("the company's provider"),
    "demo": _("nothing: the demo asks for no password"),
}
"""What allauth calls it -> what people call it."""


def _means(code: object) -> str:
    return str(_MEANS.get(str(code), code))


def register() -> None:
    """Tell the trail; called once, when the program starts."""
    LABELS["user"] = {"means": _("With"), "factor": _("Second factor"), "provider": _("Provider")}
    WRITERS["user"] = {"means": _means, "factor": _means}
