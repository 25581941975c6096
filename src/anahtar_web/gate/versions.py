"""Two people edit one thing: the second one saves only what he has seen, and is shown what the first one wrote."""

from typing import Any, Self

from django.db import models
from django.utils.translation import gettext as _

from anahtar_web.gate.refusals import Refused


class EditedMeanwhile(Refused):
    """Somebody else has saved since the form was opened.

    Parameters
    ----------
    current
        The row as it stands now; the form shows it beside what was typed.
    """

    def __init__(self, current: models.Model) -> None:
        super().__init__(
            _("Somebody else has changed this meanwhile. Both versions are shown; nothing of yours is lost.")
        )
        self.current = current


class Versioned(models.Model):
    """A row that people edit: it carries a version, and is only saved over the version that was read."""

    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        abstract = True

    def save_over(self, version: int, fields: dict[str, Any]) -> Self:
        """Write fields if nobody has saved since `version` was read.

        Raises
        ------
        EditedMeanwhile
            Somebody has; carries the row as it is now.
        """
        rows = type(self)._base_manager.filter(pk=self.pk, version=version)
        if not rows.update(**fields, version=version + 1):
            raise EditedMeanwhile(type(self)._base_manager.get(pk=self.pk))
        self.refresh_from_db()
        return self
