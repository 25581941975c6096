"""What can happen, in words: one sentence per verb of the trail, with `%(by)s` (who) and `%(target)s` (to what).

Whoever records a new verb adds its sentence here; a test finds verbs that have none.
"""

from typing import Any, Final

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from anahtar_web.audit.models import Entry

VERBS: Final[dict[str, Any]] = {
    "sign_in.succeeded": _("%(by)s signed in"),
    "sign_in.failed": _("A sign-in as %(target)s failed"),
    "sign_in.ended": _("%(by)s signed out"),
    "sign_in.password_changed": _("%(by)s changed the own password"),
    "sign_in.password_reset": _("%(target)s set a password by a link from a mail"),
    "sign_in.factor_added": _("%(by)s added a second factor"),
    "sign_in.factor_removed": _("%(by)s removed a second factor"),
    "sign_in.factor_renewed": _("%(by)s made new recovery codes"),
    "sign_in.factor_failed": _("A second factor of %(target)s was wrong"),
    "sign_in.provider_linked": _("%(target)s signed in through the company's provider for the first time"),
    "person.set_up": _("%(target)s set Anahtar up and became its administrator"),
    "person.invited": _("%(by)s invited %(target)s"),
    "person.link_sent": _("%(by)s sent %(target)s a new link for setting a password"),
    "person.edited": _("%(by)s changed what is written of %(target)s"),
    "person.role_given": _("%(by)s gave %(target)s another role"),
    "person.factors_removed": _("%(by)s removed the second factors of %(target)s"),
    "person.locked": _("%(by)s locked %(target)s out"),
    "person.unlocked": _("%(by)s let %(target)s in again"),
    "company.set_up": _("%(by)s set the company up"),
    "company.edited": _("%(by)s changed the company's settings"),
    "company.thresholds_changed": _("%(by)s changed the thresholds"),
    "company.criteria_changed": _("%(by)s changed the criteria of key accounts"),
    "account.handed_over": _("%(by)s handed %(target)s over"),
    "account.team_joined": _("%(by)s put somebody on the core team of %(target)s"),
    "account.part_ended": _("%(by)s ended somebody's part for %(target)s"),
    "account.plan_withdrawn": _("%(by)s took back what was planned for the team of %(target)s"),
    "account.created": _("%(by)s wrote %(target)s down as an account"),
    "account.edited": _("%(by)s changed what is written of %(target)s"),
    "account.grouped": _("%(by)s said to which group %(target)s belongs"),
    "account.group_left_to_ledger": _("%(by)s left the group of %(target)s to the ledger again"),
    "account.merged": _("%(by)s merged %(target)s into another account"),
    "account.took_in": _("%(by)s merged another account into %(target)s"),
    "account.merge_undone": _("%(by)s undid the merge of %(target)s"),
    "account.gave_back": _("%(by)s undid the merge of another account into %(target)s"),
    "account.told_apart": _("%(by)s found that %(target)s and another account are two"),
    "account.doubted_again": _("%(by)s took back that %(target)s and another account are two"),
    "account.key_decided": _("%(by)s decided whether %(target)s is a key account"),
    "accounts.synced": _("Accounts followed the ledger"),
    "accounts.exported": _("%(by)s took a list of accounts out"),
    "view.saved": _("%(by)s saved the view %(target)s"),
    "view.changed": _("%(by)s changed the view %(target)s"),
    "view.renamed": _("%(by)s gave the view %(target)s another name"),
    "view.opens": _("%(by)s chose with which view the list opens"),
    "view.deleted": _("%(by)s deleted the view %(target)s"),
    "run.looked": _("%(by)s read what changed up to analysis %(target)s"),
    "import.uploaded": _("%(by)s uploaded %(target)s"),
    "import.mapped": _("%(by)s said what the columns of %(target)s mean"),
    "import.cancelled": _("%(by)s gave up the import of %(target)s"),
    "import.imported": _("%(by)s imported %(target)s into the ledger"),
    "import.taken_back": _("%(by)s took the import of %(target)s back"),
    "mapping.saved": _("%(by)s saved the mapping %(target)s"),
    "mapping.replaced": _("%(by)s replaced the saved mapping %(target)s"),
    "mapping.forgotten": _("%(by)s deleted the saved mapping %(target)s"),
    "job.cancelled": _("%(by)s stopped the job %(target)s"),
    "job.tried_again": _("%(by)s had the job %(target)s tried again"),
}
"""Verb -> sentence."""

NOUNS: Final[dict[str, Any]] = {
    "sign_in": _("Sign-in"),
    "person": _("People and roles"),
    "company": _("Settings"),
    "account": _("Accounts"),
    "accounts": _("Accounts from the ledger"),
    "assignment": _("Teams"),
    "import": _("Imports"),
    "mapping": _("Saved mappings"),
    "job": _("Jobs"),
    "run": _("Analyses"),
    "view": _("Saved views"),
}
"""First part of a verb -> what the trail can be narrowed to."""

ICONS: Final = {
    "sign_in": "log-in",
    "person": "user-cog",
    "company": "settings",
    "account": "building-2",
    "accounts": "building-2",
    "assignment": "users",
    "import": "file-up",
    "mapping": "table-properties",
    "job": "activity",
    "run": "chart-no-axes-combined",
    "view": "bookmark",
}


def noun(verb: str) -> str:
    """Give the first part of a verb."""
    return verb.partition(".")[0]


def sentence(entry: Entry) -> str:
    """Say what an entry tells, in the reader's language."""
    who = entry.by_name or _now("Anahtar itself")
    template = VERBS.get(entry.verb)
    if template is None:
        return f"{who}: {entry.verb} · {entry.target_name}"
    return str(template) % {"by": who, "target": entry.target_name}
