"""Other thresholds: tried before they are saved for everybody, and tried by nobody who would learn of others."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client

from anahtar.analysis.reclassing import reclass
from anahtar_web.accounts.models import Account
from anahtar_web.audit.models import Entry
from anahtar_web.company.models import Company
from anahtar_web.gate.rights import RIGHTS, Right
from anahtar_web.insight import slices
from anahtar_web.insight.models import Run, Standing
from anahtar_web.jobs.models import Job
from anahtar_web.people.models import User
from anahtar_web.ui.templatetags.shown import share
from tests.anahtar_web.insight.conftest import Kept, Publish
from tests.anahtar_web.insight.matrices import MATRIX, OTHER, TRY, query, text
from tests.anahtar_web.insight.pages import codes, plain

pytestmark = pytest.mark.django_db

SignedIn = Callable[[User], Client]

SAVE = f"{TRY}save/"
WHY = "Half of the profit is what we can look after."


def sent(client: Client, **fields: str) -> Any:
    said = {**OTHER, "reason": WHY, "version": str(Company.objects.get(pk=1).version), "once": "a-token-of-this-form"}
    return client.post(SAVE, said | fields)


def test_the_preview_names_every_account_that_would_change_and_why(
    director: User, run: Run, house: Company, signed_in: SignedIn
) -> None:
    answer = signed_in(director).get(f"{TRY}?{query(OTHER)}")
    told = reclass(slices.judged(run), abc_cuts=(0.5, 0.9), xyz_cuts=(0.2, 0.8))
    assert told.changed.num_rows > 2
    assert codes(answer) == told.changed["code"].to_pylist()
    page = plain(answer.content.decode())
    assert f"{told.changed.num_rows} accounts would be classed otherwise" in page
    for row in told.changed.to_pylist():
        if row["abc"] != row["abc_before"]:
            assert f"Larger accounts make {share(row['share_above'])}" in page
        if row["xyz"] != row["xyz_before"]:
            assert f"Varies by {share(row['cv'])}" in page
    for name in "ABC":
        if told.abc[name] != told.abc_before[name]:
            assert f"{name} {told.abc_before[name]} would be → {told.abc[name]}" in page


def test_the_preview_is_what_an_analysis_with_these_thresholds_finds(
    director: User, run: Run, house: Company, signed_in: SignedIn
) -> None:
    """Trying the thresholds in force changes nobody, also where the filter of the page is another."""
    same = "abc_a=80&abc_b=95&xyz_x=50&xyz_y=100"
    page = plain(text(signed_in(director), f"{TRY}?{same}"))
    assert "No account changes its class" in page
    assert "These are the thresholds in force" in page
    found = slices.judged(run)
    standings = {one.account.code: one.abc for one in Standing.objects.filter(run=run).select_related("account")}
    told = dict(zip(found.table["code"].to_pylist(), found.table["abc"].to_pylist(), strict=True))
    assert {code: abc for code, abc in told.items() if abc} == {code: abc for code, abc in standings.items() if abc}


def test_beside_the_matrix_stand_the_first_and_a_way_to_all(
    director: User, run: Run, house: Company, signed_in: SignedIn, monkeypatch: Any
) -> None:
    monkeypatch.setattr("anahtar_web.insight.views.matrix.SHOWN", 2)
    client = signed_in(director)
    answer = client.get(f"{TRY}?{query(OTHER)}", headers={"HX-Request": "true"})
    assert b"<html" not in answer.content
    assert len(codes(answer)) == 2
    whole = re.findall(rf'href="({TRY}\?abc_a=[^"]+)"', answer.content.decode())
    assert len(codes(client.get(whole[0].replace("&amp;", "&")))) > 2


def test_many_changes_come_page_by_page(
    director: User, run: Run, house: Company, signed_in: SignedIn, monkeypatch: Any
) -> None:
    monkeypatch.setattr("anahtar_web.insight.views.matrix.SIZE", 2)
    client = signed_in(director)
    pages = [codes(client.get(f"{TRY}?{query(OTHER)}&page={page}")) for page in (1, 2)]
    assert [*pages[0], *pages[1]] == (
        reclass(slices.judged(run), abc_cuts=(0.5, 0.9), xyz_cuts=(0.2, 0.8)).changed["code"].to_pylist()[:4]
    )


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"abc_a": "95", "abc_b": "80"}, "Class B ends above class A"),
        ({"xyz_y": "10"}, "Y varies more than X"),
        ({"abc_a": "many"}, "Enter a number"),
        ({"abc_a": "nan"}, "Enter a number"),
        ({"abc_b": ""}, "This field is required"),
    ],
)
def test_thresholds_that_cannot_be_meant_are_refused_by_name(
    director: User, run: Run, house: Company, signed_in: SignedIn, wrong: dict[str, str], said: str
) -> None:
    client = signed_in(director)
    for headers in ({}, {"HX-Request": "true"}):
        answer = client.get(f"{TRY}?{query({**OTHER, **wrong})}", headers=headers)
        assert answer.status_code == 422
        assert said in plain(answer.content.decode())
    assert sent(client, **wrong).status_code == 422
    assert Company.objects.get(pk=1).version == house.version


# Saving them -------------------------------------------------------------------------------------------------------


def test_thresholds_are_saved_for_everybody_with_who_and_why_and_the_ledger_is_analysed_anew(
    head: User, run: Run, house: Company, signed_in: SignedIn, django_capture_on_commit_callbacks: Any
) -> None:
    client, before = signed_in(head), Job.objects.count()
    answer = sent(client)
    assert (answer.status_code, answer["Location"]) == (302, MATRIX)
    saved = Company.objects.get(pk=1)
    assert (saved.abc_a, saved.abc_b, saved.xyz_x, saved.xyz_y) == (0.5, 0.9, 0.2, 0.8)
    assert (saved.window, saved.measure, saved.period) == (house.window, house.measure, house.period)
    entry = Entry.objects.order_by("-pk").get(verb="company.thresholds_changed")
    assert (entry.by_id, entry.reason) == (head.pk, WHY)
    assert Job.objects.count() == before + 1
    assert WHY in text(client, "/settings/thresholds/")
    page = plain(text(client))
    assert "the analysis that makes them count is still at work" in page


def test_a_form_sent_twice_is_saved_once(head: User, run: Run, house: Company, signed_in: SignedIn) -> None:
    client = signed_in(head)
    answers = [sent(client, version=str(house.version)).status_code for _again in range(2)]
    assert answers == [302, 302]
    assert Company.objects.get(pk=1).version == house.version + 1
    assert Entry.objects.filter(verb="company.thresholds_changed").count() == 1


def test_without_a_reason_nothing_is_saved_and_what_was_tried_is_still_there(
    head: User, run: Run, house: Company, signed_in: SignedIn
) -> None:
    answer = sent(signed_in(head), reason="  ")
    assert answer.status_code == 422
    assert "would be classed otherwise" in answer.content.decode()
    assert Company.objects.get(pk=1).abc_a == house.abc_a


def test_thresholds_in_force_are_not_saved_again(head: User, run: Run, house: Company, signed_in: SignedIn) -> None:
    answer = sent(signed_in(head), abc_a="80", abc_b="95", xyz_x="50", xyz_y="100")
    assert answer.status_code == 422
    assert "nothing would change" in answer.content.decode()
    assert Company.objects.get(pk=1).version == house.version


def test_what_somebody_else_saved_meanwhile_is_shown_beside_and_not_lost(
    head: User, run: Run, house: Company, signed_in: SignedIn
) -> None:
    read = house.version
    house.save_over(read, {"abc_a": 0.6})
    client = signed_in(head)
    answer = sent(client, version=str(read))
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "Somebody else has changed this meanwhile" in page
    assert re.search(r"60 %</td><td>50 %", page)
    assert Company.objects.get(pk=1).abc_a == 0.6
    assert f'name="version" value="{read + 1}"' in page
    assert sent(client, version=str(read + 1), once="another-token-then").status_code == 302
    assert Company.objects.get(pk=1).abc_a == 0.5


def test_what_could_not_be_saved_leads_to_all_changes_by_an_address_one_can_read(
    head: User, run: Run, house: Company, signed_in: SignedIn, monkeypatch: Any
) -> None:
    for name in ("SIZE", "SHOWN"):
        monkeypatch.setattr(f"anahtar_web.insight.views.matrix.{name}", 2)
    client = signed_in(head)
    page = sent(client, reason="").content.decode()
    assert 'rel="next"' not in page, "the next page of a form that was sent is no page"
    whole = re.findall(rf'href="({TRY}\?abc_a=[^"]+)"', page)
    assert client.get(whole[0].replace("&amp;", "&")).status_code == 200


# Who sees what -----------------------------------------------------------------------------------------------------


def test_who_may_not_save_tries_without_a_button(
    analyst: User, auditor: User, run: Run, house: Company, signed_in: SignedIn
) -> None:
    for person in (analyst, auditor):
        client = signed_in(person)
        page = text(client, f"{TRY}?{query(OTHER)}")
        assert "would be classed otherwise" in page
        assert "you can try them" in page
        assert SAVE not in page
        assert sent(client).status_code == 403
    assert Company.objects.get(pk=1).version == house.version


def test_a_manager_tries_nothing_for_a_border_moved_tells_what_the_larger_ones_make(
    ana: User, marketing: User, acme: Account, run: Run, house: Company, signed_in: SignedIn
) -> None:
    for person in (ana, marketing):
        client = signed_in(person)
        page = text(client)
        assert "thresholds" not in page
        assert 'class="matrix-border"' not in page
        assert client.get(f"{TRY}?{query(OTHER)}").status_code == 403
        assert sent(client).status_code == 403


def test_every_role_that_sees_the_thresholds_sees_the_whole_company() -> None:
    for role, rights in RIGHTS.items():
        assert Right.SEE_SETTINGS not in rights or Right.SEE_ALL_ACCOUNTS in rights, role


def test_a_run_over_other_months_is_judged_by_its_own(
    director: User, publish: Publish, firm_by_revenue: Kept, house: Company, signed_in: SignedIn
) -> None:
    run = publish(firm_by_revenue)
    Run.objects.filter(pk=run.pk).update(window_start=date(2024, 1, 1), window_end=date(2024, 12, 31))
    assert "Jan 24 – Dec 24" in text(signed_in(director), TRY)
