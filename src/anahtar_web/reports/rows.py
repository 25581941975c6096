"""How many accounts a report holds."""

from typing import Final

ROWS: Final = 1_000
"""Accounts in a workbook: as many as leave the house without a reason. The accounts table takes out more, with one."""
