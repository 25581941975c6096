"""The app as Django knows it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class InsightConfig(AppConfig):
    """Settings of the app."""

    name = "anahtar_web.insight"
    label = "insight"

    def ready(self) -> None:
        """Name what the trail tells of lists."""
        from anahtar_web.audit.shown import LABELS

        columns = {"columns": _("Columns")}
        LABELS["run"] = {"rows": _("Rows"), "format": _("Form"), "filter": _("Filter"), **columns}
        LABELS["savedview"] = {"query": _("Filter"), "opens": _("Opens the list"), **columns}
