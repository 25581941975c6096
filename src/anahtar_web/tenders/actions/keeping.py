"""One change of a tender: over the version that was read, recorded whole, and on the trail."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any, Final

from django.utils import timezone
from django.utils.translation import gettext as _

from anahtar_web.accounts.actions.holding import held
from anahtar_web.audit.actions import differences, record
from anahtar_web.competitors.models import Competitor
from anahtar_web.files.models import Attachment
from anahtar_web.gate.refusals import Refused
from anahtar_web.people.models import User
from anahtar_web.tenders.models import LotOutcome, Reason, Record, Tender, WonBy
from anahtar_web.tenders.models.tender import search_key
from anahtar_web.tenders.queries import content_of
from anahtar_web.ui.templatetags.shown import money, number


class UnableToWriteTender(Refused):
    """What was said of the tender cannot be so."""


_NOTHING: Final[Callable[[Tender], None]] = lambda _tender: None  # noqa: E731  # the one thing a default can do


def keep(
    tender: Tender,
    *,
    version: int,
    by: User,
    verb: str,
    fields: Mapping[str, Any] | None = None,
    parts: Callable[[Tender], None] = _NOTHING,
    reason: str = "",
) -> Tender:
    """Change a tender, within the caller's transaction.

    Parameters
    ----------
    fields
        Of the tender itself.
    parts
        Writes its lots, criteria and the like.

    Raises
    ------
    EditedMeanwhile
        Somebody has changed it since `version`; carries it as it is now.
    UnableToWriteTender
        Nothing would change.
    UnableToChangeMerged
        The account goes on under another.
    """
    held(tender.account)
    before = content_of(tender)
    written = dict(fields or {})
    if {"title", "reference", "direction"} & set(written):
        keys = (written.get(name, getattr(tender, name)) for name in ("title", "reference", "direction"))
        written["search_key"] = search_key(*keys)
    tender.save_over(version, written)
    parts(tender)
    after = content_of(tender)
    if before == after:
        raise UnableToWriteTender(_("That is what stands there already. Change something, or leave it."))
    Record.objects.create(tender=tender, number=tender.version, content=after, by=by, at=timezone.now())
    was, now = differences(told(before), told(after))
    record(verb, tender, by=by, before=was, after=now, reason=reason, account=tender.account_id)
    return tender


def told(content: Mapping[str, Any]) -> dict[str, Any]:
    """Put the content of a tender into the words of the trail.

    What is about prices has *offer* in its name: the trail leaves it out for who does not see offers.
    """
    rivals = [lot["winner"] for lot in content["lots"]] + [one["competitor"] for one in content["participants"]]
    names = Competitor.objects.in_bulk([key for key in rivals if key])
    reasons = Reason.objects.in_bulk([key for key in (content["their_reason_id"], content["our_reason_id"]) if key])
    owner = User.objects.filter(pk=content["owner_id"] or 0).first()
    files = Attachment._base_manager.in_bulk(content["papers"])
    currency = content["currency"]
    plain = ("title", "reference", "direction", "stage", "currency", "notes", "lessons", "outcome")
    days = ("announced_on", "questions_until", "deadline", "expected_on", "decided_on", "their_words", "our_words")
    return {
        **{name: content[name] for name in (*plain, *days)},
        "owner": str(owner) if owner else None,
        "their_reason": _name(reasons, content["their_reason_id"]),
        "our_reason": _name(reasons, content["our_reason_id"]),
        "lots": [_lot(lot, names) for lot in content["lots"]],
        "criteria": [
            _joined(one["name"], one["weight"] and number(Decimal(one["weight"]), 2)) for one in content["criteria"]
        ],
        "participants": [
            _joined(_name(names, one["competitor"]), one["lots"], one["rank"] and f"#{one['rank']}", one["remark"])
            for one in content["participants"]
        ],
        "papers": [str(files[pk]) for pk in content["papers"] if pk in files],
        "offer_estimate": _price(content["estimate"], currency),
        "offer_ours": [text for lot in content["lots"] if (text := _price(lot["our_price"], currency))],
        "offer_winner": [text for lot in content["lots"] if (text := _price(lot["winner_price"], currency))],
        "offer_others": [
            _joined(_name(names, one["competitor"]), _price(one["price"], currency))
            for one in content["participants"]
            if one["price"] is not None
        ],
    }


def _lot(lot: Mapping[str, Any], names: Mapping[int, Any]) -> str:
    winner = _name(names, lot["winner"]) or (lot["won_by"] and str(WonBy(lot["won_by"]).label))
    amount = lot["quantity"] and f"{number(Decimal(lot['quantity']))} {lot['unit']}".strip()
    outcome = lot["outcome"] and str(LotOutcome(lot["outcome"]).label)
    return _joined(lot["name"] or _("whole tender"), amount, lot["rank"] and f"#{lot['rank']}", outcome, winner)


def _joined(*parts: Any) -> str:
    return " · ".join(str(part) for part in parts if part)


def _name(names: Mapping[int, Any], key: int | None) -> str | None:
    return str(names[key]) if key is not None and key in names else None


def _price(units: int | None, currency: str) -> str | None:
    return None if units is None else money(units, currency)
