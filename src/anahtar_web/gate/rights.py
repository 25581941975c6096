"""Who may what: roles, their rights, and the fields that only some roles see. The only two tables of this kind.

Every surface (page, export, chart, search, log) asks these tables and no other place.
"""

from typing import Final

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Role(TextChoices):
    """What somebody is in the company; a person has one."""

    ADMINISTRATOR = "administrator", _("Administrator")
    DIRECTOR = "director", _("Director")
    HEAD = "head", _("Head of key accounts")
    KAM = "kam", _("Key account manager")
    MARKETING = "marketing", _("Marketing")
    ANALYST = "analyst", _("Sales analyst")
    AUDITOR = "auditor", _("Auditor")


class Right(TextChoices):
    """One thing a role may do. Rights on one account hold for the accounts the person sees, no others."""

    SEE_ALL_ACCOUNTS = "see_all_accounts", _("see every account, not only the own ones")
    EDIT_ACCOUNTS = "edit_accounts", _("change what is written of an account")
    CURATE_ACCOUNTS = "curate_accounts", _("merge accounts and put them into groups")
    WRITE_DOSSIER = (
        "write_dossier",
        _("write into the dossier of an account: facts, people, interactions, tenders, competitors"),
    )
    DEFINE_DOSSIER = "define_dossier", _("say which facts, reasons and competitors dossiers know")
    PROTECT_PERSONS = "protect_persons", _("take out and erase what is held of a person")
    DECIDE_KEY = "decide_key", _("decide which accounts are key, with a reason")
    WRITE_STRATEGIES = "write_strategies", _("write how accounts are to be treated, with a reason")
    RUN_WINBACKS = "run_winbacks", _("keep win-back lists and run campaigns")
    APPROVE_OFFERS = "approve_offers", _("approve offers of others, up to the limit of the role")
    ASSIGN_TEAMS = "assign_teams", _("say who looks after an account")
    EXPORT = "export", _("take lists out as Excel or CSV")
    KEEP_VIEWS = "keep_views", _("save filters and columns of a list as a view of their own")
    SEE_IMPORTS = "see_imports", _("see imports, their problems and jobs")
    IMPORT = "import", _("import files into the ledger and take imports back")
    CLOSE_MONTHS = (
        "close_months",
        _("close months of the ledger, accept what changed them, or reopen them, with a reason"),
    )
    SEE_PEOPLE = "see_people", _("see people and teams")
    MANAGE_PEOPLE = "manage_people", _("invite people, give roles, lock people out")
    SEE_SETTINGS = "see_settings", _("see the company's settings and thresholds")
    CHANGE_COMPANY = "change_company", _("change name, currency, fiscal year, time zone and languages")
    CHANGE_THRESHOLDS = "change_thresholds", _("change thresholds and criteria, with a reason")
    READ_TRAIL = "read_trail", _("read the whole audit trail")
    READ_ACCOUNT_TRAIL = "read_account_trail", _("read the audit trail of an account they see")


class Field(TextChoices):
    """A kind of figure that is not for everybody."""

    COST = "cost", _("Cost")
    PROFIT = "profit", _("Profit")
    MARGIN = "margin", _("Margin")
    OFFER = "offer", _("Offers")


_EVERYBODY: Final = frozenset({Right.EXPORT, Right.KEEP_VIEWS, Right.SEE_PEOPLE})
_READER: Final = _EVERYBODY | {Right.SEE_ALL_ACCOUNTS}
_OVERSEER: Final = _READER | {Right.SEE_IMPORTS, Right.SEE_SETTINGS, Right.READ_ACCOUNT_TRAIL}

RIGHTS: Final = {
    Role.ADMINISTRATOR: frozenset(Right),
    Role.DIRECTOR: _OVERSEER
    | {Right.EDIT_ACCOUNTS, Right.CURATE_ACCOUNTS, Right.DECIDE_KEY, Right.ASSIGN_TEAMS}
    | {Right.WRITE_STRATEGIES, Right.CHANGE_THRESHOLDS, Right.READ_TRAIL}
    | {Right.WRITE_DOSSIER, Right.PROTECT_PERSONS, Right.RUN_WINBACKS, Right.APPROVE_OFFERS},
    Role.HEAD: _OVERSEER
    | {Right.EDIT_ACCOUNTS, Right.CURATE_ACCOUNTS, Right.DECIDE_KEY, Right.ASSIGN_TEAMS}
    | {Right.WRITE_STRATEGIES, Right.CHANGE_THRESHOLDS, Right.IMPORT, Right.CLOSE_MONTHS}
    | {Right.WRITE_DOSSIER, Right.DEFINE_DOSSIER, Right.RUN_WINBACKS, Right.APPROVE_OFFERS},
    Role.KAM: _EVERYBODY | {Right.EDIT_ACCOUNTS, Right.WRITE_DOSSIER, Right.READ_ACCOUNT_TRAIL},
    Role.MARKETING: _READER | {Right.WRITE_DOSSIER, Right.RUN_WINBACKS},
    Role.ANALYST: _READER | {Right.SEE_IMPORTS, Right.SEE_SETTINGS, Right.IMPORT, Right.CURATE_ACCOUNTS},
    # Reads everything, writes nothing: no right in this line may ever change a row.
    Role.AUDITOR: (_OVERSEER - {Right.KEEP_VIEWS}) | {Right.READ_TRAIL},
}
"""Role -> what it may do."""

FIELDS: Final = {
    Role.ADMINISTRATOR: frozenset(Field),
    Role.DIRECTOR: frozenset(Field),
    Role.HEAD: frozenset(Field),
    Role.KAM: frozenset(Field),
    Role.MARKETING: frozenset[Field](),
    Role.ANALYST: frozenset(Field),
    Role.AUDITOR: frozenset(Field),
}
"""Role -> the protected fields it sees."""


def roles_with(right: Right) -> list[Role]:
    """Give the roles that have a right."""
    return [role for role in Role if right in RIGHTS[role]]
