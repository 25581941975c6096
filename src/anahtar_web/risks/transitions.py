"""From which stage a case may go where; whoever moves it, person or ledger, is held to this table."""

from collections.abc import Mapping, Sequence
from typing import Final

from anahtar_web.risks.models import Stage

BEFORE_LOSS: Final = (Stage.EARLY, Stage.COOLING, Stage.AT_RISK, Stage.LAPSED)
"""Stages at which the account is not lost yet, in the order in which it cools."""

TO_BE_SAID: Final = (Stage.LOST, Stage.WRITTEN_OFF, Stage.RECOVERED)
"""Stages to which a person moves a case only with words."""

ALLOWED: Final[Mapping[str, Sequence[Stage]]] = {
    **{
        stage: (*(other for other in BEFORE_LOSS if other != stage), Stage.LOST, Stage.RECOVERED)
        for stage in BEFORE_LOSS[:-1]
    },
    Stage.LAPSED: (*BEFORE_LOSS[:-1], Stage.LOST, Stage.OFFER, Stage.RECOVERED),
    Stage.LOST: (Stage.LAPSED, Stage.OFFER, Stage.NEGOTIATION, Stage.WON_BACK, Stage.WRITTEN_OFF),
    Stage.OFFER: (Stage.LOST, Stage.NEGOTIATION, Stage.WON_BACK, Stage.WRITTEN_OFF),
    Stage.NEGOTIATION: (Stage.LOST, Stage.OFFER, Stage.WON_BACK, Stage.WRITTEN_OFF),
    Stage.WON_BACK: (Stage.AT_RISK, Stage.LOST, Stage.RECOVERED),
    Stage.RECOVERED: (Stage.EARLY, Stage.AT_RISK),
    Stage.WRITTEN_OFF: (Stage.LOST, Stage.OFFER),
}
"""Stage -> where a case may go from it. A closed case is opened again by moving it."""
