"""Pieces of pages are remembered by what they show: never stale, never with the tokens of another request."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.template import Context, Template
from django.utils.translation import override

from anahtar_web.accounts.models import Account
from anahtar_web.ui import written as pieces
from anahtar_web.ui.markdown import render


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Names of the templates that were written."""
    made: list[str] = []

    def write(template: str, told: Any) -> Any:
        made.append(template)
        return Template("{% load i18n %}{% translate 'Name' %} {{ what }}{% tokens %}").render(Context(told))

    monkeypatch.setattr(pieces, "render_to_string", write)
    pieces.forget()
    yield made
    pieces.forget()


def test_the_same_is_written_once(asked: list[str]) -> None:
    assert pieces.written("a", {"what": "x"}, shows=1) == pieces.written("a", {"what": "x"}, shows=1)
    assert asked == ["a"]


def test_another_language_and_another_value_are_written_anew(asked: list[str]) -> None:
    with override("en"):
        english = pieces.written("a", {"what": "x"}, shows=1)
        assert "y" in pieces.written("a", {"what": "y"}, shows=2)
    with override("tr"):
        assert pieces.written("a", {"what": "x"}, shows=1) != english
    assert len(asked) == 3


def test_what_was_asked_for_last_is_kept(asked: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pieces._pieces, "_room", 40)
    for at in (1, 2, 1, 3):
        pieces.written("a", {"what": "x"}, shows=at)
    pieces.written("a", {"what": "x"}, shows=2)
    assert len(asked) == 4


def test_every_request_has_tokens_of_its_own(asked: list[str]) -> None:
    page = Template("{% piece 'a' 1 what='x' %}{% piece 'a' 1 what='x' %}")
    first, second = (page.render(Context({"csrf_token": token})) for token in ("one", "two"))
    assert "<!--" not in first
    assert asked == ["a"]
    assert re.findall('csrfmiddlewaretoken" value="([^"]+)', first) == ["one", "one"]
    tokens = re.findall('name="once" value="([^"]+)', first + second)
    assert len(tokens) == len(set(tokens)) == 4


def test_what_people_write_is_no_place_for_a_token(asked: list[str]) -> None:
    html = Template("{% piece 'a' 1 what=said %}").render(Context({"csrf_token": "one", "said": "<!--tokens-->"}))
    assert html.count("csrfmiddlewaretoken") == 1
    assert "<!--tokens-->" not in render("<!--tokens-->")


@pytest.mark.django_db
def test_the_values_of_a_row_change_with_any_field() -> None:
    account = Account(code="1", name="Acme")
    told = pieces.values(account)
    account.name = "Acme A.Ş."
    assert pieces.values(account) != told
    assert pieces.values(None) is None
