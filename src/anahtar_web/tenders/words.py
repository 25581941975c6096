"""How the trail writes what happens to tenders, where the field alone does not tell."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from anahtar_web.audit.shown import LABELS


def tell_the_trail() -> None:
    """Give the trail our words; called when the program starts."""
    LABELS["tender"] = {
        "lots": _("lots"),
        "criteria": _("criteria"),
        "participants": _("competitors taking part"),
        "papers": _("documents"),
        "offer_estimate": _("estimated value"),
        "offer_ours": _("our prices"),
        "offer_winner": _("prices of the winners"),
        "offer_others": _("prices of others"),
        "rows": _("rows"),
        "format": pgettext_lazy("of a file", "Form"),
        "filter": _("filter"),
    }
    LABELS["tenderimport"] = {
        "rows": _("rows"),
        "columns": _("Columns"),
        "made": _("tenders made"),
        "left": _("rows left out"),
        "edited": _("changed since, and taken back all the same"),
    }
