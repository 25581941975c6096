"""Reading the documents of accounts."""

from datetime import date
from typing import Any

from django.db.models import Sum

from anahtar_web.accounts.models import Account
from anahtar_web.company.queries import company
from anahtar_web.files.models import Attachment


def files_of(account: Account, *, on: date | None = None) -> Any:
    """Give the documents of an account and of those merged into it, the latest first."""
    return Attachment.objects.of(account).on(on).select_related("by").order_by("-pk")


def removed_from(account: Account) -> Any:
    """Give what was removed, the latest removal first."""
    rows = Attachment.objects.of(account).exclude(removed_at=None).select_related("by", "removed_by")
    return rows.order_by("-removed_at", "-pk")


def bytes_of(account: Account) -> int:
    """How much the documents of an account take."""
    return int(Attachment.objects.of(account).present().aggregate(sum=Sum("size"))["sum"] or 0)


def kept_already(account: Account, digest: str) -> Attachment | None:
    """Find the document of an account that has the same content."""
    found: Attachment | None = Attachment.objects.of(account).present().filter(digest=digest).first()
    return found


def is_needed(digest: str) -> bool:
    """Whether any document, or the letterhead, has this content."""
    return company().logo == digest or bool(Attachment.objects.filter(digest=digest, removed_at=None).exists())
