"""The link of a mail that ends a monthly report without signing in: signed, and good for that one report only."""

from typing import Final

from django.core import signing

_SALT: Final = "anahtar.reports.stop"


def token_of(subscription: int, person: int) -> str:
    """Write the token of a subscription."""
    return signing.dumps([subscription, person], salt=_SALT)


def read(token: str) -> tuple[int, int] | None:
    """Give the keys of subscription and person; None where nobody of ours wrote it."""
    try:
        subscription, person = signing.loads(token, salt=_SALT)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return int(subscription), int(person)
