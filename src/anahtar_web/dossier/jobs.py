"""What the app does in the background."""

from anahtar_web.company.queries import today
from anahtar_web.dossier.actions import count_due
from anahtar_web.jobs.registry import every


@every(3600, "dossier.count_due")
def count_dossiers() -> None:
    """Count the dossiers anew that are otherwise since they were counted."""
    count_due(today())
