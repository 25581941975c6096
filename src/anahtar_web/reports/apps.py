"""The app as Django knows it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ReportsConfig(AppConfig):
    """Settings of the app."""

    name = "anahtar_web.reports"
    label = "reports"

    def ready(self) -> None:
        """Tell the trail what our entries hold."""
        from anahtar_web.audit.shown import LABELS

        LABELS["run"] = {**LABELS.get("run", {}), "format": pgettext_lazy("of a file", "Form"), "filter": _("Filter")}
        LABELS["subscription"] = {"filter": _("Filter"), "form": _("Attached")}
