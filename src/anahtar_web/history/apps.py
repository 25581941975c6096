"""The app as Django knows it."""

from django.apps import AppConfig


class HistoryConfig(AppConfig):
    """Settings of the app."""

    name = "anahtar_web.history"
    label = "history"

    def ready(self) -> None:
        """Give the timeline the lanes of the apps below it."""
        from anahtar_web.history.lanes import LANES
        from anahtar_web.history.sources import add

        for lane in LANES:
            add(lane)
