"""Why an account is in its class, on its page: the core's passport, and of it what each reader may know."""

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from anahtar.analysis.passport import ClassPassport, class_passport
from anahtar.analysis.ranking import rankings
from anahtar.facts.largest_order import largest_order
from anahtar.ledger.options import ReadOptions
from anahtar.ledger.store.store import Ledger
from anahtar.words import Words
from anahtar_web.accounts.models import Account
from anahtar_web.insight import publishing
from anahtar_web.insight.models import Run, Standing
from anahtar_web.insight.pages.account import Header, PassportPage
from anahtar_web.insight.pages.account.passport import Shown
from anahtar_web.insight.queries import shown_run
from anahtar_web.people.models import User
from anahtar_web.ui.templatetags.shown import money, number, share, short_money
from tests.anahtar_web.conftest import account
from tests.anahtar_web.insight import sales
from tests.anahtar_web.insight.conftest import Kept, Publish, add
from tests.anahtar_web.insight.pages import plain
from tests.anahtar_web.insight.test_account import page, pk

pytestmark = pytest.mark.django_db

SignedIn = Callable[[User], Client]


def core(firm: Kept, code: str) -> ClassPassport:
    ledger, analysis = Ledger.open(firm.ledger), firm.analysis
    batches = [(ledger.folder(manifest), manifest) for manifest in ledger.batches()]
    last = min(analysis.window.end, analysis.as_of)
    order = largest_order(batches, [code], first=analysis.window.start, last=last)
    return class_passport(analysis, code, rankings(analysis), largest_order=order)


def built(user: User, code: str) -> PassportPage:
    return PassportPage.build(
        Header.build(Account.objects.get(code=code), user, *shown_run(), current="passport"), user
    )


def passport(user: User, code: str) -> Shown:
    shown = built(user, code).passport
    assert shown is not None
    return shown


def told(user: User, code: str) -> dict[str, Any]:
    """What the page shows to somebody who knows everything."""
    shown = passport(user, code)
    stability = shown.stability
    return {
        "class": shown.letter,
        "settings": [cell.letter for _shift, cells in stability.rows for cell in cells] if stability else [],
        "same": stability.same if stability else None,
        "history": [then.letter for then in shown.history],
        "steps": [(step.letter, step.up) for step in shown.steps],
        "borders": {mark.text for mark in shown.ruler.borders} if shown.ruler else set(),
        "otherwise": [one.letter for one in shown.otherwise],
        "values": [one.chart["values"] for one in shown.evenness if one.chart],
    }


def said_by_the_core(firm: Kept, code: str) -> dict[str, Any]:
    """The same from the core."""
    found, currency = core(firm, code), firm.analysis.ledger.currency
    letters = [one.abc or "–" for one in found.settings]
    at = {"B": "A", "C": "B"}
    least = {one.abc if one.difference > 0 else at[one.abc]: one.value + (one.difference < 0) for one in found.borders}
    draws = found.abc in ("A", "B", "C")
    otherwise = [one.abc for one in (found.without_largest_order, found.other_measure) if one is not None]
    return {
        "class": found.abc or "–",
        "settings": letters,
        "same": sum(letter == found.abc for letter in letters) if letters else None,
        "history": [letter if letter in ("A", "B", "C", "N") else "" for _end, letter in found.history],
        "steps": [(one.abc, one.difference > 0) for one in found.borders],
        "borders": {short_money(value, currency) for value in least.values()} if draws else set(),
        "otherwise": otherwise,
        "values": [
            [period.value for period in one.periods] for one in (found.regularity, found.other_regularity) if one
        ],
    }


@pytest.mark.parametrize("code", [sales.ACME, sales.BIRCH, "0004", "0005", "0006", "0007", "0009", "0010"])
def test_it_shows_the_passport_of_the_core(director: User, run: Run, firm: Kept, code: str) -> None:
    assert told(director, code) == said_by_the_core(firm, code)
    assert built(director, code).withheld == []


def test_the_ruler_stands_the_account_among_its_borders(
    director: User, publish: Publish, firm_by_revenue: Kept, signed_in: SignedIn
) -> None:
    publish(firm_by_revenue)
    for code in (sales.ACME, sales.BIRCH, "0003", "0010"):
        ruler, letter = passport(director, code).ruler, passport(director, code).letter
        assert ruler is not None
        own = float(ruler.own.at.rstrip("%"))
        zone = next(zone for zone in ruler.zones if zone.letter == letter)
        start = float(zone.start.rstrip("%"))
        assert start - 0.01 <= own <= start + float(zone.width.rstrip("%")) + 0.01
        assert sum(float(zone.width.rstrip("%")) for zone in ruler.zones) == pytest.approx(100, abs=0.05)
    text = plain(page(signed_in(director), f"/accounts/{pk('0003')}/class/"))
    standing = Standing.objects.get(account__code="0003")
    assert f"Class {standing.abc} by revenue: number {standing.rank}" in text
    assert share(standing.share) in text


def test_a_manager_reads_the_class_and_nothing_that_tells_of_the_whole_company(
    ana: User, acme: Account, run: Run, firm: Kept, signed_in: SignedIn
) -> None:
    found, text = core(firm, sales.ACME), plain(page(signed_in(ana), f"/accounts/{acme.pk}/class/"))
    assert "Not everything is shown" in text
    assert "what the whole company sells" in text
    shown = passport(ana, sales.ACME)
    assert (shown.ruler, list(shown.steps), list(shown.otherwise)) == (None, [], [])
    assert shown.stability is not None
    assert list(shown.stability.rows) == []
    for border in found.borders:
        assert short_money(border.value, "TRY") not in text
        assert short_money(abs(border.difference), "TRY") not in text
    assert found.share is not None
    assert share(found.share) not in text
    # The own figures are all there.
    assert [then.letter for then in shown.history] == [letter or "" for _end, letter in found.history]
    assert found.regularity is not None
    for period in found.regularity.periods:
        assert money(period.value, "TRY") in text


