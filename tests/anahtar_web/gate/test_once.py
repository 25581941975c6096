"""A form counts once."""

import threading
import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.db import connection
from django.test import Client
from django.utils import timezone

from anahtar_web.accounts.models import Account
from anahtar_web.gate.models import Submission
from anahtar_web.gate.once import forget_old
from anahtar_web.people.models import User

pytestmark = pytest.mark.urls("tests.anahtar_web.gate.addresses")

COPIES = 50


def in_parallel(work: Callable[[], Any]) -> list[Any]:
    """Run it many times at once, each on a connection of its own."""
    answers, ready = [], threading.Barrier(COPIES)

    def run() -> None:
        ready.wait()
        try:
            answers.append(work())
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _copy in range(COPIES)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("address", "status"), [("/make/", 302), ("/make-by-swap/", 200)])
def test_fifty_copies_at_once_make_one_row_and_all_get_the_same_answer(
    ana: User, token: str, address: str, status: int
) -> None:
    first = Client()
    first.force_login(ana)
    cookies = first.cookies

    def send() -> tuple[int, bytes, str | None, str | None]:
        client = Client()
        client.cookies = cookies
        answer = client.post(address, {"once": token})
        return answer.status_code, answer.content, answer.headers.get("Location"), answer.headers.get("HX-Trigger")

    answers = in_parallel(send)
    assert len(answers) == COPIES
    assert len(set(answers)) == 1
    assert answers[0][0] == status
    assert Account.objects.count() == 1


@pytest.mark.django_db
def test_two_forms_make_two_rows(client_of_ana: Client) -> None:
    for _form in range(2):
        assert client_of_ana.post("/make/", {"once": str(uuid.uuid4())}).status_code == 302
    assert Account.objects.count() == 2


@pytest.mark.django_db
def test_a_form_that_was_wrong_did_nothing_and_may_be_sent_again_corrected(client_of_ana: Client, token: str) -> None:
    assert client_of_ana.post("/make-named/", {"once": token}).status_code == 422
    assert not Account.objects.exists()
    assert client_of_ana.post("/make-named/", {"once": token, "code": "0001"}).status_code == 302
    assert [account.code for account in Account.objects.all()] == ["0001"]


@pytest.mark.django_db
def test_a_refused_form_did_nothing_and_says_so_where_the_person_is(client_of_ana: Client, token: str) -> None:
    answer = client_of_ana.post("/refuse/", {"once": token, "back": "/read/?page=2"})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/read/?page=2")
    assert [str(message) for message in get_messages(answer.wsgi_request)] == ["No more <accounts> today."]
    assert not Account.objects.exists()
    assert not Submission.objects.exists()


@pytest.mark.django_db
def test_a_refused_swap_is_a_toast_with_the_sentence_escaped(client_of_ana: Client, token: str) -> None:
    answer = client_of_ana.post("/refuse/", headers={"HX-Request": "true", "X-Once": token})
    assert answer.status_code == 409
    assert b"No more &lt;accounts&gt; today." in answer.content


@pytest.mark.django_db
@pytest.mark.parametrize("bad", ["", "short", "x" * 65, "with space in it", "ğğğğğğğğğğğğ", "'; DROP TABLE x; --"])
def test_a_form_without_a_token_of_ours_does_nothing(client_of_ana: Client, bad: str) -> None:
    assert client_of_ana.post("/make/", {"once": bad}).status_code == 302
    assert not Account.objects.exists()


@pytest.mark.django_db
def test_a_token_serves_no_other_address_and_no_other_person(client_of_ana: Client, boris: User, token: str) -> None:
    client_of_ana.post("/make/", {"once": token})
    elsewhere = client_of_ana.post("/make-too/", {"once": token})
    assert elsewhere.headers["Location"] == "/"
    client = Client()
    client.force_login(boris)
    assert client.post("/make/", {"once": token}).headers["Location"] == "/"
    assert Account.objects.count() == 1


@pytest.mark.django_db
def test_tokens_of_yesterday_are_forgotten(client_of_ana: Client, token: str) -> None:
    client_of_ana.post("/make/", {"once": token})
    client_of_ana.post("/make/", {"once": str(uuid.uuid4())})
    Submission.objects.filter(token=token).update(sent_at=timezone.now() - timedelta(days=2))
    assert forget_old() == 1
    assert Submission.objects.count() == 1
