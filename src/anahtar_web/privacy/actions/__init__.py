"""What can happen to what is held of a person."""

from anahtar_web.privacy.actions.erasing import UnableToErase, erase, replay
from anahtar_web.privacy.actions.exporting import Package, export

__all__ = ["Package", "UnableToErase", "erase", "export", "replay"]
