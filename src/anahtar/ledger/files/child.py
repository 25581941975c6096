"""Reads files somebody else made in a process of its own, behind walls, so that none of them can harm the parent.

The parent calls `read`, or `peek` for a first look; the child is `anahtar.ledger.files.inside`, run by `python -I -m`:
no shell, an empty environment, no inherited files, the staging folder as its directory, limits on memory and time, no
network where the kernel lets it go. It is told what to do by one line of JSON, and tells progress, the result or a
refusal by others.
"""

import os
import selectors
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import IO, Final, TypeAlias, TypeVar

from anahtar.ledger.files import wire
from anahtar.ledger.files.inside import OUT_OF_MEMORY
from anahtar.ledger.files.limits import Limits
from anahtar.ledger.manifest import Draft
from anahtar.ledger.options import ReadOptions
from anahtar.ledger.peek import Peek
from anahtar.ledger.picked import PickedSheet, PickedTable
from anahtar.words import Message, Refusal, say

Progress: TypeAlias = Callable[[str, int, int], None]
_Answer = TypeVar("_Answer")

_ENVIRONMENT: Final = {
    "LC_ALL": "C.UTF-8",
    # Arrow's own allocator reserves a gibibyte at once and then has no room left behind a wall of two.
    "ARROW_DEFAULT_MEMORY_POOL": "system",
    # So does the C library for every thread: 64 MB each.
    "MALLOC_ARENA_MAX": "2",
    # And numpy's algebra, which reading has no use for.
    "OPENBLAS_NUM_THREADS": "1",
}

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
    task = _Task(paths, list(names) or _names(paths), options, limits or Limits.for_files(paths))
    return task.answer("read", "draft", wire.draft_from_json, folder=staging, on_progress=on_progress)


def peek(
    paths: Sequence[Path],
    options: ReadOptions,
    *,
    rows: int = 20,
    names: Sequence[str] = (),
    limits: Limits | None = None,
    on_progress: Progress | None = None,
) -> Peek:
    """Look at files before they are read, in a child process behind walls: how they would be read, what is undecided.

    Parameters
    ----------
    paths, options, names, limits, on_progress
        As for `read`; what the options say wins over the evidence.
    rows
        How many rows of each sheet are told.

    Returns
    -------
    Peek
        What an option can still decide is a question in it, and no refusal.

    Raises
    ------
    Refusal
        What no option helps against: a file that is missing, damaged, made to do harm or of a kind we do not read.
    UnableToReadFile
        The child died.
    """
    task = _Task(paths, list(names) or _names(paths), options, limits or Limits.for_files(paths))
    with tempfile.TemporaryDirectory(prefix="anahtar-peek-") as folder:
        return task.answer(
            "peek", "peek", wire.peek_from_json, folder=Path(folder), on_progress=on_progress, told={"rows": rows}
        )


def pick(
    paths: Sequence[Path],
    options: ReadOptions,
    wanted: Mapping[tuple[str, str], Collection[int]],
    folder: Path,
    *,
    names: Sequence[str] = (),
    limits: Limits | None = None,
) -> list[PickedSheet]:
    """Copy some rows of files as they stand, in a child process behind walls: for a person who corrects them.

    Parameters
    ----------
    paths, options, names, limits
        As the files were read.
    wanted
        File and sheet name -> rows, as problems name them.
    folder
        Where the rows are written (`anahtar.ledger.picked.picked_rows` reads them).

    Raises
    ------
    Refusal
        What the child refused, in its words.
    UnableToReadFile
        The child died.
    """
    task = _Task(paths, list(names) or _names(paths), options, limits or Limits.for_files(paths))
    told = {"wanted": [[file, sheet, sorted(rows)] for (file, sheet), rows in wanted.items()]}
    return task.answer("pick", "picked", _picked, folder=folder, on_progress=None, told=told)


def copy(
    path: Path, options: ReadOptions, folder: Path, *, name: str = "", most: int, limits: Limits | None = None
) -> PickedTable:
    """Copy the first table of a file as it stands, in a child process behind walls: for a reader of its own.

    Parameters
    ----------
    options
        How the file is cut: sheet, header row, encoding, delimiter.
    folder
        Where the rows are written (`anahtar.ledger.picked.picked_rows` reads them).
    name
        What the file is called where it is stored under another name.
    most
        How many rows the table may have.

    Raises
    ------
    Refusal
        What the child refused, in its words.
    UnableToReadFile
        The child died.
    """
    task = _Task([path], [name or path.name], options, limits or Limits.for_files([path]))
    told = {"most": most}
    return task.answer("copy", "table", wire.table_from_json, folder=folder, on_progress=None, told=told)


def _picked(told: wire.Json) -> list[PickedSheet]:
    try:
        return [PickedSheet(str(file), str(name), tuple(map(str, header))) for file, name, header in told]
    except (TypeError, ValueError) as broken:
        raise wire.MalformedWire("picked") from broken


def _names(paths: Sequence[Path]) -> list[str]:
    return [path.name or str(path) for path in paths]


@dataclass(frozen=True, slots=True)
class _Task:
    """What a child is to do with which files."""

    paths: Sequence[Path]
    names: Sequence[str]
    options: ReadOptions
    limits: Limits

    def answer(
        self,
        kind: str,
        wanted: str,
        understood: Callable[[wire.Json], _Answer],
        *,
        folder: Path,
        on_progress: Progress | None,
        told: Mapping[str, wire.Json] | None = None,
    ) -> _Answer:
        """Have a child do it in a folder, and understand its answer."""
        heard, status = None, 0
        deadline = time.monotonic() + self.limits.wall
        with tempfile.TemporaryFile() as log, _started(folder, log) as child:
            try:
                request = wire.line(kind, {**self._request(folder), **(told or {})})
                heard = _listen(child, request, deadline, on_progress)
                status = _status(child, deadline)
            finally:
                child.kill()
            if heard is None:
                raise UnableToReadFile(files=self.names, reason=_why_it_died(status, log, self.limits))
        try:
            if heard[0] == wanted:
                return understood(heard[1])
            raise Refusal(wire.message_from_json(heard[1]))
        except wire.MalformedWire as broken:
            reason = say("its reader answered nonsense. Save it again as .xlsx or as CSV.")
            raise UnableToReadFile(files=self.names, reason=reason) from broken

    def _request(self, folder: Path) -> dict[str, wire.Json]:
        return {
            "paths": [str(path.absolute()) for path in self.paths],
            "names": self.names,
            "options": wire.options_to_json(_from_anywhere(self.options)),
            "staging": str(folder.absolute()),
            "limits": asdict(self.limits),
            "parent": os.getpid(),
        }


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
        [sys.executable, "-I", "-X", "utf8", "-m", "anahtar.ledger.files.inside"],
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
    if status == OUT_OF_MEMORY or any(sign in last_words for sign in _MEMORY_SIGNS):
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
