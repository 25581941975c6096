"""What the app does in the background."""

from anahtar_web.deliveries.actions.keeping import find_accounts
from anahtar_web.jobs.registry import every


@every(3600, "deliveries.find_accounts")
def follow() -> None:
    """Let lines find the accounts that were made since their import."""
    find_accounts()
