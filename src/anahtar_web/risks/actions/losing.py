"""A loss is written down: why, as somebody found out, and what it cost as the figures stood on that day."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext as _

from anahtar_web.accounts.actions.holding import held
from anahtar_web.audit.actions import record
from anahtar_web.company.queries import today
from anahtar_web.competitors.models import Competitor
from anahtar_web.gate.refusals import Refused
from anahtar_web.people.models import User
from anahtar_web.risks.actions.moving import move
from anahtar_web.risks.costing import cost_of
from anahtar_web.risks.models import AWAY, Case, LossRecord, Reason, Stage
from anahtar_web.risks.told import told_by_reasons
from anahtar_web.stakeholders.models import Stakeholder
from anahtar_web.ui.templatetags.shown import day

LOSS_EDITED: Final = (
    "decided_on",
    "reasons",
    "competitor",
    "would_return",
    "told_by",
    "source",
    "grade",
    "words",
    "lessons",
)
"""What the form has; what the loss cost stays as it was."""


class UnableToRecordLoss(Refused):
    """What was said of the loss cannot be so."""


@transaction.atomic
def record_loss(
    *,
    case: Case,
    decided_on: date,
    reasons: Sequence[Reason],
    competitor: Competitor | None = None,
    would_return: str = "",
    told_by: Stakeholder | None = None,
    source: str = "",
    grade: str = "",
    words: str = "",
    lessons: str = "",
    by: User,
) -> LossRecord:
    """Write a loss down; a case that is not lost yet goes to *lost*. What it cost is kept as it stands today.

    Raises
    ------
    UnableToRecordLoss
        It is written down already, or cannot be so.
    UnableToMoveCase
        The case cannot be lost from where it stands.
    UnableToChangeMerged
        The account goes on under another.
    """
    home = held(case.account)
    if LossRecord.objects.filter(case=case).exists():
        raise UnableToRecordLoss(_("Why it was lost is written down already. Change what stands there."))
    said = _clean(
        case,
        {
            "decided_on": decided_on,
            "reasons": reasons,
            "competitor": competitor,
            "would_return": would_return,
            "told_by": told_by,
            "source": source,
            "grade": grade,
            "words": words,
            "lessons": lessons,
        },
    )
    chosen = said.pop("reasons")
    if case.stage not in AWAY:
        move(case=case, stage=Stage.LOST, why=told_by_reasons(chosen), by=by)
        case.refresh_from_db()
    cost = cost_of(case)
    made = LossRecord.objects.create(
        case=case,
        by=by,
        revenue=cost.revenue,
        profit=cost.profit,
        share=cost.share,
        hhi_before=cost.hhi_before,
        hhi_after=cost.hhi_after,
        **said,
    )
    made.reasons.set(chosen)
    after = {"decided_on": decided_on.isoformat(), "reasons": [one.name or one.code for one in chosen]}
    record("case.loss_recorded", case, by=by, after=after, account=home.pk)
    return made


@transaction.atomic
def edit_loss(*, loss: LossRecord, seen: int, fields: Mapping[str, Any], by: User) -> LossRecord:
    """Change what is written of a loss; what it cost stays as it was.

    Raises
    ------
    EditedMeanwhile
        Somebody has changed it since `seen`; carries it as it is now.
    UnableToRecordLoss
        It cannot be so.
    UnableToChangeMerged
        The account goes on under another.
    """
    home = held(loss.case.account)
    said = _clean(loss.case, {name: fields[name] for name in LOSS_EDITED if name in fields})
    chosen = said.pop("reasons", None)
    former = {name: getattr(loss, name) for name in said}
    was = list(loss.reasons.all())
    loss.save_over(seen, said)
    changed = [name for name in said if said[name] != former[name]]
    if chosen is not None and {one.pk for one in chosen} != {one.pk for one in was}:
        loss.reasons.set(chosen)
        changed.append("reasons")
    if changed:
        record("case.loss_edited", loss.case, by=by, after={"loss_written": changed}, account=home.pk)
    return loss


def _clean(case: Case, said: Mapping[str, Any]) -> dict[str, Any]:
    clean: dict[str, Any] = {name: value.strip() if isinstance(value, str) else value for name, value in said.items()}
    lost = clean.get("decided_on")
    if lost is not None and lost > today():
        raise UnableToRecordLoss(_("%(day)s is to come: say the day once they have left.") % {"day": day(lost)})
    if "reasons" in clean and not clean["reasons"]:
        raise UnableToRecordLoss(_("Choose a reason at least: it is what losses are compared by."))
    teller = clean.get("told_by")
    if teller is not None and teller.account_id != case.account_id:
        raise UnableToRecordLoss(_("Choose somebody of this account as the one who says so."))
    if clean.get("grade", "").strip() in ("confirmed", "document") and not clean.get("source") and teller is None:
        raise UnableToRecordLoss(_("What is confirmed has a source: say who says so, or where it stands."))
    return clean
