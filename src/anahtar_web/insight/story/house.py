"""The company's settings and the cast."""

from typing import Final

from anahtar.demo.files import COMPANY
from anahtar_web.company.actions import change_company
from anahtar_web.company.queries import company
from anahtar_web.gate.rights import Role
from anahtar_web.people.actions import make_cast
from anahtar_web.people.models import User

SETTINGS: Final = {
    "name": COMPANY,
    "currency": "TRY",
    "fiscal_year_start": 1,
    "time_zone": "Europe/Istanbul",
    "language": "tr",
}


def furnish() -> None:
    """Let the cast in; the administrator writes the company's settings."""
    make_cast()
    change_company(version=company().version, fields=SETTINGS, by=who(Role.ADMINISTRATOR))


def who(role: Role) -> User:
    """Give the one of the cast who has a role (the first, of several)."""
    return User.objects.filter(role=role, is_active=True).order_by("pk")[0]


def named(name: str) -> User:
    """Give somebody by name."""
    return User.objects.get(name=name)
