"""The child of `anahtar.ledger.files.child`: does one task behind walls, and says how it went.

Run by `python -I -m anahtar.ledger.files.inside`. Nothing large is imported before the walls stand.
"""

import os
import sys
from collections.abc import Sequence
from importlib.abc import MetaPathFinder
from pathlib import Path
from typing import IO, Final

from anahtar.ledger.files import wire
from anahtar.ledger.roles import FileKind
from anahtar.words import Refusal

OUT_OF_MEMORY: Final = 3
"""Exit status of a child whose Python ran out of memory."""


def main() -> int:
    """Do the one task the parent names on standard input."""
    from anahtar.ledger.files import walls

    kind, task = wire.parsed(sys.stdin.buffer.readline())
    walls.die_with_parent(task["parent"])
    walls.leave_network()
    walls.close_in(task["limits"])
    sys.meta_path.insert(0, _WithoutPandas())
    return answered(kind, task, _voice())


class _WithoutPandas(MetaPathFinder):
    """Arrow imports pandas, if it is there, to ask whether a value is one of its: 0.2 CPU-seconds for a no."""

    def find_spec(self, fullname: str, path: object, target: object = None) -> None:
        if fullname == "pandas":
            raise ModuleNotFoundError("the reader has no use for pandas", name=fullname)


def _voice() -> IO[bytes]:
    """The pipe to the parent, moved away from standard output: a library that prints must not be taken for us."""
    pipe = os.dup(1)
    os.dup2(2, 1)
    return os.fdopen(pipe, "wb", buffering=0)


def answered(kind: str, task: dict[str, wire.Json], voice: IO[bytes]) -> int:
    """Do a task, tell the parent its result or the refusal, and return the exit status."""
    from anahtar.ledger.files.machine import RefusedByMachine

    try:
        voice.write(_result(kind, task, voice))
    except Refusal as refusal:
        voice.write(wire.line("refusal", wire.message_to_json(refusal.message)))
    except MemoryError:
        return OUT_OF_MEMORY
    except OSError as error:
        # Without a number it is a library that stumbled over the file, not the machine.
        if error.errno is None:
            raise
        refused = RefusedByMachine(error, Path(task["staging"]))
        voice.write(wire.line("refusal", wire.message_to_json(refused.message)))
    return 0


def _result(kind: str, task: dict[str, wire.Json], voice: IO[bytes]) -> bytes:
    def progress(stage: str, done: int, total: int) -> None:
        voice.write(wire.line("progress", [stage, done, total]))

    options = wire.options_from_json(task["options"])
    paths: Sequence[Path] = [Path(path) for path in task["paths"]]
    if kind == "peek":
        from anahtar.ledger.intake.peeking import peek_files

        peek = peek_files(paths, task["names"], options, rows=task["rows"], progress=progress)
        return wire.line("peek", wire.peek_to_json(peek))
    from anahtar.ledger.files.sources import open_sheets
    from anahtar.ledger.intake.reading import read_sheets

    sheets = open_sheets(paths, options, task["names"])
    if kind == "pick":
        from anahtar.ledger.intake.picking import pick_rows

        wanted = {(file, sheet): frozenset(map(int, rows)) for file, sheet, rows in task["wanted"]}
        picked = pick_rows(sheets, wanted, Path(task["staging"]))
        return wire.line("picked", [[sheet.file, sheet.name, sheet.header] for sheet in picked])
    if kind == "copy":
        from anahtar.ledger.intake.copying import copy_table

        return wire.line("table", wire.table_to_json(copy_table(sheets, Path(task["staging"]), most=task["most"])))
    if options.kind is FileKind.DELIVERIES:
        from anahtar.ledger.deliveries.reading import read_deliveries

        return wire.line("draft", wire.draft_to_json(read_deliveries(sheets, options, Path(task["staging"]), progress)))
    return wire.line("draft", wire.draft_to_json(read_sheets(sheets, options, Path(task["staging"]), progress)))


if __name__ == "__main__":
    status = main()
    sys.stderr.flush()
    # All is written and told: taking the libraries down in order took a tenth of a second, and the parent waits for it.
    os._exit(status)
