"""Next steps: each says what, when and who; what became of it stays."""

from collections.abc import Callable

import pytest
from django.test import Client

from anahtar_web.accounts.models import Account
from anahtar_web.interactions.actions import UnableToAgree, UnableToStep, drop, finish, move
from anahtar_web.interactions.models import NextTouch
from anahtar_web.people.models import User
from tests.anahtar_web.accounts.pages import nothing_changes, send
from tests.anahtar_web.insight.pages import plain
from tests.anahtar_web.interactions.made import ago, agreed, happened

pytestmark = pytest.mark.django_db

SignedIn = Callable[[User], Client]


def last(step: NextTouch) -> int:
    return int(step.steps.order_by("-pk")[0].pk)


def test_every_step_of_it_stays(acme: Account, ana: User, boris: User, signed_in: SignedIn) -> None:
    row = happened(acme, ana)
    step = agreed(acme, ana, 3, interaction=row)
    move(touch=step, seen=last(step), due_on=ago(-9), owner=boris, reason="Their budget is late", by=ana)
    finish(touch=step, seen=last(step), note="They took it", by=boris)
    text = plain(signed_in(ana).get(f"/accounts/{acme.pk}/interactions/{row.pk}/").content.decode())
    for said in ("Their budget is late", "They took it", "moved to another day"):
        assert said in text
    assert [one.state for one in step.steps.order_by("pk")] == ["open", "moved", "done"]


def test_who_comes_second_is_told_who_was_first(acme: Account, ana: User, boris: User) -> None:
    step = agreed(acme, ana)
    seen = last(step)
    drop(touch=step, seen=seen, reason="They bought elsewhere", by=boris)
    with pytest.raises(UnableToStep, match="Boris Çağlar was first: it is dropped"):
        finish(touch=step, seen=seen, by=ana)
    assert step.steps.count() == 2


def test_only_who_works_on_the_account_is_given_a_step(acme: Account, ana: User, chen: User, auditor: User) -> None:
    for owner in (chen, auditor):
        with pytest.raises(UnableToAgree, match="does not work on"):
            agreed(acme, ana, owner=owner)
    with pytest.raises(UnableToAgree, match="no day"):
        agreed(acme, ana, -1)
    step = agreed(acme, ana)
    with pytest.raises(UnableToStep, match="already"):
        move(touch=step, seen=last(step), due_on=step.due_on, owner=ana, reason="So", by=ana)
    with pytest.raises(UnableToStep, match="Say why"):
        drop(touch=step, seen=last(step), reason=" ", by=ana)


def test_forms_of_a_step_do_it_for_who_sees_the_account(
    acme: Account, ana: User, boris: User, chen: User, signed_in: SignedIn
) -> None:
    base, client, stranger = f"/accounts/{acme.pk}/interactions/", signed_in(ana), signed_in(chen)
    form = {"next_what": "Call", "next_on": ago(-2).isoformat(), "next_owner": boris.pk}
    assert send(client, f"{base}agree/", **form).status_code == 302
    step = NextTouch.objects.get()
    with nothing_changes():
        assert send(stranger, f"{base}steps/{step.pk}/done/", seen=last(step)).status_code == 404
        assert send(client, f"{base}steps/{step.pk}/move/", seen=1).status_code == 422
    moved = {"seen": last(step), "due_on": ago(-4).isoformat(), "owner": ana.pk, "reason": "Holiday"}
    assert send(client, f"{base}steps/{step.pk}/move/", **moved).status_code == 302
    assert send(client, f"{base}steps/{step.pk}/drop/", seen=last(step), reason="Bought").status_code == 302
    step.refresh_from_db()
    assert (step.is_open, step.owner, step.due_on) == (False, ana, ago(-4))


def test_the_list_shows_mine_by_day_the_overdue_first_and_of_somebody_else_what_i_may_see(
    acme: Account, birch: Account, ana: User, boris: User, chen: User, head: User, signed_in: SignedIn
) -> None:
    late = agreed(acme, ana, 5, what="Long overdue")
    NextTouch.objects.filter(pk=late.pk).update(due_on=ago(4))
    agreed(acme, boris, 0, what="Today's call")
    agreed(birch, chen, 1, what="Not of Acme")
    happened(birch, chen, subject="Said at Birch")
    text = plain(signed_in(ana).get("/interactions/").content.decode())
    assert text.index("Long overdue") < text.index("Today's call")
    assert "4 days overdue" in text
    assert "Birch" not in text
    assert "Birch" not in plain(signed_in(ana).get(f"/interactions/?person={chen.pk}").content.decode())
    for more in ("", "?all=on", f"?person={chen.pk}"):
        told = plain(signed_in(head).get(f"/interactions/{more}").content.decode())
        assert "Not of Acme" in told
        assert "Said at Birch" in told
    assert signed_in(ana).get("/interactions/?person=999999").status_code == 404
