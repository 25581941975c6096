"""What people notice of a competitor at an account: a sighting, a share of the wallet, another threat than computed."""

from datetime import date
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from anahtar_web.accounts.actions.holding import held
from anahtar_web.accounts.models import Account
from anahtar_web.audit.actions import record
from anahtar_web.company.queries import today
from anahtar_web.competitors.models import (
    Competitor,
    Grade,
    Presence,
    Sighting,
    ThreatDecision,
    ThreatLevel,
    WalletShare,
)
from anahtar_web.competitors.queries import attack_of
from anahtar_web.gate.refusals import Refused
from anahtar_web.people.models import User
from anahtar_web.ui.templatetags.shown import day


class UnableToObserve(Refused):
    """What was noticed cannot be so."""


@transaction.atomic
def see(*, presence: Presence, seen_on: date, words: str, source: str, grade: Grade, by: User) -> Sighting:
    """Write down that a competitor was noticed at an account.

    Raises
    ------
    UnableToObserve
        Nothing is said, the day is to come, or a document is named nowhere.
    """
    home = held(presence.account)
    if not words.strip():
        raise UnableToObserve(_("Say what was seen."))
    _check(seen_on, source, grade)
    made: Sighting = Sighting.objects.create(
        presence=presence, seen_on=seen_on, words=words.strip(), source=source.strip(), grade=grade, by=by
    )
    # Its words may be about a person, and the trail outlives an erasure.
    after = {"competitor": str(presence.competitor), "seen_on": seen_on.isoformat(), "grade": grade}
    record("competitor.seen", home, by=by, after=after, account=home.pk)
    return made


@transaction.atomic
def tell_share(
    *, account: Account, competitor: Competitor | None, share: Decimal, as_of: date, source: str, grade: Grade, by: User
) -> WalletShare:
    """Write down how much of what an account buys goes to a competitor, or (None) to us.

    Raises
    ------
    UnableToObserve
        It is no share, the day is to come, or a document is named nowhere.
    """
    home = held(account)
    if not 0 <= share <= 1:
        raise UnableToObserve(_("A share is from 0 to 100 percent."))
    _check(as_of, source, grade)
    rows = WalletShare.objects.of(home).filter(competitor=competitor)
    before = rows.order_by("-pk").first()
    made: WalletShare = WalletShare.objects.create(
        account=home, competitor=competitor, share=share, as_of=as_of, source=source.strip(), grade=grade, by=by
    )
    told = {} if competitor is None else {"competitor": str(competitor)}
    record(
        "competitor.share_told",
        home,
        by=by,
        before={"wallet_share": float(before.share)} if before else {},
        after=told | {"wallet_share": float(share), "grade": grade},
        account=home.pk,
    )
    return made


@transaction.atomic
def decide_threat(*, presence: Presence, level: str, seen: int | None, reason: str, by: User) -> ThreatDecision:
    """Say that the threat is another one than computed, or (an empty level) that the computed one holds again.

    Parameters
    ----------
    seen
        The decision that stood there when the person looked; None: none did.

    Raises
    ------
    UnableToObserve
        Nobody says why, it changes nothing, they have left, or somebody has decided otherwise since.
    """
    home = held(presence.account)
    if not reason.strip():
        raise UnableToObserve(_("Say why. Whoever reads it in a year was not there."))
    attack = attack_of(presence)
    assert attack is not None
    if attack.has_left:
        raise UnableToObserve(_("They have left this account: there is no threat to decide on."))
    if (attack.decided.pk if attack.decided else None) != seen:
        raise UnableToObserve(_("Somebody else has decided on this threat meanwhile. Look at it again."))
    if level == (attack.decided.level if attack.decided else ""):
        raise UnableToObserve(_("That is what holds already. Change something, or leave it."))
    made: ThreatDecision = ThreatDecision.objects.create(
        presence=presence, level=level, computed=attack.computed.value, reason=reason.strip(), by=by
    )
    record(
        "competitor.threat_decided",
        home,
        by=by,
        before={"threat": attack.threat.value},
        after={"competitor": str(presence.competitor), "threat": ThreatLevel(level or attack.computed.value).value},
        reason=reason.strip(),
        account=home.pk,
    )
    return made


def _check(on: date, source: str, grade: Grade) -> None:
    if on > today():
        raise UnableToObserve(_("%(day)s is to come: say a day that has been.") % {"day": day(on)})
    if grade == Grade.DOCUMENT and not source.strip():
        raise UnableToObserve(_("Name the document as the source."))
