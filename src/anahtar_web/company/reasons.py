"""Lists of reasons that the program ships and the company edits: a line each, chosen from, never lost where chosen.

An app makes a table of its own from `ListedReason`; what people may do to the list is the same everywhere.
"""

from collections.abc import Mapping
from typing import Any, ClassVar, TypeVar

from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from anahtar_web.audit.actions import differences, record
from anahtar_web.gate.refusals import Refused
from anahtar_web.gate.versions import Versioned
from anahtar_web.people.models import User
from anahtar_web.ui.text import fold


class UnableToListReason(Refused):
    """The reason is none, or stands in the list already."""


class ListedReason(Versioned):
    """One line of a list. What comes with the program is said in the reader's language until somebody renames it."""

    SHIPPED: ClassVar[Mapping[str, Any]] = {}
    """Code -> words of the reasons that come with the program, in the order in which they are offered."""
    VERBS: ClassVar[str] = ""
    """First part of the verbs by which the trail tells of the list."""

    code = models.CharField(max_length=20, blank=True)
    """Of a reason that comes with the program; empty: the company's own."""
    name = models.CharField(gettext_lazy("name"), max_length=100, blank=True)
    """Empty: as the program calls it."""
    name_key = models.CharField(max_length=120, editable=False)
    place = models.PositiveSmallIntegerField(gettext_lazy("place"), default=100)
    offered = models.BooleanField(gettext_lazy("offered"), default=True)
    """Whether it may be chosen; what was chosen keeps it."""

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name or str(self.SHIPPED.get(self.code, self.code))

    def save(self, *args: object, **kwargs: object) -> None:
        """Keep the key in step."""
        self.name_key = fold(self.name)[:120]
        super().save(*args, **kwargs)  # type: ignore[arg-type]  # as Django's own takes them


R = TypeVar("R", bound=ListedReason)


def ship(model: type[ListedReason]) -> None:
    """Put the reasons that come with the program into a list, those that are missing."""
    rows = model._default_manager
    known = set(rows.exclude(code="").values_list("code", flat=True))
    rows.bulk_create(
        [model(code=code, place=place) for place, code in enumerate(model.SHIPPED, 1) if code not in known],
        ignore_conflicts=True,
    )


@transaction.atomic
def add(model: type[R], *, name: str, by: User) -> R:
    """Add a reason of the company's own.

    Raises
    ------
    UnableToListReason
        It has no name, or stands there already.
    """
    made = model(name=_free(model, name), place=100)
    _save(made)
    record(f"{model.VERBS}.added", made, by=by, after={"name": made.name})
    return made


@transaction.atomic
def change(reason: R, *, version: int, name: str, place: int, offered: bool, by: User) -> R:
    """Rename a reason, move it in the list, or offer it no more; what was chosen keeps it.

    Raises
    ------
    UnableToListReason
        The name is none or another one's, or nothing would change.
    EditedMeanwhile
        Somebody has changed it since `version`.
    """
    # Sent as it was shown, a shipped reason keeps being said in the language of whoever reads.
    shipped = reason.code and name.strip() == str(reason.SHIPPED.get(reason.code, ""))
    own = "" if shipped else _free(type(reason), name, reason)
    before = {"name": str(reason), "place": reason.place, "offered": reason.offered}
    fields = {"name": own, "name_key": fold(own)[:120], "place": place, "offered": offered}
    if fields == {"name": reason.name, "name_key": reason.name_key, "place": reason.place, "offered": reason.offered}:
        raise UnableToListReason(_("That is what stands there already. Change something, or leave it."))
    reason.save_over(version, fields)
    was, now = differences(before, {"name": str(reason), "place": place, "offered": offered})
    record(f"{reason.VERBS}.changed", reason, by=by, before=was, after=now)
    return reason


def _free(model: type[ListedReason], name: str, among: ListedReason | None = None) -> str:
    name = " ".join(name.split())
    if not name:
        raise UnableToListReason(_("Give the reason a name."))
    others = model._default_manager.all()
    taken = {fold(str(other)) for other in others if among is None or other.pk != among.pk}
    if fold(name) in taken:
        raise UnableToListReason(_("“%(name)s” stands in the list already.") % {"name": name})
    return name


def _save(made: ListedReason) -> None:
    try:
        with transaction.atomic():
            made.save()
    except IntegrityError:  # somebody else has added it, a moment before
        raise UnableToListReason(_("“%(name)s” stands in the list already.") % {"name": made.name}) from None
