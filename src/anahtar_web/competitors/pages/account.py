"""Who attacks one account, how much of its wallet goes where, and one of the attacks with its whole history."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Self

from django.forms import Form
from django.utils.safestring import SafeString

from anahtar_web.accounts.figures import Figure, figures
from anahtar_web.accounts.models import Account
from anahtar_web.accounts.pages import Head
from anahtar_web.audit.shown import Version, versions
from anahtar_web.competitors.levels import grade_tone
from anahtar_web.competitors.models import Competitor, Presence, PresenceVersion, Sighting, ThreatDecision, WalletShare
from anahtar_web.competitors.pages.shown import ShownAttack, shown
from anahtar_web.competitors.queries import (
    Wallet,
    attack_of,
    attacks,
    decisions_of,
    shares_of,
    sightings_of,
    versions_of,
    wallet_of,
)
from anahtar_web.gate.rights import Right
from anahtar_web.ui.markdown import render
from anahtar_web.ui.written import values

if TYPE_CHECKING:
    from anahtar_web.people.models import User


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the bar of the wallet.

    Parameters
    ----------
    tone
        Number of its colour; 0 is ours, None nobody's.
    start, share
        Where it begins and how long it is, as fractions of the bar.
    worth
        About how much money it is; None where that cannot be told.
    """

    name: str
    share: float
    tone: int | None
    start: float = 0.0
    told: WalletShare | None = None
    worth: int | None = None

    @property
    def shows(self) -> Hashable:
        """Everything that its line in the legend shows."""
        return self.name, self.share, self.tone, self.worth, values(self.told)

    @property
    def grade_tone(self) -> str:
        """How sure we are."""
        return grade_tone(self.told.grade) if self.told else ""

    @property
    def x(self) -> str:
        """Where it begins in a drawing of a thousand."""
        return f"{self.start * 1000:.1f}"

    @property
    def width(self) -> str:
        """How long it is there."""
        return f"{self.share * 1000:.1f}"


@dataclass(frozen=True, slots=True)
class AccountPage:
    """The template's contract.

    Parameters
    ----------
    here, gone
        Who attacks now, and who gave the account up.
    parts
        The wallet: ours, theirs, and what nobody knows of.
    whole
        About what the whole wallet comes to: what the ledger says we sold them, over our share; None where either
        is unknown.
    """

    head: Head
    here: Sequence[ShownAttack]
    gone: Sequence[ShownAttack]
    wallet: Wallet
    parts: Sequence[Part]
    whole: int | None
    revenue: int | None
    currency: str
    on: date | None
    may_write: bool

    @classmethod
    def build(cls, account: Account, user: "User", on: date | None = None) -> Self:
        """Read it; the number of queries does not depend on the number of competitors."""
        figure = figures().of([account.pk]).get(account.pk, Figure())
        rows = shown(attacks(Presence.objects.of(account), on=on))
        here = [row for row in rows if not row.attack.has_left]
        gone = [row for row in rows if row.attack.has_left]
        left = {row.competitor.pk for row in gone} - {row.competitor.pk for row in here}
        wallet = wallet_of(account, without=sorted(left), on=on)
        # A holding buys nothing itself: its companies do.
        revenue = figure.group_revenue if figure.revenue is None else figure.revenue
        whole = None if on else _whole(wallet, revenue)
        return cls(
            head=Head.build(account, user, "competitors"),
            here=here,
            gone=gone,
            wallet=wallet,
            parts=_parts(wallet, whole),
            whole=whole,
            revenue=revenue,
            currency=figures().currency,
            on=on,
            may_write=on is None and user.may(Right.WRITE_DOSSIER) and account.merged_into_id is None,
        )


def _whole(wallet: Wallet, revenue: int | None) -> int | None:
    """Reckon the whole wallet from what we sold and our share of it."""
    if wallet.ours is None or not wallet.ours.share or revenue is None or revenue <= 0:
        return None
    return round(revenue / wallet.ours.share)


def _parts(wallet: Wallet, whole: int | None) -> list[Part]:
    """Fit what is told into one bar: where it comes to more than all, every part is drawn smaller."""
    all_of_it, start, found = max(wallet.known, Decimal(1)), 0.0, []

    def worth(share: Decimal) -> int | None:
        return None if whole is None else round(whole * share)

    for place, one in enumerate(wallet.slices, 0 if wallet.ours else 1):
        told, share = one.share, float(one.share.share / all_of_it)
        found.append(Part(one.competitor.name if one.competitor else "", share, place, start, told, worth(told.share)))
        start += share
    if found and wallet.unknown:
        found.append(Part("", float(wallet.unknown), None, start, worth=worth(wallet.unknown)))
    return found


@dataclass(frozen=True, slots=True)
class WrittenVersion:
    """What was written at one time."""

    told: PresenceVersion

    @property
    def notes(self) -> SafeString:
        """How we fought them then, as it is shown."""
        return render(self.told.notes)


@dataclass(frozen=True, slots=True)
class AttackPage:
    """One attack, and everything that was ever written of it.

    Parameters
    ----------
    shown
        None where nothing was known of it yet.
    on
        As known on that day; None: now.
    """

    head: Head
    competitor: Competitor
    shown: ShownAttack | None
    versions: Sequence[WrittenVersion]
    sightings: Sequence[Sighting]
    decisions: Sequence[ThreatDecision]
    shares: Sequence[WalletShare]
    currency: str
    on: date | None
    may_write: bool

    @classmethod
    def build(cls, presence: Presence, account: Account, user: "User", on: date | None = None) -> Self:
        """Read it."""
        attack = attack_of(presence, on)
        told = shares_of(account, on=on)
        is_here = account.merged_into_id is None and presence.account_id == account.pk
        return cls(
            head=Head.build(account, user, "competitors", here=presence.competitor.name),
            competitor=presence.competitor,
            shown=shown([attack])[0] if attack else None,
            versions=[WrittenVersion(one) for one in versions_of(presence, on)],
            sightings=sightings_of(presence, on),
            decisions=decisions_of(presence, on),
            shares=[row for row in told if row.competitor_id == presence.competitor_id],
            currency=figures().currency,
            on=on,
            may_write=on is None and is_here and user.may(Right.WRITE_DOSSIER),
        )


@dataclass(frozen=True, slots=True)
class WritePage:
    """The form of an attack, and both versions where somebody else has saved meanwhile."""

    head: Head
    form: Form
    presence: Presence | None = None
    both: Sequence[Version] = ()
    who: str = ""
    when: datetime | None = None

    @classmethod
    def beside(
        cls, current: PresenceVersion, user: "User", form: Form, theirs: Mapping[str, Any], typed: Mapping[str, Any]
    ) -> Self:
        """Put what is saved beside what was typed."""
        presence = current.presence
        return cls(
            head=Head.build(presence.account, user, "competitors", here=presence.competitor.name),
            form=form,
            presence=presence,
            both=versions("presenceversion", {name: theirs[name] for name in typed}, typed),
            who=current.by.name,
            when=current.recorded_at,
        )
