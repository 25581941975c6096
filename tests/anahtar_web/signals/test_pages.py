"""The pages of signals: who sees which, at most seven lines, what is decided, and what is refused."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.timezone import now

from anahtar_web.accounts.models import Account
from anahtar_web.audit.models import Entry
from anahtar_web.company.queries import today
from anahtar_web.gate.rights import Role
from anahtar_web.insight.models import Run
from anahtar_web.ledgers.models import Import, Kind
from anahtar_web.people.models import User
from anahtar_web.risks.models import Case
from anahtar_web.signals.actions import follow
from anahtar_web.signals.drawing import rhythm
from anahtar_web.signals.models import Signal, SignalDecision, State
from anahtar_web.signals.panel import became
from anahtar_web.ui.templatetags.shown import day
from tests.anahtar_web.accounts.pages import asked, nothing_changes, send
from tests.anahtar_web.conftest import account, person
from tests.anahtar_web.signals.conftest import direction, new_run, outlook, standing

pytestmark = pytest.mark.django_db

SignedIn = Callable[[User], Client]

LIST, MINI = "/signals/", "/signals/mine/"


@pytest.fixture
def run(acme: Account, birch: Account) -> Run:
    """Acme is at risk, Birch watched with twice the money."""
    run = new_run()
    for one, state, stake in ((acme, "at_risk", 100_000_000), (birch, "watch", 200_000_000)):
        standing(run, one)
        outlook(run, one, state, at_stake=stake)
    follow(run)
    return run


def of(code: str) -> Signal:
    return Signal.objects.get(account__code=code)


def names(client: Client, address: str) -> list[str]:
    context = client.get(address).context
    shown = context["page"] if "page" in context else context["seven"]
    return [line.signal.account.code for line in shown.lines]


def test_the_most_money_comes_first_and_ones_own_before_it(
    run: Run, head: User, ana: User, signed_in: SignedIn
) -> None:
    assert names(signed_in(head), LIST) == ["BIRCH", "ACME"]
    assert names(signed_in(head), MINI) == ["BIRCH", "ACME"]
    marketing = person("sees@kuzey.example", "Sees All", Role.MARKETING)
    assert names(signed_in(marketing), LIST) == ["BIRCH", "ACME"]


def test_a_stranger_sees_nothing_of_an_account(run: Run, ana: User, chen: User, signed_in: SignedIn) -> None:
    assert names(signed_in(ana), LIST) == ["ACME"]
    assert names(signed_in(chen), MINI) == ["BIRCH"]
    assert "Acme" not in signed_in(chen).get(LIST).content.decode()
    pk = of("ACME").pk
    for name in ("snooze", "dismiss"):
        assert signed_in(chen).get(reverse(f"signals:{name}", args=[pk])).status_code == 404
    assert signed_in(chen).get(reverse("signals:account", args=[of("ACME").account_id])).status_code == 404
    client = signed_in(chen)
    with nothing_changes():
        assert send(client, reverse("signals:dismiss", args=[pk]), reason="pause").status_code == 404


def test_a_line_says_why_with_its_numbers(run: Run, ana: User, signed_in: SignedIn) -> None:
    text = signed_in(ana).get(reverse("signals:account", args=[of("ACME").account_id])).content.decode()
    for told in ("Silent for 78 days", "30 days late", "as long in 1 of 9 gaps", "stays away: 10", "Why at_risk"):
        assert told.lower() in text.lower(), told


def test_seven_lines_and_no_more(run: Run, head: User, signed_in: SignedIn) -> None:
    for at in range(9):
        direction(run, of("ACME").account, f"D{at}", "lapsed")
    assert Signal.objects.count() == 2
    run.outlooks.filter(account__code="ACME").update(state="active")
    follow(run)
    seven = signed_in(head).get(MINI).context["seven"]
    assert (len(seven.lines), seven.more) == (7, 3)


def test_putting_off_dismissing_and_taking_up(run: Run, ana: User, signed_in: SignedIn) -> None:
    client, one = signed_in(ana), of("ACME")
    until = today() + timedelta(days=10)
    answer = send(client, reverse("signals:snooze", args=[one.pk]), until=until, words="Their answer", back="account")
    assert answer.url == reverse("insight:account", args=[one.account_id])
    assert of("ACME").state == State.SNOOZED
    assert names(client, LIST) == []
    assert names(client, f"{LIST}?show=snoozed") == ["ACME"]
    assert "Their answer" in client.get(f"{LIST}?show=snoozed").content.decode()

    send(client, reverse("signals:take_up", args=[one.pk]))
    assert names(client, LIST) == ["ACME"]
    send(client, reverse("signals:dismiss", args=[one.pk]), reason="season")
    assert names(client, f"{LIST}?show=dismissed") == ["ACME"]
    assert "Seasonal" in client.get(f"{LIST}?show=dismissed").content.decode()

    verbs = list(Entry.objects.filter(verb__startswith="signal.").order_by("id").values_list("verb", flat=True))
    assert verbs == ["signal.snoozed", "signal.taken_up", "signal.dismissed"]
    assert "Their answer" not in str(list(Entry.objects.values()))
    held = SignalDecision.objects.filter(holds=True).values_list("what", flat=True)
    assert set(held) == {"undo", "dismiss"}


def test_one_put_off_is_open_again_on_its_day_without_an_analysis(run: Run, ana: User, signed_in: SignedIn) -> None:
    Signal.objects.filter(account__code="ACME").update(state=State.SNOOZED, snoozed_until=today())
    assert names(signed_in(ana), LIST) == ["ACME"]


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("snooze", {"until": "2020-01-01", "words": "So."}),
        ("snooze", {"until": "2999-01-01", "words": "So."}),
        ("snooze", {"until": "", "words": "So."}),
        ("dismiss", {"reason": "other", "words": " "}),
        ("dismiss", {"reason": "nonsense"}),
    ],
)
def test_what_is_refused_changes_nothing(
    run: Run, ana: User, signed_in: SignedIn, name: str, form: dict[str, str]
) -> None:
    client, pk = signed_in(ana), of("ACME").pk
    with nothing_changes():
        assert send(client, reverse(f"signals:{name}", args=[pk]), **form).status_code == 422


def test_what_is_decided_is_not_decided_again(run: Run, ana: User, signed_in: SignedIn) -> None:
    client, pk = signed_in(ana), of("ACME").pk
    send(client, reverse("signals:dismiss", args=[pk]), reason="pause")
    with nothing_changes():
        assert send(client, reverse("signals:dismiss", args=[pk]), reason="wrong").status_code == 422


def test_who_may_not_write_sees_no_button_and_is_refused(run: Run, auditor: User, signed_in: SignedIn) -> None:
    client = signed_in(auditor)
    text = client.get(LIST).content.decode()
    assert "Acme" in text
    assert "/dismiss/" not in text
    with nothing_changes():
        answer = send(client, reverse("signals:dismiss", args=[of("ACME").pk]), reason="pause")
        assert answer.status_code == 403


def test_filters_leave_the_others_out(run: Run, head: User, ana: User, signed_in: SignedIn) -> None:
    client = signed_in(head)
    assert names(client, f"{LIST}?kind=silent&manager={ana.pk}") == ["ACME"]
    assert names(client, f"{LIST}?kind=back") == []


def test_pages_ask_as_often_for_many_as_for_one(run: Run, head: User, signed_in: SignedIn) -> None:
    client = signed_in(head)
    for address in (LIST, MINI, f"{LIST}?show=dismissed"):
        client.get(address)
    before = [asked(client, address) for address in (LIST, MINI)]
    for at in range(12):
        one = account(f"G{at}", f"Growth {at}")
        standing(run, one)
        outlook(run, one, "lapsed")
    follow(run)
    assert [asked(client, address) for address in (LIST, MINI)] == before


def test_the_page_says_up_to_which_day_purchases_are_known(run: Run, head: User, signed_in: SignedIn) -> None:
    Run.objects.filter(pk=run.pk).update(last_date=run.as_of)
    assert run.as_of is not None
    newer = run.as_of + timedelta(days=9)
    told = "are imported and wait for it"

    def page() -> str:
        return signed_in(head).get(LIST).content.decode()

    assert f"Purchases are known up to {day(run.as_of)}" in page()
    assert told not in page()
    deliveries = Import.objects.create(by=head, kind=Kind.DELIVERIES, imported_at=now(), last_date=newer)
    taken_back = Import.objects.create(by=head, imported_at=now(), taken_back_at=now(), last_date=newer)
    asked_for = Import.objects.create(by=head, last_date=newer)
    assert told not in page()
    for one in (deliveries, taken_back, asked_for):
        one.delete()
    Import.objects.create(by=head, imported_at=now(), last_date=newer)
    assert f"Sales up to {day(newer)} {told}" in page()


def test_the_rhythm_is_drawn_with_today_as_its_last_bar() -> None:
    drawn = rhythm({"gaps": [10, 20], "silence": 40, "p95": 20.0})
    assert drawn.count("rhythm-gap") == 2
    assert drawn.count("rhythm-now") == 1
    # Today's silence is the tallest: 33 of 36; the border half of it, at 36 - 16.5.
    assert 'height="33.0"' in drawn
    assert "M0 19.5" in drawn
    assert rhythm({"gaps": [], "silence": 40}) == ""
    assert rhythm({"months": [100] * 9 + [50] * 3}).count("rhythm-now") == 3


def test_a_signal_becomes_a_case(run: Run, ana: User, signed_in: SignedIn) -> None:
    client, signal = signed_in(ana), of("ACME")
    assert reverse("signals:make_case", args=[signal.pk]) in client.get(LIST).content.decode()
    send(client, reverse("signals:make_case", args=[signal.pk]), title="They order elsewhere")
    case = Case.objects.get()
    signal.refresh_from_db()
    assert (signal.state, signal.case) == (State.CASE, case)
    assert (case.account.code, case.title, case.stage, case.owner) == ("ACME", "They order elsewhere", "at_risk", ana)
    assert Entry.objects.filter(verb="signal.made_case", account_id=signal.account_id).count() == 1
    with nothing_changes():
        assert send(client, reverse("signals:make_case", args=[signal.pk]), title="Again").status_code == 422
    follow(new_run())
    signal.refresh_from_db()
    assert signal.case == case


def test_the_page_of_foresight_counts_what_became_of_dismissed_ones(run: Run, ana: User, signed_in: SignedIn) -> None:
    before = became(run, ana)
    assert before is None or not before.lines
    send(signed_in(ana), reverse("signals:dismiss", args=[of("ACME").pk]), reason="pause")
    panel = became(run, ana)
    assert panel is not None
    assert [(line.text, line.value) for line in panel.lines] == [("Dismissed", "1")]
    assert "not known yet 1" in panel.lines[0].note
