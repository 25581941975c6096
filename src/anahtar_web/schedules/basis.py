"""What the figures of an analysis follow from, as one digest: where it is the same, an analysis would say the same.

The day up to which silence is counted is the ledger's last one, so it is the same where the imports are.
"""

import json
from collections.abc import Sequence
from hashlib import sha256

import anahtar
from anahtar_web.accounts.queries import merged_codes, said_groups
from anahtar_web.company.actions import THRESHOLDS
from anahtar_web.company.queries import company
from anahtar_web.losses.reckoning import said


def digest(batches: Sequence[str]) -> str:
    """Digest what an analysis of some batches would rest on now.

    Parameters
    ----------
    batches
        Names of the batches that count, oldest first.
    """
    house, merged = company(), merged_codes()
    goes_on, apart = said(merged)
    rests_on = {
        "version": anahtar.__version__,
        "batches": list(batches),
        "thresholds": {name: getattr(house, name) for name in (*THRESHOLDS, "criteria")},
        "merged": merged,
        "groups": said_groups(),
        "goes_on": dict(goes_on),
        "apart": [list(pair) for pair in apart],
    }
    return sha256(json.dumps(rests_on, sort_keys=True).encode()).hexdigest()
