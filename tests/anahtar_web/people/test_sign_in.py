"""At the door: who comes in, who does not, what is written down, and when a session ends."""

from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from anahtar_web.audit.models import Entry
from anahtar_web.gate.rights import Role
from anahtar_web.people.actions import edit, lock, renew_link, unlock
from anahtar_web.people.models import User
from tests.anahtar_web.conftest import PASSWORD
from tests.anahtar_web.people.door import enter, entered, is_in, verbs

pytestmark = pytest.mark.django_db
LIMITS = {"login_failed": "10/5m/ip,5/5m/key"}


def test_a_person_comes_in_with_address_and_password_however_the_address_is_typed(ana: User, client: Client) -> None:
    answer = enter(client, " ANA@Kuzey.Example ")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/")
    assert is_in(client)
    (entry,) = Entry.objects.all()
    assert (entry.verb, entry.by, entry.after, entry.address) == (
        "sign_in.succeeded", ana, {"means": ["password"]}, "127.0.0.1"
    )  # fmt: skip


def test_a_wrong_password_and_an_unknown_address_get_the_same_answer_and_both_are_noted(
    ana: User, client: Client
) -> None:
    wrong, unknown = enter(client, ana.email, "wrong"), enter(client, "nobody@kuzey.example", "wrong")
    pages = [answer.content.decode().partition("<main")[2] for answer in (wrong, unknown)]
    assert "not correct" in pages[0]
    for email, page in zip((ana.email, "nobody@kuzey.example"), pages, strict=True):
        assert email in page  # what was typed stays
    stripped = [page.replace(ana.email, "").replace("nobody@kuzey.example", "") for page in pages]
    tokens = [part.partition('value="')[2].partition('"')[0] for part in stripped]
    assert len(stripped[0]) == len(stripped[1]), tokens
    assert not is_in(client)
    known, stranger = Entry.objects.order_by("id")
    assert (known.verb, known.target_id, known.by) == ("sign_in.failed", str(ana.pk), None)
    assert (stranger.verb, stranger.target_id, stranger.target_name) == ("sign_in.failed", "", "nobody@kuzey.example")


def test_passwords_are_kept_as_argon2id() -> None:
    from django.contrib.auth.hashers import get_hasher
    from django.test import override_settings

    from anahtar_web.config import settings as real

    with override_settings(PASSWORD_HASHERS=real.PASSWORD_HASHERS):
        assert get_hasher("default").encode("x", "12345678").startswith("argon2$argon2id$")


def test_a_locked_person_stays_out_and_is_told_so_only_after_the_right_password(ana: User, client: Client) -> None:
    User.objects.filter(pk=ana.pk).update(is_active=False)
    answer = enter(client, ana.email)
    assert answer.headers["Location"] == reverse("account_inactive")
    assert not is_in(client)
    assert enter(Client(), ana.email, "wrong").status_code == 200


def test_a_lock_ends_a_running_session_at_its_next_request_and_an_unlock_does_not_wake_it(
    ana: User, admin: User
) -> None:
    client = entered(ana)
    assert is_in(client)
    lock(person=User.objects.get(pk=ana.pk), reason="Left the company", by=admin)
    assert not is_in(client)
    unlock(person=User.objects.get(pk=ana.pk), reason="Came back", by=admin)
    assert not is_in(client)
    assert enter(client, ana.email).status_code == 302
    assert verbs() == ["sign_in.succeeded", "person.locked", "person.unlocked", "sign_in.succeeded"]


def test_another_role_ends_running_sessions(ana: User, admin: User) -> None:
    client = entered(ana)
    known = User.objects.get(pk=ana.pk)
    edit(person=known, version=known.version, name=ana.name, role=Role.ANALYST, language="en", by=admin)
    assert not is_in(client)


def test_a_new_link_ends_running_sessions(ana: User, admin: User) -> None:
    client = entered(ana)
    renew_link(person=ana, by=admin)
    assert not is_in(client)


def test_a_changed_password_ends_the_other_sessions_and_keeps_this_one(ana: User, mailoutbox: list[Any]) -> None:
    here, elsewhere = entered(ana), entered(ana)
    fields = {"oldpassword": PASSWORD, "password1": "rulman-hidrolik-48", "password2": "rulman-hidrolik-48"}
    answer = here.post(reverse("account_change_password"), fields)
    assert answer.status_code == 302
    assert is_in(here)
    assert not is_in(elsewhere)
    assert "sign_in.password_changed" in verbs()
    assert [mail.to for mail in mailoutbox] == [[ana.email]]


def test_a_password_that_is_changed_does_not_write_over_a_lock_given_meanwhile(ana: User) -> None:
    from allauth.account.adapter import get_adapter

    stale = User.objects.get(pk=ana.pk)
    User.objects.filter(pk=ana.pk).update(is_active=False, role=Role.AUDITOR)
    get_adapter().set_password(stale, "rulman-hidrolik-48")
    now = User.objects.get(pk=ana.pk)
    assert (now.is_active, now.role, now.check_password("rulman-hidrolik-48")) == (False, Role.AUDITOR, True)


