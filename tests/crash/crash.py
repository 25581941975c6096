"""Kills in the middle of an import, as often as asked: `python -m tests.crash.crash --runs 100 --seed 1`.

Each run is a fresh installation with a web server and a worker. Somebody imports a file through the pages; at a random
moment the worker, a process that answers pages, the whole web server, or everything is killed. In the end all that was
acknowledged has to be there, the ledger whole, the figures those of a run without a kill, every job at its end.
"""

import argparse
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.crash.importing import EMAIL, PASSWORD, Importer, Seen, check, interrupted, sales
from tests.crash.killing import killer, moment, running, wait_for
from tests.houses import House, house
from tests.visitor import Visitor


@dataclass(frozen=True, slots=True)
class Clean:
    """The run without a kill."""

    seen: Seen
    seconds: float


@contextmanager
def template(folder: Path) -> Iterator[House]:
    """An installation with its administrator, to be copied for each run."""
    with house(folder / "template") as made:
        made.done("prepare")
        made.done("setup", "--email", EMAIL, "--name", "Ada", "--currency", "TRY", input=f"{PASSWORD}\n")
        yield made


def clean_run(folder: Path, like: House, content: bytes) -> Clean:
    """Import once in peace."""
    log = folder / "clean.log"
    with house(folder / "clean", like=like) as home, running(home, log) as run, telling("nobody killed", log):
        wait_for(run.port)
        begun = time.monotonic()
        Importer(home, Visitor(run.port), content).import_file()
        return Clean(Seen.of(home), time.monotonic() - begun)


@contextmanager
def telling(what: str, log: Path) -> Iterator[None]:
    """Show what the processes said where a run comes to no good end."""
    try:
        yield
    except Exception:
        print(f"--- {what}; the log:\n{log.read_text()[-6000:]}", flush=True)
        raise


def killed_run(folder: Path, like: House, content: bytes, clean: Clean, chance: random.Random) -> tuple[str, bool, int]:
    """Import once with a kill; gives who was killed, whether a job was cut off by it, and how many requests failed."""
    victim, after = moment(chance, clean.seconds)
    log = folder / "run.log"
    with house(folder / "killed", like=like) as home:
        with running(home, log) as run:
            wait_for(run.port)
            importer = Importer(home, Visitor(run.port), content)
            with telling(f"{victim} killed after {after:.2f} s of {clean.seconds:.2f}", log):
                with killer(run, victim, after=after) as killed:
                    importer.import_file()
                if not killed:
                    run.kill(victim)
                check(home, importer, clean.seen)
        return victim, interrupted(home) > 0, importer.refused


def main() -> int:
    """Run, count, and stop at the first difference."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=100)
    parser.add_argument("--rows", type=int, default=30_000)
    parser.add_argument("--seed", type=int, default=1)
    said = parser.parse_args()
    chance, content, begun = random.Random(said.seed), sales(said.rows), time.monotonic()
    victims: Counter[str] = Counter()
    cut = refused = 0
    with tempfile.TemporaryDirectory(prefix="anahtar-crash-") as name, template(Path(name)) as like:
        clean = clean_run(Path(name), like, content)
        print(f"a run without a kill takes {clean.seconds:.1f} s", flush=True)
        for number in range(1, said.runs + 1):
            with tempfile.TemporaryDirectory(dir=name) as folder:
                victim, was_cut, lost = killed_run(Path(folder), like, content, clean, chance)
            victims[victim] += 1
            cut, refused = cut + was_cut, refused + (lost > 0)
            print(f"{number:4} {victim:13} {'job cut off' if was_cut else '':12} {lost:3} requests lost", flush=True)
    print(
        f"{said.runs} kills in {time.monotonic() - begun:.0f} s ({dict(victims)}); {cut} cut a job off, {refused} cost "
        f"requests; nothing lost, nothing half, all figures equal. With 0 faults in {said.runs} the true rate is below "
        f"{3 / said.runs:.1%} (95 %)."
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
