"""What the app does in the background."""

from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from anahtar_web.config.mail import Imap
from anahtar_web.interactions.actions import turn_the_day
from anahtar_web.interactions.actions.fetching import KIND, fetch, look_into
from anahtar_web.interactions.actions.waiting import forget_dropped
from anahtar_web.jobs.registry import every, job
from anahtar_web.jobs.work import Work


@every(600, "interactions.turn_the_day")
def count_planned_interactions() -> None:
    """Let what was planned for a day count as a touch when that day has come."""
    turn_the_day()


@every(3600, "interactions.forget_dropped")
def forget_dropped_files() -> None:
    """Forget dropped files of which nobody has said what becomes of them."""
    forget_dropped()


@job(KIND, title=_("Read the mail folder"))
def fetch_mail(work: Work) -> dict[str, Any] | None:
    """Take what is new in the mail folder; nothing where the settings name none any more."""
    return fetch(settings.IMAP, work.check) if settings.IMAP is not None else None


def look_again_and_again(imap: Imap | None) -> None:
    """Look into the folder that the settings name; nothing is done again and again where they name none."""
    if imap is not None:
        every(60 * imap.minutes, "interactions.look_into_mail_folder")(lambda: look_into(imap))


look_again_and_again(settings.IMAP)
