"""How a customer decides: the rule, the verdict as people stand today, whom to win, and who has how much power.

Every rule comes to the same kind of game (`game.Game`): seats with a weight, a quota, and seats without which nothing
is carried. `committee.Committee` makes it of a stated rule, `verdict.verdict` answers, `telling` puts it into words.
"""

from anahtar.rules.decision.committee import (
    Committee,
    Member,
    Rule,
    Stance,
    UnableToDecide,
    more_than_half,
)
from anahtar.rules.decision.game import Game, Power
from anahtar.rules.decision.telling import sentences, stands, why_power
from anahtar.rules.decision.verdict import Outcome, Tally, Thread, Verdict, verdict

__all__ = [
    "Committee",
    "Game",
    "Member",
    "Outcome",
    "Power",
    "Rule",
    "Stance",
    "Tally",
    "Thread",
    "UnableToDecide",
    "Verdict",
    "more_than_half",
    "sentences",
    "stands",
    "verdict",
    "why_power",
]
