"""What people said of merges and groups, in the words of the analysis: codes."""

from django.db.models import F, Q

from anahtar_web.accounts.models import Account, Lineage


def merged_codes() -> dict[str, str]:
    """Code of every merged account -> code of the account it went into (which may be merged itself)."""
    merged = Account.objects.exclude(merged_into=None).order_by("pk")
    return dict(merged.values_list("code", "merged_into__code"))


def said_groups() -> dict[str, str]:
    """Code -> code of the group at the top of the tree, "" for none, where the ledger itself says something else.

    Companies are under one control with everything below the same top, so the top is what figures are rolled up to.
    """
    tops = Lineage.objects.filter(
        account__in_ledger=True, account__merged_into=None, ancestor__parent=None, ancestor__merged_into=None
    )
    own, none = Q(ancestor=F("account")), Q(account__ledger_group="")
    same = Q(ancestor__code=F("account__ledger_group")) | (own & none)
    rows = tops.exclude(same).order_by("account__code").values_list("account__code", "ancestor__code")
    return {code: "" if top == code else top for code, top in rows}
