"""Reads files somebody else made in a process of its own, behind walls, so that none of them can harm the parent.

The parent calls `read`; the child is this module run by `python -I -m anahtar.ledger.files.child`: no shell, an empty
environment, no inherited files, the staging folder as its directory, limits on memory and time, no network where the
kernel lets it go. It is told what to do by one line of JSON, and tells progress, the result or a refusal by others.
"""

import json
import os
import selectors
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, replace
from importlib.abc import MetaPathFinder
from pathlib import Path
from typing import IO, Final, TypeAlias

from anahtar.ledger.files import wire
from anahtar.ledger.files.limits import Limits
from anahtar.ledger.manifest import Draft
from anahtar.ledger.options import ReadOptions
from anahtar.words import Message, Refusal, say

Progress: TypeAlias = Callable[[str, int, int], None]

_ENVIRONMENT: Final = {
    "LC_ALL": "C.UTF-8",
    # Arrow's own allocator reserves a gibibyte at once and then has no room left behind a wall of two.
    "ARROW_DEFAULT_MEMORY_POOL": "system",
    # So does the C library for every thread: 64 MB each.
    "MALLOC_ARENA_MAX": "2",
    # And numpy's algebra, which reading has no use for.
    "OPENBLAS_NUM_THREADS": "1",
}

_OUT_OF_MEMORY: Final = 3
"""Exit status of a child whose Python ran out of memory."""
_MOMENT: Final = 5.0
"""Seconds a child has to end after its last word."""
_LOG_TAIL: Final = 1 << 16
_MEMORY_SIGNS: Final = (
    b"memoryerror",
    b"memory allocation",
    b"malloc of size",
    b"bad_alloc",
    b"out of memory",
    b"failed to map segment",
)


class UnableToReadFile(Refusal):
    """The reader of the file was stopped, or broke down."""

    def __init__(self, *, files: Sequence[str], reason: Message) -> None:
        super().__init__(say("{files} could not be read: {reason}", files=", ".join(files), reason=reason))


def read(
    paths: Sequence[Path],
    options: ReadOptions,
    staging: Path,
    *,
    names: Sequence[str] = (),
    limits: Limits | None = None,
    on_progress: Progress | None = None,
) -> Draft:
    """Read files into a staged batch, in a child process behind walls.

    Parameters
    ----------
    paths
        Files and folders of one import.
    options
        What the person decided instead of the evidence.
    staging
        An existing folder that becomes the batch; its content is worthless after a refusal.
    names
        What the files are called where they are stored under other names.
    limits
        The walls; by default chosen by the size of the files.
    on_progress
        Told a stage, how much of it is done and how much there is (0: unknown).

    Raises
    ------
    Refusal
        What the child refused, in its words.
    UnableToReadFile
        The child died: too little memory or time, or a file that breaks the reader. The parent goes on.
    """
    limits = limits or Limits.for_files(paths)
    names = list(names) or [path.name or str(path) for path in paths]
    request = wire.line(
        "read",
        {
            "paths": [str(path.absolute()) for path in paths],
            "names": names,
            "options": wire.options_to_json(_from_anywhere(options)),
            "staging": str(staging.absolute()),
            "limits": asdict(limits),
            "parent": os.getpid(),
        },
    )
    deadline = time.monotonic() + limits.wall
    with tempfile.TemporaryFile() as log, _started(staging, log) as child:
        try:
            told = _listen(child, request, deadline, on_progress)
            status = _status(child, deadline)
        finally:
            child.kill()
        if told is None:
            raise UnableToReadFile(files=names, reason=_why_it_died(status, log, limits))
    return _draft(told, names)


def _status(child: "subprocess.Popen[bytes]", deadline: float) -> int:
    """How the child ended; one that closed its pipe has a moment to do so, one that is late has none."""
    try:
        return child.wait(timeout=max(0.0, min(_MOMENT, deadline - time.monotonic())))
    except subprocess.TimeoutExpired:
        return -signal.SIGKILL


def _from_anywhere(options: ReadOptions) -> ReadOptions:
    """The child works in another folder: the rates file is named from the root."""
    return options if options.rates is None else replace(options, rates=str(Path(options.rates).absolute()))


