"""Asking the rules about one account: is it key, which types does it carry, what speaks for that."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from typing import Any, Final, overload

from anahtar.analysis.dates import Dates, number
from anahtar.analysis.result import KeyAccount, Measure
from anahtar.analysis.traits import Surroundings
from anahtar.money import Money
from anahtar.rules.account_type import (
    AccountType,
    Growth,
    Traits,
    breadwinner_evidence,
    expert_evidence,
    image_maker_evidence,
    is_breadwinner,
    is_expert_candidate,
    is_image_maker_candidate,
    is_prospective,
    prospective_evidence,
)
from anahtar.rules.criteria import Criteria
from anahtar.rules.evidence import Evidence
from anahtar.rules.key_account import KeyFigures, is_key, key_evidence, value_words

ASKED_FOR: Final = (
    "account_id",
    "code",
    "name",
    "share",
    "share_year_ago",
    "above_0",
    "rank",
    "abc_0",
    "xyz",
    "change",
    "age",
    "profit",
    "revenue",
    "ordered",
    "first_purchase",
    "recent_days",
    "before_days",
    "largest_order",
)
"""Columns that the rules read (share_year_ago only where the ledger reaches back so far)."""


@dataclass(frozen=True, slots=True)
class Background:
    """What the rules need to know beside an account's own figures; `large` is a year's revenue that counts as much."""

    dates: Dates
    measure: Measure
    criteria: Criteria
    currency: str
    large: int
    surroundings: Surroundings


class Later(Sequence[Evidence]):
    """Evidence put into words when somebody reads it: of thousands of accounts with a type, a report shows a page."""

    def __init__(self, ask: Callable[[], Sequence[Evidence]]) -> None:
        self._ask = ask

    @cached_property
    def _found(self) -> Sequence[Evidence]:
        return self._ask()

    @overload
    def __getitem__(self, at: int) -> Evidence: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Evidence]: ...
    def __getitem__(self, at: int | slice) -> Evidence | Sequence[Evidence]:
        return self._found[at]

    def __len__(self) -> int:
        return len(self._found)

    def __repr__(self) -> str:
        return repr(self._found)


@dataclass(frozen=True)
class AskedAccount:
    """One row of `Tables.accounts` with code, name, before_revenue and recent_revenue, before the rules."""

    row: Mapping[str, Any]
    background: Background

    @cached_property
    def is_key(self) -> bool:
        """Whether it meets the criteria."""
        return is_key(self._figures, self.background.criteria)

    @cached_property
    def types(self) -> list[str]:
        """Breadwinner, prospective: computed."""
        criteria = self.background.criteria
        carried = []
        if is_breadwinner(
            share=self.row["share"],
            share_before=self._share_year_ago,
            enters=criteria.breadwinner_enters,
            leaves=criteria.breadwinner_leaves,
        ):
            carried.append(AccountType.BREADWINNER.value)
        if is_prospective(
            self._growth, new_months=criteria.prospective_months, least_growth=criteria.prospective_growth
        ):
            carried.append(AccountType.PROSPECTIVE.value)
        return carried

    @cached_property
    def candidate_for(self) -> list[str]:
        """Image maker, expert: a question to the manager, asked of class A only."""
        if self.row["abc_0"] != "A" or not self.background.surroundings.tell_anything:
            return []
        nominated = {
            AccountType.IMAGE_MAKER: is_image_maker_candidate(image_maker_evidence(self._traits)),
            AccountType.EXPERT: is_expert_candidate(expert_evidence(self._traits)),
        }
        return [kind.value for kind, yes in nominated.items() if yes]

    def told(self) -> KeyAccount:
        """The account with every criterion asked of it, and what speaks for its types."""
        return KeyAccount(
            account_id=self.row["account_id"],
            code=self.row["code"],
            name=self.row["name"],
            share=self.row["share"] or 0.0,
            types=self.types,
            candidate_for=self.candidate_for,
            reasons=Later(partial(key_evidence, self._figures, self.background.criteria)),
            type_evidence={kind: Later(partial(self._speaks_for, kind)) for kind in (*self.types, *self.candidate_for)},
        )

    def _speaks_for(self, kind: str) -> Sequence[Evidence]:
        criteria = self.background.criteria
        match kind:
            case AccountType.BREADWINNER:
                return breadwinner_evidence(
                    share=self.row["share"],
                    share_before=self._share_year_ago,
                    age_days=self.row["age"],
                    value=self._figures.value,
                    enters=criteria.breadwinner_enters,
                    leaves=criteria.breadwinner_leaves,
                )
            case AccountType.PROSPECTIVE:
                return prospective_evidence(
                    self._growth, new_months=criteria.prospective_months, least_growth=criteria.prospective_growth
                )
            case AccountType.IMAGE_MAKER:
                return image_maker_evidence(self._traits)
            case _:
                return expert_evidence(self._traits)

    @property
    def _share_year_ago(self) -> float | None:
        share: float | None = self.row.get("share_year_ago")
        return share

    @cached_property
    def _figures(self) -> KeyFigures:
        row, background = self.row, self.background
        window = background.dates.months
        return KeyFigures(
            code=row["code"],
            value=value_words(background.measure.value, window.last - window.first + 1),
            share=row["share"],
            share_year_ago=self._share_year_ago,
            share_above=row["above_0"],
            rank=row["rank"],
            abc=row["abc_0"],
            xyz=None if row["rank"] is None else row["xyz"],
            change=row["change"],
            age_days=row["age"],
            profit=None if row["profit"] is None else self._money(row["profit"]),
        )

    @cached_property
    def _growth(self) -> Growth:
        row, dates = self.row, self.background.dates
        first = row["first_purchase"]
        return Growth(
            months_since_first=None if first is None else max(dates.full_to - number(first) + 1, 0),
            ledger_months=dates.ledger_months,
            revenue=self._money(row["before_revenue"] + row["recent_revenue"]),
            large=self._money(self.background.large),
            recent=self._money(row["recent_revenue"]),
            before=self._money(row["before_revenue"]),
            recent_days=row["recent_days"],
            before_days=row["before_days"],
            largest_order=self._money(row["largest_order"] or 0),
        )

    @cached_property
    def _traits(self) -> Traits:
        row = self.row
        return self.background.surroundings.traits(row["account_id"], row["age"], row["ordered"], row["revenue"])

    def _money(self, units: int) -> Money:
        return Money(units, self.background.currency)
