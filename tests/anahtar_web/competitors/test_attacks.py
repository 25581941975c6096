"""A competitor at an account: written down with grade and source, read as of any day, and by who sees the account."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from anahtar.rules.threat import Threat
from anahtar_web.accounts import figures
from anahtar_web.accounts.models import Account
from anahtar_web.audit.models import Entry
from anahtar_web.company.queries import today
from anahtar_web.competitors.actions import (
    UnableToObserve,
    UnableToWriteAttack,
    decide_threat,
    edit_attack,
    leave,
)
from anahtar_web.competitors.models import Competitor, Grade, Presence, PresenceVersion, WalletShare
from anahtar_web.competitors.pages import AccountPage
from anahtar_web.competitors.queries import attack_of, named, present_at, wallet_of
from anahtar_web.gate.versions import EditedMeanwhile
from anahtar_web.people.models import User
from anahtar_web.stakeholders.models import Stakeholder
from tests.anahtar_web.accounts.pages import nothing_changes, send
from tests.anahtar_web.competitors.attacks import attack, date_back, seen, share

pytestmark = pytest.mark.django_db

SignedIn = Callable[[User], Client]


def test_the_manager_writes_a_new_competitor_down_and_whoever_sees_the_account_reads_it(
    acme: Account, ana: User, boris: User, marketing: User, auditor: User, chen: User, signed_in: SignedIn
) -> None:
    path = f"/accounts/{acme.pk}/competitors/"
    form = {"competitor": "Omega Dişli", "site": "Bursa", "offering": "Gears", "strength": "4", "notes": "**Ask** why"}
    answer = send(signed_in(ana), f"{path}new/", **form)
    assert (answer.status_code, answer.headers["Location"]) == (302, path)
    assert named("OMEGA DISLI") == Competitor.objects.get()
    for reader in (ana, boris, marketing, auditor):
        html = signed_in(reader).get(path).content.decode()
        assert "Omega Dişli" in html
        assert "<strong>Ask</strong> why" in html
    assert signed_in(chen).get(path).status_code == 404
    entry = Entry.objects.get(verb="competitor.entered")
    assert entry.after == {
        "competitor": "Omega Dişli",
        "site": "Bursa",
        "offering": "Gears",
        "strength": 4,
        "attack_written": ["notes"],
    }


def test_who_may_not_write_into_dossiers_is_refused(
    acme: Account, omega: Competitor, ana: User, analyst: User, auditor: User, chen: User, signed_in: SignedIn
) -> None:
    presence = attack(acme, omega, ana)
    path = f"/accounts/{acme.pk}/competitors/"
    clients = [(signed_in(analyst), 403), (signed_in(auditor), 403), (signed_in(chen), 404)]
    with nothing_changes():
        for address in ("new/", "share/", *(f"{presence.pk}/{what}/" for what in ("edit", "seen", "threat", "left"))):
            for client, status in clients:
                assert send(client, path + address, competitor="X").status_code == status
    assert "Write down a competitor" not in signed_in(auditor).get(path).content.decode()


def test_the_same_place_is_not_written_down_twice_another_one_is(acme: Account, omega: Competitor, ana: User) -> None:
    attack(acme, omega, ana, site="Bursa")
    with pytest.raises(UnableToWriteAttack, match="written down here already"):
        attack(acme, omega, ana, site="Bursa")
    attack(acme, omega, ana, site="Gebze")
    assert len(present_at(acme)) == 2


def test_they_come_through_somebody_of_this_account_only(
    acme: Account, birch: Account, omega: Competitor, ana: User, chen: User
) -> None:
    theirs = Stakeholder.objects.create(account=birch, name="Derya", by=chen)
    with pytest.raises(UnableToWriteAttack, match="not at the account"):
        attack(acme, omega, ana, through=theirs)
    ours = Stakeholder.objects.create(account=acme, name="Deniz", by=ana)
    assert present_at(acme) == []
    attack(acme, omega, ana, through=ours)
    assert present_at(acme)[0].told.through == ours
    # The trail outlives an erasure: no name stands on it.
    assert "Deniz" not in str(Entry.objects.get(verb="competitor.entered").after)


def test_two_people_write_the_second_one_is_shown_both_versions(
    acme: Account, omega: Competitor, ana: User, boris: User, signed_in: SignedIn
) -> None:
    presence = attack(acme, omega, ana)
    edit_attack(presence=presence, seen=1, fields={"strength": 2}, by=boris)
    path = f"/accounts/{acme.pk}/competitors/{presence.pk}/edit/"
    answer = send(signed_in(ana), path, seen="1", strength="5", offering="Belts")
    html = answer.content.decode()
    assert answer.status_code == 409
    assert "Somebody else has changed this meanwhile" in html
    assert 'name="seen" value="2"' in html
    with pytest.raises(EditedMeanwhile):
        edit_attack(presence=presence, seen=1, fields={"strength": 5}, by=ana)


def test_an_edit_that_says_the_same_makes_no_version(acme: Account, omega: Competitor, ana: User) -> None:
    presence = attack(acme, omega, ana)
    edit_attack(presence=presence, seen=1, fields={"strength": 4}, by=ana)
    assert presence.versions.count() == 1


def test_who_left_is_no_threat_and_may_come_back(acme: Account, omega: Competitor, ana: User) -> None:
    presence = attack(acme, omega, ana)
    with pytest.raises(UnableToWriteAttack, match="why they left"):
        leave(presence=presence, seen=1, left_on=today(), why=" ", by=ana)
    with pytest.raises(UnableToWriteAttack, match="is to come"):
        leave(presence=presence, seen=1, left_on=today() + timedelta(days=1), why="We won", by=ana)
    leave(presence=presence, seen=1, left_on=today(), why="We opened a stock", by=ana)
    assert present_at(acme) == []
    with pytest.raises(UnableToObserve, match="no threat to decide on"):
        decide_threat(presence=presence, level="high", seen=None, reason="So", by=ana)
    leave(presence=presence, seen=2, left_on=None, why="", by=ana)
    assert len(present_at(acme)) == 1


# What it is known from ---------------------------------------------------------------------------------------------


def test_a_document_is_named_and_nothing_is_seen_tomorrow(acme: Account, omega: Competitor, ana: User) -> None:
    presence = attack(acme, omega, ana)
    with pytest.raises(UnableToObserve, match="Name the document"):
        seen(presence, ana, grade=Grade.DOCUMENT, source="")
    with pytest.raises(UnableToObserve, match="is to come"):
        seen(presence, ana, ago=-1)
    with pytest.raises(UnableToObserve, match="from 0 to 100"):
        share(acme, omega, "1.2", ana)


def test_the_sighting_of_the_latest_day_is_the_last_one_whenever_it_was_written(
    acme: Account, omega: Competitor, ana: User
) -> None:
    presence = attack(acme, omega, ana)
    seen(presence, ana, ago=3, words="Late")
    seen(presence, ana, ago=30, words="Early")
    last = attack_of(presence)
    assert last is not None
    assert last.seen is not None
    assert last.seen.words == "Late"


def test_the_wallet_holds_the_last_word_on_each_and_what_nobody_knows(
    acme: Account, omega: Competitor, ana: User, signed_in: SignedIn
) -> None:
    attack(acme, omega, ana)
    share(acme, omega, "0.2", ana)
    share(acme, omega, "0.3", ana)
    share(acme, None, "0.45", ana)
    wallet = wallet_of(acme)
    assert [(one.is_ours, one.share.share) for one in wallet.slices] == [
        (True, Decimal("0.4500")),
        (False, Decimal("0.3000")),
    ]
    assert (wallet.unknown, wallet.is_too_much) == (Decimal("0.25"), False)
    share(acme, None, "0.8", ana)
    assert wallet_of(acme).is_too_much
    assert "more than all" in signed_in(ana).get(f"/accounts/{acme.pk}/competitors/").content.decode()


def test_a_person_who_disagrees_decides_the_threat_and_takes_it_back(
    acme: Account, omega: Competitor, ana: User, head: User
) -> None:
    presence = attack(acme, omega, ana, strength=1)
    share(acme, omega, "0.01", ana)
    assert present_at(acme)[0].threat is Threat.LOW
    first = decide_threat(presence=presence, level="high", seen=None, reason="They wrote the specification", by=head)
    assert present_at(acme)[0].threat is Threat.HIGH
    with pytest.raises(UnableToObserve, match="meanwhile"):
        decide_threat(presence=presence, level="low", seen=None, reason="No", by=ana)
    decide_threat(presence=presence, level="", seen=first.pk, reason="It was rewritten", by=head)
    assert present_at(acme)[0].threat is Threat.LOW


# As known on a day -------------------------------------------------------------------------------------------------


def test_any_day_is_read_as_it_was_known_then(
    acme: Account, omega: Competitor, ana: User, head: User, signed_in: SignedIn
) -> None:
    presence = attack(acme, omega, ana, strength=2, site="OldSite")
    share(acme, omega, "0.05", ana)
    date_back(PresenceVersion.objects, 400)
    date_back(WalletShare.objects, 400)
    date_back(Presence.objects, 400)
    edit_attack(presence=presence, seen=1, fields={"strength": 5, "site": "NewSite"}, by=ana)
    share(acme, omega, "0.6", ana)
    seen(presence, ana)
    decide_threat(presence=presence, level="low", seen=None, reason="So", by=head)
    now, then = present_at(acme)[0], present_at(acme, on=today() - timedelta(days=100))[0]
    assert (now.told.strength, now.computed, now.threat) == (5, Threat.HIGH, Threat.LOW)
    assert (then.told.strength, then.share and then.share.share, then.seen, then.decided) == (
        2,
        Decimal("0.0500"),
        None,
        None,
    )
    assert present_at(acme, on=today() - timedelta(days=500)) == []
    history = f"/accounts/{acme.pk}/competitors/{presence.pk}/"
    for path in (f"/accounts/{acme.pk}/competitors/", history, f"/competitors/{omega.pk}/", "/competitors/attacks/"):
        html = signed_in(ana).get(f"{path}?on={today() - timedelta(days=100)}").content.decode()
        assert "OldSite" in html
        assert "NewSite" not in html
        assert "NewSite" in signed_in(ana).get(path).content.decode()
    html = signed_in(ana).get(f"{history}?on={today() - timedelta(days=100)}").content.decode()
    assert "Two pallets" not in html
    assert f"{history}edit/" not in html
    early = signed_in(ana).get(f"{history}?on={today() - timedelta(days=500)}").content.decode()
    assert "Nothing was known of Omega İmalat here yet" in early
    assert signed_in(ana).get("/competitors/attacks/?on=nonsense").status_code == 400


def test_the_wallet_is_told_in_money_as_far_as_the_ledger_and_our_share_tell_it(
    acme: Account, omega: Competitor, ana: User, signed_in: SignedIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Ledger(figures.Figures):
        def of(self, accounts: Any) -> Any:
            return {acme.pk: figures.Figure(revenue=450_000 * 10_000)}

    monkeypatch.setattr(figures, "_ANSWERING", [Ledger()])
    attack(acme, omega, ana)
    share(acme, omega, "0.28", ana)
    page = AccountPage.build(acme, ana)
    assert (page.whole, [part.worth for part in page.parts]) == (None, [None, None])
    share(acme, None, "0.45", ana)
    page = AccountPage.build(acme, ana)
    assert page.whole == 1_000_000 * 10_000
    assert [part.worth for part in page.parts] == [450_000 * 10_000, 280_000 * 10_000, 270_000 * 10_000]
    html = signed_in(ana).get(f"/accounts/{acme.pk}/competitors/").content.decode()
    assert f'href="/accounts/{acme.pk}/lines/"' in html


# Across the portfolio ----------------------------------------------------------------------------------------------
