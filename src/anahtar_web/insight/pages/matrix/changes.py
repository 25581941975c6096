"""Accounts that other thresholds would class otherwise, each with the figure and the border that decide."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pyarrow as pa
from django.utils.translation import gettext as _

from anahtar.report.labels import REGULARITY, label
from anahtar_web.company.words import percent
from anahtar_web.insight.models import Run
from anahtar_web.insight.pages.matrix.moves import keys_among
from anahtar_web.insight.pages.portfolio.accounts import named_of
from anahtar_web.insight.portfolio.ways import kind_of
from anahtar_web.ui.templatetags.shown import say, share

if TYPE_CHECKING:
    from anahtar_web.people.models import User

Cuts = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Change:
    """One account; `pk` None: no account of the house any more."""

    pk: int | None
    code: str
    name: str
    key: bool
    kind: str
    before: str
    after: str
    value: int
    reasons: Sequence[str]


def changes(told: pa.Table, cuts: tuple[Cuts, Cuts], user: "User", run: Run) -> Sequence[Change]:
    """Say some rows of `anahtar.analysis.reclassing.CHANGED`.

    Parameters
    ----------
    cuts
        The new ones, of value and of regularity.
    """
    codes = told["code"].to_pylist()
    named, keys = named_of(codes, user), keys_among(codes, run)
    return [
        Change(
            pk=account.pk if account else None,
            code=row["code"],
            name=account.name if account else row["name"],
            key=account is not None and account.code in keys,
            kind=_kind(row),
            before=_standing(row, "_before"),
            after=_standing(row, ""),
            value=row["value"],
            reasons=[*_by_value(row, cuts[0]), *_by_regularity(row, cuts[1])],
        )
        for row in told.to_pylist()
        for account in [named.get(row["code"])]
    ]


def _kind(row: dict[str, Any]) -> str:
    if row["cell_before"] and row["cell"] and row["cell_before"] != row["cell"]:
        return kind_of(row["cell_before"], row["cell"])
    before, after = (row["abc_before"], row["xyz_before"]), (row["abc"], row["xyz"])
    return "up" if after < before else "down"


def _standing(row: dict[str, Any], when: str) -> str:
    """Say class and regularity; in the Z column what it is there for, where it is not the swings."""
    abc, xyz = row[f"abc{when}"], row[f"xyz{when}"]
    return f"{abc}{xyz}" if xyz in ("X", "Y", "Z") else f"{abc} · {say(label(REGULARITY, xyz))}"


def _by_value(row: dict[str, Any], cuts: Cuts) -> Sequence[str]:
    before, after = row["abc_before"], row["abc"]
    if before == after:
        return ()
    up = after < before
    # Upwards the border is the end of the new class, downwards the end of the class above the new one.
    border = after if up else "A" if after == "B" else "B"
    told = {"share": share(row["share_above"]), "cut": percent(cuts["AB".index(border)]), "border": border}
    if not row["share_above"]:
        return (_("Nobody is larger: always A."),)
    if up:
        return (_("Larger accounts make %(share)s: less than %(cut)s, where %(border)s ends.") % told,)
    return (_("Larger accounts make %(share)s: no less than %(cut)s, where %(border)s ends.") % told,)


def _by_regularity(row: dict[str, Any], cuts: Cuts) -> Sequence[str]:
    before, after = _column(row["xyz_before"]), _column(row["xyz"])
    if row["xyz_before"] == row["xyz"] or row["cv"] is None:
        return ()
    up = after < before
    border = "XY"[after] if up else "XY"[after - 1]
    told = {"cv": share(row["cv"]), "cut": percent(cuts["XY".index(border)]), "border": border}
    if up:
        return (_("Varies by %(cv)s: no more than %(cut)s, where %(border)s ends.") % told,)
    return (_("Varies by %(cv)s: more than %(cut)s, where %(border)s ends.") % told,)


def _column(xyz: str) -> int:
    """Give the place of a regularity among X, Y and Z; one-off and new ones stand in Z."""
    return {"X": 0, "Y": 1}.get(xyz, 2)
