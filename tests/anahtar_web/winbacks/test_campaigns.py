"""Campaigns: who is drawn, who is left alone, what the budget holds, and what came of it by hand."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from anahtar.rules.hold_out import held_out
from anahtar.rules.uplift import Verdict
from anahtar_web.accounts.actions import merge
from anahtar_web.accounts.models import Account
from anahtar_web.company.queries import today
from anahtar_web.gate.versions import EditedMeanwhile
from anahtar_web.insight.models import Run, Standing
from anahtar_web.losses.models import Lapse
from anahtar_web.people.models import User
from anahtar_web.risks.actions import record_loss
from anahtar_web.risks.models import Case, Reason
from anahtar_web.winbacks import actions
from anahtar_web.winbacks.actions.campaigning import chosen
from anahtar_web.winbacks.asked import Narrow
from anahtar_web.winbacks.models import Campaign, CampaignState, Draw, Offer, WinbackList
from anahtar_web.winbacks.queries import by_reason_and_kind, committed, outcomes_of
from tests.anahtar_web.accounts.pages import nothing_changes
from tests.anahtar_web.winbacks.conftest import UNIT, Made, ago, fields, lost, many, planned, started

pytestmark = pytest.mark.django_db


def alone_in(campaign: Campaign) -> set[int]:
    return set(campaign.draws.filter(held_out=True).values_list("account", flat=True))


def sent(campaign: Campaign, of: Draw, by: User, cost: int = 0) -> Offer:
    offer = actions.make(case=of.case, fields=fields(cost=cost), campaign=campaign, by=by)
    offer = actions.submit(offer=offer, seen=offer.version, by=by)
    return actions.send(offer=offer, seen=offer.version, by=by)


# The draw -------------------------------------------------------------------------------------------------------------


def test_the_draw_can_be_made_again_from_its_seed(run: Run, head: User, every_lost: WinbackList) -> None:
    accounts = many(run, 10)
    campaign = started(every_lost, head, seed=42, holdout_share=30)
    expected = held_out([one.pk for one in accounts], share=30, seed=42)
    assert (campaign.state, campaign.seed, campaign.drawn_on) == (CampaignState.RUNNING, 42, today())
    assert alone_in(campaign) == set(expected)
    assert len(expected) == 3
    assert campaign.draws.count() == Case.objects.count() == 10


def test_a_seed_that_nobody_names_is_new(run: Run, head: User, every_lost: WinbackList) -> None:
    many(run, 4)
    first = planned(every_lost, head, size=2)
    second = planned(every_lost, head, size=2)
    seeds = [actions.start(campaign=one, seen=one.version, by=head).seed for one in (first, second)]
    assert len(set(seeds)) == 2


def test_it_takes_the_first_of_the_list_and_nobody_twice(run: Run, head: User, every_lost: WinbackList) -> None:
    accounts = many(run, 5)
    first = started(every_lost, head, size=2)
    second = started(every_lost, head, size=2, name="Winter")
    drawn = [list(one.draws.order_by("pk").values_list("account", flat=True)) for one in (first, second)]
    assert drawn == [[one.pk for one in accounts[:2]], [one.pk for one in accounts[2:4]]]
    third = started(every_lost, head, name="Spring")
    assert third.draws.count() == 1
    fourth = planned(every_lost, head, name="Summer")
    with nothing_changes(), pytest.raises(actions.UnableToCampaign, match="Nobody is on the list"):
        actions.start(campaign=fourth, seen=fourth.version, by=head)


def test_whoever_is_left_alone_is_offered_nothing_until_returns_count_no_more(
    run: Run, head: User, ana: User, acme: Account, made: Made, every_lost: WinbackList
) -> None:
    waiting = made()
    lost(run, acme, value=10)
    for one in many(run, 1):
        assert one.pk
    seed = next(
        seed
        for seed in range(99)
        if held_out(Account.objects.values_list("pk", flat=True), share=50, seed=seed) == {acme.pk}
    )
    campaign = started(every_lost, head, seed=seed, holdout_share=50)
    assert alone_in(campaign) == {acme.pk}
    with nothing_changes(), pytest.raises(actions.UnableToOffer, match="left alone until"):
        made()
    with nothing_changes(), pytest.raises(actions.UnableToOffer, match="left alone until"):
        actions.submit(offer=waiting, seen=waiting.version, by=ana)
    Campaign.objects.update(drawn_on=ago(180))
    with pytest.raises(actions.UnableToOffer, match="left alone until"):
        made()
    Campaign.objects.update(drawn_on=ago(181))
    assert made().pk
    Campaign.objects.update(drawn_on=today())
    campaign.refresh_from_db()
    actions.end(campaign=campaign, seen=campaign.version, reason="The director asks.", by=head)
    assert made().pk


def test_what_was_approved_before_the_draw_is_not_sent_after_it(
    run: Run, head: User, ana: User, acme: Account, made: Made
) -> None:
    offer = made()
    offer = actions.submit(offer=offer, seen=offer.version, by=ana)
    kept = actions.keep_list(name="Acme", narrow=Narrow(), by=head)
    campaign = planned(kept, head)
    campaign.save_over(campaign.version, {"state": "running", "seed": 1, "drawn_on": today()})
    Draw.objects.create(campaign=campaign, account=acme, case=offer.case, held_out=True)
    with nothing_changes(), pytest.raises(actions.UnableToOffer, match="left alone"):
        actions.send(offer=offer, seen=offer.version, by=ana)


def test_an_account_that_took_in_one_left_alone_is_left_alone(
    run: Run, head: User, acme: Account, birch: Account, made: Made
) -> None:
    campaign = planned(actions.keep_list(name="Birch", narrow=Narrow(), by=head), head)
    campaign.save_over(campaign.version, {"state": "running", "seed": 1, "drawn_on": today()})
    Draw.objects.create(campaign=campaign, account=birch, case=made().case, held_out=True)
    assert made().pk
    merge(source=birch, target=acme, reason="One house.", by=head)
    with nothing_changes(), pytest.raises(actions.UnableToOffer, match="left alone"):
        made()


def test_who_has_an_offer_in_hand_is_not_drawn(
    run: Run, head: User, ana: User, acme: Account, made: Made, every_lost: WinbackList
) -> None:
    lost(run, acme, value=2000)
    other = many(run, 1)[0]
    offer = actions.submit(offer=made(), seen=1, by=ana)
    offer = actions.send(offer=offer, seen=offer.version, by=ana)
    assert [one.pk for one in chosen(planned(every_lost, head), head)] == [other.pk]
    actions.answer(offer=offer, seen=offer.version, accepted=False, words="No.", by=ana)
    assert [one.pk for one in chosen(planned(every_lost, head), head)] == [acme.pk, other.pk]


def test_who_took_in_an_account_that_was_drawn_is_not_drawn_again(
    run: Run, head: User, acme: Account, birch: Account, every_lost: WinbackList
) -> None:
    lost(run, acme, value=10)
    started(every_lost, head)
    merge(source=acme, target=birch, reason="One firm.", by=head)
    lost(run, birch, value=10)
    assert chosen(planned(every_lost, head), head) == []


def test_a_drawn_campaign_stays_as_it_was_planned(run: Run, head: User, every_lost: WinbackList) -> None:
    many(run, 2)
    campaign = started(every_lost, head)
    with nothing_changes(), pytest.raises(actions.UnableToCampaign, match="It was drawn"):
        actions.start(campaign=campaign, seen=campaign.version, by=head)
    with nothing_changes(), pytest.raises(EditedMeanwhile):
        actions.end(campaign=campaign, seen=campaign.version - 1, reason="So.", by=head)
    with nothing_changes(), pytest.raises(actions.UnableToCampaign, match="Say why"):
        actions.end(campaign=campaign, seen=campaign.version, reason=" ", by=head)


def test_who_does_not_read_offers_plans_without_and_cannot_start(
    run: Run, marketing: User, every_lost: WinbackList
) -> None:
    many(run, 2)
    campaign = planned(every_lost, marketing)
    assert (campaign.contents, campaign.cost, campaign.budget) == ("", 0, 0)
    with nothing_changes(), pytest.raises(PermissionDenied):
        actions.start(campaign=campaign, seen=campaign.version, by=marketing)


def test_offers_hold_no_longer_than_returns_count(head: User, every_lost: WinbackList) -> None:
    with nothing_changes(), pytest.raises(actions.UnableToCampaign, match="hold longer"):
        planned(every_lost, head, horizon=30, valid_until=today() + timedelta(31))
    assert planned(every_lost, head, horizon=30, valid_until=today() + timedelta(30)).pk


# The budget -----------------------------------------------------------------------------------------------------------


def test_an_offer_beyond_the_budget_is_refused_and_what_comes_to_nothing_gives_its_money_back(
    run: Run, head: User, every_lost: WinbackList
) -> None:
    many(run, 3)
    campaign = started(every_lost, head, holdout_share=0, budget=100 * UNIT)
    first, second, third = campaign.draws.order_by("pk")
    offer = sent(campaign, first, head, 60 * UNIT)
    assert committed(campaign) == 60 * UNIT
    with nothing_changes(), pytest.raises(actions.UnableToOffer, match="left in the budget"):
        sent(campaign, second, head, 41 * UNIT)
    other = sent(campaign, second, head, 40 * UNIT)
    assert committed(campaign) == 100 * UNIT
    actions.answer(offer=offer, seen=offer.version, accepted=False, words="No.", by=head)
    assert committed(campaign) == 40 * UNIT
    actions.answer(offer=other, seen=other.version, accepted=True, by=head)
    assert committed(campaign) == 40 * UNIT
    assert sent(campaign, third, head, 60 * UNIT).pk


def test_two_drafts_that_fit_alone_do_not_both_ask(run: Run, head: User, every_lost: WinbackList) -> None:
    many(run, 2)
    campaign = started(every_lost, head, holdout_share=0, budget=100 * UNIT)
    drafts = [
        actions.make(case=one.case, fields=fields(cost=60 * UNIT), campaign=campaign, by=head)
        for one in campaign.draws.all()
    ]
    actions.submit(offer=drafts[0], seen=1, by=head)
    with nothing_changes(), pytest.raises(actions.UnableToOffer, match="left in the budget"):
        actions.submit(offer=drafts[1], seen=1, by=head)


def test_only_its_own_accounts_are_offered_within_a_campaign(
    run: Run, head: User, made: Made, every_lost: WinbackList
) -> None:
    many(run, 2)
    campaign = started(every_lost, head)
    with nothing_changes(), pytest.raises(actions.UnableToOffer, match="not one of the campaign"):
        made(campaign=campaign)
    campaign = actions.end(campaign=campaign, seen=campaign.version, reason="Over.", by=head)
    with nothing_changes(), pytest.raises(actions.UnableToOffer, match="does not run"):
        made(campaign=campaign)


def test_what_did_not_go_out_in_its_days_gives_its_money_back(run: Run, head: User, every_lost: WinbackList) -> None:
    many(run, 2)
    campaign = started(every_lost, head, holdout_share=0, budget=100 * UNIT)
    first, second = campaign.draws.order_by("pk")
    offer = actions.make(case=first.case, fields=fields(cost=60 * UNIT), campaign=campaign, by=head)
    actions.submit(offer=offer, seen=offer.version, by=head)
    assert committed(campaign) == 60 * UNIT
    Offer.objects.filter(pk=offer.pk).update(valid_until=today())
    assert committed(campaign) == 60 * UNIT
    Offer.objects.filter(pk=offer.pk).update(valid_until=ago(1))
    assert committed(campaign) == 0
    sent(campaign, second, head, 100 * UNIT)
    Offer.objects.filter(campaign=campaign).update(valid_until=ago(1))
    assert committed(campaign) == 100 * UNIT, "what went out is owed until somebody says no"


# What came of it ------------------------------------------------------------------------------------------------------


def back(run: Run, of: int, day: int) -> None:
    """Let an account buy again so many days after the draw (which was 100 days ago)."""
    returned = ago(100 - day)
    told = {"lost_on": ago(200), "purchases": 3, "revenue": 1}
    Lapse.objects.create(run=run, account_id=of, bought_on=ago(300), returned_on=returned, **told)
    Standing.objects.filter(run=run, account=of).update(last_purchase=returned)


@pytest.fixture
def measured(run: Run, head: User, every_lost: WinbackList) -> Campaign:
    """Forty accounts, twenty left alone, drawn a hundred days ago, returns count for ninety; nobody is back yet."""
    many(run, 40)
    campaign = started(every_lost, head, holdout_share=50, horizon=90, cost=10 * UNIT)
    Campaign.objects.update(drawn_on=ago(100))
    campaign.refresh_from_db()
    return campaign


def test_returns_of_both_groups_are_counted_over_the_same_days(run: Run, head: User, measured: Campaign) -> None:
    """
    offered    back on days 0 (that is before the draw), 1, 90 and 91; twelve more on day 50
    left alone back on days 30 and 91
    """
    offered = list(measured.draws.filter(held_out=False).values_list("account", flat=True))
    alone = list(measured.draws.filter(held_out=True).values_list("account", flat=True))
    for key, day in zip(offered, [0, 1, 90, 91, *[50] * 12], strict=False):
        back(run, key, day)
    for key, day in zip(alone, [30, 91], strict=False):
        back(run, key, day)
    found = outcomes_of(head, [measured], run)[measured.pk]
    assert (found.uplift.offered.returned, found.uplift.offered.of) == (14, 20)
    assert (found.uplift.left_alone.returned, found.uplift.left_alone.of) == (1, 20)
    assert found.uplift.difference == pytest.approx(0.65)
    assert (found.uplift.verdict, found.is_over, found.seen_until) == (Verdict.MORE, True, ago(10))


def test_what_a_return_cost_and_brought(run: Run, head: User, measured: Campaign) -> None:
    """Two offers of 30 went out, one was declined; one account came back and bought 200 at a margin of a quarter."""
    first, second = measured.draws.filter(held_out=False).order_by("pk")[:2]
    for draw, state in ((first, "sent"), (second, "declined")):
        told = fields(cost=30 * UNIT) | {"state": state, "sent_on": ago(90)}
        Offer.objects.create(case=draw.case, campaign=measured, by=head, written_by=head, **told)
    back(run, first.account_id, 60)
    month = ago(40).replace(day=1)
    ago_months = (today().year - month.year) * 12 + today().month - month.month
    last12 = [0] * 12
    last12[11 - ago_months], last12[10 - ago_months] = 200 * UNIT, 999 * UNIT
    Standing.objects.filter(account=first.account_id).update(last12=last12, margin=0.25)
    found = outcomes_of(head, [measured], run)[measured.pk]
    assert (found.sent, found.spent, found.cost_per_return) == (2, 30 * UNIT, 30 * UNIT)
    assert (found.revenue, found.margin) == (200 * UNIT, 50 * UNIT)
    Standing.objects.filter(account=first.account_id).update(margin=None)
    assert outcomes_of(head, [measured], run)[measured.pk].margin is None


def test_few_are_said_to_be_few_and_nobody_sees_others_accounts(
    run: Run, head: User, ana: User, measured: Campaign
) -> None:
    found = outcomes_of(ana, [measured], run)[measured.pk]
    assert (found.uplift.offered.of, found.uplift.left_alone.of, found.uplift.verdict) == (0, 0, Verdict.TOO_FEW)
    assert outcomes_of(head, [measured], None)[measured.pk].uplift.offered.returned == 0


def test_a_campaign_that_ended_counts_up_to_its_end(run: Run, head: User, measured: Campaign) -> None:
    key = measured.draws.filter(held_out=False)[0].account_id
    back(run, key, 50)
    Campaign.objects.update(state="ended", ended_on=ago(51))
    measured.refresh_from_db()
    assert outcomes_of(head, [measured], run)[measured.pk].uplift.offered.returned == 0
    measured.ended_on = ago(50)
    assert outcomes_of(head, [measured], run)[measured.pk].uplift.offered.returned == 1


def test_a_purchase_without_a_lapse_is_known_by_the_last_one(run: Run, head: User, measured: Campaign) -> None:
    key = measured.draws.filter(held_out=False)[0].account_id
    Standing.objects.filter(account=key).update(last_purchase=ago(20))
    assert outcomes_of(head, [measured], run)[measured.pk].uplift.offered.returned == 1


def test_a_return_under_the_account_it_was_merged_into_counts(
    run: Run, head: User, acme: Account, measured: Campaign
) -> None:
    merged = measured.draws.filter(held_out=False)[0].account
    merge(source=merged, target=acme, reason="One firm.", by=head)
    Standing.objects.filter(account=merged).delete()
    lost(run, acme, last_purchase=ago(20), state="returned", silence=20)
    found = outcomes_of(head, [measured], run)[measured.pk].uplift.offered
    assert (found.returned, found.of) == (1, 20)


def test_offers_count_by_reason_and_kind_from_the_day_of_sending(
    run: Run, head: User, ana: User, case: Case, made: Made, acme: Account
) -> None:
    reasons = list(Reason.objects.filter(code__in=["price", "quality"]))
    record_loss(case=case, decided_on=today(), reasons=reasons, by=head)
    for kind, day in (("gift", 150), ("gift", 20), ("discount", 150)):
        offer = made(kind=kind)
        Offer.objects.filter(pk=offer.pk).update(state="sent", sent_on=ago(day))
    lost(run, acme)
    back(run, acme.pk, 0)  # a hundred days ago: after the first gift and the discount, before the second gift
    found = {(one.reason, one.kind): (one.rate.returned, one.rate.of) for one in by_reason_and_kind(head, run)}
    assert found == {
        ("Price", "gift"): (1, 2),
        ("Quality", "gift"): (1, 2),
        ("Price", "discount"): (1, 1),
        ("Quality", "discount"): (1, 1),
    }
    assert by_reason_and_kind(ana, run) == by_reason_and_kind(head, run)
