"""Kinds of jobs for the tests: what each does stands in its payload."""

import os
import signal
import time
from typing import Any

from django.utils.translation import gettext_noop

from anahtar.words import Refusal, say
from anahtar_web.gate.refusals import Refused
from anahtar_web.jobs.models import Job
from anahtar_web.jobs.registry import job
from anahtar_web.jobs.work import Work

ENDS: list[tuple[int, str]] = []
"""Every end that was told, in this process."""


def _note(job: Job) -> None:
    ENDS.append((job.pk, job.state))
    if job.payload.get("break_at_end"):
        raise ValueError("the end cannot be told")


@job("tests.do", title=gettext_noop("Done"), ended=_note)
def do(work: Work) -> dict[str, Any] | None:
    """Do what the payload says, step by step."""
    for step, value in work.payload.get("steps", []):
        _STEPS[step](work, value)
    return work.payload.get("result")


def _write(work: Work, path: str) -> None:
    with open(path, "a", encoding="utf-8") as file:
        file.write(f"{work.job.pk} {os.getpid()}\n")


def _wait(work: Work, seconds: float) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        work.progress(gettext_noop("Waiting"), 1, 2)
        time.sleep(0.02)


def _kill_once(work: Work, path: str) -> None:
    if not os.path.exists(path):
        with open(path, "w", encoding="utf-8"):
            os.kill(os.getpid(), signal.SIGKILL)


def _refuse_core(work: Work, name: str) -> None:
    raise Refusal(say("{folder} is no ledger.", folder=name))


def _refuse_web(work: Work, sentence: str) -> None:
    raise Refused(sentence)


def _divide(work: Work, number: int) -> None:
    assert number / 0


def _exhaust(work: Work, number: int) -> None:
    raise MemoryError


_STEPS = {
    "write": _write,
    "wait": _wait,
    "kill_once": _kill_once,
    "kill": lambda work, _value: os.kill(os.getpid(), signal.SIGKILL),
    "refuse_core": _refuse_core,
    "refuse_web": _refuse_web,
    "divide": _divide,
    "exhaust": _exhaust,
    "progress": lambda work, value: work.progress(*value),
    "sleep": lambda work, seconds: time.sleep(seconds),
    "hold": lambda work, _value: work.hold(),
}
