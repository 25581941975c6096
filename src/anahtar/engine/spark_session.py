"""Sessions of Spark: one cluster for whatever of this process talks to it, held as long as somebody does."""

import warnings
from threading import Lock
from typing import Any, Final

from py4j.protocol import Py4JError
from pyspark.errors import PySparkException
from pyspark.sql import SparkSession

from anahtar.engine.starting import UnableToStart
from anahtar.words import say

FAULTS: Final = (PySparkException, Py4JError, ConnectionError)
"""What Spark, the bridge to its Java, and the socket between the two raise."""

_CLUSTER: Final = {
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.log.level": "ERROR",
}

SETTINGS: Final = {
    # A sum that runs over raises and does not begin anew.
    "spark.sql.ansi.enabled": "true",
    "spark.sql.execution.arrow.pyspark.enabled": "true",
    # Two hundred tasks for the accounts of one month are two hundred times the cost of starting one.
    "spark.sql.shuffle.partitions": "8",
}
"""Of every session; an engine and a table add their own."""


class _Sessions:
    def __init__(self) -> None:
        self._lock = Lock()
        self._open = 0
        self._master = ""
        self._first: Any = None

    def open(self, master: str, settings: dict[str, str]) -> Any:
        """A session of its own on a cluster, reached when it is the first.

        Raises
        ------
        UnableToStart
            The cluster cannot be reached, Java is missing, or this process is on another cluster.
        """
        with self._lock:
            if self._first is None:
                self._first, self._master = _reached(master), master
            elif master != self._master:
                # The driver is one for a process: another master would be ignored without a word.
                raise UnableToStart(
                    say(
                        "This program works on {one}; it cannot use {other} before it lets go.",
                        one=self._master,
                        other=master,
                    )
                )
            self._open += 1
            session = self._first.newSession()
            for name, value in {**SETTINGS, **settings}.items():
                session.conf.set(name, value)
            return session

    def close(self) -> None:
        """Let go of a session; the last one lets go of the cluster."""
        with self._lock:
            self._open -= 1
            if self._open == 0:
                self._first.stop()
                self._first = None


def _reached(master: str) -> Any:
    builder = SparkSession.builder.master(master).appName("anahtar")
    for name, value in _CLUSTER.items():
        builder = builder.config(name, value)
    # Rows come home as Arrow, never by pandas, but Spark looks which one is there.
    warnings.filterwarnings("ignore", message="PySpark does not yet fully support pandas", category=FutureWarning)
    try:
        return builder.getOrCreate()
    except FAULTS as error:
        raise UnableToStart(
            say("Spark at {where} could not be reached. It said: {reason}", where=master, reason=reason(error))
        ) from error


def reason(error: BaseException) -> str:
    """What went wrong, in Spark's words, without the lines of its stack."""
    said = str(error).partition("JVM stacktrace:")[0].split("\n\tat ")[0]
    return " ".join(said.split())[:500] or type(error).__name__


sessions: Final = _Sessions()
