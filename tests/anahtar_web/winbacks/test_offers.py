"""Offers: who may grant what, what approval is of, and what an offer does to its case."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from anahtar_web.audit.models import Entry
from anahtar_web.company.queries import today
from anahtar_web.gate.versions import EditedMeanwhile
from anahtar_web.people.models import User
from anahtar_web.risks.actions import move
from anahtar_web.risks.models import Case, Stage
from anahtar_web.winbacks import actions
from anahtar_web.winbacks.models import Approval, Offer, OfferState
from anahtar_web.winbacks.queries import limit_of, limits, waiting_for
from tests.anahtar_web.accounts.pages import nothing_changes
from tests.anahtar_web.conftest import person
from tests.anahtar_web.winbacks.conftest import UNIT, Made, ago, fields

pytestmark = pytest.mark.django_db


def submitted(offer: Offer, by: User) -> Offer:
    return actions.submit(offer=offer, seen=offer.version, by=by)


def decided(offer: Offer, by: User, decision: str = "approved", reason: str = "") -> Offer:
    return actions.decide(offer=offer, seen=offer.version, decision=decision, reason=reason, by=by)


def sent(offer: Offer, by: User) -> Offer:
    return actions.send(offer=offer, seen=offer.version, by=by)


# Limits --------------------------------------------------------------------------------------------------------------


def test_the_limits_are_those_of_the_roles(ana: User, head: User, director: User, marketing: User) -> None:
    assert [limit_of(who) for who in (ana, head, director, marketing)] == [0, 50_000 * UNIT, None, 0]


def test_what_costs_nothing_needs_nobody(made: Made, ana: User) -> None:
    offer = submitted(made(cost=0), ana)
    assert offer.state == OfferState.APPROVED
    approval = offer.approvals.get()
    assert (approval.by, approval.within_own_limit, approval.edition) == (ana, True, 1)


@pytest.mark.parametrize(("cost", "state"), [(50_000, "approved"), (50_001, "waiting")])
def test_the_head_grants_up_to_the_limit_and_the_limit_itself(made: Made, head: User, cost: int, state: str) -> None:
    assert submitted(made(by=head, cost=cost * UNIT), head).state == state


def test_above_the_own_limit_it_waits_for_whose_limit_covers_it(
    made: Made, ana: User, head: User, director: User, auditor: User
) -> None:
    small, large = submitted(made(cost=10 * UNIT), ana), submitted(made(cost=60_000 * UNIT), ana)
    assert set(waiting_for(head)) == {small}
    assert set(waiting_for(director)) == {small, large}
    assert not waiting_for(ana).exists()
    assert not waiting_for(auditor).exists()
    with nothing_changes(), pytest.raises(actions.UnableToDecideOffer, match="limit covers it"):
        decided(large, head)
    assert decided(small, head).state == OfferState.APPROVED
    assert decided(large, director).state == OfferState.APPROVED


def test_a_submitter_with_a_higher_limit_does_not_grant_what_another_wrote(made: Made, head: User) -> None:
    """The head asks for approval of what Ana wrote: it is hers, and waits; the head may then decide it."""
    offer = submitted(made(cost=10 * UNIT), head)
    assert offer.state == OfferState.WAITING
    assert decided(offer, head).state == OfferState.APPROVED


def test_nobody_decides_their_own(made: Made, head: User, director: User) -> None:
    offer = submitted(made(by=head, cost=60_000 * UNIT), head)
    change(head, None, by=director)  # now the limit would cover it
    with nothing_changes(), pytest.raises(actions.UnableToDecideOffer, match="your own"):
        decided(offer, head)
    assert decided(offer, director).state == OfferState.APPROVED


@pytest.mark.parametrize("role", ["ana", "marketing", "analyst", "auditor"])
def test_who_may_not_approve_is_refused(made: Made, ana: User, role: str, request: pytest.FixtureRequest) -> None:
    offer, who = submitted(made(cost=UNIT), ana), request.getfixturevalue(role)
    with nothing_changes(), pytest.raises(PermissionDenied):
        decided(offer, who)


def test_a_refusal_has_a_reason_and_the_offer_can_be_written_anew(made: Made, ana: User, head: User) -> None:
    offer = submitted(made(cost=10 * UNIT), ana)
    with nothing_changes(), pytest.raises(actions.UnableToDecideOffer, match="Say why"):
        decided(offer, head, "refused", " ")
    offer = decided(offer, head, "refused", "Too much.")
    assert offer.state == OfferState.REFUSED
    with pytest.raises(actions.UnableToOffer, match="Only a draft"):
        submitted(offer, ana)
    offer = actions.rewrite(offer=offer, seen=offer.version, fields=fields(cost=5 * UNIT), by=ana)
    assert submitted(offer, ana).state == OfferState.WAITING


def test_of_two_who_decide_at_once_the_second_is_told(made: Made, ana: User, director: User) -> None:
    offer = submitted(made(cost=10 * UNIT), ana)
    another = person("second@kuzey.example", "Second Director", director.role)
    seen = offer.version
    actions.decide(offer=offer, seen=seen, decision="approved", by=director)
    with pytest.raises(EditedMeanwhile):
        actions.decide(offer=Offer.objects.get(pk=offer.pk), seen=seen, decision="refused", reason="No.", by=another)
    assert [one.decision for one in offer.approvals.all()] == ["approved"]
    with pytest.raises(IntegrityError), transaction.atomic():
        Approval.objects.create(offer=offer, edition=1, decision="refused", by=another)


# Writing anew ---------------------------------------------------------------------------------------------------------


def test_what_is_written_anew_loses_its_approval(made: Made, ana: User, director: User) -> None:
    offer = decided(submitted(made(cost=10 * UNIT), ana), director)
    offer = actions.rewrite(offer=offer, seen=offer.version, fields=fields(cost=90_000 * UNIT), by=ana)
    assert (offer.state, offer.edition) == (OfferState.DRAFT, 2)
    with nothing_changes(), pytest.raises(actions.UnableToOffer, match="Only what was approved"):
        sent(offer, ana)
    assert [one.cost for one in offer.versions.all()] == [10 * UNIT, 90_000 * UNIT]
    assert submitted(offer, ana).state == OfferState.WAITING


def test_an_approval_of_an_earlier_wording_sends_nothing(made: Made, ana: User, director: User) -> None:
    """Even if a row said it were approved: the approval is of another version."""
    offer = decided(submitted(made(cost=10 * UNIT), ana), director)
    Offer.objects.filter(pk=offer.pk).update(edition=2)
    offer.refresh_from_db()
    with pytest.raises(actions.UnableToOffer, match="Only what was approved"):
        sent(offer, ana)


def test_whoever_writes_it_anew_is_its_author(made: Made, ana: User, head: User, director: User) -> None:
    """Ana's offer above the head's limit, reworded by the director, is within the director's own."""
    offer = made(cost=60_000 * UNIT)
    offer = actions.rewrite(offer=offer, seen=offer.version, fields=fields(cost=70_000 * UNIT), by=director)
    assert submitted(offer, ana).state == OfferState.APPROVED


