"""The app as Django knows it."""

from typing import TYPE_CHECKING, Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from anahtar_web.insight.models import Run


class RisksConfig(AppConfig):
    """Settings of the app."""

    name = "anahtar_web.risks"
    label = "risks"

    def ready(self) -> None:
        """Follow every analysis; tell the apps below what we know; put the reasons of the program into the list."""
        from anahtar_web.accounts import marks
        from anahtar_web.insight.alongside import Step, register
        from anahtar_web.losses.panels import LOOKS
        from anahtar_web.risks.marks import mark_of
        from anahtar_web.risks.palette import look
        from anahtar_web.risks.panel import lost_for
        from anahtar_web.risks.words import tell_the_trail
        from anahtar_web.risks.written import tell_where_words_stand
        from anahtar_web.ui import palette

        tell_the_trail()
        tell_where_words_stand()
        register(Step("risks", _("moving cases"), after=_follow))
        LOOKS.register(lost_for)
        marks.register(mark_of)
        palette.register(palette.Source(_("Cases"), look, place=20))
        post_migrate.connect(_ship, sender=self)


def _follow(run: "Run") -> None:
    from anahtar_web.risks.ledger import follow

    follow(run)


def _ship(**_told: Any) -> None:
    from anahtar_web.company.reasons import ship
    from anahtar_web.risks.models import Reason

    ship(Reason)
