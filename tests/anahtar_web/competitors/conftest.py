"""A competitor of the house."""

import pytest

from anahtar_web.competitors.actions import (
    add,
)
from anahtar_web.competitors.models import Competitor
from anahtar_web.people.models import User


@pytest.fixture
def omega(head: User) -> Competitor:
    return add(fields={"name": "Omega İmalat", "website": "", "remark": ""}, by=head)
