"""The index of what can be found follows what is written."""

from anahtar_web.search.actions.indexing import Difference, catch_up, differences, follow, look_again, rebuild

__all__ = ["Difference", "catch_up", "differences", "follow", "look_again", "rebuild"]
