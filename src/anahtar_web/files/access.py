"""Documents somebody asks for: those of accounts they may see, or none."""

from django.http import Http404
from django.shortcuts import get_object_or_404

from anahtar_web.files.models import Attachment
from anahtar_web.people.models import User


def attachment_for(user: User, pk: int) -> Attachment:
    """Give a document that was not removed; absent, removed and invisible are the same 404."""
    rows = Attachment.objects.visible_to(user).present().select_related("account", "by")
    found: Attachment = get_object_or_404(rows, pk=pk)
    return found


def attachments_for(user: User, asked: list[str]) -> list[Attachment]:
    """Give several documents in the order asked for; one that is absent, invisible or nonsense is a 404."""
    if not all(text.isdecimal() and len(text) < 19 for text in asked) or len(asked) > 100:
        raise Http404
    rows = Attachment.objects.visible_to(user).present().select_related("by").in_bulk([int(text) for text in asked])
    if len(rows) != len({int(text) for text in asked}):
        raise Http404
    return [rows[int(text)] for text in dict.fromkeys(asked)]
