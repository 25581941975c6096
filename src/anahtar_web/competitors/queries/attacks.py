"""Who attacks which account, how, and how much that is to be feared; now, or as it was known on a day."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final

from django.db.models import Max, QuerySet
from django.utils import timezone

from anahtar.rules.evidence import Evidence
from anahtar.rules.threat import Known, Threat, threat
from anahtar_web.accounts.models import Account
from anahtar_web.company.queries import end_of, today
from anahtar_web.competitors.models import Presence, PresenceVersion, Sighting, ThreatDecision, WalletShare

if TYPE_CHECKING:
    from anahtar_web.people.models import User

_A_YEAR: Final = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Attack:
    """A competitor at an account, as it was known.

    Parameters
    ----------
    told
        What is written of it.
    share
        What was last told of their share of the wallet.
    seen
        The sighting of the latest day.
    computed, evidence
        The threat by the rule, and why.
    decided
        What a person decided of the threat instead; None: the computed one holds.
    """

    presence: Presence
    told: PresenceVersion
    share: WalletShare | None
    seen: Sighting | None
    computed: Threat
    evidence: Evidence
    decided: ThreatDecision | None

    @property
    def threat(self) -> Threat:
        """The threat that holds; who has left is none, whatever was decided before."""
        if self.decided is None or self.computed is Threat.NONE:
            return self.computed
        return Threat(self.decided.level)

    @property
    def has_left(self) -> bool:
        """Whether they have given the account up."""
        return self.computed is Threat.NONE

    @property
    def last_seen(self) -> date | None:
        """The day on which somebody last noticed them."""
        return self.seen.seen_on if self.seen else None


def present_at(account: Account, on: date | None = None) -> list[Attack]:
    """Give the competitors that are at an account, the most feared first; those that have left are not among them."""
    return [attack for attack in attacks(Presence.objects.of(account), on=on) if not attack.has_left]


def present_everywhere(user: "User", on: date | None = None) -> list[Attack]:
    """Give every attack on the accounts that a person sees, the most feared first."""
    return [attack for attack in attacks(Presence.objects.visible_to(user), on=on) if not attack.has_left]


def attack_of(presence: Presence, on: date | None = None) -> Attack | None:
    """Give one of them; None where it was not known yet."""
    return next(iter(attacks(Presence.objects.filter(pk=presence.pk), on=on)), None)


def attacks(presences: "QuerySet[Presence]", *, on: date | None = None) -> list[Attack]:
    """Give some of them whole, those that have left included, the most feared first; the same queries for any number.

    Nothing here says who may see them: start from `Presence.objects.visible_to(user)`, or from a visible account.
    """
    day = on or today()
    wanted = presences.order_by().values("pk")
    told = _versions(wanted, on)
    before = {row.presence_id: row for row in _versions(wanted, day - _A_YEAR, first=True)}
    shares, shares_before = _shares(presences, on), _shares(presences, day - _A_YEAR, first=True)
    seen = _last_seen(wanted, on)
    decided = _decided(wanted, on)
    found = [
        _attack(
            row,
            known=_known(row, before.get(row.presence_id), shares, shares_before),
            share=shares.get(_pair(row.presence)),
            seen=seen.get(row.presence_id),
            decided=decided.get(row.presence_id),
            day=day,
        )
        for row in told
    ]
    return sorted(
        found,
        key=lambda one: (
            -one.threat.rank,
            -(one.last_seen or date.min).toordinal(),
            one.presence.competitor.sort_key,
            one.presence.pk,
        ),
    )


def _pair(presence: Presence) -> tuple[int, int | None]:
    return presence.account_id, presence.competitor_id


def _attack(
    row: PresenceVersion,
    *,
    known: Known,
    share: WalletShare | None,
    seen: Sighting | None,
    decided: ThreatDecision | None,
    day: date,
) -> Attack:
    level, evidence = threat(
        known,
        last_seen=seen.seen_on if seen else None,
        since=min(timezone.localtime(row.presence.recorded_at).date(), day),
        left=row.left_on is not None and row.left_on <= day,
        as_of=day,
    )
    return Attack(row.presence, row, share, seen, level, evidence, decided if decided and decided.level else None)


def _known(
    row: PresenceVersion,
    before: PresenceVersion | None,
    shares: Mapping[Any, WalletShare],
    shares_before: Mapping[Any, WalletShare],
) -> Known:
    share, share_before = shares.get(_pair(row.presence)), shares_before.get(_pair(row.presence))
    return Known(
        strength=row.strength,
        share=float(share.share) if share else None,
        strength_year_ago=before.strength if before else None,
        share_year_ago=float(share_before.share) if share_before else None,
    )


# The last word on each, and the word of a year ago ----------------------------------------------------------------


def _versions(wanted: Any, on: date | None, *, first: bool = False) -> "list[PresenceVersion]":
    """Give the version of each that held at the end of a day; `first`: or its first one where there was none yet."""
    rows = PresenceVersion.objects.filter(presence__in=wanted)
    joined = PresenceVersion.objects.select_related("presence__competitor", "presence__account", "through", "by")
    if on is None:
        return list(joined.filter(presence__in=wanted, current=True).order_by("pk"))
    held = rows.filter(recorded_at__lt=end_of(on)).order_by().values("presence").annotate(last=Max("pk"))
    found = list(joined.filter(pk__in=held.values("last")).order_by("pk"))
    if not first:
        return found
    later = rows.filter(number=1).exclude(presence__in=[row.presence_id for row in found])
    return found + list(later.order_by("pk"))


def _shares(
    presences: "QuerySet[Presence]", on: date | None, *, first: bool = False
) -> Mapping[tuple[int, int | None], WalletShare]:
    """Give what was last told of each competitor's share; `first`: or first, where nothing was told by that day."""
    accounts = presences.order_by().values("account")
    rows = WalletShare.objects.filter(account__in=accounts, competitor__isnull=False)
    found: dict[tuple[int, int | None], WalletShare] = {}
    end = None if on is None else end_of(on)
    for row in rows.order_by("pk"):
        key = (row.account_id, row.competitor_id)
        if end is None or row.recorded_at < end or (first and key not in found):
            found[key] = row
    return found


def _last_seen(wanted: Any, on: date | None) -> Mapping[int, Sighting]:
    rows = Sighting.objects.filter(presence__in=wanted)
    if on is not None:
        rows = rows.filter(recorded_at__lt=end_of(on))
    latest = rows.order_by().values("presence").annotate(day=Max("seen_on"))
    days = {row["presence"]: row["day"] for row in latest}
    return {
        row.presence_id: row
        for row in rows.filter(seen_on__in=set(days.values())).select_related("by").order_by("pk")
        if row.seen_on == days[row.presence_id]
    }


def _decided(wanted: Any, on: date | None) -> Mapping[int, ThreatDecision]:
    rows = ThreatDecision.objects.filter(presence__in=wanted)
    if on is not None:
        rows = rows.filter(recorded_at__lt=end_of(on))
    last = rows.order_by().values("presence").annotate(last=Max("pk")).values("last")
    return {
        row.presence_id: row for row in ThreatDecision.objects.filter(pk__in=last).select_related("by").order_by("pk")
    }
