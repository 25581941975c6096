"""The words for what is lost and how."""

from collections.abc import Mapping
from typing import Final

from anahtar.facts.dimensions import Dimension
from anahtar.words import Message, say

BUCKETS: Final[Mapping[str, Message]] = {
    "new": say("new"),
    "returned": say("came back"),
    "expansion": say("bought more"),
    "contraction": say("bought less"),
    "lost": say("lost"),
    "steady": say("the same"),
}
"""Where an account stands in the bridge."""

KINDS: Final = {
    Dimension.DIRECTION: say("Product group"),
    Dimension.REGION: say("Region"),
    Dimension.SITE: say("Site"),
}
"""What a direction is, before its name: *Site Gebze*."""

DIMENSIONS: Final[Mapping[Dimension, Message]] = {
    Dimension.DIRECTION: say("By direction"),
    Dimension.REGION: say("By region"),
    Dimension.SALESPERSON: say("By salesperson"),
    Dimension.PRODUCT: say("By product"),
}

VERDICTS: Final[Mapping[str, Message]] = {
    "worse": say("more than chance explains"),
    "better": say("less than chance explains"),
    "usual": say("as chance would have it"),
    "few": say("too few to say"),
}
"""What a place's losses are against the base rate."""
