"""What the app does in the background."""

from anahtar_web.jobs.registry import every
from anahtar_web.schedules.actions import ask_for_due


@every(300, "schedules.ask_for_due")
def ask_for_due_analysis() -> None:
    """Ask for the analysis that is due by the schedule."""
    ask_for_due()
