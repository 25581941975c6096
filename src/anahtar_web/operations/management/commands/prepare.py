"""`anahtar-web prepare`: what has to be done once after installing or upgrading."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from anahtar_web.operations.preparing import prepare
from anahtar_web.operations.terminal import SpokenCommand


class Command(SpokenCommand):
    """Bring database and static files to this version."""

    help = gettext_lazy("bring the database and the pages' files to this version; `run` does it by itself")

    def handle(self, **options: Any) -> None:
        for sentence in prepare(now=timezone.localtime()) or [_("Everything is in place.")]:
            self.say(sentence)