def test_marketing_reads_letters_where_accounts_are_ranked_by_profit(
    marketing: User, run: Run, firm: Kept, signed_in: SignedIn
) -> None:
    found, text = core(firm, sales.ACME), plain(page(signed_in(marketing), f"/accounts/{pk(sales.ACME)}/class/"))
    assert "which your role does not see" in text
    assert "Class A by profit." in text
    shown = passport(marketing, sales.ACME)
    assert (shown.ruler, list(shown.steps), shown.stability) == (None, [], None)
    assert [one.text for one in shown.otherwise] == ["Ranked by revenue"]
    assert found.regularity is not None
    assert found.regularity.cv is not None
    for period in found.regularity.periods:
        assert money(period.value) not in text
    assert number(found.regularity.cv, 2) not in text
    assert shown.evenness[0].word == found.regularity.xyz


def test_marketing_reads_all_where_accounts_are_ranked_by_revenue_but_the_class_by_profit(
    marketing: User, publish: Publish, firm_by_revenue: Kept
) -> None:
    publish(firm_by_revenue)
    wanted = said_by_the_core(firm_by_revenue, sales.ACME)
    assert wanted["otherwise"]
    assert told(marketing, sales.ACME) == wanted | {"otherwise": wanted["otherwise"][:1]}
    assert built(marketing, sales.ACME).withheld == []


def test_an_auditor_reads_all_of_it(auditor: User, run: Run, firm: Kept) -> None:
    assert told(auditor, sales.ACME) == said_by_the_core(firm, sales.ACME)


def test_a_group_has_no_class_and_leads_to_its_companies(director: User, run: Run, signed_in: SignedIn) -> None:
    text = page(signed_in(director), f"/accounts/{pk('HOLDING')}/class/")
    assert "No class of its own" in text
    assert "Companies of the group" in text


def test_an_account_without_a_line_says_so(director: User, run: Run, signed_in: SignedIn) -> None:
    made = account("NEW", "New Company")
    for name in ("class", "change"):
        assert "No figures yet" in page(signed_in(director), f"/accounts/{made.pk}/{name}/")


def test_tables_that_cannot_be_read_are_told(director: User, run: Run, signed_in: SignedIn) -> None:
    (publishing.folder_of(run) / "analysis.json").write_text("{}")
    text = page(signed_in(director), f"/accounts/{pk(sales.ACME)}/class/")
    assert "so the class cannot be told" in text
    assert str(publishing.folder_of(run)) not in text


def test_the_pages_of_a_merged_account_are_those_of_the_one_it_goes_on_under(
    director: User, acme: Account, run: Run, signed_in: SignedIn
) -> None:
    merged = Account.objects.get(code="0008")
    Account.objects.filter(pk=merged.pk).update(merged_into=acme)
    client = signed_in(director)
    for name in ("class", "change"):
        assert client.get(f"/accounts/{merged.pk}/{name}/").headers["Location"] == f"/accounts/{acme.pk}/{name}/"


def test_a_manager_is_not_told_the_amount_of_the_account_at_the_border(
    ana: User, director: User, acme: Account, run: Run, signed_in: SignedIn
) -> None:
    standing = Standing.objects.get(run=run, account=acme)
    border = str(Words("en").number((standing.abc_border or 0) / 10_000, places=2))
    for name in ("", "key/", "class/"):
        address = f"/accounts/{acme.pk}/{name}"
        assert name or border in page(signed_in(director), address)
        assert border not in page(signed_in(ana), address)


def test_a_new_account_is_not_drawn_as_an_even_one_in_any_language(
    director: User, run: Run, signed_in: SignedIn
) -> None:
    User.objects.filter(pk=director.pk).update(language="tr")
    text = page(signed_in(director), f"/accounts/{pk('0006')}/class/")
    drawn = re.findall(r'<b class="even-(\w*)">([^<]*)</b>', text)
    assert drawn[0] == ("none", "yeni (yargı için erken)")


def test_the_largest_order_is_not_guessed_where_an_import_was_taken_back(
    director: User, run: Run, data: Path, firm: Kept
) -> None:
    first = Ledger.open(data / "ledger")
    extra = data / "more.csv"
    extra.write_bytes(sales.text(upto=date(2023, 6, 30)))
    add(first, extra, ReadOptions(currency="TRY"))
    run.batches = [manifest.batch for manifest in first.batches()]
    run.save()
    texts = [one.text for one in passport(director, sales.ACME).otherwise]
    assert "Without its largest order" in texts
    first.remove(run.batches[1], made_at="2026-01-06T09:00:00")
    assert "Without its largest order" not in [one.text for one in passport(director, sales.ACME).otherwise]


def test_what_one_may_not_see_is_absent(
    ana: User, acme: Account, birch: Account, run: Run, signed_in: SignedIn
) -> None:
    for name in ("class", "change", "change/movers"):
        assert signed_in(ana).get(f"/accounts/{birch.pk}/{name}/").status_code == 404


def test_every_word_beside_the_name_leads_to_its_reason(director: User, run: Run, signed_in: SignedIn) -> None:
    address = f"/accounts/{pk(sales.ACME)}/"
    text = page(signed_in(director), address)
    for target in ("class/", "key/", "team/", "change/", "lines/", "lines/?order=latest"):
        assert f'href="{address}{target}"' in text, target
