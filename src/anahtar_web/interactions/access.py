"""Interactions and next steps somebody asks for: those of an account they see, or none."""

from django.shortcuts import get_object_or_404

from anahtar_web.accounts.models import Account
from anahtar_web.interactions.models import Dropped, Interaction, NextTouch, Participant
from anahtar_web.interactions.queries.folder import waiting_for
from anahtar_web.interactions.queries.listing import with_last_step
from anahtar_web.people.models import User


def interaction_for(account: Account, pk: int) -> Interaction:
    """Give an interaction of an account that was found for the person, or of one merged into it; no deleted one."""
    rows = Interaction.objects.of(account).standing().select_related("account", "by", "written_by")
    found: Interaction = get_object_or_404(rows, pk=pk)
    return found


def step_for(account: Account, pk: int) -> NextTouch:
    """Give an open next step of an account, with the number of its last step."""
    found: NextTouch = get_object_or_404(with_last_step(NextTouch.objects.of(account)), pk=pk)
    return found


def stranger_for(interaction: Interaction, pk: int) -> Participant:
    """Give an address that took part and is nobody's yet."""
    rows = Participant.objects.filter(interaction=interaction, removed_at=None).exclude(address="")
    return get_object_or_404(rows.select_related("interaction__account"), pk=pk)


def dropped_for(user: User, pk: int) -> Dropped:
    """Give a file that this person has dropped, nobody else's; of the mail folder also to who defines dossiers."""
    found: Dropped = get_object_or_404(waiting_for(user).select_related("account"), pk=pk)
    return found


def colleague_for(user: User, text: str) -> User | None:
    """Give somebody who works here, by the key an address carries; None: nobody is asked for."""
    if not text:
        return None
    wanted = int(text) if text.isascii() and text.isdecimal() and len(text) < 19 else 0
    return get_object_or_404(User.objects.all(), pk=wanted)
