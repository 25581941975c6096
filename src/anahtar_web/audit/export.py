"""The trail as a CSV file for an auditor: every entry with its digest, nothing that a spreadsheet would obey."""

import csv
from collections.abc import Iterable, Iterator
from typing import Any, Final

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from anahtar.report.harmless import guarded
from anahtar_web.audit.shown import Line, Told

BOM: Final = "\N{BYTE ORDER MARK}"
"""Without it a spreadsheet takes the file for one of the machine's old code page."""


class _Row:
    """Where `csv` writes one row that is then given on."""

    def write(self, text: str) -> str:
        return text


def rows(told: Iterable[Told]) -> Iterator[str]:
    """Write the file, line by line."""
    separator = ";" if (get_language() or "en").startswith("tr") else ","
    writer: Any = csv.writer(_Row(), delimiter=separator, quoting=csv.QUOTE_ALL)
    yield BOM + writer.writerow(_head())
    for one in told:
        yield writer.writerow([guarded(cell) for cell in _cells(one)])


def _head() -> list[str]:
    return [
        *(_("Entry"), _("Time"), _("Who"), _("What happened"), _("Verb"), _("Kind of row"), _("Row"), _("Name")),
        *(_("Account"), _("Changes"), _("Reason"), _("Network address"), _("Path"), _("Digest")),
    ]


def _cells(told: Told) -> list[str]:
    entry = told.entry
    changes = [_change(line) for line in told.lines]
    if told.withheld:
        changes.append(_("%(n)s not for this role") % {"n": told.withheld})
    return [
        *(str(entry.pk), timezone.localtime(entry.at).isoformat(timespec="seconds"), entry.by_name),
        *(told.sentence, entry.verb, entry.target_type, entry.target_id, entry.target_name),
        *("" if entry.account_id is None else str(entry.account_id), " | ".join(changes)),
        *(entry.reason, entry.address, entry.path, entry.digest),
    ]


def _change(line: Line) -> str:
    return f"{line.label}: {line.before} → {line.after}"
