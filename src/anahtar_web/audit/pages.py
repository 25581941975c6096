"""What the page of the trail shows."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

from anahtar_web.audit.forms import TrailForm
from anahtar_web.audit.models import Entry
from anahtar_web.audit.queries import TrailPage


@dataclass(frozen=True, slots=True)
class Trail:
    """The whole trail, narrowed as the address says.

    Parameters
    ----------
    account
        Name of the account it is narrowed to; empty where it is not.
    narrowed
        Whether anything is left out.
    """

    form: TrailForm
    trail: TrailPage
    account: str
    narrowed: bool

    @classmethod
    def build(cls, said: Mapping[str, Any], *, reader: Any) -> Self:
        """Read what the address asks for; nothing where it cannot be understood, which the form then says."""
        form = TrailForm(said)
        if not form.is_valid():
            return cls(form, TrailPage(), "", narrowed=True)
        asked = form.asked()
        trail = TrailPage.of(asked, reader=reader, before=form.cleaned_data["before"])
        return cls(form, trail, _name(asked.account), narrowed=any(form.cleaned_data.values()))


def _name(account: int | None) -> str:
    """Give the name an account had in its last entry: the trail knows accounts only by what it tells of them."""
    if account is None:
        return ""
    told = Entry.objects.filter(target_type="account", target_id=str(account)).order_by("-id")
    return told.values_list("target_name", flat=True).first() or str(account)
