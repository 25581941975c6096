"""Conduct against strategy: who is touched or visited less often than the strategy asks for, the worst first."""

# ruff: noqa: F811  # fixtures of the insight tests, imported and then asked for by name

from collections.abc import Callable

import pytest
from django.test import Client

from anahtar_web.accounts.actions import Verdict, decide_key, hand_over
from anahtar_web.accounts.models import Account, KeyStatus
from anahtar_web.company.queries import today
from anahtar_web.insight.models import Run, Standing
from anahtar_web.people.models import User
from anahtar_web.strategies.actions import restore, write
from anahtar_web.strategies.conduct import conduct_of
from anahtar_web.strategies.queries import in_force, version_of
from anahtar_web.strategies.rhythms import SHIPPED, Rhythm
from anahtar_web.strategies.subjects import SUBJECTS
from tests.anahtar_web.accounts.pages import asked, send
from tests.anahtar_web.insight import sales
from tests.anahtar_web.insight.conftest import data, firm, publish, run  # noqa: F401  # the firm and its analysis
from tests.anahtar_web.insight.pages import codes, plain
from tests.anahtar_web.interactions.made import ago, agreed, happened

pytestmark = pytest.mark.django_db

SignedIn = Callable[[User], Client]


def acme_of() -> Account:
    found: Account = Account.objects.get(code=sales.ACME)
    return found


def key(account: Account, by: User, *types: str) -> None:
    decide_key(account=account, verdict=Verdict(KeyStatus.KEY, "Large", list(types), "1"), by=by)


def asks(subject: str, touch: int, visit: int, by: User) -> None:
    held = in_force([subject])[subject]
    write(
        subject=SUBJECTS[subject],
        version=held.number,
        word="So",
        text="So we do",
        rhythm=Rhythm(touch, visit),
        reason="So",
        by=by,
    )


def test_every_subject_has_a_rhythm_that_its_text_speaks_of() -> None:
    assert SHIPPED.keys() == SUBJECTS.keys()
    assert all(one.asks for one in SHIPPED.values())


def test_the_last_day_of_a_rhythm_is_in_time_and_the_next_one_is_late(run: Run, head: User) -> None:
    account = acme_of()
    key(account, head, "breadwinner")
    asks("breadwinner", 10, 0, head)
    happened(account, head, 10)
    assert conduct_of(head, today(), only_key=True) == []
    asks("breadwinner", 9, 0, head)
    [late] = conduct_of(head, today(), only_key=True)
    assert (late.account, late.touch_behind, late.visit_behind) == (account.pk, 1, 0)
    asks("breadwinner", 0, 0, head)
    assert conduct_of(head, today(), only_key=True) == []


def test_whoever_was_never_touched_comes_first_and_money_tells_among_them(run: Run, head: User) -> None:
    rows = conduct_of(head, today(), only_key=False)
    assert rows
    assert [one.revenue or 0 for one in rows] == sorted((one.revenue or 0 for one in rows), reverse=True)
    classified = Standing.objects.filter(run=run, cell__isnull=False, account__merged_into=None).count()
    assert len(rows) == classified
    account = Account.objects.get(pk=rows[0].account)
    happened(account, head, 0, kind="visit", direction="both")
    assert account.pk not in [one.account for one in conduct_of(head, today(), only_key=False)]


def test_a_manager_sees_the_own_accounts_and_the_page_says_what_is_at_stake(
    run: Run, head: User, ana: User, auditor: User, signed_in: SignedIn
) -> None:
    account = acme_of()
    hand_over(account=account, to=ana, by=head, on=today())
    key(account, head, "breadwinner")
    agreed(account, ana, 3)
    happened(account, ana, 40, kind="visit", direction="both")
    for reader in (ana, auditor):
        answer = signed_in(reader).get("/strategies/conduct/")
        assert codes(answer) == [sales.ACME]
        text = plain(answer.content.decode())
        assert "26 days behind" in text
        assert "9 days behind" in text
    assert codes(signed_in(ana).get("/strategies/conduct/?show=all")) == [sales.ACME]
    assert len(codes(signed_in(head).get("/strategies/conduct/?show=all"))) > 1
    assert "26 days behind" in plain(signed_in(ana).get(f"/accounts/{account.pk}/strategy/").content.decode())
    assert "/strategies/conduct/" in signed_in(ana).get("/strategies/").content.decode()


def test_the_number_of_questions_does_not_grow_with_the_accounts(run: Run, head: User, signed_in: SignedIn) -> None:
    client = signed_in(head)
    few = [asked(client, "/strategies/conduct/?show=all") for _time in "12"][-1]
    for account in Account.objects.filter(merged_into=None)[:4]:
        key(account, head)
        happened(account, head, 400)
    assert asked(client, "/strategies/conduct/?show=all") <= few + 2


def test_a_version_carries_its_rhythm_and_restoring_brings_it_back(head: User, signed_in: SignedIn) -> None:
    client = signed_in(head)
    form = {"version": "0", "word": "Guard", "text": "- Guard", "language": "en", "reason": "So"}
    path = "/strategies/AX/write/"
    assert send(client, path, **form, touch_days="-1", visit_days="9").status_code == 422
    assert send(client, path, **form, touch_days="8", visit_days="0").status_code == 302
    assert in_force(["AX"])["AX"].rhythm == Rhythm(8, 0)
    assert "a touch at least every 8 days" in plain(client.get("/strategies/AX/").content.decode())
    asks("AX", 20, 40, head)
    restore(old=version_of(SUBJECTS["AX"], 1), version=2, reason="Back", by=head)  # type: ignore[arg-type]  # it is there
    assert in_force(["AX"])["AX"].rhythm == Rhythm(8, 0)
    restore(old=version_of(SUBJECTS["AX"], 0), version=3, reason="Back", by=head)  # type: ignore[arg-type]  # it is there
    assert in_force(["AX"])["AX"].rhythm == SHIPPED["AX"]
    assert ago(0) == today()
