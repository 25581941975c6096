"""The options with which a person decides about an analysis, and the run they make, which can be made again."""

import argparse
import json
import os
import tempfile
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from anahtar.cli.lapse import recalled
from anahtar.cli.progress import Step
from anahtar.cli.reading import UnableToUnderstandOption, day
from anahtar.words import Refusal, Words, say

if TYPE_CHECKING:
    from anahtar.analysis import Analysis, AnalysisOptions, Asked, Window
    from anahtar.rules.lapse_criterion import LapseCriterion


def add_analysing(to: argparse.ArgumentParser, words: Words) -> None:
    """Add the options that decide how accounts are judged."""
    add = to.add_argument_group(words(say("analysis"))).add_argument
    add("--as-of", metavar=words(say("DAY")), help=words(say("the day silence is counted to (the ledger's last day)")))
    add(
        "--window",
        default="last12",
        metavar=words(say("MONTHS")),
        help=words(say("months to judge by: last12 (default), all, or 2024-01..2024-12")),
    )
    add(
        "--measure",
        choices=("revenue", "profit"),
        help=words(say("what accounts are ranked by; without it, profit where every line has a cost")),
    )
    add("--abc", default="80/95", metavar="A/B", help=words(say("cumulative percent where A and B end (80/95)")))
    add("--xyz", default="50/100", metavar="X/Y", help=words(say("greatest variation of X and Y in percent (50/100)")))
    add(
        "--period",
        choices=("month", "quarter"),
        default="quarter",
        help=words(say("periods whose variation is judged (quarter)")),
    )
    add("--criteria", type=Path, metavar=words(say("FILE")), help=words(say("criteria of key accounts (TOML)")))
    add("--by-group", action="store_true", help=words(say("take the companies of a group as one account")))


def add_engine(to: argparse.ArgumentParser, words: Words) -> None:
    """Add the option that tells where figures are reckoned."""
    to.add_argument(
        "--engine",
        default="duckdb",
        metavar=words(say("ADDRESS")),
        help=words(
            say(
                "where facts and figures are reckoned: duckdb, in this program (default), "
                "postgresql://user@host/database, spark://host:7077 or local[2]; the figures are the same"
            )
        ),
    )


def analysis_options(arguments: argparse.Namespace) -> "AnalysisOptions":
    """What the options say.

    Raises
    ------
    UnableToUnderstandOption
        A value that is not of its form.
    """
    from anahtar.analysis import AnalysisOptions, Measure, Span

    return AnalysisOptions(
        as_of=_day("--as-of", arguments.as_of) if arguments.as_of else None,
        window=_window(arguments.window),
        measure=Measure(arguments.measure) if arguments.measure else None,
        abc_cuts=_cuts("--abc", arguments.abc, "80/95", below=100),
        xyz_cuts=_cuts("--xyz", arguments.xyz, "50/100", below=10_000),
        period=Span(arguments.period),
        criteria=str(arguments.criteria) if arguments.criteria else None,
        by_group=arguments.by_group,
    )


def _day(option: str, text: str) -> date:
    try:
        return day(text)
    except ValueError as error:
        raise UnableToUnderstandOption(option, text, "2025-12-31") from error


def months_asked(option: str, text: str) -> "Window":
    """The whole months of 2024-01..2024-12.

    Raises
    ------
    UnableToUnderstandOption
        It is not of that form.
    """
    return _whole_months(option, text, "2024-01..2024-12")


def _window(text: str) -> "Asked":
    if text == "last12":
        return "last12"
    if text == "all":
        return "all"
    return _whole_months("--window", text, "last12, all, 2024-01..2024-12")


def _whole_months(option: str, text: str, form: str) -> "Window":
    from anahtar.analysis import Window

    first, _, last = text.partition("..")
    try:
        start, end = date.fromisoformat(f"{first}-01"), date.fromisoformat(f"{last}-01")
    except ValueError as error:
        raise UnableToUnderstandOption(option, text, form) from error
    if end < start:
        raise UnableToUnderstandOption(option, text, form)
    return Window(start, (end + timedelta(days=31)).replace(day=1) - timedelta(days=1))


