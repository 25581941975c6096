"""What the lanes of the dossier tell: facts, people, competitors, files; and that all lanes together stay cheap."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from anahtar_web.accounts.models import Account, Assignment, KeyDecision, KeyStatus, Part
from anahtar_web.audit.actions import record
from anahtar_web.competitors import actions as rivals
from anahtar_web.competitors.models import Grade
from anahtar_web.dossier.actions import confirm
from anahtar_web.dossier.kinds import every
from anahtar_web.files.models import Attachment
from anahtar_web.interactions.actions import Parts, Written, write_down
from anahtar_web.stakeholders import actions as people
from anahtar_web.tenders.models import Tender
from tests.anahtar_web.deliveries.conftest import Bring, ana_client, at, bring  # noqa: F401  # fixtures
from tests.anahtar_web.dossier.facts import write
from tests.anahtar_web.stakeholders.people import add, edit

TODAY = date(2026, 6, 1)
MOST_QUERIES = 20


def told(client: Client, account: Account, query: str) -> list[tuple[date, str, str]]:
    """Day, title and text of all that the list shows."""
    with at(TODAY):
        page = client.get(f"/accounts/{account.pk}/history/{query}").context["page"]
    return [(item.day, item.title, item.text) for day in page.days for item in day.items]


def test_a_fact_is_learned_confirmed_and_goes_stale_unless_somebody_confirms_it(
    acme: Account,
    ana: Any,
    ana_client: Client,  # noqa: F811
) -> None:
    with at(date(2025, 1, 10)):
        first = write(acme, ana, "headcount", 400, on=date(2025, 1, 10))
    with at(date(2026, 2, 1)):
        confirm(account=acme, fact=first, kind=every()["headcount"], by=ana)

    assert told(ana_client, acme, "?kinds=facts") == [
        (date(2026, 2, 1), "Confirmed: Headcount", "400 people"),
        (date(2026, 1, 11), "Gone stale: Headcount", "400 people · Confirmed"),
        (date(2025, 1, 10), "Known: Headcount", "400 people · Confirmed"),
    ]
    assert len(told(ana_client, acme, "?kinds=facts&on=2026-01-10")) == 1


def test_facts_of_a_window_are_reckoned_once_until_the_account_moves(
    acme: Account,
    ana: Any,
    ana_client: Client,  # noqa: F811
) -> None:
    def asks(client: Client) -> list[str]:
        with CaptureQueriesContext(connection) as asked:
            titles.append(len(told(client, acme, "?kinds=facts")))
        return [one["sql"] for one in asked if 'FROM "dossier_fact"' in one["sql"] and '"confirms_id"' in one["sql"]]

    titles: list[int] = []
    with at(date(2026, 1, 10)):
        write(acme, ana, "headcount", 400, on=date(2026, 1, 10))
    first, again = asks(ana_client), asks(ana_client)
    with at(date(2026, 2, 1)):
        write(acme, ana, "headcount", 520, on=date(2026, 2, 1))
    moved = asks(ana_client)

    assert titles == [1, 1, 2]
    assert len(first) == len(moved) == len(again) + 1


def test_a_rumour_beside_what_is_sure_does_not_go_stale(acme: Account, ana: Any, ana_client: Client) -> None:  # noqa: F811  # a fixture, asked for by name
    with at(date(2025, 12, 1)):
        write(acme, ana, "headcount", 400, on=date(2025, 12, 1))
        write(acme, ana, "headcount", 300, "rumour", on=date(2025, 6, 1))

    assert [title for _day, title, _text in told(ana_client, acme, "?kinds=facts")] == ["Known: Headcount"] * 2


def test_people_come_change_and_leave(acme: Account, ana: Any, ana_client: Client) -> None:  # noqa: F811  # a fixture, asked for by name
    with at(date(2026, 1, 5)):
        add(acme, ana, role="buyer")  # a gap is nobody yet
        nermin = add(acme, ana, "Nermin Uz", position="CFO", role="user", stance="neutral", stance_grade="assumed")
    with at(date(2026, 2, 5)):
        edit(nermin, ana, role="decider", preferences="Kahve")
    with at(date(2026, 3, 5)):
        edit(nermin, ana, stance="supporter", stance_grade="confirmed", stance_since=date(2026, 3, 1))
    with at(date(2026, 5, 5)):
        nermin.refresh_from_db()
        people.leave(who=nermin, version=nermin.version, on=date(2026, 4, 30), went_to="Birch", by=ana)
        edit(nermin, ana, position="Ex-CFO")

    assert told(ana_client, acme, "?kinds=people") == [
        (date(2026, 4, 30), "Nermin Uz has left them", "went to Birch"),
        (date(2026, 3, 1), "Nermin Uz, stance: Supporter", "Confirmed · before: Neutral"),
        (date(2026, 2, 5), "Nermin Uz, role: Decider", "before: User"),
        (date(2026, 1, 5), "New on the map: Nermin Uz", "CFO · User"),
    ]
    assert len(told(ana_client, acme, "?kinds=people&on=2026-03-04")) == 2


def test_competitors_and_files_have_their_days(acme: Account, ana: Any, ana_client: Client) -> None:  # noqa: F811  # a fixture, asked for by name
    with at(date(2026, 2, 10)):
        rival = rivals.add(fields={"name": "Kuzgun"}, by=ana)
        fields = {"direction": "Gıda", "offering": "cam", "since": date(2026, 1, 1)}
        presence = rivals.enter(account=acme, competitor=rival, fields=fields, by=ana)
        for day in (date(2026, 2, 9), date(2026, 2, 3)):
            rivals.see(presence=presence, seen_on=day, words="kamyon", source="", grade=Grade.ASSUMED, by=ana)
        rivals.decide_threat(presence=presence, level="high", seen=None, reason="fiyat", by=ana)
        file = Attachment.objects.create(
            account=acme, name="teklif.pdf", digest="a" * 64, size=1, media_type="application/pdf", by=ana
        )
    with at(date(2026, 4, 10)):
        rivals.leave(presence=presence, seen=1, left_on=date(2026, 4, 9), why="kalite", by=ana)
        Attachment.objects.filter(pk=file.pk).update(removed_at=timezone.now(), removed_by=ana, removal_reason="eski")

    assert told(ana_client, acme, "?kinds=competitors.files") == [
        (date(2026, 4, 10), "File removed: teklif.pdf", "eski"),
        (date(2026, 4, 9), "Kuzgun has given up", "kalite"),
        (date(2026, 2, 10), "Threat of Kuzgun decided: High", "fiyat"),
        (date(2026, 2, 10), "File added: teklif.pdf", ""),
        (date(2026, 2, 3), "Kuzgun was noticed for the first time", "kamyon"),
        (date(2026, 1, 1), "Kuzgun is at the account", "Gıda · cam"),
    ]
    assert told(ana_client, acme, "?direction=İçecek") == []
    assert len(told(ana_client, acme, "?direction=Gıda")) == 4


@pytest.fixture
def everything(acme: Account, admin: Any, ana: Any, bring: Bring) -> Callable[[str], None]:  # noqa: F811
    """Something in each part of each lane, as often as it is asked for."""

    def more(mark: str) -> None:
        with at(date(2026, 5, 20)):
            KeyDecision.objects.filter(current=True).update(current=False)
            KeyDecision.objects.create(account=acme, status=KeyStatus.KEY, reason=mark, by=admin)
            record("account.grouped", acme, by=admin, account=acme.pk, reason=mark)
            write_down(
                account=acme,
                written=Written("call", "out", date(2026, 5, 20), mark),
                parts=Parts(ours=[ana, admin]),
                by=ana,
            )
            Tender.objects.create(account=acme, title=mark, announced_on=date(2026, 5, 20), by=ana)
            who = add(acme, ana, mark, role="user", stance="neutral")
            edit(who, ana, role="decider", stance="champion")
            rival = rivals.add(fields={"name": mark}, by=ana)
            presence = rivals.enter(account=acme, competitor=rival, fields={}, by=ana)
            rivals.see(presence=presence, seen_on=date(2026, 5, 20), words=mark, source="", grade=Grade.ASSUMED, by=ana)
            rivals.decide_threat(presence=presence, level="high", seen=None, reason=mark, by=ana)
            write(acme, ana, "headcount", 400 + len(mark), on=date(2026, 5, 20))
            Attachment.objects.create(account=acme, name=mark, digest=mark[0] * 64, size=1, media_type="x/y", by=ana)
        Assignment.objects.create(
            account=acme, person=admin, part=Part.OTHER, since=date(2026, 5, 1), until=date(2026, 5, 20)
        )
        bring(f"{acme.code};{mark};1;2026-05-20;;2026-05-25;10;10;Gıda", name=f"{mark}.csv")

    return more


def test_all_lanes_together_ask_little_and_always_the_same(
    acme: Account,
    ana_client: Client,  # noqa: F811
    everything: Callable[[str], None],
    django_assert_num_queries: Any,
) -> None:
    everything("ada")
    with at(TODAY):
        ana_client.get(f"/accounts/{acme.pk}/history/")
        with CaptureQueriesContext(connection) as few:
            page = ana_client.get(f"/accounts/{acme.pk}/history/?zoom=year").context["page"]
    lanes = {item.source for day in page.days for item in day.items}
    assert lanes == {kind.source.name for kind in page.kinds} - {"orders"}
    assert len(few) <= MOST_QUERIES

    everything("bora")
    everything("cem")
    with at(TODAY), django_assert_num_queries(len(few)):
        ana_client.get(f"/accounts/{acme.pk}/history/?zoom=year")
