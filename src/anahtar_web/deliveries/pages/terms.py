"""What counts as kept, and who changed it."""

from dataclasses import dataclass
from typing import Any, Self

from anahtar_web.deliveries.models import Terms
from anahtar_web.deliveries.queries.lines import terms


@dataclass(frozen=True, slots=True)
class TermsPage:
    """The form, and what holds."""

    form: Any
    held: Terms

    @classmethod
    def build(cls, form: Any) -> Self:
        """Gather the page."""
        return cls(form, terms())
