"""Pairs of accounts that may be one: looked for after each analysis, decided by people."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from anahtar_web.accounts.actions import keep_suggestions
from anahtar_web.accounts.queries import names_and_tax_numbers

if TYPE_CHECKING:
    from anahtar.analysis import Analysis
    from anahtar.ledger.manifest import Manifest


def suspect(batches: "Sequence[tuple[Path, Manifest]]", analysis: "Analysis") -> int:
    """Compare names, tax numbers and baskets; returns how many pairs are suggested."""
    from anahtar.analysis.successors import successors
    from anahtar.rules.duplicates import suggest_duplicates

    names, tax_numbers = names_and_tax_numbers()
    return keep_suggestions([*suggest_duplicates(names, tax_numbers), *successors(batches, analysis)])
