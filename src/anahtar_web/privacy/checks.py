"""Question of `anahtar-web doctor`: is everybody who was erased gone, and in the journal."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from anahtar_web.audit.doctor import register
from anahtar_web.privacy import journal
from anahtar_web.privacy.journal import UnableToReadJournal
from anahtar_web.privacy.models import Erasure
from anahtar_web.stakeholders.models import Stakeholder


def register_checks() -> None:
    """Register the question; called when the program starts."""
    register("persons", gettext_lazy("Erased persons"))(persons)


def persons() -> Iterator[str]:
    """Compare the journal with the database, both ways."""
    try:
        lines = journal.read(journal.file())
    except UnableToReadJournal as refusal:
        yield str(refusal)
        return
    for line in lines:
        if Stakeholder.objects.filter(pk=line.stakeholder, recorded_at=line.moment).exists():
            yield _("Person no. %(number)s was erased and is there again. Run anahtar-web erase_again.") % {
                "number": line.stakeholder
            }
    known = {line.who for line in lines}
    for erasure in Erasure.objects.order_by("pk"):
        if (erasure.stakeholder, erasure.written_at.isoformat()) not in known:
            yield _(
                "The erasure of person no. %(number)s is not in the journal: a restore would bring the person back."
            ) % {"number": erasure.stakeholder}
