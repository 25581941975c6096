"""What spoke for and against an account when the analysis ran, in the words of then: one row for each criterion."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc

from anahtar.analysis.result import KeyAccount
from anahtar.ledger.files import wire
from anahtar.rules.evidence import Evidence

EVIDENCE: Final = pa.schema(
    [
        pa.field("account_id", pa.int32(), nullable=False),
        pa.field("speaks_for", pa.string()),  # a type; null: whether the account is key
        pa.field("criterion", pa.string(), nullable=False),
        pa.field("met", pa.bool_(), nullable=False),
        pa.field("value", pa.float64()),
        pa.field("border", pa.float64()),
        pa.field("sentence", pa.string(), nullable=False),  # as `wire.message_to_json` writes it
    ]
)

_written: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
"""One encoder for thousands of sentences: making it is half of the work."""


def evidence_table(accounts: Iterable[KeyAccount]) -> pa.Table:
    """All evidence of some accounts (`EVIDENCE`)."""
    return pa.Table.from_pylist([row for account in accounts for row in _rows(account)], EVIDENCE)


def _rows(account: KeyAccount) -> Iterator[Mapping[str, Any]]:
    for kind, evidence in [(None, account.reasons), *account.type_evidence.items()]:
        for one in evidence:
            yield {
                "account_id": account.account_id,
                "speaks_for": kind,
                "criterion": one.criterion,
                "met": one.met,
                "value": one.value,
                "border": one.border,
                "sentence": _written(wire.message_to_json(one.sentence)),
            }


class Told(Mapping[str, KeyAccount]):
    """Accounts by code, with their evidence as it was kept, read when one is asked for.

    Parameters
    ----------
    rows
        Their standings, with the column `evidence_of`: the types that something speaks for.
    evidence
        Gives the evidence of an account id (`EVIDENCE`).
    """

    def __init__(self, rows: pa.Table, evidence: Callable[[int], pa.Table]) -> None:
        self._rows, self._evidence = rows, evidence
        self._place = {code: at for at, code in enumerate(rows["code"].to_pylist())}

    def __getitem__(self, code: str) -> KeyAccount:
        row = self._rows.slice(self._place[code], 1).to_pylist()[0]
        return _account(row, self._evidence(row["account_id"]).to_pylist())

    def __iter__(self) -> Iterator[str]:
        return iter(self._place)

    def __len__(self) -> int:
        return len(self._place)


def of_account(evidence: pa.Table, account: int) -> pa.Table:
    """The evidence of one account in a table of several."""
    return evidence.filter(pc.equal(evidence["account_id"], account))


def _account(row: Mapping[str, Any], evidence: Sequence[Mapping[str, Any]]) -> KeyAccount:
    return KeyAccount(
        account_id=row["account_id"],
        code=row["code"],
        name=row["name"],
        share=row["share"] or 0.0,
        types=row["types"],
        candidate_for=row["candidate_for"],
        reasons=_evidence(evidence, None),
        type_evidence={kind: _evidence(evidence, kind) for kind in row["evidence_of"]},
    )


def _evidence(rows: Sequence[Mapping[str, Any]], kind: str | None) -> Sequence[Evidence]:
    return [
        Evidence(
            row["criterion"],
            row["met"],
            row["value"],
            row["border"],
            wire.message_from_json(json.loads(row["sentence"])),
        )
        for row in rows
        if row["speaks_for"] == kind
    ]
