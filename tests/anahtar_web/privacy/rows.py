"""One row of every table in which people write, with the same words in every column that was told of."""

from datetime import UTC, date, datetime
from typing import Any, Final

from django.db import models

from anahtar_web.accounts.models import Account
from anahtar_web.audit.written import written
from anahtar_web.people.models import User
from anahtar_web.stakeholders.models import Stakeholder

DAY: Final = date(2026, 5, 1)
"""The first of a month: some tables know months by it."""

_MORE: Final[dict[str, dict[str, Any]]] = {
    "competitors.presenceversion": {"left_on": DAY},
    "files.attachment": {"removed_at": datetime(2026, 5, 3, tzinfo=UTC)},
    "stakeholders.stakeholderversion": {"number": 99},
    "tenders.record": {"number": 99},
}
_OF_TWO: Final = {"losses.succession": "new"}
"""Tables of two accounts that cannot be the same one, and the second of them."""


def write_everywhere(account: Account, by: User, words: str) -> int:
    """Write; how many cells hold the words now."""
    for at, of in enumerate(written()):
        given = dict(_MORE.get(of.name, {}))
        for column in of.columns:
            is_json = isinstance(of.model._meta.get_field(column), models.JSONField)
            given[column] = {"told": [1, {"words": words}]} if is_json else words
        if "removed_at" in given:
            given["removed_by"] = by
        if of.name in _OF_TWO:
            given[_OF_TWO[of.name]] = Account.objects.create(code=f"x{at}", name=f"x{at}", ledger_name=f"x{at}")
        if of.model is Account:
            Account.objects.filter(pk=account.pk).update(**given)
        else:
            made(of.model, account, by, tag=f"x{at}", **given)
    return sum(len(of.columns) for of in written())


def made(model: type[models.Model], account: Account, by: User, /, *, tag: str, **given: Any) -> Any:
    """Make a row with whatever it needs to be there."""
    fields = dict(given)
    for field in model._meta.concrete_fields:
        if field.name in fields or field.primary_key or field.null or field.has_default() or field.blank:
            continue
        fields[field.name] = _value(field, account, by, tag)
    row = model(**fields)
    row.save(force_insert=True)
    return row


def _value(field: "models.Field[Any, Any]", account: Account, by: User, tag: str) -> Any:
    if isinstance(field, models.ForeignKey):
        known: dict[Any, Any] = {Account: account, User: by}
        other = field.related_model
        if other is Stakeholder:
            return Stakeholder.objects.create(account=account, name=f"Başka {tag} {field.name}", by=by)
        return known.get(other) or made(other, account, by, tag=f"{tag}o")
    if field.choices:
        return field.choices[0][0]
    if isinstance(field, models.CharField | models.TextField):
        return tag
    if isinstance(field, models.JSONField):
        return {}
    if isinstance(field, models.DateTimeField):
        return None if field.auto_now_add else "2026-05-03T10:00:00Z"
    if isinstance(field, models.DateField):
        return DAY.replace(year=DAY.year + field.model._default_manager.count()) if field.unique else DAY
    return 1
