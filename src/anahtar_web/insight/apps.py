"""The app as Django knows it."""

from typing import Any

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class InsightConfig(AppConfig):
    """Settings of the app."""

    name = "anahtar_web.insight"
    label = "insight"

    def ready(self) -> None:
        """Tell trail, accounts and imports what we know; analyse where thresholds, merges or groups change."""
        from anahtar_web.accounts.actions import on_structure_changed
        from anahtar_web.accounts.directions import use as use_directions
        from anahtar_web.accounts.figures import use
        from anahtar_web.audit.shown import LABELS
        from anahtar_web.company.actions import on_thresholds_changed
        from anahtar_web.insight.account_cells import LedgerCells
        from anahtar_web.insight.account_figures import LedgerFigures
        from anahtar_web.insight.actions import ask_for_analysis
        from anahtar_web.insight.counting import counted
        from anahtar_web.insight.slices import directions_of_ledger
        from anahtar_web.insight.written import tell_where_words_stand
        from anahtar_web.ledgers import analysed
        from anahtar_web.strategies.cells import use as use_cells

        def follow(_company: Any, by: Any) -> None:
            ask_for_analysis(by=by)

        tell_where_words_stand()
        use(LedgerFigures())
        use_cells(LedgerCells())
        use_directions(directions_of_ledger)
        analysed.use(counted)
        on_structure_changed.append(lambda by: ask_for_analysis(by=by))
        on_thresholds_changed.append(follow)

        columns = {"columns": _("Columns")}
        LABELS["run"] = {
            "rows": _("Rows"),
            "format": pgettext_lazy("of a file", "Form"),
            "filter": _("Filter"),
            "chosen": _("Chosen accounts"),
            **columns,
        }
        LABELS["savedview"] = {"query": _("Filter"), "opens": _("Opens the list"), **columns}
