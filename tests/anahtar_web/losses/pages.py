"""Asking for the pages of losses."""

from collections.abc import Callable
from typing import Any

from django.test import Client
from django.urls import reverse

from anahtar_web.people.models import User

SignedIn = Callable[[User], Client]


def page_of(client: Client, name: str, query: str = "") -> Any:
    answer = client.get(f"{reverse(f'losses:{name}')}{query}")
    assert answer.status_code == 200, (name, answer.status_code)
    return answer.context["page"]


def text_of(client: Client, name: str, query: str = "") -> str:
    return str(client.get(f"{reverse(f'losses:{name}')}{query}").content.decode())
