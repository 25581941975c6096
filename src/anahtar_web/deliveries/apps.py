"""The app as Django knows it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DeliveriesConfig(AppConfig):
    """Settings of the app."""

    name = "anahtar_web.deliveries"
    label = "deliveries"

    def ready(self) -> None:
        """Take files of deliveries from the imports; tell the trail our words."""
        from anahtar.ledger.roles import FileKind
        from anahtar_web.audit.shown import LABELS
        from anahtar_web.deliveries.keeper import KEEPER
        from anahtar_web.ledgers.keepers import use

        use(FileKind.DELIVERIES, KEEPER)
        LABELS["terms"] = {"days": _("days of grace"), "short": _("tolerated shortage, per mille")}