def test_the_same_again_changes_nothing(made: Made, ana: User, director: User) -> None:
    offer = decided(submitted(made(cost=10 * UNIT), ana), director)
    with nothing_changes():
        actions.rewrite(offer=offer, seen=offer.version, fields=fields(cost=10 * UNIT), by=ana)


def test_what_was_sent_stays_as_it_was(made: Made, ana: User) -> None:
    offer = sent(submitted(made(), ana), ana)
    with nothing_changes(), pytest.raises(actions.UnableToOffer, match="gone out"):
        actions.rewrite(offer=offer, seen=offer.version, fields=fields(contents="Else"), by=ana)


def test_two_who_write_at_once_meet(made: Made, ana: User, boris: User) -> None:
    offer = made()
    seen = offer.version
    actions.rewrite(offer=offer, seen=seen, fields=fields(contents="Mine"), by=ana)
    with pytest.raises(EditedMeanwhile):
        actions.rewrite(offer=Offer.objects.get(pk=offer.pk), seen=seen, fields=fields(contents="Yours"), by=boris)


def test_it_says_something_and_holds_for_a_while(made: Made) -> None:
    with nothing_changes(), pytest.raises(actions.UnableToOffer, match="Say what is offered"):
        made(contents="  ")
    with nothing_changes(), pytest.raises(actions.UnableToOffer, match="is over"):
        made(valid_until=ago(1))
    assert made(valid_until=today()).pk


