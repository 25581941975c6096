"""Two accounts become one by a person's word, and two again when it was wrong.

The source keeps its row, its parent and its payer, and the account it went into takes over what hangs on it. What
moved is kept with the merge, so that undoing puts back exactly that and names what somebody has changed since.
"""

from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from anahtar_web.accounts.actions import merged_teams
from anahtar_web.accounts.actions.holding import held
from anahtar_web.accounts.actions.structure import structure_changed
from anahtar_web.accounts.lineage import hold_structure, rebuild
from anahtar_web.accounts.models import Account, Lineage, Merge
from anahtar_web.audit.actions import record
from anahtar_web.company.queries import today
from anahtar_web.gate.refusals import Refused
from anahtar_web.people.models import User
from anahtar_web.ui.templatetags.shown import day


class UnableToMerge(Refused):
    """These two cannot become one."""


class UnableToUndoMerge(Refused):
    """The merge cannot be undone now."""


@dataclass(frozen=True, slots=True)
class Undone:
    """A merge that was undone.

    Parameters
    ----------
    kept
        Sentences: what somebody has changed since, and therefore stays as it is.
    """

    merge: Merge
    kept: tuple[str, ...]


@transaction.atomic
def merge(*, source: Account, target: Account, by: User, reason: str) -> Merge:
    """Let the source go on under the target.

    Raises
    ------
    UnableToMerge
        They are the same, one of them is not for this person, or the target belongs to the source.
    UnableToChangeMerged
        One of them goes on under another already.
    """
    hold_structure()
    source, target = held(source), held(target)
    _check(source, target, by)
    kept = _move(source, target)
    done = Merge.objects.create(source=source, target=target, by=by, reason=reason, kept=kept)
    Account.objects.filter(pk=source.pk).update(merged_into=target, version=F("version") + 1)
    rebuild([source.pk, *kept["companies"]])
    told = {"code": source.code, "into": f"{target} ({target.code})"}
    record("account.merged", source, by=by, after=told, reason=reason, account=source.pk)
    record(
        "account.took_in",
        target,
        by=by,
        after={"account": f"{source} ({source.code})"},
        reason=reason,
        account=target.pk,
    )
    structure_changed(by)
    return done


def _check(source: Account, target: Account, by: User) -> None:
    if source.pk == target.pk:
        raise UnableToMerge(_("An account cannot be merged with itself."))
    if Account.objects.visible_to(by).filter(pk__in=[source.pk, target.pk]).count() < 2:
        raise UnableToMerge(_("You do not see both accounts."))
    if Lineage.objects.filter(ancestor=source, account=target).exists():
        raise UnableToMerge(
            _("%(target)s belongs to the group %(source)s. Keep %(source)s, or take %(target)s out of the group first.")
            % {"source": source, "target": target}
        )


def _move(source: Account, target: Account) -> dict[str, Any]:
    """Hang on the target what hung on the source; returns what moved."""
    companies = list(source.companies.order_by("pk").values_list("pk", flat=True))
    receivers = list(source.receivers.exclude(pk=target.pk).order_by("pk").values_list("pk", flat=True))
    paid_by_source = target.payer_id == source.pk
    Account.objects.filter(pk__in=companies).update(parent=target)
    # Their edit forms show the payer: who has one open is told.
    Account.objects.filter(pk__in=receivers).update(payer=target, version=F("version") + 1)
    if paid_by_source:
        Account.objects.filter(pk=target.pk).update(payer=None, version=F("version") + 1)
    teams = merged_teams.take_over(source, target, on=today())
    return {"companies": companies, "receivers": receivers, "paid_by_source": paid_by_source, "teams": teams}


@transaction.atomic
def undo_merge(*, merge: Merge, by: User, reason: str = "") -> Undone:
    """Make two accounts of one again.

    Everything the merge moved goes back, unless somebody has moved it on since: that stays, and is named.

    Raises
    ------
    UnableToUndoMerge
        It is undone, the target has gone on under another since, or the source would stand below itself.
    """
    hold_structure()
    merge = Merge.objects.select_for_update(of=("self",)).select_related("source", "target").get(pk=merge.pk)
    companies = _check_undo(merge)
    kept = [*_put_back(merge, companies), *merged_teams.give_back(merge.kept["teams"], merge.target)]
    Account.objects.filter(pk=merge.source_id).update(merged_into=None, version=F("version") + 1)
    rebuild([merge.source_id, *companies])
    merge.undone_by, merge.undone_at = by, timezone.now()
    merge.save(update_fields=["undone_by", "undone_at"])
    told = {"account": f"{merge.source} ({merge.source.code})"} | ({"stays": kept} if kept else {})
    before = {"code": merge.source.code, "into": f"{merge.target} ({merge.target.code})"}
    record("account.merge_undone", merge.source, by=by, before=before, reason=reason, account=merge.source_id)
    record("account.gave_back", merge.target, by=by, after=told, reason=reason, account=merge.target_id)
    structure_changed(by)
    return Undone(merge, tuple(kept))


def _check_undo(merge: Merge) -> list[int]:
    """Give the companies that go back below the source."""
    if merge.undone_at is not None:
        raise UnableToUndoMerge(_("This merge was undone on %(day)s.") % {"day": day(merge.undone_at)})
    target: Account = Account.objects.select_for_update().get(pk=merge.target_id)
    if target.merged_into_id is not None:
        raise UnableToUndoMerge(
            _("%(target)s has been merged into %(next)s since. Undo that merge first.")
            % {"target": target, "next": target.merged_into}
        )
    moved = Account.objects.filter(pk__in=merge.kept["companies"], parent=merge.target_id)
    companies = list(moved.order_by("pk").values_list("pk", flat=True))
    above = merge.source.parent_id
    blocked = Account.objects.filter(pk__in=companies, lineage_below__account=above).first() if above else None
    if blocked is not None:
        raise UnableToUndoMerge(
            _("%(group)s, the group of %(source)s, has been put below %(company)s since. Take it out of there first.")
            % {"group": merge.source.parent, "source": merge.source, "company": blocked}
        )
    return companies


def _put_back(merge: Merge, companies: list[int]) -> list[str]:
    """Hang on the source again what hung on it; returns what stays where somebody has put it since."""
    kept = merge.kept
    elsewhere = Account.objects.filter(pk__in=set(kept["companies"]) - set(companies)).select_related("parent")
    Account.objects.filter(pk__in=companies).update(parent=merge.source)
    paid = Account.objects.filter(pk__in=kept["receivers"])
    repaid = paid.exclude(payer=merge.target_id) | paid.filter(payer=None)
    stays = [
        *(_("%(account)s stays in %(group)s.") % {"account": each, "group": each.parent} if each.parent
          else _("%(account)s stays without a group.") % {"account": each} for each in elsewhere),
        *(_("%(account)s keeps the payer somebody named since.") % {"account": each} for each in repaid),
    ]  # fmt: skip
    paid.filter(payer=merge.target_id).update(payer=merge.source, version=F("version") + 1)
    if kept["paid_by_source"]:
        unpaid = Account.objects.filter(pk=merge.target_id, payer=None)
        if not unpaid.update(payer=merge.source, version=F("version") + 1):
            stays.append(_("%(account)s keeps the payer somebody named since.") % {"account": merge.target})
    return stays
