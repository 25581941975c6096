"""Limits are held against all that an account is granted within twelve months."""

import threading
import time
from datetime import timedelta

import pytest
from django.db import connection

from anahtar_web.accounts.models import Account
from anahtar_web.company.queries import today
from anahtar_web.people.models import User
from anahtar_web.risks.actions import move, open_case
from anahtar_web.risks.models import Case, Stage
from anahtar_web.winbacks import actions
from anahtar_web.winbacks.actions import deciding
from anahtar_web.winbacks.models import Offer, OfferState
from anahtar_web.winbacks.pages.offers import OfferPage
from anahtar_web.winbacks.queries import granted, together, waiting_for
from tests.anahtar_web.accounts.pages import nothing_changes
from tests.anahtar_web.conftest import account
from tests.anahtar_web.winbacks.conftest import UNIT, Made, ago
from tests.anahtar_web.winbacks.test_offers import change, decided, sent, submitted

pytestmark = pytest.mark.django_db


def test_two_offers_below_the_limit_are_one_above_it(made: Made, ana: User, head: User, director: User) -> None:
    """The head may grant 50,000: 30,000 and 20,000 are that, and one more is too much."""
    first, second = submitted(made(cost=30_000 * UNIT), ana), submitted(made(cost=20_001 * UNIT), ana)
    assert set(waiting_for(head)) == {first, second}
    assert decided(first, head).state == OfferState.APPROVED
    assert not waiting_for(head).exists()
    assert set(waiting_for(director)) == {second}
    with nothing_changes(), pytest.raises(actions.UnableToDecideOffer, match=r"50,001.*more than the .*50,000"):
        decided(second, head)
    assert decided(second, director).state == OfferState.APPROVED


def test_the_limit_itself_is_within_it(made: Made, ana: User, head: User) -> None:
    first, second = submitted(made(cost=30_000 * UNIT), ana), submitted(made(cost=20_000 * UNIT), ana)
    decided(first, head)
    assert together(second) == 50_000 * UNIT
    assert decided(second, head).state == OfferState.APPROVED


def test_who_may_not_approve_all_of_it_may_refuse_it(made: Made, ana: User, head: User) -> None:
    first, second = submitted(made(cost=30_000 * UNIT), ana), submitted(made(cost=30_000 * UNIT), ana)
    decided(first, head)
    assert OfferPage.build(second, head).may_decide
    assert decided(second, head, "refused", "One is enough.").state == OfferState.REFUSED


def test_an_author_grants_their_own_only_as_far_as_all_of_it_reaches(made: Made, head: User, director: User) -> None:
    assert submitted(made(by=head, cost=30_000 * UNIT), head).state == OfferState.APPROVED
    second = submitted(made(by=head, cost=30_000 * UNIT), head)
    assert second.state == OfferState.WAITING
    assert decided(second, director).state == OfferState.APPROVED


def test_another_case_of_the_account_and_one_merged_into_it_count_together(
    made: Made, acme: Account, case: Case, head: User
) -> None:
    submitted(made(by=head, cost=30_000 * UNIT), head)
    move(case=case, stage=Stage.WRITTEN_OFF, words="Closed, and opened anew.", by=head)
    anew = open_case(account=acme, title="Once more", stage=Stage.LOST, by=head)
    assert together(made(by=head, of=anew, cost=20_001 * UNIT)) == 50_001 * UNIT
    target, between = account("T1", "Target"), account("B1", "Between")
    Account.objects.filter(pk=acme.pk).update(merged_into=between)
    Account.objects.filter(pk=between.pk).update(merged_into=target)
    over = open_case(account=target, title="Under the new code", stage=Stage.LOST, by=head)
    offer = submitted(made(by=head, of=over, cost=20_001 * UNIT), head)
    assert offer.state == OfferState.WAITING
    assert not waiting_for(head).exists()


def test_of_another_account_nothing_counts(made: Made, head: User) -> None:
    submitted(made(by=head, cost=30_000 * UNIT), head)
    other = open_case(account=account("O1", "Other"), title="Other", stage=Stage.LOST, by=head)
    assert submitted(made(by=head, of=other, cost=50_000 * UNIT), head).state == OfferState.APPROVED


