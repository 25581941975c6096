"""What can happen to losses: a person says who went on as whom, and lists leave the house."""

from anahtar_web.losses.actions.exporting import take_out
from anahtar_web.losses.actions.succeeding import UnableToSaySuccession, say_of

__all__ = ["UnableToSaySuccession", "say_of", "take_out"]
