"""Everything that can happen to offers, approval limits, lists and campaigns."""

from anahtar_web.winbacks.actions.answering import UnableToAnswer, answer, follow, hear, withdraw
from anahtar_web.winbacks.actions.campaigning import UnableToCampaign, end, plan, replan, start
from anahtar_web.winbacks.actions.deciding import UnableToDecideOffer, decide
from anahtar_web.winbacks.actions.limiting import UnableToLimit, change_limits
from anahtar_web.winbacks.actions.listing import UnableToKeepList, change_list, keep_list, open_cases, take_out
from anahtar_web.winbacks.actions.offering import WRITTEN, UnableToOffer, make, rewrite, send, submit

__all__ = [
    "WRITTEN",
    "UnableToAnswer",
    "UnableToCampaign",
    "UnableToDecideOffer",
    "UnableToKeepList",
    "UnableToLimit",
    "UnableToOffer",
    "answer",
    "change_limits",
    "change_list",
    "decide",
    "end",
    "follow",
    "hear",
    "keep_list",
    "make",
    "open_cases",
    "plan",
    "replan",
    "rewrite",
    "send",
    "start",
    "submit",
    "take_out",
    "withdraw",
]