@pytest.mark.parametrize("state", ["declined", "withdrawn", "expired"])
def test_what_came_to_nothing_cost_nothing(made: Made, ana: User, head: User, state: str) -> None:
    first = sent(submitted(made(by=head, cost=30_000 * UNIT), head), head)
    if state == "declined":
        actions.answer(offer=first, seen=first.version, accepted=False, words="No.", by=head)
    elif state == "withdrawn":
        actions.withdraw(offer=first, seen=first.version, words="A mistake.", by=head)
    else:
        Offer.objects.filter(pk=first.pk).update(valid_until=ago(1))
        actions.follow()
    assert submitted(made(by=head, cost=30_000 * UNIT), head).state == OfferState.APPROVED


def test_what_was_not_sent_in_its_days_and_what_is_a_draft_count_nothing(made: Made, head: User) -> None:
    late = submitted(made(by=head, cost=30_000 * UNIT), head)
    Offer.objects.filter(pk=late.pk).update(valid_until=ago(1))
    made(by=head, cost=40_000 * UNIT)
    assert submitted(made(by=head, cost=50_000 * UNIT), head).state == OfferState.APPROVED


@pytest.mark.parametrize(("days", "state"), [(364, "waiting"), (365, "approved")])
def test_twelve_months_count(made: Made, head: User, days: int, state: str) -> None:
    first = sent(submitted(made(by=head, cost=30_000 * UNIT), head), head)
    first = actions.answer(offer=first, seen=first.version, accepted=True, by=head)
    Offer.objects.filter(pk=first.pk).update(sent_on=today() - timedelta(days))
    assert submitted(made(by=head, cost=30_000 * UNIT), head).state == state


def test_what_another_grants_later_takes_nothing_back(made: Made, ana: User, head: User, director: User) -> None:
    mine = submitted(made(by=head, cost=40_000 * UNIT), head)
    decided(submitted(made(cost=90_000 * UNIT), ana), director)
    assert granted(mine)
    assert sent(mine, head).state == OfferState.SENT


def test_after_the_limit_became_lower_as_many_go_out_as_it_reaches_to(made: Made, head: User, director: User) -> None:
    """Two of 20,000 within 50,000; by 30,000 the first alone is within it."""
    first, second = (submitted(made(by=head, cost=20_000 * UNIT), head) for _ in range(2))
    change(head, 30_000 * UNIT, by=director)
    assert sent(first, head).state == OfferState.SENT
    with nothing_changes(), pytest.raises(actions.UnableToOffer, match="Ask for approval first"):
        sent(second, head)
    assert submitted(second, head).state == OfferState.WAITING


def test_the_page_says_what_else_was_granted(made: Made, ana: User, head: User, marketing: User) -> None:
    first = submitted(made(by=head, cost=30_000 * UNIT), head)
    second = submitted(made(cost=25_000 * UNIT), ana)
    page = OfferPage.build(second, head)
    assert ([one.offer for one in page.others], page.together) == ([first], 55_000 * UNIT)
    assert not OfferPage.build(second, marketing).others


@pytest.mark.django_db(transaction=True)
def test_of_two_who_grant_at_once_one_is_refused(
    made: Made, ana: User, head: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each is within the limit by itself, and takes its time between looking and granting."""

    def slowly(offer: Offer) -> int:
        comes_to = together(offer)
        time.sleep(0.2)
        return comes_to

    monkeypatch.setattr(deciding, "together", slowly)
    waiting = [submitted(made(cost=30_000 * UNIT), ana) for _ in range(2)]
    together_now, said = threading.Barrier(2), []

    def grant(offer: Offer) -> None:
        together_now.wait()
        try:
            said.append(decided(offer, head).state)
        except actions.UnableToDecideOffer:
            said.append("refused")
        finally:
            connection.close()

    threads = [threading.Thread(target=grant, args=[offer]) for offer in waiting]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(said) == ["approved", "refused"]
    assert sorted(Offer.objects.values_list("state", flat=True)) == ["approved", "waiting"]