def test_the_key_of_before_the_sign_in_is_worth_nothing_after_it(ana: User, client: Client) -> None:
    session = client.session
    session["planted"] = "by an attacker"
    session.save()
    before = session.session_key
    enter(client, ana.email)
    assert client.session.session_key != before
    assert not Session.objects.filter(session_key=before).exists()
    thief = Client()
    thief.cookies["sessionid"] = str(before)
    assert not is_in(thief)


def test_signing_out_ends_the_session_on_the_server_and_is_noted(ana: User) -> None:
    client = entered(ana)
    key = client.session.session_key
    client.post(reverse("account_logout"))
    assert not Session.objects.filter(session_key=key).exists()
    assert verbs() == ["sign_in.succeeded", "sign_in.ended"]


def test_a_session_ends_after_half_an_hour_away_and_after_twelve_hours_however_busy(
    ana: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = [1_800_000_000]
    monkeypatch.setattr("anahtar_web.people.middleware.time.time", lambda: clock[0])
    client = entered(ana)
    assert is_in(client)
    clock[0] += 29 * 60
    assert is_in(client)
    clock[0] += 31 * 60
    assert not is_in(client)
    client = entered(ana)
    for _quarter in range(12 * 4):
        assert is_in(client)
        clock[0] += 15 * 60
    clock[0] += 60
    assert not is_in(client)


def test_sessions_are_listed_and_the_others_can_be_ended(ana: User) -> None:
    here, elsewhere = entered(ana), entered(ana)
    assert here.get(reverse("usersessions_list")).status_code == 200
    here.post(reverse("usersessions_list"))
    assert is_in(here)
    assert not is_in(elsewhere)


def test_the_sixth_wrong_password_for_an_address_waits_and_the_right_one_works_from_elsewhere_later(
    ana: User, chen: User, settings: Any
) -> None:
    settings.ACCOUNT_RATE_LIMITS = LIMITS
    answers = [enter(Client(), ana.email, "wrong").status_code for _try in range(7)]
    assert answers == [200] * 5 + [429] * 2
    held = enter(Client(), ana.email)
    assert (held.status_code, held.headers["Retry-After"]) == (429, "300")
    assert "Wait five minutes" in held.content.decode()
    assert enter(Client(), chen.email).status_code == 302
    from django.core.cache import cache

    cache.clear()  # five minutes later
    assert enter(Client(), ana.email).status_code == 302


def test_the_eleventh_wrong_password_from_a_network_waits_whatever_the_address(settings: Any) -> None:
    settings.ACCOUNT_RATE_LIMITS = LIMITS
    answers = [enter(Client(), f"nobody{n}@kuzey.example", "wrong").status_code for n in range(12)]
    assert answers == [200] * 10 + [429] * 2


def test_tries_are_counted_where_every_process_sees_them(ana: User, settings: Any) -> None:
    settings.ACCOUNT_RATE_LIMITS = LIMITS
    enter(Client(), ana.email, "wrong")
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM anahtar_cache WHERE cache_key LIKE '%login_failed%'")
        assert cursor.fetchone()[0] == 2


def test_the_forwarded_address_counts_only_behind_a_trusted_proxy(ana: User, settings: Any) -> None:
    claimed = {"X-Forwarded-For": "203.0.113.9"}
    Client(headers=claimed).post(reverse("account_login"), {"login": ana.email, "password": "wrong"})
    settings.PROXIES = 1
    Client(headers=claimed).post(reverse("account_login"), {"login": ana.email, "password": "wrong"})
    assert list(Entry.objects.order_by("id").values_list("address", flat=True)) == ["127.0.0.1", "203.0.113.9"]


def test_a_page_of_a_signed_in_person_asks_three_questions_before_its_own(ana: User) -> None:
    client = entered(ana)
    is_in(client)
    with CaptureQueriesContext(connection) as asked:
        client.get(reverse("people:profile"))
    assert [query["sql"].split(" FROM ")[1].split()[0].strip('"') for query in asked] == [
        "django_session", "people_user", "company_company"
    ]  # fmt: skip


def test_everything_but_the_door_needs_a_signed_in_person(client: Client, ana: User) -> None:
    for name in ("people:list", "people:profile", "audit:trail", "company:settings"):
        answer = client.get(reverse(name))
        assert answer.status_code == 302
        assert answer.headers["Location"].startswith(reverse("account_login"))


def test_sessions_that_are_over_leave_the_database_and_the_others_stay(ana: User, chen: User) -> None:
    from datetime import timedelta

    from allauth.usersessions.models import UserSession
    from django.utils import timezone

    from anahtar_web.people.actions import forget_ended_sessions

    here, gone = entered(ana), entered(chen)
    key = gone.session.session_key
    Session.objects.filter(session_key=key).update(expire_date=timezone.now() - timedelta(seconds=1))
    assert forget_ended_sessions() == 1
    assert is_in(here)
    assert list(UserSession.objects.values_list("user", flat=True)) == [ana.pk]
