"""A form that is right for every address that takes one: sent by who may, it changes something."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from django.core.files.uploadedfile import SimpleUploadedFile

from tests.anahtar_web.matrix.addresses import Address, every_address
from tests.anahtar_web.matrix.firm import Firm
from tests.anahtar_web.matrix.forms import form_to
from tests.anahtar_web.matrix.samples import filled_in

_TOKENS: Final = ("csrfmiddlewaretoken", "once")


@dataclass(frozen=True, slots=True)
class Body:
    """How a form is filled in.

    Parameters
    ----------
    by
        Who of the cast sends it with success.
    on
        Name of the address whose page shows it; empty: its own.
    say
        What is typed besides what stands there.
    asking
        What stands behind the page's address.
    """

    by: str = "admin"
    on: str = ""
    say: dict[str, Any] = field(default_factory=dict)
    asking: str = ""


Said = dict[str, Any] | Callable[[Firm], dict[str, Any]]

_DAY: Final = date(2026, 1, 5)
_WHY: Final = {"reason": "Because it is so."}

BODIES: Final[dict[str, tuple[Body, Callable[[Firm], dict[str, Any]]]]] = {}


def _form(name: str, *, by: str = "admin", on: str = "", asking: str = "", say: Said | None = None) -> None:
    said = say if callable(say) else lambda _firm: dict(say or {})
    BODIES[name] = (Body(by=by, on=on, asking=asking), said)


_form("accounts:new", by="kam", say={"code": "QZN-9", "name": "Qznew Kardeşler"})
_form("accounts:edit", by="kam", say={"remark": "Calls on Mondays."})
_form("accounts:hand_over", say=lambda firm: {"to": firm.people["stranger"].pk, "on": _DAY, **_WHY})
_form("accounts:join_team", say=lambda firm: {"person": firm.people["head"].pk, "part": "sales", "on": _DAY})
_form("accounts:end_part", say={"on": _DAY, **_WHY})
_form("accounts:put_into_group", say={"group": "QZA-2", **_WHY})
_form("accounts:create_group", say={"name": "Qz Holding", **_WHY})
_form("accounts:take_out", say=_WHY)
_form("accounts:follow_ledger", say=_WHY)
_form("accounts:pair", say=_WHY)
_form("accounts:tell_apart", on="accounts:pair")
_form("accounts:undo_merge", on="accounts:merges")
_form("accounts:suggest_again", on="accounts:apart")
_form(
    "accounts:assign",
    say=lambda firm: {
        "id": firm.accounts["acme"].pk,
        "person": firm.people["stranger"].pk,
        "part": "manager",
        "on": _DAY,
    },
)
_form("insight:save_view", by="kam", say={"name": "QzNewView"})
_form("insight:rename_view", by="kam", say={"name": "QzOtherName"})
_form("insight:open_with_view", by="kam")
_form("insight:delete_view", by="kam")
_form("insight:change_view", by="kam", asking="?class=B")
_form("insight:export", say={"form": "csv", **_WHY})
_form("insight:decide_key", say={"status": "watch", **_WHY})
_form("insight:portfolio_looked", on="insight:portfolio")
_form("insight:run_again", on="insight:runs")
_form(
    "ledgers:new",
    say=lambda _firm: {
        "files": SimpleUploadedFile("QzMore.csv", b"Cari Kodu;Fatura Tarihi;Net Tutar\r\nA;01.01.2024;5,00\r\n")
    },
)
_form("ledgers:file")
_form("ledgers:mapping")
_form("ledgers:checks")
_form("ledgers:confirm", on="ledgers:checks")
_form("ledgers:cancel")
_form("ledgers:take_back", say=_WHY)
_form("ledgers:forget_mapping", on="ledgers:mappings")
_form("jobs:try_again", on="jobs:job")
_form("people:invite", say={"name": "Qznewcomer", "email": "newcomer@kuzey.example", "role": "kam"})
_form("people:edit", say={"name": "Qzkam Renamed"})
_form("people:lock", say=_WHY)
_form("people:factors", say=_WHY)
_form("people:link", on="people:person")
_form("people:profile", by="kam", say={"name": "Qzkam Renamed"})
_form("company:save_company", on="company:settings", say={"company": "Kuzey A.Ş."})
_form("company:save_thresholds", on="company:thresholds", say={"abc_a": "75", **_WHY})
_form("company:save_criteria", on="company:criteria", say={"trend__least": "0.2", **_WHY})
_form("company:save_criteria_text", on="company:criteria", say=_WHY)
_form("ui:language", say={"language": "tr"})


NOTHING_TO_CHANGE: Final = {
    "jobs:cancel": "the firm's job has ended; its own tests stop one that runs",
    "ui:language": "before the sign-in it is a cookie",
}
"""Addresses whose form changes no row of this firm, and why."""


def body(firm: Firm, address: Address) -> dict[str, Any] | None:
    """Fill in the form of an address as who may send it sees it; None where none is declared."""
    if address.name not in BODIES:
        return None
    kept: dict[str, dict[str, Any]] = firm.objects.setdefault("bodies", {})
    asked, say = BODIES[address.name]
    if address.name not in kept:
        kept[address.name] = _shown(firm, address, asked)
    return kept[address.name] | say(firm)


def _shown(firm: Firm, address: Address, asked: Body) -> dict[str, Any]:
    page = next(other for other in every_address() if other.name == (asked.on or address.name))
    if page.policy is None or "GET" not in page.policy.methods:
        return {}
    answer = firm.client(asked.by).get(filled_in(firm, page) + asked.asking)
    # What is read here is kept for all tests of a process: the form of a page that failed would fail others.
    assert answer.status_code in (200, 302), f"{page}: {answer.status_code}"
    form = form_to(answer.content.decode(), filled_in(firm, address))
    return {name: values for name, values in (form.fields if form else {}).items() if name not in _TOKENS}
