"""A backup holds the documents, and a restored house has them."""

from pathlib import Path

import pytest

from tests.anahtar_web.operations.conftest import elsewhere, home, ready  # noqa: F401  # fixtures
from tests.houses import House

pytestmark = pytest.mark.long

ATTACH = (
    "from anahtar_web.accounts.models import Account, Lineage\n"
    "from anahtar_web.people.models import User\n"
    "from anahtar_web.files.actions import attach\n"
    "a = Account.objects.create(code='1', name='Acme')\n"
    "Lineage.objects.create(ancestor=a, account=a, distance=0)\n"
    "u = User.objects.create_user('a@b.example', 'correct horse battery', name='Ana', role='administrator')\n"
    "print(attach(account=a, name='a.pdf', content=b'%PDF-1.4 CNRY', by=u).digest)\n"
)
READ = (
    "from anahtar_web.files.models import Attachment\n"
    "from anahtar_web.files import storage\n"
    "print(storage.path_of(Attachment.objects.get().digest).read_bytes())\n"
)


def test_documents_come_back_whole(home: House, elsewhere: House, tmp_path: Path) -> None:  # noqa: F811  # a fixture, asked for by name
    home.python(ATTACH)
    home.done("backup", str(tmp_path / "backup"))
    elsewhere.done("restore", str(tmp_path / "backup"))
    assert "%PDF-1.4 CNRY" in elsewhere.python(READ)
    elsewhere.done("doctor", "documents")
