"""What several tests ask of the tree of accounts."""

from anahtar_web.accounts.lineage import ancestors_from_tree, circles
from anahtar_web.accounts.models import Account, Lineage


def lineage() -> dict[int, dict[int, int]]:
    """Account -> account above it -> distance, as stored."""
    stored: dict[int, dict[int, int]] = {}
    for account, ancestor, distance in Lineage.objects.values_list("account", "ancestor", "distance"):
        stored.setdefault(account, {})[ancestor] = distance
    return stored


def assert_tree_holds() -> None:
    """The stored lines are those of the tree, and nobody stands above himself."""
    assert circles() == set()
    assert lineage() == ancestors_from_tree()


def parents() -> dict[str, str | None]:
    return dict(Account.objects.values_list("code", "parent__code"))
