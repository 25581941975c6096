"""Everything that is held of a person, as one file: for programs and for the person."""

import io
import json
import zipfile
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone, translation

from anahtar_web.accounts.queries import survivor
from anahtar_web.audit.actions import record
from anahtar_web.people.models import User
from anahtar_web.privacy.holders import everything
from anahtar_web.stakeholders.actions import note_sight
from anahtar_web.stakeholders.models import Stakeholder


@dataclass(frozen=True, slots=True)
class Package:
    """A ZIP, and what it is called: by the number of the person, not by the name."""

    name: str
    content: bytes


@transaction.atomic
def export(*, who: Stakeholder, by: User) -> Package:
    """Gather everything that is held of a person, in the language of who asks; the trail says that it was."""
    home = survivor(who.account)
    found = list(everything(who))
    told: dict[str, Any] = {
        "number": who.pk,
        "account": home.name,
        "made_at": timezone.localtime().isoformat(timespec="seconds"),
        "sections": [{"name": one.name, "label": one.label, "rows": [dict(row) for row in one.rows]} for one in found],
    }
    context = {"who": who, "account": home, "sections": found, "now": timezone.now()}
    page = render_to_string("privacy/package.html", context | {"language": translation.get_language()})
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("data.json", json.dumps(told, ensure_ascii=False, indent=1))
        archive.writestr("data.html", page)
    note_sight(account=home, who=who, by=by, taken=True)
    record("personal_data.exported", home, by=by, after={"stakeholder": who.pk}, account=home.pk)
    return Package(f"person-{who.pk}.zip", file.getvalue())
