"""One attack as pages show it, with what the account brings us."""

from collections.abc import Collection, Hashable, Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.safestring import SafeString

from anahtar_web.accounts.figures import Figure, figures
from anahtar_web.accounts.models import Account, Lineage
from anahtar_web.competitors.levels import grade_tone, threat_tone, threat_word
from anahtar_web.competitors.models import Competitor, PresenceVersion
from anahtar_web.competitors.queries import Attack
from anahtar_web.ui.markdown import render
from anahtar_web.ui.templatetags.shown import say
from anahtar_web.ui.written import values


@dataclass(frozen=True, slots=True)
class ShownAttack:
    """An attack beside the account's money.

    Parameters
    ----------
    figure
        What the ledger says of the account; empty where it says nothing.
    """

    attack: Attack
    figure: Figure

    @property
    def shows(self) -> Hashable:
        """Everything that its card shows."""
        attack, through = self.attack, self.told.through
        decided = attack.decided and (values(attack.decided), attack.decided.by.name)
        rows = (values(self.told), values(through), values(attack.share), values(attack.seen), decided)
        return attack.presence.pk, self.competitor.name, attack.computed, say(attack.evidence.sentence), *rows

    @property
    def account(self) -> Account:
        """Whom they attack."""
        account: Account = self.attack.presence.account
        return account

    @property
    def competitor(self) -> Competitor:
        """Who attacks."""
        competitor: Competitor = self.attack.presence.competitor
        return competitor

    @property
    def told(self) -> PresenceVersion:
        """What is written of it."""
        return self.attack.told

    @property
    def revenue(self) -> int | None:
        """What is at stake: the account's revenue, with the companies below it."""
        return self.figure.group_revenue if self.figure.group_revenue is not None else self.figure.revenue

    @property
    def threat_word(self) -> str:
        """The threat that holds."""
        return threat_word(self.attack.threat)

    @property
    def threat_tone(self) -> str:
        """Its colour."""
        return threat_tone(self.attack.threat)

    @property
    def computed_word(self) -> str:
        """The threat as it is computed."""
        return threat_word(self.attack.computed)

    @property
    def dots(self) -> list[bool]:
        """Five of them, as many filled as they are strong."""
        return [place <= (self.told.strength or 0) for place in range(1, 6)]

    @property
    def notes(self) -> SafeString:
        """How we fight them, as it is shown."""
        return render(self.told.notes)

    @property
    def share_tone(self) -> str:
        """How sure we are of their share."""
        return grade_tone(self.attack.share.grade) if self.attack.share else ""

    @property
    def seen_tone(self) -> str:
        """How sure whoever saw them was."""
        return grade_tone(self.attack.seen.grade) if self.attack.seen else ""

    @property
    def last_seen(self) -> date | None:
        """When somebody last noticed them."""
        return self.attack.last_seen


def shown(found: Iterable[Attack]) -> list[ShownAttack]:
    """Put the money beside attacks; one query."""
    rows = list(found)
    known = figures().of({row.presence.account_id for row in rows})
    return [ShownAttack(row, known.get(row.presence.account_id, Figure())) for row in rows]


def at_stake(rows: Iterable[ShownAttack]) -> int | None:
    """Add up what is at stake, each account once, and none that stands below another of them; one query.

    Nothing is at stake for sure where the ledger says nothing: then it is not known, not zero.
    """
    of = {row.account.pk: row.revenue for row in rows}
    below = _below(of)
    counted = [revenue for account, revenue in of.items() if revenue is not None and account not in below]
    return sum(counted) if counted else None


def _below(accounts: Collection[int]) -> set[int]:
    rows = Lineage.objects.filter(account__in=accounts, ancestor__in=accounts, distance__gt=0)
    return set(rows.values_list("account", flat=True))
