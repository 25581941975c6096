"""Who is in the directory: competitors are added, written anew, and two that are one become one."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from anahtar_web.audit.actions import differences, record
from anahtar_web.competitors.models import Competitor, Presence, WalletShare
from anahtar_web.competitors.queries import named
from anahtar_web.gate.refusals import Refused
from anahtar_web.people.models import User
from anahtar_web.ui.text import fold, sort_key

FIELDS: Final = ("name", "website", "remark")

on_merged: Final[list[Callable[[Competitor, Competitor], None]]] = []
"""Called with the one that goes and the one that stays; apps above move what they hang on competitors."""


class UnableToName(Refused):
    """There is no name, or a competitor of that name is in the directory already."""

    @classmethod
    def taken(cls, by: Competitor) -> "UnableToName":
        """Somebody has written it down before."""
        return cls(_("%(name)s is in the directory already. Open it there, or choose another name.") % {"name": by})


@transaction.atomic
def add(*, fields: Mapping[str, Any], by: User) -> Competitor:
    """Write a competitor down.

    Raises
    ------
    UnableToName
        The name is empty or taken.
    """
    clean = _clean(fields)
    if (taken := named(clean["name"])) is not None:
        raise UnableToName.taken(taken)
    try:
        with transaction.atomic():
            made = Competitor.objects.create(**clean)
    except IntegrityError:
        # Two people write the same one down in the same moment.
        taken = named(clean["name"])
        if taken is None:
            raise
        raise UnableToName.taken(taken) from None
    record("competitor.added", made, by=by, after={name: value for name, value in clean.items() if value})
    return made


@transaction.atomic
def edit(*, competitor: Competitor, version: int, fields: Mapping[str, Any], by: User) -> Competitor:
    """Write what changed, over the version that was read.

    Raises
    ------
    EditedMeanwhile
        Somebody has saved since; carries it as it is now.
    UnableToName
        The name is empty or another one's.
    """
    clean = _clean(fields)
    taken = Competitor.objects.filter(name_key=fold(clean["name"])[:220]).exclude(pk=competitor.pk).first()
    if taken is not None:
        raise UnableToName.taken(taken)
    fresh = Competitor.objects.select_for_update().get(pk=competitor.pk)
    before, after = differences({name: getattr(fresh, name) for name in FIELDS}, clean)
    if not after and fresh.version == version:
        return fresh
    keys = {"name_key": fold(clean["name"])[:220], "sort_key": sort_key(clean["name"])[:300]}
    saved = fresh.save_over(version, clean | keys)
    record("competitor.edited", saved, by=by, before=before, after=after)
    return saved


@transaction.atomic
def merge(*, gone: Competitor, stays: Competitor, reason: str, by: User) -> Competitor:
    """Let one competitor go on under another: what was written under its name stands under the other's from now on.

    Raises
    ------
    UnableToName
        They are the same, one of them goes on under another already, or nobody says why.
    """
    if not reason.strip():
        raise UnableToName(_("Say why. Whoever reads it in a year was not there."))
    rows = Competitor.objects.select_for_update().filter(pk__in=[gone.pk, stays.pk]).order_by("pk")
    found = {row.pk: row for row in rows}
    if len(found) < 2:
        raise UnableToName(_("A competitor cannot be merged with itself."))
    source, target = found[gone.pk], found[stays.pk]
    for one in (source, target):
        if one.merged_into_id is not None:
            raise UnableToName(_("%(name)s goes on under another one already.") % {"name": one})
    Presence.objects.filter(competitor=source).update(competitor=target)
    WalletShare.objects.filter(competitor=source).update(competitor=target)
    Competitor.objects.filter(merged_into=source).update(merged_into=target)
    for follow in on_merged:
        follow(source, target)
    source.save_over(source.version, {"merged_into": target})
    record("competitor.merged", source, by=by, after={"merged_into": str(target)}, reason=reason.strip())
    return target


def _clean(fields: Mapping[str, Any]) -> dict[str, Any]:
    clean = {name: str(fields.get(name) or "").strip() for name in FIELDS}
    if not fold(clean["name"]):
        raise UnableToName(_("A competitor has a name."))
    return clean
