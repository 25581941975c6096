"""summary.json: the figures of one analysis for other programs, under names that do not change.

Every key is explained in docs/summary-json.md. Keys are added over time, never renamed.
"""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from anahtar.analysis import Analysis, Concentration, KeyAccount
from anahtar.money import to_cents
from anahtar.report.labels import CLASSES, REGULARITY, STATES
from anahtar.report.lists import key_ids
from anahtar.rules.evidence import Evidence
from anahtar.words import Words

_CELLS: Final = tuple(abc + xyz for abc in "ABC" for xyz in "XYZ")


def summary(analysis: Analysis, words: Words | None = None) -> dict[str, Any]:
    """The figures of an analysis as plain values, the same for the same analysis, byte for byte.

    Parameters
    ----------
    analysis
        Money in units; written as decimal strings with two places. Shares are fractions, dates ISO.
    words
        Language of the sentences under `reasons` and `notes`; English where None.

    Returns
    -------
    dict
        Ready for `json.dumps`. Classes, cells and states without an account are there, with zero.
    """
    words = words or Words("en")
    return {
        "ledger": _ledger(analysis),
        "as_of": analysis.as_of.isoformat(),
        "window": {"start": analysis.window.start.isoformat(), "end": analysis.window.end.isoformat()},
        "measure": str(analysis.measure),
        "settings": _settings(analysis),
        "abc": _abc(analysis),
        "xyz": {word: {"customers": analysis.xyz.get(word, 0)} for word in REGULARITY},
        **_matrix(analysis),
        "concentration": _concentration(analysis.concentration),
        "concentration_by_group": (
            None if analysis.group_concentration is None else _concentration(analysis.group_concentration)
        ),
        "key_share": analysis.key_share,
        "key_band": list(analysis.key_band),
        "key_accounts": _key_accounts(analysis, words),
        "silence": {state: analysis.silence.get(state, 0) for state in STATES},
        "notes": [words(note) for note in analysis.notes],
        "language": words.language,
    }


def write_summary(analysis: Analysis, folder: Path, words: Words | None = None) -> Path:
    """Write `summary` to `summary.json` in an existing folder: UTF-8, indented, keys in the documented order."""
    path = folder / "summary.json"
    text = json.dumps(summary(analysis, words), ensure_ascii=False, indent=2, allow_nan=False)
    path.write_text(text + "\n", encoding="utf-8", errors="replace")
    return path


def _ledger(analysis: Analysis) -> dict[str, Any]:
    ledger = analysis.ledger
    return {
        "rows_in_file": ledger.rows_in_file,
        "rows_accepted": ledger.rows_accepted,
        "rows_set_aside": ledger.rows_set_aside,
        "rows_refused": ledger.rows_refused,
        "customers": ledger.customers,
        "amount_accepted": _money(ledger.amount_accepted),
        "unassigned_rows": ledger.unassigned_rows,
        "unassigned_amount": _money(ledger.unassigned_amount),
        "duplicate_rows": ledger.duplicate_rows,
        "first_date": ledger.first_date.isoformat(),
        "last_date": ledger.last_date.isoformat(),
        "currency": ledger.currency,
    }


def _settings(analysis: Analysis) -> dict[str, Any]:
    options = analysis.options
    return {
        "abc_cuts": list(options.abc_cuts),
        "xyz_cuts": list(options.xyz_cuts),
        "period": str(options.period),
        "by_group": options.by_group,
        "lapse": _lapse(analysis),
    }


def _lapse(analysis: Analysis) -> dict[str, Any] | None:
    by = analysis.lapse
    if by is None:
        return None
    return {"criterion": by.kind.value, "days": by.flat_days, "at_risk": by.at_risk, "lapsed": by.lapsed}


def _abc(analysis: Analysis) -> dict[str, Any]:
    found = analysis.abc
    empty = {"customers": 0, "amount": _money(0), "share": 0.0}
    return {
        abc: (
            {
                "customers": found[abc].customers,
                "amount": _money(found[abc].amount),
                "share": found[abc].share,
            }
            if abc in found
            else empty
        )
        for abc in CLASSES
    }


def _matrix(analysis: Analysis) -> dict[str, dict[str, int]]:
    """The nine cells; accounts that bought once or are new stand in the Z column and are told apart beside it."""
    cells = {cell.name: cell for cell in analysis.cells}
    column_z = {abc: cells[abc + "Z"] for abc in "ABC" if abc + "Z" in cells}
    return {
        "matrix": {name: cells[name].customers if name in cells else 0 for name in _CELLS},
        "matrix_one_off": {abc: cell.one_off for abc, cell in column_z.items()},
        "matrix_new": {abc: cell.new for abc, cell in column_z.items()},
    }


def _concentration(found: Concentration) -> dict[str, Any]:
    return {
        "customers_positive": found.customers_positive,
        "total": _money(found.total),
        **{f"top{count}": share for count, share in sorted(found.top.items())},
        "top_percent": {str(percent): share for percent, share in sorted(found.top_percent.items())},
        "hhi": found.hhi,
        "hhi_normalised": found.hhi_normalised,
        "effective_number": found.effective_number,
        "gini": found.gini,
        "gini_corrected": found.gini_corrected,
        "customers_for_50pct": found.customers_for_50pct,
        "customers_for_80pct": found.customers_for_80pct,
        "without": {str(count): _money(left) for count, left in sorted(found.without.items())},
        "dependence": list(found.dependence),
        "mono_client": found.mono_client,
    }


def _key_accounts(analysis: Analysis, words: Words) -> list[dict[str, Any]]:
    chosen = key_ids(analysis)
    return [_key_account(account, words) for account in analysis.key_accounts if account.account_id in chosen]


def _key_account(account: KeyAccount, words: Words) -> dict[str, Any]:
    return {
        "code": account.code,
        "name": account.name,
        "share": account.share,
        "types": list(account.types),
        "reasons": [words(evidence.sentence) for evidence in account.reasons if evidence.met],
        "evidence": _evidence(account.reasons),
        "type_evidence": _type_evidence(account.type_evidence),
        "candidate_for": list(account.candidate_for),
    }


def _type_evidence(found: Mapping[str, Sequence[Evidence]]) -> dict[str, Any]:
    return {name: _evidence(evidence) for name, evidence in found.items()}


def _evidence(found: Sequence[Evidence]) -> list[dict[str, Any]]:
    return [{"criterion": one.criterion, "met": one.met, "value": one.value, "border": one.border} for one in found]


def _money(units: int) -> str:
    return str(to_cents(units))
