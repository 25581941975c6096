"""A strategy is written anew: with a reason, over what was read, and what held before stays readable."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from anahtar_web.audit.models import Entry
from anahtar_web.gate.versions import EditedMeanwhile
from anahtar_web.people.models import User
from anahtar_web.strategies.actions import UnableToWriteStrategy, restore, write
from anahtar_web.strategies.models import Wording
from anahtar_web.strategies.queries import in_force, version_of
from anahtar_web.strategies.shipped import shipped_text
from anahtar_web.strategies.subjects import SUBJECTS
from tests.anahtar_web.accounts.pages import nothing_changes, said, send
from tests.anahtar_web.insight.pages import plain

pytestmark = pytest.mark.django_db

SignedIn = Callable[[User], Client]
AX = SUBJECTS["AX"]
TYPED = {"version": "0", "word": "Guard", "text": "## What we do\r\n\r\n- Call every week.", "language": "en"}


def written(by: User, number: int, text: str = "- Weekly.", word: str = "Guard", reason: str = "Late twice") -> Wording:
    return write(subject=AX, version=number, word=word, text=text, reason=reason, by=by)


def test_until_somebody_writes_the_text_that_comes_with_the_program_holds_in_the_readers_language() -> None:
    for language, word in (("en", "Protect"), ("tr", "Koruyun")):
        with translation.override(language):
            held = in_force(["AX"])["AX"]
            assert (held.word, held.language, held.number, held.is_own) == (word, language, 0, False)
            assert held.text == shipped_text(AX)
            assert held.short.startswith(f"{word}. ")


def test_what_holds_is_told_for_all_by_one_query(head: User) -> None:
    written(head, 0)
    with CaptureQueriesContext(connection) as asked:
        held = in_force()
    assert len(asked) == 1
    assert list(held) == list(SUBJECTS)
    assert held["AX"].short == "Guard. Weekly."
    assert held["AY"].number == 0


def test_a_save_is_a_new_version_with_who_when_and_why(head: User, signed_in: SignedIn) -> None:
    answer = send(signed_in(head), "/strategies/AX/write/", **TYPED, reason="Two late deliveries")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/strategies/AX/")
    row = Wording.objects.get()
    assert (row.number, row.by, row.reason, row.current) == (1, head, "Two late deliveries", True)
    assert row.text == "## What we do\n\n- Call every week."
    text = plain(signed_in(head).get("/strategies/AX/").content.decode())
    assert "Call every week." in text
    assert "Two late deliveries" in text
    entry = Entry.objects.get(verb="strategy.written")
    assert (entry.reason, entry.before["number"], entry.after["number"]) == ("Two late deliveries", 0, 1)
    assert entry.after["text"] == row.text


@pytest.mark.parametrize("missing", ["word", "text", "reason"])
def test_without_a_word_a_text_or_a_reason_nothing_is_written(missing: str, head: User, signed_in: SignedIn) -> None:
    form, client = {**TYPED, "reason": "Because", missing: "  "}, signed_in(head)
    with nothing_changes():
        assert send(client, "/strategies/AX/write/", **form).status_code == 422


def test_what_holds_already_is_no_new_version(head: User, signed_in: SignedIn) -> None:
    client = signed_in(head)
    page = client.get("/strategies/AX/write/")
    shown = page.context["page"].form.initial
    sent = {**shown, "text": shown["text"].replace("\n", "\r\n"), "reason": "No reason at all"}
    with nothing_changes():
        answer = send(client, "/strategies/AX/write/", **sent)
    assert answer.status_code == 422
    assert "That is what holds already" in answer.content.decode()


def test_who_comes_second_sees_both_versions_and_then_saves_over(
    head: User, director: User, signed_in: SignedIn
) -> None:
    written(director, 0, text="- By the director.")
    answer = send(signed_in(head), "/strategies/AX/write/", **TYPED, reason="Mine")
    assert answer.status_code == 409
    html = answer.content.decode()
    assert "By the director." in html
    assert "Call every week." in html
    assert "Deniz Direktör" in html
    assert 'name="version" value="1"' in html
    assert Wording.objects.count() == 1
    again = send(signed_in(head), "/strategies/AX/write/", **{**TYPED, "version": "1"}, reason="Mine")
    assert again.status_code == 302
    assert [row.number for row in Wording.objects.order_by("number")] == [1, 2]
    assert Wording.objects.get(current=True).word == "Guard"


@pytest.mark.parametrize("version", ["7", "-1", "", "x"])
def test_a_version_nobody_has_read_overwrites_nothing(version: str, head: User, signed_in: SignedIn) -> None:
    form, client = {**TYPED, "version": version, "reason": "Mine"}, signed_in(head)
    with nothing_changes():
        assert send(client, "/strategies/AX/write/", **form).status_code == 422


def test_a_form_that_is_sent_twice_makes_one_version(head: User, signed_in: SignedIn) -> None:
    client, form = signed_in(head), {**TYPED, "reason": "Mine", "once": "the-same-token"}
    first, second = (client.post("/strategies/AX/write/", form) for _ in range(2))
    assert first.headers["Location"] == second.headers["Location"]
    assert Wording.objects.count() == 1


def test_a_version_of_the_same_moment_is_refused_like_a_later_one(
    head: User, director: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    from anahtar_web.strategies.actions import writing as actions

    before = in_force(["AX"])
    written(director, 0)
    held, asked = actions.in_force, []

    def as_it_was(codes: list[str]) -> object:
        asked.append(codes)
        return before if len(asked) == 1 else held(codes)

    monkeypatch.setattr(actions, "in_force", as_it_was)
    with pytest.raises(EditedMeanwhile) as refusal:
        written(head, 0, text="- Other.")
    assert refusal.value.current.by == director
    assert Wording.objects.count() == 1


def test_versions_are_compared_and_an_old_one_is_restored_as_a_new_one(head: User, signed_in: SignedIn) -> None:
    written(head, 0, text="- Weekly.\n- Never late.")
    written(head, 1, text="- Monthly.\n- Never late.")
    client = signed_in(head)
    html = client.get("/strategies/AX/versions/1/").content.decode()
    assert "<del>- Monthly.</del>" in html
    assert "<ins>- Weekly.</ins>" in html
    assert "<p>- Never late.</p>" in html
    assert "One key account manager" in client.get("/strategies/AX/versions/1/?with=0").content.decode()
    for path in ("9/", "1/?with=9", "1/?with=x"):
        assert client.get(f"/strategies/AX/versions/{path}").status_code == 404
    assert client.get("/strategies/AD/").status_code == 404
    assert send(client, "/strategies/AX/versions/1/restore/", version="2", reason="").status_code == 422
    answer = send(client, "/strategies/AX/versions/1/restore/", version="2", reason="It was better")
    assert answer.headers["Location"] == "/strategies/AX/"
    assert "Version 1 holds again" in said(answer)[0]
    row = Wording.objects.get(current=True)
    assert (row.number, row.restores, row.text) == (3, 1, "- Weekly.\n- Never late.")
    assert Entry.objects.get(verb="strategy.restored").reason == "It was better"


def test_the_text_that_comes_with_the_program_is_restored_in_every_language(head: User) -> None:
    written(head, 0)
    old = version_of(AX, 0)
    assert old is not None
    row = restore(old=old, version=1, reason="Too much", by=head)
    assert (row.number, row.is_shipped) == (2, True)
    with translation.override("tr"):
        held = in_force(["AX"])["AX"]
        assert (held.word, held.number, held.is_own) == ("Koruyun", 2, False)
    with pytest.raises(UnableToWriteStrategy, match="holds already"):
        restore(old=old, version=2, reason="Again", by=head)


def test_restoring_over_what_somebody_has_written_meanwhile_is_refused_by_name(head: User, director: User) -> None:
    written(head, 0)
    written(director, 1, text="- Other.")
    old = version_of(AX, 0)
    assert old is not None
    with pytest.raises(UnableToWriteStrategy, match="Deniz Direktör has written something else meanwhile"):
        restore(old=old, version=1, reason="Back", by=head)


@pytest.mark.parametrize("who", ["ana", "marketing", "analyst", "auditor"])
def test_others_read_and_do_not_write(
    who: str, request: pytest.FixtureRequest, head: User, signed_in: SignedIn
) -> None:
    written(head, 0)
    client = signed_in(request.getfixturevalue(who))
    for path in ("/strategies/", "/strategies/AX/", "/strategies/AX/versions/1/?with=0"):
        html = client.get(path).content.decode()
        assert "/write/" not in html
        assert "/restore/" not in html
    with nothing_changes():
        assert send(client, "/strategies/AX/write/", **TYPED, reason="Mine").status_code == 403
        assert send(client, "/strategies/AX/versions/0/restore/", version="1", reason="Mine").status_code == 403


def test_what_was_typed_is_shown_as_it_will_read_and_nothing_is_kept(head: User, signed_in: SignedIn) -> None:
    answer = send(signed_in(head), "/strategies/preview/", text="- **bold** <script>x</script>")
    assert "<li><strong>bold</strong> &lt;script&gt;" in answer.content.decode()
    assert "at most 10000" in send(signed_in(head), "/strategies/preview/", text="x" * 10_001).content.decode()
    assert not Wording.objects.exists()
