"""Each part of the briefing: what it tells whom, and that it knows on a day what was known on that day."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Final

import pytest
from django.test import Client
from django.urls import reverse

from anahtar_web.accounts.actions import Verdict, decide_key
from anahtar_web.accounts.models import Account, KeyStatus
from anahtar_web.briefing.blocks import Pairs, Section
from anahtar_web.briefing.reading import Reading
from anahtar_web.briefing.sections import SECTIONS, sections_of
from anahtar_web.briefing.sections.arrivals import arrivals
from anahtar_web.briefing.sections.bids import bids
from anahtar_web.briefing.sections.conduct import conduct
from anahtar_web.briefing.sections.facts import facts
from anahtar_web.briefing.sections.people import people
from anahtar_web.briefing.sections.rivals import rivals
from anahtar_web.briefing.sections.touches import touches
from anahtar_web.briefing.sections.worth import worth
from anahtar_web.company.queries import today
from anahtar_web.competitors.actions import add as add_competitor
from anahtar_web.competitors.actions import enter, tell_share
from anahtar_web.competitors.models import Grade
from anahtar_web.deliveries.models import DeliveryLine
from anahtar_web.gate.rights import Role
from anahtar_web.insight.models import Run
from anahtar_web.insight.queries import current_run
from anahtar_web.people.models import User
from anahtar_web.stakeholders.actions import add as add_person
from anahtar_web.stakeholders.actions import state
from anahtar_web.stakeholders.actions.deciding import Say
from anahtar_web.ui.templatetags.shown import day, short_money
from tests.anahtar_web.dossier.facts import write
from tests.anahtar_web.insight import sales
from tests.anahtar_web.interactions.made import agreed, happened
from tests.anahtar_web.privacy.rows import made
from tests.anahtar_web.tenders.conftest import UNITS, against, lost, priced, started

pytestmark = pytest.mark.django_db

SignedIn = Callable[[User], Client]
Part = Callable[[Reading], Section | None]


def told(part: Part, account: Account, user: User, on: date | None = None) -> str:
    """Everything a part says; empty where it has nothing to say."""
    found = part(Reading.of(account, user, current_run(), on))
    return "" if found is None else "\n".join(repr(block) for block in found.blocks)


def an_attack(account: Account, by: User) -> None:
    rival = add_competitor(fields={"name": "Rakip Rulman"}, by=by)
    enter(account=account, competitor=rival, fields={"offering": "Ucuz bilya"}, by=by)
    told = {"as_of": today(), "source": "x", "grade": Grade.CONFIRMED, "by": by}
    tell_share(account=account, competitor=None, share=Decimal("0.42"), **told)


def a_lost_tender(account: Account, by: User) -> None:
    tender = priced(started(account, by, "Rulman alımı"), by, 1_234_567)
    lost(against(tender, by, "Rakip Rulman"), by, to="Rakip Rulman")


def a_person_and_a_decision(account: Account, by: User) -> None:
    fields = {"name": "Mesut Aran", "position": "Genel müdür", "role": "decider", "influence": 5}
    who = add_person(account=account, fields=fields | {"stance": "sceptic", "stance_grade": "assumed"}, by=by)
    fields = {"name": "Yıllık sözleşme", "rule": "one_signer", "quota": None, "due_on": None, "note": ""}
    state(account=account, fields=fields, seats=[Say(who, must_sign=True)], by=by)


def a_touch_and_a_step(account: Account, by: User) -> None:
    happened(account, by, subject="Fiyat görüşmesi", notes="Vade istiyorlar")
    agreed(account, by, what="Teklif gönder")


WRITTEN: Final[dict[Part, tuple[Callable[[Account, User], Any], tuple[str, ...]]]] = {
    facts: (lambda account, by: write(account, by, "description", "Döküm yapar"), ("Döküm yapar", "Confirmed")),
    people: (a_person_and_a_decision, ("Mesut Aran", "Genel müdür", "Sceptic (assumed)", "Yıllık sözleşme")),
    touches: (a_touch_and_a_step, ("Fiyat görüşmesi", "Vade istiyorlar", "Teklif gönder")),
    conduct: (
        lambda account, by: decide_key(
            account=account, verdict=Verdict(KeyStatus.KEY, reason="Adımızı taşıyor", tier="1"), seen=None, by=by
        ),
        ("Tier 1", "Adımızı taşıyor"),
    ),
    # Before the tender, which would write the competitor down as well.
    rivals: (an_attack, ("Rakip Rulman", "Ucuz bilya", "42")),
    bids: (a_lost_tender, ("Rulman alımı", "Lost (Rakip Rulman)", "Price")),
}


@pytest.mark.parametrize("part", list(WRITTEN), ids=lambda part: part.__name__)
def test_what_was_written_today_is_told_and_was_not_known_yesterday(acme: Account, ana: User, part: Part) -> None:
    write_down, words = WRITTEN[part]
    before = told(part, acme, ana)
    write_down(acme, ana)
    now = told(part, acme, ana)
    for word in words:
        assert word in now
        assert word not in before
        assert word not in told(part, acme, ana, today() - timedelta(days=1))


def test_what_must_be_known_stands_first_with_its_page(acme: Account, ana: User) -> None:
    assert sections_of(Reading.of(acme, ana, None, None))[0].name == "money"  # nothing to say yet
    a_person_and_a_decision(acme, ana)
    agreed(acme, ana, 3, what="Teklif gönder")
    priced(started(acme, ana, "Rulman alımı"), ana, 1_234_567)
    head, *_rest = sections_of(Reading.of(acme, ana, None, None))
    (pairs,) = head.blocks
    assert isinstance(pairs, Pairs)
    told = {pair.label: (pair.value, pair.href) for pair in pairs.pairs}
    assert told["Decision"][0].startswith("Yıllık sözleşme: ")
    assert told["Decision"][1].startswith(reverse("stakeholders:rule", args=[acme.pk]))
    assert told[f"Next, on {day(today() + timedelta(days=3))}"][0].startswith("Teklif gönder")
    assert "Rulman alımı" in told["Tender"][0]
    assert short_money(1_234_567 * UNITS, "TRY") in told["Tender"][0]
    yesterday = Reading.of(acme, ana, None, today() - timedelta(days=1))
    assert sections_of(yesterday)[0].name == "money"


def test_deliveries_are_counted_over_the_year_their_page_shows(acme: Account, ana: User) -> None:
    """The last promise is fourteen months old: its twelve months are told, not twelve in which there is nothing."""
    promised = today() - timedelta(days=425)
    for tag, late in (("1", 0), ("2", 9), ("3", 0), ("4", 0)):
        made(DeliveryLine, acme, ana, tag=tag, ordered=10, delivered=10, promised_first=promised,
             promised_here=promised, promised_now=promised, filled_on=promised + timedelta(days=late), late_days=late,
             account=acme)  # fmt: skip
    section = arrivals(Reading.of(acme, ana, None, None))
    assert section is not None
    assert section.first[0].value == "75.0 %"


def test_there_is_a_test_of_every_part() -> None:
    assert {*WRITTEN, worth, arrivals} == set(SECTIONS)


def test_who_does_not_see_offers_is_told_of_a_tender_without_its_price(
    acme: Account, ana: User, marketing: User
) -> None:
    a_lost_tender(acme, ana)
    price = short_money(1_234_567 * UNITS, "TRY")
    assert price in told(bids, acme, ana)
    seen = told(bids, acme, marketing)
    assert "Rulman alımı" in seen
    assert price not in seen


def test_what_it_is_worth_is_told_without_profit_to_who_does_not_see_it(
    run: Run, director: User, marketing: User
) -> None:
    acme = Account.objects.get(code=sales.ACME)
    assert "Profit" in told(worth, acme, director)
    seen = told(worth, acme, marketing)
    assert "Revenue" in seen
    assert "rofit" not in seen


def test_deliveries_of_a_year_are_told_as_they_were_known(acme: Account, ana: User) -> None:
    assert told(arrivals, acme, ana) == ""
    promised = today() - timedelta(days=30)
    line = made(DeliveryLine, acme, ana, tag="5", ordered=10, delivered=10, promised_first=promised,
                promised_here=promised, promised_now=promised, filled_on=promised + timedelta(days=9), late_days=9,
                account=acme)  # fmt: skip
    DeliveryLine.objects.filter(pk=line.pk).update(recorded_at="2026-01-01T00:00:00Z")
    assert "Late or missing" in told(arrivals, acme, ana)
    assert told(arrivals, acme, ana, date(2025, 12, 1)) == ""


def test_whoever_does_not_see_the_account_has_no_part_of_it(
    acme: Account, ana: User, chen: User, signed_in: SignedIn
) -> None:
    assert sections_of(Reading.of(acme, ana, None, None))
    assert signed_in(chen).get(reverse("briefing:account", args=[acme.pk])).status_code == 404


@pytest.mark.parametrize("role", [Role.KAM, Role.MARKETING])
def test_the_pdf_of_a_role_holds_names_and_numbers_and_nothing_withheld(
    run: Run, ana: User, marketing: User, signed_in: SignedIn, role: Role
) -> None:
    from anahtar_web.insight.models import Standing
    from tests.anahtar_web.briefing.test_briefing import taken, text_of_pdf

    acme = Account.objects.get(code=sales.ACME)
    acme.assignments.create(person=ana, part="manager", since=date(2024, 1, 1))
    for write_down, _words in WRITTEN.values():
        write_down(acme, ana)
    paper = text_of_pdf(taken(signed_in(ana if role == Role.KAM else marketing), acme, "pdf"))
    for _write, words in WRITTEN.values():
        for word in words:
            assert word in paper
    standing = Standing.objects.get(account=acme)
    assert acme.name in paper
    assert short_money(standing.revenue, "TRY") in paper
    withheld = (short_money(standing.profit, "TRY"), short_money(1_234_567 * UNITS, "TRY"))
    assert [amount in paper for amount in withheld] == [role == Role.KAM] * 2
