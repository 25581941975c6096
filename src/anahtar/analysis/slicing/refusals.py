"""Why a slice is refused."""

from anahtar.words import Refusal, say


class UnableToSlice(Refusal):
    """The filter asks for something that the ledger does not have."""

    @classmethod
    def unknown_direction(cls, code: str) -> "UnableToSlice":
        """No line of the ledger has ever named this direction."""
        return cls(
            say("The ledger has no direction {code}. Choose one that its lines name, or all of them.", code=code)
        )
