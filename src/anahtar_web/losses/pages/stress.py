"""What if: what is left without an account or a direction of it, and what it costs that one pays later."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Self

from anahtar_web.accounts.models import Account
from anahtar_web.gate.rights import Field
from anahtar_web.insight.models import Run
from anahtar_web.losses.forms import StressForm
from anahtar_web.losses.models import LossReport
from anahtar_web.losses.pages.frame import Frame
from anahtar_web.losses.stressing import Answer, answer
from anahtar_web.ui.templatetags.shown import say

if TYPE_CHECKING:
    from anahtar.analysis.result import Concentration
    from anahtar_web.people.models import User

REFILLING: Final = 10


@dataclass(frozen=True, slots=True)
class Compared:
    """One figure before and after."""

    name: str
    before: float | None
    after: float | None


@dataclass(frozen=True, slots=True)
class Growing:
    """What one account would have to grow by."""

    account: Account | None
    code: str
    value: int
    alone: float
    amount: int


@dataclass(frozen=True, slots=True)
class StressPage:
    """The template's contract.

    Parameters
    ----------
    asked
        Whether somebody asked; otherwise there is only the form.
    refused
        Why there is no answer.
    """

    frame: Frame
    form: StressForm
    account: Account | None = None
    found: Answer | None = None
    refused: str = ""
    compared: Sequence[Compared] = ()
    profit_lost: int | None = None
    growing: Sequence[Growing] = ()
    others: int = 0

    @classmethod
    def build(cls, user: "User", run: Run, report: LossReport, form: StressForm) -> Self:
        """Reckon it on demand."""
        frame = Frame.of(user, "what_if", run, report)
        if not form.is_bound or not form.is_valid():
            return cls(frame, form)
        account: Account = form.cleaned_data["account"]
        found = answer(run, form.asked())
        if found.stress is None:
            return cls(frame, form, account, refused=say(found.refused))
        stress = found.stress
        listed = stress.refill.accounts[:REFILLING]
        return cls(
            frame,
            form,
            account,
            found,
            compared=_compared(stress.before, stress.after),
            profit_lost=stress.profit_lost if user.sees(Field.PROFIT) else None,
            growing=_growing(listed, user),
            others=len(stress.refill.accounts) - len(listed),
        )

    @property
    def left(self) -> int:
        """Revenue that is left."""
        assert self.found is not None
        assert self.found.stress is not None
        return self.found.stress.revenue - self.found.stress.lost


def _compared(before: "Concentration", after: "Concentration") -> list[Compared]:
    return [
        Compared("top1", before.top.get(1), after.top.get(1)),
        Compared("top3", before.top.get(3), after.top.get(3)),
        Compared("hhi", before.hhi, after.hhi),
        Compared("effective", before.effective_number, after.effective_number),
    ]


def _growing(listed: Sequence[Any], user: "User") -> list[Growing]:
    codes = [one.code for one in listed]
    accounts = {one.code: one for one in Account.objects.visible_to(user).filter(code__in=codes)}
    return [Growing(accounts.get(one.code), one.code, one.value, one.alone, one.amount) for one in listed]
