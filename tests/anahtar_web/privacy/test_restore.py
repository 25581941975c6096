"""Somebody who was erased after a backup is absent after the restore, and from the bytes of the database."""

from pathlib import Path

import pytest

from tests.anahtar_web.operations.conftest import elsewhere, home, ready  # noqa: F401  # fixtures
from tests.houses import House

pytestmark = pytest.mark.long

WRITE = (
    "from anahtar_web.accounts.models import Account, Lineage\n"
    "from anahtar_web.people.models import User\n"
    "from anahtar_web.stakeholders.actions import add\n"
    "a = Account.objects.create(code='1', name='Acme')\n"
    "Lineage.objects.create(ancestor=a, account=a, distance=0)\n"
    "u = User.objects.create_user('a@b.example', 'correct horse battery', name='Ana', role='administrator')\n"
    "add(account=a, fields={'name': 'Cnrygulizar Ozturk', 'preferences': 'Cnrycoffee'}, by=u)\n"
    "add(account=a, fields={'name': 'Kerem Demir'}, by=u)\n"
    "from tests.anahtar_web.privacy.rows import write_everywhere\n"
    "write_everywhere(a, u, 'CNRYGÜLİZAR ÖZTÜRK ile görüş')\n"
)
ERASE = (
    "from anahtar_web.people.models import User\n"
    "from anahtar_web.stakeholders.models import Stakeholder\n"
    "from anahtar_web.privacy.actions import erase\n"
    "erase(who=Stakeholder.objects.get(name__startswith='Cnry'), reason='asked', by=User.objects.get())\n"
)
NAMES = (
    "from anahtar_web.stakeholders.models import Stakeholder\n"
    "print(sorted(Stakeholder.objects.exclude(name__startswith='Başka').values_list('name', flat=True)))\n"
)
WORDS = [b"cnrycoffee", b"cnrygul", "CNRYGÜLİZAR".encode().lower(), b"CNRYG".lower()]
FOLD_THE_LOG = (
    "from django.db import connection\nc = connection.cursor()\nc.execute('PRAGMA wal_checkpoint(TRUNCATE)')\n"
)


def test_an_erased_person_does_not_come_back(home: House, elsewhere: House, tmp_path: Path) -> None:  # noqa: F811  # a fixture, asked for by name
    home.python(WRITE)
    home.done("backup", str(tmp_path / "before"))
    home.python(ERASE)
    assert home.python(NAMES).strip() == "['Kerem Demir']"
    home.done("doctor", "persons", "search", "audit")
    journal = home.data / "erasures.jsonl"
    assert "Cnry" not in journal.read_text()
    if not home.database_url:
        nowhere(home)

    said = elsewhere.done("restore", str(tmp_path / "before"), "--erasures", str(journal))
    assert "1 person was erased again." in said
    assert elsewhere.python(NAMES).strip() == "['Kerem Demir']"
    elsewhere.done("doctor", "persons", "search", "audit")
    if not elsewhere.database_url:
        nowhere(elsewhere)


def nowhere(house: House) -> None:
    """No byte of the data folder tells of the person: neither the database with its log and index nor any other."""
    house.python(FOLD_THE_LOG)
    files = [path for path in house.data.rglob("*") if path.is_file()]
    assert house.data / "anahtar.sqlite3" in files
    for path in files:
        content = path.read_bytes().lower()
        assert not [words for words in WORDS if words in content], path
