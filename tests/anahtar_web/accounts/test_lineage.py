"""The stored lines of the tree."""

from itertools import pairwise

import pytest

from anahtar_web.accounts.lineage import UnableToPutBelowItself, check_place, circles, rebuild
from anahtar_web.accounts.models import Account, Lineage
from tests.anahtar_web.accounts.trees import assert_tree_holds
from tests.anahtar_web.conftest import account

pytestmark = pytest.mark.django_db


def chain(length: int) -> list[Account]:
    """Accounts, each the group of the one before."""
    links = [account(f"{at:04}", f"Link {at}") for at in range(length)]
    for below, above in pairwise(links):
        Account.objects.filter(pk=below.pk).update(parent=above)
    rebuild({link.pk for link in links[:-1]})
    return links


def test_every_account_stands_at_its_distance_below_each_above_it_at_any_depth() -> None:
    links = chain(150)
    assert_tree_holds()
    assert Lineage.objects.get(account=links[0], ancestor=links[-1]).distance == 149


def test_a_branch_that_moves_takes_its_lines_along_and_leaves_none_behind() -> None:
    links = chain(6)
    other = account("other", "Other")
    Account.objects.filter(pk=links[3].pk).update(parent=other)
    rebuild({links[3].pk})
    assert_tree_holds()
    assert not Lineage.objects.filter(account=links[0], ancestor=links[5]).exists()
    assert Lineage.objects.get(account=links[0], ancestor=other).distance == 4


def test_a_merged_account_stands_below_the_one_it_went_into_not_below_its_group() -> None:
    group, source, target = account("G", "Group"), account("1", "Source"), account("2", "Target")
    Account.objects.filter(pk=source.pk).update(parent=group, merged_into=target)
    rebuild({source.pk})
    assert_tree_holds()
    assert set(Lineage.objects.filter(account=source).values_list("ancestor__code", flat=True)) == {"1", "2"}


def test_a_place_below_oneself_is_refused_with_both_names() -> None:
    links = chain(4)
    with pytest.raises(UnableToPutBelowItself, match="Link 0 already belongs to Link 3"):
        check_place(links[3], links[0])
    check_place(links[0], links[2])


def test_a_circle_in_the_tree_is_found() -> None:
    links = chain(3)
    outside = account("outside", "Below the circle")
    Account.objects.filter(pk=outside.pk).update(parent=links[0])
    Account.objects.filter(pk=links[2].pk).update(parent=links[0])
    assert circles() == {link.pk for link in links}