def _cuts(option: str, text: str, form: str, *, below: float) -> tuple[float, float]:
    first, _, second = text.partition("/")
    try:
        low, high = float(first), float(second)
    except ValueError as error:
        raise UnableToUnderstandOption(option, text, form) from error
    # Cuts below one percent are fractions (0.8/0.95, 0.5/1.0) in the wrong place: they would put everybody into Z.
    if not 1 <= low < high < below:
        raise UnableToUnderstandOption(option, text, form)
    return low / 100, high / 100


class UnableToRecallRun(Refusal):
    """A folder is no report, or its ledger is gone."""

    def __init__(self, folder: Path) -> None:
        super().__init__(
            say(
                "{folder}: there is no report here. Run `anahtar analyze FILE` first, or name its folder with --from.",
                folder=str(folder),
            )
        )


@dataclass(frozen=True, slots=True)
class Run:
    """One analysis that can be made again: of which ledger, with which decisions."""

    ledger: Path
    options: "AnalysisOptions"
    company: str | None = None
    lapse: "LapseCriterion | None" = None

    def analyse(self, step: Step, *, where: str = "duckdb") -> "Analysis":
        """Verify the ledger's checksums, then analyse it. Nothing is computed from a damaged batch.

        Parameters
        ----------
        step
            Told the progress.
        where
            The engine that reckons. It is no decision about the figures, so it is not remembered.
        """
        from anahtar.analysis import analyze
        from anahtar.engine import spare_memory
        from anahtar.ledger.store.store import Ledger

        spare_memory()
        ledger = Ledger.open(self.ledger)
        ledger.verify()
        batches = [(ledger.folder(manifest), manifest) for manifest in ledger.batches()]
        with tempfile.TemporaryDirectory(prefix="anahtar-") as workspace:
            analysis = analyze(batches, self.options, workspace=Path(workspace), on_progress=step, where=where)
            if self.lapse is None:
                return analysis
            # Only now: what foresees takes a tenth of a second to import.
            from anahtar.analysis.lapsing import told_by

            return told_by(self.lapse, analysis, batches, workspace=Path(workspace), on_progress=step)

    def remember(self, out: Path) -> None:
        """Keep the decisions beside the report, so `anahtar explain` answers for the same run."""
        options = self.options
        window = (
            options.window if isinstance(options.window, str) else _months(options.window.start, options.window.end)
        )
        kept = {
            # Relative, so that a report folder can be moved together with the ledger inside it.
            "ledger": os.path.relpath(self.ledger, out),
            "company": self.company,
            "as_of": options.as_of.isoformat() if options.as_of else None,
            "window": window,
            "measure": options.measure,
            "abc": options.abc_cuts,
            "xyz": options.xyz_cuts,
            "period": options.period,
            "criteria": options.criteria,
            "by_group": options.by_group,
            "lapse": self.lapse and asdict(self.lapse),
        }
        (out / "run.json").write_text(json.dumps(kept, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")

    @classmethod
    def recall(cls, out: Path) -> "Run":
        """The run whose report stands in a folder.

        Raises
        ------
        UnableToRecallRun
            There is none, or its ledger is gone.
        """
        from anahtar.analysis import AnalysisOptions, Measure, Span

        try:
            kept = json.loads((out / "run.json").read_text(encoding="utf-8"))
            ledger = out / kept["ledger"]
        except (FileNotFoundError, NotADirectoryError, ValueError, KeyError) as error:
            raise UnableToRecallRun(out) from error
        if not ledger.is_dir():
            raise UnableToRecallRun(out)
        options = AnalysisOptions(
            as_of=date.fromisoformat(kept["as_of"]) if kept["as_of"] else None,
            window=_window(kept["window"]),
            measure=Measure(kept["measure"]) if kept["measure"] else None,
            abc_cuts=tuple(kept["abc"]),
            xyz_cuts=tuple(kept["xyz"]),
            period=Span(kept["period"]),
            criteria=kept["criteria"],
            by_group=kept["by_group"],
        )
        return cls(ledger, options, kept["company"], recalled(kept.get("lapse")))


def _months(first: date, last: date) -> str:
    return f"{first:%Y-%m}..{last:%Y-%m}"
