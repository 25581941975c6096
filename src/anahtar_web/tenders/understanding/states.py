"""Which outcome or stage a cell means."""

import re
from collections.abc import Mapping
from functools import cache
from typing import Final

from django.utils import translation

from anahtar_web.tenders.models import Outcome, Stage
from anahtar_web.ui.text import fold

_SAID: Final[Mapping[str, tuple[str, ...]]] = {
    Outcome.WON: ("won", "kazanildi", "kazandik", "alindi", "olumlu", "bizde kaldi"),
    Outcome.LOST: ("lost", "kaybedildi", "kaybettik", "kayip", "olumsuz", "alinamadi"),
    Outcome.WITHDRAWN: ("withdrawn", "geri cekildi", "cekildik", "vazgecildi"),
    Outcome.CANCELLED: ("cancelled", "canceled", "iptal", "iptal edildi"),
    Outcome.NO_BID: ("no bid", "teklif verilmedi", "girilmedi", "katilmadik", "girmedik"),
    Stage.ANNOUNCED: ("announced", "duyuruldu", "ilan edildi", "prospecting", "acik", "open"),
    Stage.PREPARING: ("preparing", "hazirlaniyor", "hazirlik", "engaging"),
    Stage.SUBMITTED: ("submitted", "teklif verildi", "verildi", "beklemede", "degerlendirmede", "pending"),
    Stage.NEGOTIATION: ("negotiation", "pazarlik", "gorusme", "gorusuluyor"),
}


def state_named(text: str) -> str | None:
    """Give the outcome or stage that a cell means; None where it is neither."""
    return _states().get(_bare(text))


def label_of(state: str) -> str:
    """Say an outcome or a stage in a word."""
    return str(Outcome(state).label if state in Outcome.values else Stage(state).label)


@cache
def _states() -> Mapping[str, str]:
    """Give outcomes and stages by what a file may call them: words of the trade, and our own in both languages."""
    found = {word: str(state) for state, words in _SAID.items() for word in words}
    for language in ("tr", "en"):
        with translation.override(language):
            found |= {_bare(str(one.label)): one.value for kind in (Outcome, Stage) for one in kind}
    # What only several lots together can be is said by no row.
    return {word: state for word, state in found.items() if state not in (Outcome.PARTLY, Stage.DECIDED)}


def _bare(text: str) -> str:
    return " ".join(re.findall(r"[a-z0-9]+", fold(text)))
