"""What the timeline shows."""

from anahtar_web.history.pages.timeline import TimelinePage

__all__ = ["TimelinePage"]
