"""What can happen to signals: a run follows them up, people put them off, dismiss them, take them up again."""

from anahtar_web.signals.actions.deciding import UnableToDecide, dismiss, snooze, take_up
from anahtar_web.signals.actions.following import follow

__all__ = ["UnableToDecide", "dismiss", "follow", "snooze", "take_up"]
