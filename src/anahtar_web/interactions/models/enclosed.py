"""A file that came inside a mail: a document of the account, or why it is none."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from anahtar_web.files.models import Attachment
from anahtar_web.interactions.models.happened import Interaction


class Enclosed(models.Model):
    """What became of a file of a mail. One that was refused keeps its name and the reason, so that it is missed."""

    interaction = models.ForeignKey(Interaction, models.CASCADE, related_name="enclosed")
    attachment = models.ForeignKey(Attachment, models.CASCADE, null=True, related_name="+", verbose_name=_("file"))
    name = models.CharField(_("file name"), max_length=200, blank=True)
    """Of a refused one; a kept one has the name of its document."""
    refusal = models.TextField(_("why it was not kept"), blank=True)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("file of a mail")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(attachment__isnull=False, name="", refusal="")
                | Q(attachment=None) & ~Q(name="") & ~Q(refusal=""),
                name="a_file_of_a_mail_is_kept_or_refused_with_a_reason",
            ),
            models.UniqueConstraint(fields=["interaction", "attachment"], name="an_interaction_has_a_file_once"),
        ]

    def __str__(self) -> str:
        return str(self.attachment or self.name)