def test_who_does_not_read_offers_writes_none(case: Case, made: Made, marketing: User) -> None:
    with nothing_changes(), pytest.raises(PermissionDenied):
        made(by=marketing)


def test_a_closed_case_is_offered_nothing(case: Case, made: Made, head: User) -> None:
    move(case=case, stage=Stage.WRITTEN_OFF, words="Closed down.", by=head)
    with nothing_changes(), pytest.raises(actions.UnableToOffer, match="closed"):
        made()


# What becomes of it ---------------------------------------------------------------------------------------------------


def test_sent_accepted_and_back(case: Case, made: Made, ana: User) -> None:
    offer = sent(submitted(made(), ana), ana)
    assert (offer.state, offer.sent_on) == (OfferState.SENT, today())
    case.refresh_from_db()
    assert case.stage == Stage.OFFER
    offer = actions.answer(offer=offer, seen=offer.version, accepted=True, by=ana)
    case.refresh_from_db()
    assert (offer.state, offer.answered_on, case.stage) == (OfferState.ACCEPTED, today(), Stage.NEGOTIATION)


def test_a_no_has_words_and_leaves_the_case(case: Case, made: Made, ana: User) -> None:
    offer = sent(submitted(made(), ana), ana)
    with nothing_changes(), pytest.raises(actions.UnableToAnswer, match="what they said"):
        actions.answer(offer=offer, seen=offer.version, accepted=False, by=ana)
    offer = actions.answer(offer=offer, seen=offer.version, accepted=False, words="Too late.", by=ana)
    case.refresh_from_db()
    assert (offer.state, offer.answer, case.stage) == (OfferState.DECLINED, "Too late.", Stage.OFFER)


def test_only_what_was_sent_is_answered(made: Made, ana: User) -> None:
    offer = made()
    with nothing_changes(), pytest.raises(actions.UnableToAnswer, match="Only what was sent"):
        actions.answer(offer=offer, seen=offer.version, accepted=True, by=ana)


def test_what_the_ledger_wins_back_has_accepted(case: Case, made: Made, ana: User) -> None:
    offer, other = sent(submitted(made(), ana), ana), made()
    case.refresh_from_db()
    move(case=case, stage=Stage.WON_BACK, by=None)
    offer.refresh_from_db()
    other.refresh_from_db()
    assert (offer.state, other.state) == (OfferState.ACCEPTED, OfferState.DRAFT)
    assert Entry.objects.filter(verb="offer.accepted", by=None).count() == 1


def test_what_nobody_answers_runs_out_the_day_after_its_last(made: Made, ana: User) -> None:
    offer = sent(submitted(made(valid_until=today()), ana), ana)
    assert actions.follow() == 0
    Offer.objects.filter(pk=offer.pk).update(valid_until=ago(1))
    assert actions.follow() == 1
    assert actions.follow() == 0
    offer.refresh_from_db()
    assert offer.state == OfferState.EXPIRED


def test_a_day_that_passed_before_it_was_sent_sends_nothing(made: Made, ana: User) -> None:
    offer = submitted(made(), ana)
    Offer.objects.filter(pk=offer.pk).update(valid_until=ago(1))
    with nothing_changes(), pytest.raises(actions.UnableToOffer, match="It held until"):
        sent(offer, ana)


def test_it_can_be_withdrawn_with_a_word_and_only_once(made: Made, ana: User) -> None:
    offer = made()
    with nothing_changes(), pytest.raises(actions.UnableToAnswer, match="Say why"):
        actions.withdraw(offer=offer, seen=offer.version, words="", by=ana)
    offer = actions.withdraw(offer=offer, seen=offer.version, words="They moved.", by=ana)
    with nothing_changes(), pytest.raises(actions.UnableToAnswer, match="end already"):
        actions.withdraw(offer=offer, seen=offer.version, words="Again", by=ana)


