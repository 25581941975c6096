"""Whether an account is key: people decide, one after the other, and everything decided stays readable."""

from datetime import date, timedelta

import pytest

from anahtar.rules.account_type import AccountType
from anahtar_web.accounts.actions import (
    UnableToChangeMerged,
    UnableToDecide,
    Verdict,
    decide_key,
    merge,
)
from anahtar_web.accounts.actions.known import known
from anahtar_web.accounts.actions.leaving import remove_untouched
from anahtar_web.accounts.models import Account, KeyDecision, KeyStatus
from anahtar_web.accounts.queries import decided, decision_on, decisions_of, decisions_on
from anahtar_web.audit.models import Entry
from anahtar_web.audit.shown import tell
from anahtar_web.company.queries import today
from anahtar_web.people.models import User

pytestmark = pytest.mark.django_db

KEY = Verdict(KeyStatus.KEY, "Carries a fifth of us", [AccountType.EXPERT, AccountType.BREADWINNER], "1")


def test_the_last_decision_holds_and_the_ones_before_stay(acme: Account, head: User, director: User) -> None:
    first = decide_key(account=acme, verdict=KEY, by=head, computed={"key": True})
    watch = Verdict(KeyStatus.WATCH, "Two buyers have left", [AccountType.EXPERT], review_on=today() + timedelta(90))
    second = decide_key(account=acme, verdict=watch, by=director, seen=first.pk)
    assert decision_on(acme) == second
    assert [(one.status, one.current, one.by) for one in decisions_on(acme)] == [
        ("watch", True, director),
        ("key", False, head),
    ]
    assert first.type_list == ["breadwinner", "expert"]
    assert decisions_of([acme.pk]) == {acme.pk: second}
    assert list(decided(head, KeyStatus.KEY)) == []
    assert list(decided(head)) == [acme]


def test_the_trail_says_what_changed_and_why(acme: Account, head: User) -> None:
    first = decide_key(account=acme, verdict=KEY, by=head)
    decide_key(account=acme, verdict=Verdict(KeyStatus.NOT_KEY, "Sold to a rival"), by=head, seen=first.pk)
    later, earlier = tell(Entry.objects.filter(verb="account.key_decided").order_by("-pk"), reader=head)
    assert "decided whether Acme Çelik A.Ş. is a key account" in later.sentence
    # PostgreSQL keeps the names of a row in an order of its own.
    assert {(line.label, line.before, line.after) for line in later.lines} == {
        ("Decision", "Key account", "Not a key account"),
        ("Types", "breadwinner, expert", "–"),
        ("Tier", "Tier 1", "–"),
    }
    assert later.entry.reason == "Sold to a rival"
    assert {line.label for line in earlier.lines} == {"Decision", "Types", "Tier"}


@pytest.mark.parametrize(
    ("verdict", "why"),
    [
        (Verdict(KeyStatus.KEY, "  "), "Say why"),
        (Verdict(KeyStatus.WATCH, "why", tier="2"), "has a tier"),
        (Verdict(KeyStatus.NOT_KEY, "why", [AccountType.EXPERT]), "has no type"),
        (Verdict(KeyStatus.WATCH, "why", review_on=date(2020, 1, 1)), "1 Jan 2020 is no day"),
        (Verdict(KeyStatus.WATCH, "why", review_on=date(2090, 1, 1)), "within three years"),
    ],
)
def test_a_decision_that_contradicts_itself_is_refused(acme: Account, head: User, verdict: Verdict, why: str) -> None:
    with pytest.raises(UnableToDecide, match=why):
        decide_key(account=acme, verdict=verdict, by=head)
    assert not KeyDecision.objects.exists()


def test_the_same_again_is_no_decision(acme: Account, head: User) -> None:
    first = decide_key(account=acme, verdict=KEY, by=head)
    with pytest.raises(UnableToDecide, match="holds already"):
        decide_key(account=acme, verdict=Verdict(KEY.status, "Another reason", KEY.types, "1"), by=head, seen=first.pk)
    assert KeyDecision.objects.count() == 1


def test_of_two_who_decide_at_once_the_second_reads_what_the_first_decided(
    acme: Account, head: User, director: User
) -> None:
    decide_key(account=acme, verdict=KEY, by=head)
    with pytest.raises(UnableToDecide, match=r"Hale Şef has decided meanwhile: “Key account”.*Carries a fifth of us"):
        decide_key(account=acme, verdict=Verdict(KeyStatus.NOT_KEY, "no"), by=director, seen=None)
    assert decision_on(acme) is not None
    assert KeyDecision.objects.count() == 1


def test_what_was_decided_on_a_merged_account_is_history_of_the_one_it_went_into(
    acme: Account, birch: Account, head: User
) -> None:
    decide_key(account=birch, verdict=KEY, by=head)
    merge(source=birch, target=acme, by=head, reason="one firm")
    assert decision_on(acme) is None
    assert [one.account for one in decisions_on(acme)] == [birch]
    assert list(decided(head)) == []
    with pytest.raises(UnableToChangeMerged):
        decide_key(account=birch, verdict=Verdict(KeyStatus.WATCH, "why"), by=head)


def test_an_account_somebody_decided_on_stays_when_its_import_is_taken_back(
    acme: Account, birch: Account, head: User
) -> None:
    for one in (acme, birch):
        one.assignments.all().delete()
    decide_key(account=acme, verdict=KEY, by=head)
    gone, stays, _left = remove_untouched(known(), set())
    assert (gone, stays) == (1, ("0001",))


def test_a_manager_sees_decisions_on_the_own_accounts_only(
    acme: Account, birch: Account, ana: User, head: User
) -> None:
    for one in (acme, birch):
        decide_key(account=one, verdict=KEY, by=head)
    assert list(decided(ana)) == [acme]
