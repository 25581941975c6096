"""Why something about interactions cannot be done."""

from django.utils.translation import gettext as _

from anahtar_web.gate.refusals import Refused
from anahtar_web.interactions.models import Interaction
from anahtar_web.ui.templatetags.shown import day


class UnableToWriteDown(Refused):
    """What is said of an interaction makes none."""


class UnableToTakeTwice(Refused):
    """The message or the calendar entry is an interaction of this account already."""

    def __init__(self, earlier: Interaction) -> None:
        sentence = (
            _("It was taken on %(day)s and deleted since; it does not come back by itself. Write it down anew.")
            if earlier.deleted_at
            else _("It is here already, since %(day)s.")
        )
        super().__init__(sentence % {"day": day(earlier.recorded_at)})
        self.earlier = earlier


class UnableToAgree(Refused):
    """The next step is none."""


class UnableToStep(Refused):
    """The next step stands otherwise by now."""


class UnableToSayWho(Refused):
    """An address cannot be said to be somebody's."""
