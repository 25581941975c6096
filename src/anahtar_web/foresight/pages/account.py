"""What is foreseen of one account, and of each direction in which it has a rhythm."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

from django.utils.safestring import SafeString

from anahtar.report.labels import STATES, label
from anahtar_web.accounts.models import Account
from anahtar_web.foresight.drawing import rhythm
from anahtar_web.foresight.models import Forecast, Outlook, Silence
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
    name
        The direction; empty for the account as a whole.
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

    @classmethod
    def of(cls, silence: Silence, account: Account, name: str = "") -> Self:
        """Say it in the reader's language."""
        return cls(
            silence,
            name,
            say(label(STATES, silence.state)),
            STATE_TONES.get(silence.state, ""),
            shown(silence.why),
            rhythm(silence),
            lines_address(account, order="latest", **({"direction": name} if name else {})),
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
        The worst first, money at stake times days late.
    """

    head: Header
    forecast: Forecast | None
    outlook: Outlook | None
    told: Told | None
    directions: Sequence[Told]

    @classmethod
    def build(cls, head: Header) -> Self:
        """Read it; the number of queries does not depend on the directions."""
        outlook = outlook_of(head.account)
        return cls(
            head,
            forecast(),
            outlook,
            None if outlook is None else Told.of(outlook, head.account),
            [Told.of(one, head.account, one.direction) for one in direction_outlooks(head.account)],
        )
