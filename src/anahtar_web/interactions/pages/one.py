"""One interaction whole, and the form that writes it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self

from django.forms import Form
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from anahtar_web.accounts.directions import directions
from anahtar_web.accounts.models import Account
from anahtar_web.accounts.pages import Head
from anahtar_web.audit.shown import Version, versions
from anahtar_web.company.queries import today
from anahtar_web.gate.rights import Right
from anahtar_web.interactions.models import EarlierInteraction, Enclosed, Interaction, NextTouch, Participant
from anahtar_web.interactions.pages.account import may_write
from anahtar_web.interactions.pages.shown import Shown, ShownStep
from anahtar_web.interactions.queries.listing import with_last_step
from anahtar_web.people.models import User
from anahtar_web.ui.markdown import render


@dataclass(frozen=True, slots=True)
class Earlier:
    """An interaction as it was written before."""

    row: EarlierInteraction

    @property
    def notes(self) -> SafeString | None:
        """The notes as HTML; None where they are plain text."""
        return None if self.row.is_plain else render(self.row.notes)


@dataclass(frozen=True, slots=True)
class OnePage:
    """An interaction, its files, what was agreed in it with every step since, and what was written before."""

    head: Head
    shown: Shown
    agreed: Sequence[ShownStep]
    enclosed: Sequence[Enclosed]
    earlier: Sequence[Earlier]
    may_write: bool

    @classmethod
    def build(cls, interaction: Interaction, account: Account, user: User) -> Self:
        """Read it."""
        parts = Participant.objects.filter(interaction=interaction, removed_at=None)
        steps = with_last_step(NextTouch.objects.filter(interaction=interaction)).prefetch_related("steps__by")
        may = user.may(Right.WRITE_DOSSIER)
        return cls(
            head=Head.build(account, user, "interactions", here=interaction.subject),
            shown=Shown(interaction, list(parts.select_related("stakeholder", "user").order_by("pk")), ()),
            agreed=[ShownStep(one, today(), may and one.is_open) for one in steps.order_by("due_on", "pk")],
            enclosed=list(Enclosed.objects.filter(interaction=interaction).select_related("attachment").order_by("pk")),
            earlier=[Earlier(row) for row in interaction.earlier.select_related("by").order_by("-number", "-pk")],
            may_write=may_write(account, user) and interaction.account_id == account.pk,
        )


@dataclass(frozen=True, slots=True)
class FormPage:
    """The form of an interaction on a page of its own; `both`: what somebody else has saved beside what was typed."""

    head: Head
    form: Form
    businesses: Sequence[str]
    interaction: Interaction | None = None
    both: Sequence[Version] = ()

    @classmethod
    def build(cls, account: Account, user: User, form: Form, interaction: Interaction | None = None) -> Self:
        """Show the form."""
        here = interaction.subject if interaction else _("Write an interaction down")
        return cls(Head.build(account, user, "interactions", here=here), form, directions(), interaction)

    @classmethod
    def beside(cls, account: Account, user: User, form: Form, current: Interaction, typed: Mapping[str, Any]) -> Self:
        """Show what somebody else has written beside what was typed."""
        theirs = {name: getattr(current, name) for name in typed}
        both = versions("interaction", theirs, typed)
        head = Head.build(account, user, "interactions", here=current.subject)
        return cls(head, form, directions(), current, both)
