"""A campaign is drawn with a hold-out, the ledger brings purchases of both groups, and its page says what it changed.

By hand, of 12 to be made an offer 10 return and of 12 left alone 2. Wilson's bounds: 55 % to 95 % and 5 % to 45 %. The
difference is 66.7 %, after Newcombe from 66.7 - 39.8 = 26.9 % to 66.7 + 16.9 = 83.6 %. Four offers of 5,000 were sent:
10 returns for 20,000 cost 2,000 each.
"""

import re
from collections.abc import Collection, Iterator
from datetime import date, timedelta

import pytest
from playwright.sync_api import expect

from anahtar_web.people.models import User
from anahtar_web.winbacks import actions
from anahtar_web.winbacks.asked import Narrow
from anahtar_web.winbacks.models import Draw
from tests.anahtar_web.deliveries.conftest import at
from tests.anahtar_web.insight.conftest import forgetful  # noqa: F401  # nothing of another ledger is remembered
from tests.anahtar_web.ledgers.conftest import data  # noqa: F401  # a data folder of its own
from tests.anahtar_web.winbacks.conftest import UNIT, fields, planned
from tests.browser.conftest import Visit
from tests.browser.test_winning_back_story import bring

pytestmark = pytest.mark.django_db(transaction=True)

FIRST, SECOND = date(2024, 7, 1), date(2024, 7, 23)
"""Days on which the sales up to the day before are imported."""

QUIET = [f"Q{number:02}" for number in range(24)]
"""They buy every week and stop in March."""

HEAD = "Cari Kodu;Cari Ünvanı;Fatura Tarihi;Fatura No;Ürün Grubu;Net Tutar"


def lines(code: str, first: date, last: date, every: int) -> Iterator[str]:
    day = first
    while day <= last:
        yield f"{code};Firma {code} Ltd.;{day:%d.%m.%Y};F{code}{day:%y%m%d};Rulman;900,00"
        day += timedelta(every)


def before() -> bytes:
    """Half a year in which some stop."""
    told = [line for code in QUIET for line in lines(code, date(2024, 1, 1), date(2024, 3, 25), 7)]
    told += [line for number in range(6) for line in lines(f"A{number}", date(2024, 1, 1), date(2024, 6, 30), 7)]
    return written(told)


def after(back: Collection[str]) -> bytes:
    """Three weeks in which some of those are back, each with one purchase."""
    told = [line for code in back for line in lines(code, date(2024, 7, 10), date(2024, 7, 10), 7)]
    told += [line for number in range(6) for line in lines(f"A{number}", FIRST, date(2024, 7, 22), 7)]
    return written(told)


def written(told: list[str]) -> bytes:
    return ("\r\n".join([HEAD, *told]) + "\r\n").encode("cp1254")


def test_what_a_campaign_changed_is_counted_from_the_ledger(visit: Visit, head: User) -> None:
    with at(FIRST):
        page = visit("/imports/", head)
        bring(page, "january-to-june.csv", before())
        kept = actions.keep_list(name="Everybody lost", narrow=Narrow(), by=head)
        campaign = planned(kept, head, holdout_share=50, cost=5_000 * UNIT, budget=100_000 * UNIT)
        page.goto(f"/winbacks/campaigns/{campaign.pk}/")
        page.get_by_role("link", name="Start").click()
        page.get_by_role("button", name="Draw and start").click()
        expect(page.get_by_text("It is drawn, and runs.")).to_be_visible()
        draws = list(Draw.objects.select_related("account", "case").order_by("pk"))
        offered, alone = ([one for one in draws if one.held_out is held_out] for held_out in (False, True))
        assert ({one.account.code for one in draws}, len(offered), len(alone)) == ({*QUIET}, 12, 12)
        for one in offered[:4]:
            offer = actions.make(case=one.case, fields=fields(cost=5_000 * UNIT), campaign=campaign, by=head)
            offer = actions.submit(offer=offer, seen=offer.version, by=head)
            actions.send(offer=offer, seen=offer.version, by=head)
    with at(SECOND):
        page = visit("/imports/", head)
        back = [one.account.code for one in (*offered[:10], *alone[:2])]
        bring(page, "july.csv", after(back))
        page.goto(f"/winbacks/campaigns/{campaign.pk}/")
        expect(page.get_by_role("row", name=re.compile("^To be made an offer"))).to_contain_text(
            "[55 % – 95 %] · 10/12"
        )
        expect(page.get_by_role("row", name=re.compile("^Left alone"))).to_contain_text("[5 % – 45 %] · 2/12")
        expect(page.get_by_text("[+26.9 % … +83.6 %]")).to_be_visible()
        expect(page.get_by_text("+66.7 %")).to_be_visible()
        expect(page.get_by_text("more return than by themselves")).to_be_visible()
        for label, value in (("Offers sent", "4"), ("Spent", "20,000"), ("Cost of one return", "2,000")):
            expect(page.locator("div.fact", has=page.get_by_text(label, exact=True))).to_contain_text(value)
