"""Pairs that may be one account: kept after each analysis, and looked at by people."""

from collections.abc import Iterable

from django.db import transaction

from anahtar.rules.duplicates import Suggestion as Found
from anahtar_web.accounts.models import Account, Dismissal, Suggestion
from anahtar_web.audit.actions import record
from anahtar_web.jobs.told import Json, told
from anahtar_web.people.models import User

_CHUNK = 500


@transaction.atomic
def keep_suggestions(suggestions: Iterable[Found]) -> int:
    """Replace what was suggested by what the last analysis found; pairs of codes that are no accounts are left out.

    Returns how many are kept. What people have dismissed is kept too, and not shown.
    """
    wanted = _by_pair(suggestions)
    there = {(row.first_id, row.second_id, row.kind): row for row in Suggestion.objects.all()}
    gone = [row.pk for key, row in there.items() if key not in wanted]
    for at in range(0, len(gone), _CHUNK):
        Suggestion.objects.filter(pk__in=gone[at : at + _CHUNK]).delete()
    Suggestion.objects.bulk_create(
        (
            Suggestion(first_id=first, second_id=second, kind=kind, score=score, evidence=evidence)
            for (first, second, kind), (score, evidence) in wanted.items()
            if (first, second, kind) not in there
        ),
        batch_size=_CHUNK,
    )
    changed = [
        _renewed(there[key], *said) for key, said in wanted.items() if key in there and _differs(there[key], said)
    ]
    Suggestion.objects.bulk_update(changed, ["score", "evidence"], batch_size=100)
    return len(wanted)


Key = tuple[int, int, str]
Said = tuple[float, list[Json]]


def _by_pair(suggestions: Iterable[Found]) -> dict[Key, Said]:
    listed = list(suggestions)
    codes = sorted({code for found in listed for code in found.codes})
    ids: dict[str, int] = {}
    for at in range(0, len(codes), _CHUNK):
        ids.update(Account.objects.filter(code__in=codes[at : at + _CHUNK]).values_list("code", "pk"))
    wanted: dict[Key, Said] = {}
    for one in listed:
        pair = sorted(ids[code] for code in set(one.codes) if code in ids)
        if len(pair) == 2:
            wanted[pair[0], pair[1], one.kind] = one.score, [told(sentence) for sentence in one.evidence]
    return wanted


def _differs(row: Suggestion, said: Said) -> bool:
    return (row.score, row.evidence) != said


def _renewed(row: Suggestion, score: float, evidence: list[Json]) -> Suggestion:
    row.score, row.evidence = score, evidence
    return row


@transaction.atomic
def dismiss(*, first: Account, second: Account, by: User, reason: str = "") -> Dismissal:
    """Say that two accounts are two; the pair is suggested no more."""
    first, second = sorted((first, second), key=lambda account: account.pk)
    dismissal, made = Dismissal.objects.get_or_create(first=first, second=second, defaults={"by": by})
    if made:
        for one, other in ((first, second), (second, first)):
            told_of = {"account": f"{other} ({other.code})"}
            record("account.told_apart", one, by=by, after=told_of, reason=reason, account=one.pk)
    return dismissal


@transaction.atomic
def suggest_again(*, dismissal: Dismissal, by: User) -> None:
    """Take back that two accounts are two."""
    first, second = dismissal.first, dismissal.second
    dismissal.delete()
    for one, other in ((first, second), (second, first)):
        told_of = {"account": f"{other} ({other.code})"}
        record("account.doubted_again", one, by=by, before=told_of, account=one.pk)