def _started(staging: Path, log: IO[bytes]) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(
        # -I: no user site, no PYTHON… variables, no module from the current folder.
        [sys.executable, "-I", "-X", "utf8", "-m", "anahtar.ledger.files.child"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=log,
        cwd=staging,
        env=_ENVIRONMENT | {"TMPDIR": str(staging.absolute())},
        close_fds=True,
        start_new_session=True,
    )


def _listen(
    child: "subprocess.Popen[bytes]", request: bytes, deadline: float, on_progress: Progress | None
) -> tuple[str, wire.Json] | None:
    """Tell the child its task and hear it out; its last word, or None where it died or the time is over."""
    assert child.stdin is not None
    assert child.stdout is not None
    try:
        child.stdin.write(request)
        child.stdin.close()
    except BrokenPipeError:
        return None
    for text in _lines(child.stdout, deadline=deadline):
        try:
            kind, content = wire.parsed(text)
        except wire.MalformedWire:
            return None
        if kind != "progress":
            return kind, content
        if on_progress is not None:
            stage, done, total = content
            on_progress(str(stage), int(done), int(total))
    return None


def _lines(pipe: IO[bytes], *, deadline: float) -> Iterator[bytes]:
    """The child's lines as they come; ends with the pipe, the deadline, or a line longer than any of ours."""
    rest = b""
    with selectors.DefaultSelector() as waiting:
        waiting.register(pipe, selectors.EVENT_READ)
        while waiting.select(max(0.0, deadline - time.monotonic())):
            block = os.read(pipe.fileno(), 1 << 16)
            if not block:
                return
            *lines, rest = (rest + block).split(b"\n")
            yield from lines
            if len(rest) > wire.LONGEST_LINE:
                return


def _why_it_died(status: int, log: IO[bytes], limits: Limits) -> Message:
    log.seek(0, os.SEEK_END)
    log.seek(max(0, log.tell() - _LOG_TAIL))
    last_words = log.read().lower()
    if status == _OUT_OF_MEMORY or any(sign in last_words for sign in _MEMORY_SIGNS):
        return say(
            "it needs more than {limit} MB of memory. Allow more with --reader-memory, or save it as CSV.",
            limit=limits.memory >> 20,
        )
    if status == -signal.SIGXCPU:
        return say("it takes more than {limit} seconds of computing. Save it as CSV, or in parts.", limit=limits.cpu)
    if status == -signal.SIGKILL:
        return say(
            "it takes more than {limit} seconds, or the system stopped its reader. Save it as CSV, or in parts.",
            limit=limits.wall,
        )
    if status in (-signal.SIGSEGV, -signal.SIGABRT, -signal.SIGBUS):
        return say(
            "it breaks its reader, or needs more than {limit} MB of memory. Save it again as .xlsx or as CSV, "
            "or allow more with --reader-memory.",
            limit=limits.memory >> 20,
        )
    return say("it breaks its reader (status {status}). Save it again as .xlsx or as CSV.", status=status)


def _draft(told: tuple[str, wire.Json], names: Sequence[str]) -> Draft:
    kind, content = told
    try:
        if kind == "draft":
            return wire.draft_from_json(content)
        raise Refusal(wire.message_from_json(content))
    except wire.MalformedWire as broken:
        reason = say("its reader answered nonsense. Save it again as .xlsx or as CSV.")
        raise UnableToReadFile(files=names, reason=reason) from broken


# The child ------------------------------------------------------------------------------------------------------


def main() -> int:
    """Do the one task the parent names on standard input."""
    from anahtar.ledger.files import walls

    task = json.loads(sys.stdin.buffer.readline())["read"]
    walls.die_with_parent(task["parent"])
    walls.leave_network()
    walls.close_in(task["limits"])
    sys.meta_path.insert(0, _WithoutPandas())
    return _answered(task, _voice())


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


def _answered(task: dict[str, wire.Json], voice: IO[bytes]) -> int:
    from anahtar.ledger.files.machine import RefusedByMachine
    from anahtar.ledger.files.sources import open_sheets
    from anahtar.ledger.intake.reading import read_sheets

    def progress(stage: str, done: int, total: int) -> None:
        voice.write(wire.line("progress", [stage, done, total]))

    options = wire.options_from_json(task["options"])
    try:
        sheets = open_sheets([Path(path) for path in task["paths"]], options, task["names"])
        draft = read_sheets(sheets, options, Path(task["staging"]), progress)
    except Refusal as refusal:
        voice.write(wire.line("refusal", wire.message_to_json(refusal.message)))
        return 0
    except MemoryError:
        return _OUT_OF_MEMORY
    except OSError as error:
        # Without a number it is a library that stumbled over the file, not the machine.
        if error.errno is None:
            raise
        refused = RefusedByMachine(error, Path(task["staging"]))
        voice.write(wire.line("refusal", wire.message_to_json(refused.message)))
        return 0
    voice.write(wire.line("draft", wire.draft_to_json(draft)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
