"""Why an analysis is refused."""

from collections.abc import Sequence
from datetime import date

from anahtar.words import Refusal, say


class UnableToAnalyze(Refusal):
    """There is nothing to analyse, or the options leave nothing of it."""

    @classmethod
    def empty(cls) -> "UnableToAnalyze":
        """No batch holds an accepted line."""
        return cls(say("The ledger has no accepted line. Import a file first: `anahtar ledger add LEDGER FILE`."))

    @classmethod
    def too_early(cls, as_of: date, first: date) -> "UnableToAnalyze":
        """The as-of day lies before the ledger."""
        return cls(
            say(
                "As of {as_of} there is no line yet: the ledger begins on {first}. Choose a later day with --as-of.",
                as_of=as_of,
                first=first,
            )
        )

    @classmethod
    def outside(cls, start: date, end: date, first: date, last: date) -> "UnableToAnalyze":
        """The window and the ledger have no day in common."""
        return cls(
            say(
                "The window {start} to {end} holds no line: the ledger runs from {first} to {last}. "
                "Choose another one with --window, or --window all.",
                start=start,
                end=end,
                first=first,
                last=last,
            )
        )

    @classmethod
    def several_currencies(cls, currencies: Sequence[str]) -> "UnableToAnalyze":
        """Batches were imported in different currencies."""
        return cls(
            say(
                "The imports of this ledger are in several currencies ({currencies}), and their sums would mean "
                "nothing. Import them again in one: --currency and --rates.",
                currencies=", ".join(currencies),
            )
        )
