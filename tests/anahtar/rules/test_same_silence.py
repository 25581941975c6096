"""Which silences of one account are one event."""

from datetime import date, timedelta

import pytest

from anahtar.rules.same_silence import Part, told_once

DAY = date(2025, 6, 1)


def part(kind: str, money: int, *, earlier: int = 0, gap: float | None = 10.0) -> Part:
    return Part(kind, DAY - timedelta(earlier), gap, money)


@pytest.mark.parametrize(
    ("parts", "told"),
    [
        # a site that closes takes what was bought only there, and its region, with it
        ([part("direction", 3), part("region", 7), part("site", 7)], {2: [1, 0]}),
        # a region with two dead sites is dearer than either
        ([part("site", 4), part("site", 3), part("region", 7)], {2: [0, 1]}),
        # two product groups are two events, however alike
        ([part("direction", 3), part("direction", 3)], {0: [], 1: []}),
        # no further apart than the slower one's usual gap
        ([part("site", 5, gap=10), part("direction", 4, earlier=30, gap=30)], {0: [1]}),
        ([part("site", 5, gap=10), part("direction", 4, earlier=31, gap=30)], {0: [], 1: []}),
        # without a gap only the same day is together
        ([part("site", 5, gap=None), part("region", 4, gap=None)], {0: [1]}),
        ([part("site", 5, gap=None), part("region", 4, gap=None, earlier=1)], {0: [], 1: []}),
        # equal money: the site before the product group before the region
        ([part("region", 5), part("direction", 5)], {1: [0]}),
        ([part("direction", 5), part("site", 5)], {1: [0]}),
        ([], {}),
    ],
)
def test_what_fell_silent_together_is_told_once(parts: list[Part], told: dict[int, list[int]]) -> None:
    assert told_once(parts) == told
    assert list(told_once(parts)) == list(told)
