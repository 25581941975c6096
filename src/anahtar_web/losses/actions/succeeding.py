"""A person says that an account goes on as another, or that the two are not one."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from anahtar.facts.merging import UnableToMerge, survivors
from anahtar_web.accounts.actions.holding import held
from anahtar_web.accounts.models import Account
from anahtar_web.audit.actions import record
from anahtar_web.gate.refusals import Refused
from anahtar_web.insight.actions import ask_for_analysis
from anahtar_web.losses.models import Succession
from anahtar_web.people.models import User


class UnableToSaySuccession(Refused):
    """The one cannot go on as the other."""


@transaction.atomic
def say_of(*, old: Account, new: Account, goes_on: bool, reason: str = "", by: User) -> Succession:
    """Say whether an account goes on as another; the next analysis counts by it, and is asked for.

    Whoever changes their mind says the other thing of the same two.

    Raises
    ------
    UnableToSaySuccession
        They are one account, the old one goes on as a third, or words would lead in a circle.
    UnableToChangeMerged
        One of them goes on under another as a merge.
    """
    old, new = held(old), held(new)
    if old.pk == new.pk:
        raise UnableToSaySuccession(_("An account does not go on as itself. Choose another one."))
    former = Succession.objects.filter(old=old, new=new).first()
    if former is not None and former.goes_on == goes_on and former.reason == reason.strip():
        return former
    if goes_on:
        _check(old, new)
    fields = {"goes_on": goes_on, "reason": reason.strip(), "by": by}
    said, _made = Succession.objects.update_or_create(old=old, new=new, defaults=fields)
    before = None if former is None else _told(former.goes_on, new)
    record(
        "account.succession_said",
        old,
        by=by,
        before=before,
        after=_told(goes_on, new),
        reason=reason.strip(),
        account=old.pk,
    )
    ask_for_analysis(by=by)
    return said


def _check(old: Account, new: Account) -> None:
    others = Succession.objects.filter(goes_on=True).exclude(old=old, new=new).order_by("pk")
    words = dict(others.values_list("old", "new"))
    if old.pk in words:
        third = Account.objects.get(pk=words[old.pk])
        raise UnableToSaySuccession(
            _("%(old)s already goes on as %(third)s. Say first that these two are not one.")
            % {"old": old, "third": third}
        )
    try:
        survivors({str(one): str(other) for one, other in {**words, old.pk: new.pk}.items()})
    except UnableToMerge as circle:
        raise UnableToSaySuccession(
            _("%(new)s goes on as %(old)s already, directly or through others: that would lead in a circle.")
            % {"old": old, "new": new}
        ) from circle


def _told(goes_on: bool, new: Account) -> dict[str, str]:
    return {"goes_on_as" if goes_on else "not_gone_on_as": f"{new} ({new.code})"}
