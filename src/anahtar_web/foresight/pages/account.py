"""What is foreseen of one account, and of each direction in which it has a rhythm."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

from django.utils.safestring import SafeString

from anahtar.report.labels import STATES, label
from anahtar_web.accounts.models import Account
from anahtar_web.foresight.drawing import rhythm
from anahtar_web.foresight.models import KINDS, Dimension, DirectionOutlook, Forecast, Outlook, Silence
from anahtar_web.foresight.queries import direction_outlooks, forecast, outlook_of
from anahtar_web.insight.pages.account.header import Header
from anahtar_web.insight.pages.account.stats import lines_address
from anahtar_web.insight.pages.cells import STATE_TONES
from anahtar_web.jobs.told import shown
from anahtar_web.ui.templatetags.shown import say


@dataclass(frozen=True, slots=True)
class Told:
    """A silence with its words and its drawing.

    Parameters
    ----------
    name, kind
        The direction, and whether it is a product group, a region or a site; empty for the account as a whole.
    lines
        Address of the ledger lines behind it, the latest first.
    """

    silence: Silence
    name: str
    state: str
    tone: str
    why: str
    drawn: SafeString
    lines: str
    kind: str = ""

    @classmethod
    def of(cls, silence: Silence, account: Account) -> Self:
        """Say it in the reader's language."""
        part = silence if isinstance(silence, DirectionOutlook) else None
        return cls(
            silence,
            part.direction if part else "",
            say(label(STATES, silence.state)),
            STATE_TONES.get(silence.state, ""),
            shown(silence.why),
            rhythm(silence),
            lines_address(account, order="latest", **({part.dimension: part.direction} if part else {})),
            str(part.get_dimension_display()) if part else "",
        )


@dataclass(frozen=True, slots=True)
class AccountPage:
    """The template's contract.

    Parameters
    ----------
    forecast
        None: no analysis has foreseen anything yet.
    outlook, told
        None: the account itself never bought.
    directions
        Of the kind asked for, the worst first: money at stake times days late.
    kinds, kind
        The kinds of direction that the account has, each with how many; and which one is asked for, empty: all.
    """

    head: Header
    forecast: Forecast | None
    outlook: Outlook | None
    told: Told | None
    directions: Sequence[Told]
    kinds: Sequence[tuple[str, str, int]] = ()
    kind: str = ""

    @classmethod
    def build(cls, head: Header, kind: str = "") -> Self:
        """Read it; the number of queries does not depend on the directions."""
        outlook, found = outlook_of(head.account), direction_outlooks(head.account)
        counts = Counter(one.dimension for one in found)
        kind = kind if kind in counts else ""
        return cls(
            head,
            forecast(),
            outlook,
            None if outlook is None else Told.of(outlook, head.account),
            [Told.of(one, head.account) for one in found if kind in ("", one.dimension)],
            [(one.value, str(KINDS[one]), counts[one]) for one in Dimension if one in counts],
            kind,
        )
