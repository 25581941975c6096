"""Where the ledger puts accounts: into its groups, past merges, never below themselves."""

from collections.abc import Mapping

from anahtar_web.accounts.actions.known import Known

Parents = Mapping[int, tuple[int | None, int | None]]
"""Account -> the account it stood below, and the one the ledger puts it below."""


def placed(groups: Mapping[str, str], have: Mapping[str, Known]) -> tuple[Parents, tuple[str, ...]]:
    """Say below whom each account of the ledger belongs.

    Where a person placed an account, it stays there; so does an account of which the ledger says nothing.

    Parameters
    ----------
    groups
        Code -> code of the group, "" for none.
    have
        Every account by code.

    Returns
    -------
    tuple
        The places, and the codes that have no group because the ledger's would put them below themselves.
    """
    by_pk = {account.pk: account for account in have.values()}
    free = [have[code] for code in sorted(groups) if not have[code].parent_said_by_person]
    wanted = {account.pk: _wanted(account, have.get(groups[account.code]), by_pk) for account in free}
    circles = _opened(wanted, by_pk)
    parents = {account.pk: (account.parent, wanted[account.pk]) for account in free}
    return parents, tuple(by_pk[pk].code for pk in circles)


def _wanted(account: Known, group: Known | None, by_pk: Mapping[int, Known]) -> int | None:
    if group is None:
        return None
    survivor = _survivor(group, by_pk)
    return None if survivor.pk == account.pk else survivor.pk


def _survivor(account: Known, by_pk: Mapping[int, Known]) -> Known:
    while account.merged_into is not None:
        account = by_pk[account.merged_into]
    return account


def _opened(wanted: dict[int, int | None], by_pk: Mapping[int, Known]) -> list[int]:
    """Take the group from one account of each circle, the first one by code; returns them."""
    above = {
        pk: account.merged_into if account.merged_into is not None else wanted.get(pk, account.parent)
        for pk, account in by_pk.items()
    }
    opened, done = [], set[int]()
    for start in by_pk:
        path: dict[int, None] = {}
        at: int | None = start
        while at is not None and at not in done and at not in path:
            path[at] = None
            at = above[at]
        if at is not None and at in path:
            opened.append(_open(list(path)[list(path).index(at) :], wanted, above, by_pk))
        done.update(path)
    return opened


def _open(
    circle: list[int], wanted: dict[int, int | None], above: dict[int, int | None], by_pk: Mapping[int, Known]
) -> int:
    # What people said made no circle, so the ledger has said something in every circle there is.
    said_by_ledger = [pk for pk in circle if pk in wanted and by_pk[pk].merged_into is None]
    first = min(said_by_ledger, key=lambda pk: by_pk[pk].code)
    wanted[first] = above[first] = None
    return first
