"""One run of a job: take it, do it, say what became of it."""

import json
import logging
import secrets
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from typing import Any, Final
from uuid import UUID

from django.db import InterfaceError, OperationalError, connection
from django.utils import translation
from django.utils.translation import gettext_noop

from anahtar.words import Refusal
from anahtar_web.audit.where import Where, here
from anahtar_web.company.queries import company
from anahtar_web.gate.refusals import Refused
from anahtar_web.jobs.heart import BeatingHeart, PlainHeart
from anahtar_web.jobs.models import Job, State
from anahtar_web.jobs.registry import UnknownKind, kind
from anahtar_web.jobs.settling import CANCELLED, Outcome, put_back, settle, take, try_later
from anahtar_web.jobs.told import told, told_of
from anahtar_web.jobs.work import Cancelled, Interrupted, Superseded, Work

log = logging.getLogger("anahtar.jobs")

HERE: Final[set[UUID]] = set()
"""Runs that this process is at."""

_FAULT: Final = gettext_noop(
    "A fault in the program ended this. Nothing half done counts. Tell your administrator the number %(fault)s: "
    "the server's log says under it what happened."
)
_UNKNOWN: Final = gettext_noop("This version of Anahtar does not know this kind of work.")
_MEMORY: Final = gettext_noop(
    "The machine has too little memory for this. Nothing half done counts. Give it more, then try again."
)
_LATER: Final = timedelta(seconds=5)
_PATIENCE: Final = 30
"""How often, a second apart, a result is offered to a database that does not answer."""


def run(job_id: int, task_id: UUID) -> Job | None:
    """Run a job, if it is still there for this run; returns it as it is then."""
    job = take(job_id, task_id)
    if job is None:
        return None
    HERE.add(task_id)
    try:
        _run(job)
    finally:
        HERE.discard(task_id)
    return Job.objects.select_related("by").get(pk=job_id)


def run_queued() -> list[Job]:
    """Run here whatever waits, as a worker would, until nothing does: for commands, the demo and tests."""
    ran: list[Job] = []
    while (waiting := Job.objects.filter(state=State.QUEUED).order_by("id").first()) is not None:
        job = run(waiting.pk, waiting.task_id)  # type: ignore[arg-type]  # a waiting job has a task
        ran += [job] if job is not None else []
    return ran


def _run(job: Job) -> None:
    place = here.set(Where(path=f"/jobs/{job.pk}/"))
    try:
        with translation.override(_language(job)):
            with _heart(job) as heart:
                outcome = _outcome(job, Work(job, heart))
            _say(job, outcome)
    except (OperationalError, InterfaceError) as error:
        log.warning("job %s (%s): the database did not answer: %s", job.pk, job.kind, error)
        _until_it_answers(lambda: try_later(job, after=_LATER))
    except (Interrupted, SystemExit, KeyboardInterrupt) as ending:
        put_back(job)
        if not isinstance(ending, Interrupted):
            raise
    finally:
        here.reset(place)


def _language(job: Job) -> str:
    return str(job.by.language if job.by is not None else company().language)


def _heart(job: Job) -> AbstractContextManager[Any]:
    """Give a heart of its own, unless a transaction around the run hides the job from other connections."""
    return PlainHeart(job) if connection.in_atomic_block else BeatingHeart(job)


def _outcome(job: Job, work: Work) -> Outcome | None:
    """Do the work; None where it is another worker's."""
    try:
        result = kind(job.kind).run(work)
        json.dumps(result)
        return Outcome(State.DONE, result)
    except Superseded:
        return None
    except Cancelled:
        return CANCELLED
    except UnknownKind:
        return Outcome(State.FAILED, message=told(_UNKNOWN))
    except (Refusal, Refused) as refusal:
        return Outcome(State.FAILED, message=told_of(refusal))
    except MemoryError:
        log.exception("job %s (%s): out of memory", job.pk, job.kind)
        return Outcome(State.FAILED, message=told(_MEMORY))
    except (OperationalError, InterfaceError, Interrupted):
        raise
    except Exception:  # noqa: BLE001  # whatever it is, the job has to end and the worker to go on
        return _fault(job)


def _fault(job: Job) -> Outcome:
    """Log the exception at hand under a number a person can tell."""
    number = secrets.token_hex(4)
    log.exception("fault %s in job %s (%s)", number, job.pk, job.kind)
    return Outcome(State.FAILED, message=told(_FAULT, {"fault": number}), fault=number)


def _say(job: Job, outcome: Outcome | None) -> None:
    if outcome is None:
        return
    try:
        _until_it_answers(lambda: settle(job, outcome))
    except (OperationalError, InterfaceError):
        raise
    except Exception:  # noqa: BLE001  # what is told of the end must not keep the job from ending
        settle(job, _fault(job), tell=False)


def _until_it_answers(write: Callable[[], object]) -> None:
    for _attempt in range(_PATIENCE):
        try:
            write()
            return
        except (OperationalError, InterfaceError) as error:
            log.warning("the database does not take the end of a job: %s", error)
            if connection.in_atomic_block:
                raise
            connection.close()
            time.sleep(1)
    write()
