"""Jobs: work that goes on after a page has answered, and the rounds of what is done again and again."""

from typing import TYPE_CHECKING, Any, ClassVar, Final, Self

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from anahtar_web.gate.rights import Right
from anahtar_web.jobs.registry import KINDS, title_of
from anahtar_web.jobs.told import shown

if TYPE_CHECKING:
    from anahtar_web.people.models import User

MOST_ATTEMPTS: Final = 3
"""A job that took its worker with it so often is not begun again by itself."""


class State(models.TextChoices):
    """Where a job stands."""

    QUEUED = "queued", _("waiting")
    RUNNING = "running", _("running")
    DONE = "done", _("done")
    FAILED = "failed", _("failed")
    CANCELLED = "cancelled", _("cancelled")


ENDED: Final = frozenset({State.DONE, State.FAILED, State.CANCELLED})


class JobQuerySet(models.QuerySet["Job"]):
    """Jobs."""

    def visible_to(self, user: "User") -> Self:
        """Those a person started; all of them for who may see imports."""
        if not user.is_authenticated or not user.is_active:
            return self.none()
        return self.all() if user.may(Right.SEE_IMPORTS) else self.filter(by=user)

    def under_way(self) -> Self:
        """Those that wait or run."""
        return self.filter(state__in=(State.QUEUED, State.RUNNING))

    def ended(self) -> Self:
        """Those of which nothing more will come by themselves."""
        return self.filter(state__in=sorted(ENDED))

    def of(self, subject: models.Model) -> Self:
        """Those that work on one row."""
        return self.filter(subject_type=subject._meta.model_name, subject_id=str(subject.pk))


class Job(models.Model):
    """One piece of work, from the moment somebody asked for it."""

    kind = models.CharField(max_length=60, db_index=True)
    """Name under which a function is registered (`jobs.registry`)."""
    label = models.CharField(max_length=300, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.QUEUED)
    stage: models.JSONField[Any] = models.JSONField(null=True)
    """What it is at, as a sentence of any language (`jobs.told`)."""
    done = models.BigIntegerField(null=True)
    total = models.BigIntegerField(null=True)
    payload: models.JSONField[Any] = models.JSONField(default=dict)
    result: models.JSONField[Any] = models.JSONField(null=True)
    message: models.JSONField[Any] = models.JSONField(null=True)
    """What became of it, for a person, as a sentence of any language."""
    fault = models.CharField(max_length=16, blank=True)
    """Set when the program itself was at fault: the same text stands in the log, beside the traceback."""
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    """Who asked; nobody for what the program asked of itself."""
    subject_type = models.CharField(max_length=60, blank=True)
    subject_id = models.CharField(max_length=60, blank=True)
    lease_until = models.DateTimeField(null=True)
    """Renewed while its worker lives. Other workers watch whether it changes; no clock is compared with another."""
    worker = models.CharField(max_length=64, blank=True)
    cancel_asked = models.BooleanField(default=False)
    attempts = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField(auto_now_add=True)
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    task_id = models.UUIDField(null=True)
    """The row of the task queue that may run it. Whoever runs it under another one has lost it."""

    objects: ClassVar[models.Manager["Job"]] = JobQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-id"]
        indexes: ClassVar = [
            models.Index(fields=["state", "-id"], name="jobs_by_state"),
            models.Index(fields=["subject_type", "subject_id"], name="jobs_of_a_subject"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(state__in=State.values), name="a_job_is_in_a_known_state"),
            models.CheckConstraint(
                condition=~models.Q(state=State.RUNNING) | models.Q(lease_until__isnull=False),
                name="a_running_job_has_a_lease",
            ),
            models.CheckConstraint(
                condition=~models.Q(state__in=sorted(ENDED)) | models.Q(finished_at__isnull=False),
                name="an_ended_job_says_when",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}: {self.label}" if self.label else self.title

    @property
    def title(self) -> str:
        """What kind of work it is, in the reader's language."""
        return title_of(self.kind)

    @property
    def stage_text(self) -> str:
        """What it is at, in the reader's language."""
        return shown(self.stage)

    @property
    def message_text(self) -> str:
        """What became of it, in the reader's language."""
        return shown(self.message)

    @property
    def ended(self) -> bool:
        """Whether nothing more will happen by itself."""
        return self.state in ENDED

    @property
    def page(self) -> str:
        """Address of what it works on; empty where it has none."""
        kind = KINDS.get(self.kind)
        return kind.page(self) if kind is not None and kind.page is not None else ""

    @property
    def took(self) -> str:
        """How long it has been running, or ran, as a clock shows it: 3:05, 1:02:03."""
        if self.started_at is None:
            return ""
        seconds = max(0, round(((self.finished_at or timezone.now()) - self.started_at).total_seconds()))
        minutes = f"{seconds // 60 % 60}:{seconds % 60:02}"
        return f"{seconds // 3600}:{minutes:0>5}" if seconds >= 3600 else minutes

    @property
    def tone(self) -> str:
        """Colour of its state."""
        return {State.DONE: "good", State.FAILED: "bad", State.RUNNING: "info"}.get(State(self.state), "")


class Round(models.Model):
    """When something that is done again and again was last begun."""

    name = models.CharField(max_length=100, primary_key=True)
    begun_at = models.DateTimeField()
