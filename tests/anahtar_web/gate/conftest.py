"""Clients for the views of `addresses.py`."""

import uuid

import pytest
from django.test import Client

from anahtar_web.people.models import User


@pytest.fixture
def client_of_ana(ana: User) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(ana)
    return client


@pytest.fixture
def token() -> str:
    return str(uuid.uuid4())
