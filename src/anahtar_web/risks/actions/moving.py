"""A case goes to another stage: by somebody, or by what the ledger says."""

from collections.abc import Callable
from datetime import date
from typing import Any, Final, TypeAlias

from django.db import transaction
from django.utils.translation import gettext as _

from anahtar.rules.probation import probation_ends
from anahtar_web.accounts.actions.holding import held
from anahtar_web.audit.actions import record
from anahtar_web.company.queries import today
from anahtar_web.gate.refusals import Refused
from anahtar_web.gate.versions import EditedMeanwhile
from anahtar_web.people.models import User
from anahtar_web.risks.models import CLOSED, Case, Move, Stage
from anahtar_web.risks.queries import outlook_of
from anahtar_web.risks.transitions import ALLOWED, TO_BE_SAID

Listener: TypeAlias = Callable[[Move], None]
_LISTENERS: Final[list[Listener]] = []


class UnableToMoveCase(Refused):
    """The case cannot go there, or nobody says why."""


def listen_moves(function: Listener) -> None:
    """Have a function called after each move, in the transaction that makes it; `move.case` stands where it went."""
    if function not in _LISTENERS:
        _LISTENERS.append(function)


@transaction.atomic
def move(
    *,
    case: Case,
    stage: str,
    words: str = "",
    why: Any = None,
    by: User | None,
    seen: int | None = None,
    back_on: date | None = None,
) -> Case:
    """Move a case to another stage; closing it keeps the day and the words.

    Parameters
    ----------
    words
        Of the person who moves it.
    why
        Of the ledger, as a stored sentence (`jobs.told`); of a person, the reasons of a loss (`risks.told`).
    by
        None: the ledger.
    seen
        Version that was read; None: as it stands now.
    back_on
        Of a case that is won back: the day from which its probation counts; None: today.

    Raises
    ------
    EditedMeanwhile
        Somebody has changed it since `seen`; carries it as it is now.
    UnableToMoveCase
        It cannot go there from where it stands, or a person does not say why.
    UnableToChangeMerged
        The account goes on under another.
    """
    held(case.account)
    current: Case = Case.objects.select_for_update(of=("self",)).get(pk=case.pk)
    if seen is not None and current.version != seen:
        raise EditedMeanwhile(current)
    target, words = Stage(stage), words.strip()
    _check(current, target, bool(words or why), by)
    before = current.stage
    current.save_over(current.version, _fields(current, target, words, back_on))
    moved = note_move(current, before, words=words, why=why, by=by)
    record(
        "case.moved",
        current,
        by=by,
        before={"stage": before},
        after={"stage": target.value},
        account=current.account_id,
    )
    tell(moved)
    return current


def note_move(case: Case, before: str, *, words: str, why: Any, by: User | None) -> Move:
    """Keep that a case has come to where it stands."""
    made: Move = Move.objects.create(case=case, before=before, after=case.stage, by=by, words=words, why=why)
    return made


def tell(moved: Move) -> None:
    """Let the apps above hear of a move."""
    for listener in _LISTENERS:
        listener(moved)


def _check(case: Case, target: Stage, says_why: bool, by: User | None) -> None:
    if target == case.stage:
        raise UnableToMoveCase(_("The case stands there already. Choose another stage, or leave it."))
    if target not in ALLOWED[case.stage]:
        raise UnableToMoveCase(
            _("From “%(before)s” a case cannot go to “%(after)s”. It can go to: %(allowed)s.")
            % {
                "before": case.get_stage_display(),
                "after": target.label,
                "allowed": ", ".join(str(one.label) for one in ALLOWED[case.stage]),
            }
        )
    if by is not None and target in TO_BE_SAID and not says_why:
        raise UnableToMoveCase(_("Say why: whoever meets the next case like it learns from your words."))


def _fields(case: Case, target: Stage, words: str, back_on: date | None) -> dict[str, Any]:
    day = today()
    closes = target in CLOSED
    fields = {
        "stage": target.value,
        "stage_since": day,
        "closed_on": day if closes else None,
        "resolution": words[:500] if closes else "",
        "probation_until": None,
    }
    if target == Stage.WON_BACK:
        outlook = outlook_of(case)
        fields["probation_until"] = probation_ends(since=back_on or day, gap_mean=outlook.gap_mean if outlook else None)
    return fields
