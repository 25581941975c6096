"""A form that is right for every address that takes one: sent by who may, it changes something."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, Final

from django.core.files.uploadedfile import SimpleUploadedFile

from anahtar_web.company.queries import today
from tests.anahtar_web.matrix.addresses import Address, every_address
from tests.anahtar_web.matrix.dossiers import picture
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
_form("insight:save_portfolio_view", by="kam", say={"name": "QzNewFilter"})
_form("insight:rename_view", by="kam", say={"name": "QzOtherName"})
_form("insight:open_with_view", by="kam")
_form("insight:delete_view", by="kam")
_form("insight:change_view", by="kam", asking="?class=B")
_form("insight:export", say={"form": "csv", **_WHY})
_form("insight:export_moves", say={"form": "csv", **_WHY})
_form("insight:decide_key", say={"status": "watch", **_WHY})
_form("interactions:write", by="kam", say={"subject": "QzNewCall"})
_form("interactions:edit", by="kam", say={"subject": "QzOtherCall"})
_form("interactions:delete", by="kam", say=_WHY)
_form("interactions:say_who", by="kam", say={"who": "new", "name": "QzPerson"})
_form("interactions:dropped", by="kam", say=lambda firm: {"take-0": "on", "account-0": firm.accounts["acme"].code})
_form(
    "interactions:drop",
    by="kam",
    say=lambda _firm: {"files": SimpleUploadedFile("QzMail.eml", b"From: qz@example.org\r\nSubject: QzMail\r\n\r\nQz")},
)
_form("interactions:new_calendar", by="kam", on="interactions:calendar")
_form("interactions:end_calendar", by="kam", on="interactions:calendar")
_form("interactions:agree", by="kam", say=lambda _firm: {"next_what": "QzStep", "next_on": today()})
_form("interactions:finish_step", by="kam")
_form("interactions:move_step", by="kam", say=lambda _firm: {"due_on": today() + timedelta(days=9), **_WHY})
_form("interactions:drop_step", by="kam", say=_WHY)
_form("strategies:write", say={"word": "QzAnotherWord", **_WHY})
_form("strategies:restore", say=_WHY)
_form("strategies:preview", on="strategies:write")
_form("strategies:deviate", by="kam", say={"text": "Their buyer is called on Fridays.", **_WHY})
_form("strategies:end_deviation", by="kam", say=_WHY)
_form("stakeholders:state", by="kam", say={"name": "QzNewDecision", "rule": "consensus"})
_form("stakeholders:restate", by="kam", say={"name": "QzOtherDecision"})
_form("stakeholders:close", by="kam")
_form("signals:snooze", by="kam", say={"words": "Their answer."})
_form("signals:make_case", by="kam", say={"title": "QzCaseOfASignal"})
_form("signals:dismiss", by="kam", say={"reason": "pause"})
_form("signals:take_up", by="kam", on="signals:list", asking="?show=snoozed")
_form("losses:export", by="kam", say=_WHY)
_form("losses:export_way_back", say=_WHY)
_form("losses:say", say=lambda firm: {"old": "QZA-2", "new": "QZB-1", "goes_on": "yes", **_WHY})
_form("competitors:new", by="kam", say={"name": "QzNewRival"})
_form("competitors:edit", say={"remark": "Calls on Mondays."})
_form("competitors:merge", say=lambda firm: {"stays": firm.objects["twin"].pk, **_WHY})
_form("competitors:export", say={"form": "csv"})
_form("competitors:enter", by="kam", say={"competitor": "QzNewRival", "site": "Bursa"})
_form("competitors:edit_attack", by="kam", say={"site": "Bursa"})
_form("competitors:see", by="kam", say={"words": "A van in the yard."})
_form("competitors:share", by="kam", say={"whose": "us", "share": "30"})
_form("competitors:decide", by="kam", say={"level": "low", **_WHY})
_form("competitors:leave", by="kam", say={"why": "We were faster."})
_form(
    "files:attach",
    by="kam",
    say=lambda _firm: {"files": SimpleUploadedFile("QzMinutes.txt", b"Said today.")},
)
_form("files:remove", by="kam", say=_WHY)
_form("files:put_logo", on="files:letterhead", say=lambda _firm: {"logo": SimpleUploadedFile("QzLogo.png", picture(4))})
_form("files:take_logo_off", on="files:letterhead")
_form("privacy:export", on="privacy:person")
_form("privacy:erase", say={"sure": "on", **_WHY})
_form("dossier:note_reading", by="kam", on="dossier:profile")
_form("stakeholders:seen", by="kam", on="stakeholders:person")
_form("stakeholders:everybody_seen", by="kam", on="stakeholders:map")
_form("dossier:write", by="kam", say={"text": "QzGrow", "grade": "assumed"})
_form("dossier:change", by="kam", say={"text": "QzOtherOwner", "grade": "confirmed"})
_form("dossier:confirm", by="kam", on="dossier:profile")
_form("dossier:retract", by="kam", say=_WHY)
_form("dossier:add_sheet", by="kam", say={"title": "QzStock"})
_form("dossier:change_sheet", by="kam", say={"title": "QzFrameTwo"})
_form("dossier:remove_sheet", by="kam", say=_WHY)
_form("dossier:answer_yes", by="kam", on="dossier:to_confirm")
_form("dossier:answer_later", by="kam", on="dossier:to_confirm")
_form(
    "dossier:add_kind",
    say={"name_tr": "QzTürü", "name_en": "QzKind", "area": "buying", "form": "text", "shelf_months": "12"},
)
_form("dossier:change_kind", say={"shelf_months": "7"})
_form("dossier:retire_kind", on="dossier:change_kind")
_form("dossier:move_kind", on="dossier:kinds", say={"to": "up"})
_form("tenders:new", by="kam", say=lambda firm: {"account": firm.accounts["acme"].code, "title": "QzNewTender"})
_form("tenders:new_of", by="kam", say={"title": "QzNewTender"})
_form("tenders:change", by="kam", say={"title": "QzTenderRenamed"})
_form("tenders:lots", by="kam", say={"line-0-name": "QzLotRenamed"})
_form("tenders:criteria", by="kam", say={"line-0-name": "QzCriterionRenamed"})
_form("tenders:participants", by="kam", say={"line-0-remark": "QzRemarkAnew"})
_form("tenders:lessons", by="kam", say={"lessons": "QzLessonAnew"})
_form("tenders:papers", by="kam", say=lambda firm: {"documents": [firm.objects["tender_file"].pk]})
_form("tenders:move", by="kam", on="tenders:board", say={"stage": "submitted"})
_form(
    "tenders:decide",
    by="kam",
    say=lambda firm: {"outcome": "lost", "their_reason": "none", "our_reason": firm.objects["reason"].pk},
)
_form("tenders:reopen", by="kam", say=_WHY)
_form("risks:new", by="kam", say={"title": "QzNewCase"})
_form("risks:edit", by="kam", say={"title": "QzCaseRenamed"})
_form("risks:move", by="kam", say={"stage": "cooling"})
_form("risks:place", by="kam", on="risks:board", say={"stage": "cooling"})
_form("risks:reasons", say={"name": "QzLossReason"})
_form("risks:reason", say={"name": "QzLossReasonRenamed"})
_form("risks:loss", by="kam", say={"reasons": "1"})
_form("tenders:reasons", say={"name": "QzNewReason"})
_form("tenders:reason", say={"name": "QzReasonRenamed"})
_form("tenders:export", by="kam", say={"form": "csv", **_WHY})
_form(
    "tenders:imports",
    by="kam",
    say=lambda _firm: {
        "file": SimpleUploadedFile("QzPast.csv", b"account;title;outcome\r\nQZA-1;QzFromFile;announced\r\n")
    },
)
_form("tenders:import", by="kam", say={"currency": "TRY"})
_form("tenders:bring", by="kam", on="tenders:import")
_form("tenders:take_back", by="kam", say=_WHY)
_form("stakeholders:new", by="kam", say={"name": "Qznewcomer"})
_form("stakeholders:edit", by="kam", say={"position": "Head clerk"})
_form("stakeholders:cell", by="kam", say={"value": "Head clerk"})
_form("stakeholders:move", by="kam", say=lambda firm: {"under": firm.objects["acme_boss"].pk})
_form(
    "stakeholders:drop",
    by="kam",
    say=lambda firm: {
        "who": firm.objects["acme_clerk"].pk,
        "version": 1,
        "under": firm.objects["acme_boss"].pk,
        "before": "",
        "after": "",
    },
)
_form("stakeholders:leave", by="kam", say={"on": _DAY})
_form("stakeholders:come_back", by="kam")
_form("stakeholders:tie", by="kam", say=lambda firm: {"other": firm.objects["acme_boss"].pk, "kind": "conflict"})
_form("stakeholders:end_tie", by="kam")
_form("stakeholders:add_address", by="kam", say={"kind": "email", "value": "qzother@clerk.example"})
_form("stakeholders:end_address", by="kam")
_form("stakeholders:relation", by="kam", say={"level": "2"})
_form("stakeholders:file", by="kam", on="stakeholders:map")
_form("stakeholders:table_file", by="kam", on="stakeholders:table")
_form("dossier:facts_file", by="kam", on="dossier:profile")
_form("insight:portfolio_looked", on="insight:portfolio")
_form("insight:matrix_save", on="insight:matrix_thresholds", say=_WHY)
_form("briefing:document", by="kam", on="briefing:account", say={"form": "docx"})
_form("deliveries:export", by="kam", on="deliveries:account", asking="?period=all&show=all")
_form("deliveries:terms", by="head", say={"days": 2, **_WHY})
_form("winbacks:new_list", say={"name": "QzNewList"})
_form("winbacks:edit_list", say={"name": "QzListAnew"})
_form("winbacks:open_cases", say=lambda firm: {"account": firm.accounts["cedar"].pk})
_form("winbacks:export", say=_WHY)
_form("winbacks:new_campaign", say=lambda firm: {"name": "QzNewPlan", "list": firm.objects["winback list"].pk})
_form("winbacks:edit_campaign", say={"name": "QzPlanAnew"})
_form("winbacks:start")
_form("winbacks:end", say=_WHY)
_form("winbacks:new_offer", by="kam", say=lambda _firm: {"contents": "QzNew", "valid_until": today() + timedelta(9)})
_form("winbacks:edit_offer", by="kam", say={"contents": "QzAnew"})
_form("winbacks:submit", by="kam", say={"version": 1})
_form("winbacks:send", by="kam", say={"version": 2})
_form("winbacks:decide", by="director", say={"decision": "approved"})
_form("winbacks:answer", by="kam", say={"accepted": "yes"})
_form("winbacks:withdraw", by="kam", say=_WHY)
_form("winbacks:limits", say={"limit_kam": "5", **_WHY})
_form("reports:report", say={"form": "pdf"})
_form("reports:subscribe", on="reports:report")
_form("reports:unsubscribe", by="kam", on="reports:report")
_form("reports:stop")
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
_form("sources:new", say={"name": "QzSecond", "database": "qz", "table": "qzlines", "user": "reader"})
_form("sources:edit", say={"name": "QzRenamed"})
_form("sources:columns")
_form("sources:look", on="sources:source")
_form("sources:refresh", on="sources:source")
_form("sources:forget", on="sources:source")
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
_form("closings:close", on="closings:closing")
_form("closings:save", on="closings:closing", say={"days": "5", **_WHY})
_form("closings:accept", on="closings:month", say=_WHY)
_form("closings:reopen", on="closings:month", say=_WHY)
_form("schedules:save", on="schedules:schedule", say={"every": "night", **_WHY})
_form("company:save_criteria_text", on="company:criteria", say=_WHY)
_form("ui:language", say={"language": "tr"})


NOTHING_TO_CHANGE: Final = {
    "jobs:cancel": "the firm's job has ended; its own tests stop one that runs",
    "strategies:preview": "it shows what was typed, and keeps nothing",
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
