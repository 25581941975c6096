"""What can happen to signals: a run follows them up, people put them off, dismiss them, make them cases."""

from anahtar_web.signals.actions.deciding import UnableToDecide, dismiss, make_case, snooze, take_up
from anahtar_web.signals.actions.following import follow

__all__ = ["UnableToDecide", "dismiss", "follow", "make_case", "snooze", "take_up"]
