"""People at accounts whom somebody asks for: of an account they may see, or none."""

from django.shortcuts import get_object_or_404

from anahtar_web.accounts.models import Account
from anahtar_web.people.models import User
from anahtar_web.stakeholders.models import ContactPoint, Decision, Stakeholder, Tie


def stakeholder_for(account: Account, pk: int) -> Stakeholder:
    """Give somebody at an account that was found with `account_for`."""
    rows = Stakeholder.objects.of(account).select_related("account", "reports_to", "by")
    found: Stakeholder = get_object_or_404(rows, pk=pk)
    return found


def tie_for(account: Account, pk: int) -> Tie:
    """Give a tie between two of an account."""
    found: Tie = get_object_or_404(Tie.objects.of(account).select_related("from_one", "to_other"), pk=pk)
    return found


def address_for(who: Stakeholder, pk: int) -> ContactPoint:
    """Give an address of somebody."""
    found: ContactPoint = get_object_or_404(who.contact_points.filter(ended_at=None), pk=pk)
    return found


def colleague_for(pk: int) -> User:
    """Give one of us."""
    return get_object_or_404(User.objects.all(), pk=pk)


def decision_for(account: Account, pk: int) -> Decision:
    """Give something an account decides."""
    found: Decision = get_object_or_404(Decision.objects.of(account).select_related("account"), pk=pk)
    return found
