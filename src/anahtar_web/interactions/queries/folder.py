"""What waits for somebody's word, and how the mail folder stands."""

from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from django.db.models import Q, QuerySet
from django.utils import timezone

from anahtar_web.gate.rights import Right
from anahtar_web.interactions.models import Dropped, FetchedMail, MailFolder, Outcome

if TYPE_CHECKING:
    from anahtar_web.people.models import User

MOST_WAITING: Final = 50
_TOLD_FOR: Final = timedelta(days=30)


def waiting_for(user: "User") -> "QuerySet[Any]":
    """Give what this person has dropped, and mails of the folder they took part in; of all, to who defines dossiers."""
    mine = Q(by=user)
    return Dropped.objects.filter(mine | Q(from_folder=True) if user.may(Right.DEFINE_DOSSIER) else mine)


def mails_waiting_for(user: "User") -> list[Dropped]:
    """Give the mails of the folder that wait for this person, the latest first."""
    return list(waiting_for(user).filter(from_folder=True).order_by("-at", "-pk")[:MOST_WAITING])


def mail_folder(name: str) -> MailFolder | None:
    """Give how the folder of a name stands; None: nobody has looked into it yet."""
    return MailFolder.objects.filter(name=name).first()


def unread_mails(folder: MailFolder) -> list[FetchedMail]:
    """Give the messages of the last month that could not be read, the latest first."""
    rows = folder.mails.filter(outcome=Outcome.REFUSED, at__gte=timezone.now() - _TOLD_FOR)
    return list(rows.order_by("-at", "-pk")[:MOST_WAITING])
