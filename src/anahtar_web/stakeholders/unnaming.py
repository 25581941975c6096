"""Words for the trail, without the names of an account's people: each stands there as a number."""

from collections import defaultdict
from collections.abc import Callable

from django.db.models import Q

from anahtar_web.stakeholders.models import ContactPoint, Stakeholder
from anahtar_web.ui.mentions import Named, replace
from anahtar_web.ui.text import fold


def without_names(account: int) -> Callable[[str], str]:
    """Give what puts the number of a person where the whole name or a mail address of theirs stands."""
    rows = Stakeholder.objects.filter(Q(account=account) | Q(account__merged_into=account)).exclude(name="")
    names: dict[int, str] = {}
    mails: defaultdict[int, list[str]] = defaultdict(list)
    for key, name, kind, value in rows.order_by("pk").values_list(
        "pk", "name", "contact_points__kind", "contact_points__value"
    ):
        names[key] = name
        if kind == ContactPoint.Kind.EMAIL:
            mails[key].append(value)
    people = [(key, Named([name], mails[key])) for key, name in names.items()]

    def told(text: str) -> str:
        folded = fold(text)
        for key, named in people:
            if named.may_stand_in(folded) and (found := named.find(text)):
                text = replace(text, (one for one in found if one.sure), lambda _one, key=key: f"#{key}")  # type: ignore[misc]  # bound to this turn
        return text

    return told
