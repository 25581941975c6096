"""How long the state of one account takes, against the least that a Python function of as many arguments takes.

    python -m bench.lapse_state

Goal: 5 microseconds on a quiet machine, so that half a million accounts take seconds.
"""

from timeit import repeat
from typing import Any

from anahtar.rules.lapse_state import lapse_state

ACCOUNTS = [(silence, 31.0 + silence % 7) for silence in range(0, 400, 4)]
FIXED: dict[str, Any] = {
    **{"purchase_days": 23, "age": 900, "gap_p95": 48.0},
    **{"recent_longest": 40, "base_interval": 50.0, "ledger_age": 1_000},
}


def nothing(**_asked: Any) -> None:
    """What a call alone takes."""


def main() -> None:
    ours, least = (_microseconds(function) for function in (lapse_state, nothing))
    print(f"{ours:.2f} µs an account, {ours / least:.1f} times a call that does nothing ({least:.2f} µs)")


def _microseconds(function: Any) -> float:
    def all_of_them() -> None:
        for silence, mean in ACCOUNTS:
            function(silence=silence, gap_mean=mean, **FIXED)

    return min(repeat(all_of_them, number=10, repeat=15)) / (10 * len(ACCOUNTS)) * 1e6


if __name__ == "__main__":
    main()
