"""One offer with all its versions, and the offers of one case."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Self

from django.utils.safestring import SafeString

from anahtar_web.accounts.figures import figures
from anahtar_web.company.queries import today
from anahtar_web.gate.rights import Field, Right
from anahtar_web.risks.models import CLOSED, Case
from anahtar_web.ui.markdown import plain, render
from anahtar_web.winbacks.models import LIVE, Approval, Campaign, Offer, OfferState, OfferVersion
from anahtar_web.winbacks.queries import granted, granted_to, left_alone, offers, together
from anahtar_web.winbacks.queries.offers import may_decide

if TYPE_CHECKING:
    from anahtar_web.people.models import User

TONES: Final = {
    OfferState.WAITING: "warn",
    OfferState.APPROVED: "info",
    OfferState.REFUSED: "bad",
    OfferState.SENT: "info",
    OfferState.ACCEPTED: "good",
    OfferState.DECLINED: "bad",
}


_POINT: Final = re.compile(r"\s*([-*+]|\d+[.)])\s+(.*)")
"""A point of a list: its mark and its words."""

_LINK: Final = re.compile(r"\[([^\]]+)\]\((\S+?)\)")


@dataclass(frozen=True, slots=True)
class ShownOffer:
    """An offer in a table."""

    offer: Offer

    @property
    def tone(self) -> str:
        """The colour of its state."""
        return TONES.get(OfferState(self.offer.state), "")


@dataclass(frozen=True, slots=True)
class ShownVersion:
    """One wording, with what was decided on it."""

    told: OfferVersion
    approval: Approval | None

    @property
    def contents(self) -> SafeString:
        """As it would have gone out."""
        return render(self.told.contents)


@dataclass(frozen=True, slots=True)
class OfferPage:
    """The template's contract.

    Parameters
    ----------
    preview, as_mail
        Exactly what goes out, nothing internal stands in it: as HTML, and as lines without marks.
    versions
        The latest first; none for who does not read offers.
    others, together
        While it may still be granted: what the account was granted already within twelve months, and what it comes to
        with this offer; limits are held against all of it.
    """

    shown: ShownOffer
    preview: SafeString
    as_mail: str
    note: SafeString
    versions: Sequence[ShownVersion]
    others: Sequence[ShownOffer]
    together: int
    currency: str
    sees: bool
    may_edit: bool
    may_submit: bool
    may_decide: bool
    may_send: bool
    may_answer: bool
    may_withdraw: bool

    @property
    def offer(self) -> Offer:
        """The offer."""
        return self.shown.offer

    @classmethod
    def build(cls, offer: Offer, user: "User") -> Self:
        """Read it."""
        sees = user.sees(Field.OFFER)
        writes = sees and user.may(Right.WRITE_DOSSIER) and offer.case.account.merged_into_id is None
        goes = offer.state == OfferState.APPROVED and granted(offer)
        others = _others(offer, user) if sees and offer.state in LIVE else []
        return cls(
            shown=ShownOffer(offer),
            preview=render(offer.contents if sees else ""),
            as_mail=_without_marks(offer.contents if sees else ""),
            note=render(offer.note if sees else ""),
            versions=_versions(offer) if sees else (),
            others=others,
            together=together(offer) if others else offer.cost,
            currency=figures().currency,
            sees=sees,
            may_edit=writes and offer.state in LIVE,
            may_submit=writes and not goes and offer.state in (OfferState.DRAFT, OfferState.APPROVED),
            may_decide=may_decide(user, offer),
            may_send=writes and goes,
            may_answer=writes and offer.state == OfferState.SENT,
            may_withdraw=writes and offer.state in (*LIVE, OfferState.SENT),
        )


def _others(offer: Offer, user: "User") -> list[ShownOffer]:
    granted_already = granted_to(offer.case.account, without=offer)
    return [ShownOffer(one) for one in offers(user).filter(pk__in=granted_already).order_by("-pk")]


def _without_marks(text: str) -> str:
    """A text as it stands in a mail without formatting, line by line."""
    return "\n".join(_line(line) for line in text.splitlines())


def _line(line: str) -> str:
    line = _LINK.sub(r"\1 (\2)", line)
    point = _POINT.match(line)
    return f"{point[1]} {plain(point[2])}" if point else plain(line)


def _versions(offer: Offer) -> list[ShownVersion]:
    approvals = {one.edition: one for one in offer.approvals.select_related("by")}
    told = offer.versions.select_related("by").order_by("-edition")
    return [ShownVersion(one, approvals.get(one.edition)) for one in told]


@dataclass(frozen=True, slots=True)
class CasePage:
    """The offers of a case.

    Parameters
    ----------
    alone
        The campaign in which its account is left alone now, if any.
    """

    case: Case
    rows: Sequence[ShownOffer]
    alone: Campaign | None
    currency: str
    sees: bool
    may_offer: bool

    @classmethod
    def build(cls, case: Case, user: "User") -> Self:
        """Read them."""
        alone = left_alone(case.account, today())
        writes = user.sees(Field.OFFER) and user.may(Right.WRITE_DOSSIER)
        free = alone is None and case.stage not in CLOSED and case.account.merged_into_id is None
        return cls(
            case=case,
            rows=[ShownOffer(one) for one in offers(user).filter(case=case).order_by("-pk")],
            alone=alone,
            currency=figures().currency,
            sees=user.sees(Field.OFFER),
            may_offer=writes and free,
        )