# Limits change --------------------------------------------------------------------------------------------------------


def change(of: User, amount: int | None, *, by: User, was: dict[str, int | None] | None = None) -> None:
    actions.change_limits(was=was or {}, now={of.role: amount}, reason="It is time.", by=by)


def test_limits_change_with_a_reason_and_stand_on_the_trail(head: User, director: User, ana: User) -> None:
    change(ana, 500 * UNIT, by=director)
    assert limits()["kam"] == 500 * UNIT
    entry = Entry.objects.get(verb="company.offer_limits")
    assert (entry.before, entry.after) == ({"offer_limit_kam": 0}, {"offer_limit_kam": 500 * UNIT})
    with nothing_changes(), pytest.raises(actions.UnableToLimit, match="meanwhile"):
        change(ana, UNIT, by=head, was={"kam": 0})
    with nothing_changes(), pytest.raises(actions.UnableToLimit, match="hold already"):
        change(ana, 500 * UNIT, by=head)
    with nothing_changes(), pytest.raises(actions.UnableToLimit, match="Say why"):
        actions.change_limits(was={}, now={"kam": 1}, reason=" ", by=head)


def test_the_trail_tells_neither_contents_nor_notes(made: Made, ana: User, director: User) -> None:
    offer = decided(submitted(made(cost=10 * UNIT), ana), director)
    actions.rewrite(offer=offer, seen=offer.version, fields=fields(contents="Other words"), by=ana)
    told = " ".join(str((one.before, one.after, one.target_name)) for one in Entry.objects.all())
    assert not any(words in told for words in ("Ten percent", "Omega", "Other words"))


def test_nobody_raises_their_own_limit_or_changes_one_above_it(head: User, director: User, ana: User) -> None:
    for who, amount in ((head, 50_001 * UNIT), (head, None), (ana, 50_001 * UNIT), (ana, None), (director, 0)):
        with nothing_changes(), pytest.raises(actions.UnableToLimit, match="Ask somebody who may grant more"):
            change(who, amount, by=head)
    change(ana, 50_000 * UNIT, by=head)
    change(head, 90_000 * UNIT, by=director)
    assert (limit_of(ana), limit_of(head)) == (50_000 * UNIT, 90_000 * UNIT)


def test_what_was_granted_within_a_limit_that_became_lower_is_approved_by_another(
    made: Made, head: User, director: User
) -> None:
    offer = submitted(made(by=head, cost=40_000 * UNIT), head)
    assert offer.state == OfferState.APPROVED
    change(head, 39_999 * UNIT, by=director)
    with nothing_changes(), pytest.raises(actions.UnableToOffer, match="Ask for approval first"):
        sent(offer, head)
    offer = submitted(offer, head)
    assert (offer.state, offer.edition) == (OfferState.WAITING, 2)
    assert list(offer.versions.values_list("edition", "contents")) == [(n, offer.contents) for n in (1, 2)]
    offer = sent(decided(offer, director), head)
    assert list(offer.approvals.values_list("edition", "by", "within_own_limit")) == [
        (1, head.pk, True),
        (2, director.pk, False),
    ]


def test_what_another_approved_stays_approved_when_their_limit_becomes_lower(
    made: Made, ana: User, head: User, director: User
) -> None:
    offer = decided(submitted(made(cost=40_000 * UNIT), ana), head)
    change(head, 0, by=director)
    with nothing_changes(), pytest.raises(actions.UnableToOffer, match="Only a draft"):
        submitted(offer, ana)
    assert sent(offer, ana).state == OfferState.SENT


def test_nothing_goes_out_for_a_case_that_was_closed(made: Made, case: Case, ana: User) -> None:
    draft, approved = made(), submitted(made(), ana)
    move(case=case, stage=Stage.WRITTEN_OFF, words="They closed.", by=ana)
    for act in (lambda: submitted(draft, ana), lambda: sent(approved, ana)):
        with nothing_changes(), pytest.raises(actions.UnableToOffer, match="The case is closed"):
            act()
