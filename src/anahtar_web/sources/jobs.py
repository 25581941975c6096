"""What of a source is done in the background."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from anahtar_web.gate.refusals import Refused
from anahtar_web.jobs.models import Job, State
from anahtar_web.jobs.registry import job
from anahtar_web.jobs.work import Work
from anahtar_web.sources import pulling
from anahtar_web.sources.models import Source


class UnableToFind(Refused):
    """Somebody removed the source."""

    def __init__(self) -> None:
        super().__init__(_("The source was removed meanwhile."))


def _settle(ended: Job) -> None:
    """Keep the sentence that ended the work beside the source; what it was before stays as it was."""
    if ended.state != State.DONE:
        Source.objects.filter(pk=ended.payload["source"], job=ended).update(refusal=ended.message)


def _page(of: Job) -> str:
    there = Source.objects.filter(pk=of.payload["source"]).exists()
    return reverse("sources:source", args=[of.payload["source"]]) if there else ""


def _source(work: Work) -> Source:
    source = Source.objects.select_related("by").filter(pk=work.payload["source"]).first()
    if source is None:
        raise UnableToFind
    return source


@job("sources.look", title=gettext_lazy("Look at a table"), ended=_settle, page=_page)
def look(work: Work) -> None:
    """Have a look at a table of a database."""
    pulling.look(_source(work), work)


@job("sources.refresh", title=gettext_lazy("Refresh a source"), ended=_settle, page=_page)
def refresh(work: Work) -> dict[str, Any]:
    """Pull the new and changed months of a table."""
    return pulling.refresh(_source(work), work)
