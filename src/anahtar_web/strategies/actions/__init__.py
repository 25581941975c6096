"""What can happen to strategies: they are written and restored, and accounts deviate from them."""

from anahtar_web.strategies.actions.deviating import UnableToDeviate, deviate, end_deviation
from anahtar_web.strategies.actions.writing import UnableToWriteStrategy, restore, write

__all__ = ["UnableToDeviate", "UnableToWriteStrategy", "deviate", "end_deviation", "restore", "write"]
