"""The pages of sources: who sees and who changes, what is refused and shown again, and how many queries they ask."""

from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from anahtar_web.audit.models import Entry
from anahtar_web.jobs.models import Job
from anahtar_web.ledgers.models import Import, Portion, State
from anahtar_web.people.models import User
from anahtar_web.sources.actions import UnableToName, forget_source, name_source
from anahtar_web.sources.models import Source

pytestmark = pytest.mark.django_db

LIST = "/imports/sources/"
NEW = "/imports/sources/new/"


def send(client: Any, address: str, **fields: Any) -> Any:
    return client.post(address, {"once": uuid4().hex, **fields})


def typed(place: dict[str, Any], **otherwise: Any) -> dict[str, Any]:
    return {**place, "scheduled": "on", "version": 1, **otherwise}


def test_who_sees_imports_sees_sources_and_who_may_import_changes_them(
    place: dict[str, Any],
    analyst: User,
    head: User,
    admin: User,
    director: User,
    auditor: User,
    ana: User,
    signed_in: Any,
) -> None:
    made = name_source(fields=place, by=analyst)
    before = (Source.objects.values().get(), Entry.objects.count(), Job.objects.count())
    for reader in (director, auditor):
        client = signed_in(reader)
        assert client.get(LIST).status_code == 200
        assert client.get(f"{LIST}{made.pk}/").status_code == 200
        assert client.get(NEW).status_code == 403
        for verb in ("look", "refresh", "forget"):
            assert send(client, f"{LIST}{made.pk}/{verb}/").status_code == 403
        assert send(client, f"{LIST}{made.pk}/edit/", **typed(place, name="Other")).status_code == 403
    assert signed_in(ana).get(LIST).status_code == 403
    assert (Source.objects.values().get(), Entry.objects.count(), Job.objects.count()) == before
    for changer in (admin, head, analyst):
        assert "Change" in signed_in(changer).get(f"{LIST}{made.pk}/edit/").content.decode()


def test_a_source_is_named_looked_at_and_on_the_trail(place: dict[str, Any], analyst: User, signed_in: Any) -> None:
    answer = send(signed_in(analyst), NEW, **typed(place))
    made = Source.objects.get()
    assert answer.headers["Location"] == f"{LIST}{made.pk}/"
    assert made.address.source == "postgresql://erp-db.example.com:5432/erp/shop.sales"
    entry = Entry.objects.get()
    assert (entry.verb, entry.by, entry.after["host"]) == ("source.named", analyst, "erp-db.example.com")
    assert Job.objects.get().kind == "sources.look"


@pytest.mark.parametrize("field", ["name", "host", "database", "schema", "table", "user"])
@pytest.mark.parametrize(
    "text", ["postgresql://reader:hunter2@erp/erp", "erp?password=hunter2", "postgres://x?table=hunter2"]
)
def test_what_looks_like_a_password_is_refused_and_not_shown_again(
    field: str, text: str, place: dict[str, Any], analyst: User, signed_in: Any
) -> None:
    answer = send(signed_in(analyst), NEW, **typed(place, **{field: text}))
    assert answer.status_code == 422
    said = "Choose one of the servers" if field == "host" else "Leave the password out"
    assert said in answer.content.decode()
    assert "hunter2" not in answer.content.decode()
    assert not Source.objects.exists()
    assert not Entry.objects.exists()


def test_a_server_that_is_not_allowed_is_refused(place: dict[str, Any], analyst: User, signed_in: Any) -> None:
    answer = send(signed_in(analyst), NEW, **typed(place, host="169.254.169.254"))
    assert answer.status_code == 422
    with pytest.raises(UnableToName):
        name_source(fields=place | {"host": "169.254.169.254"}, by=analyst)
    assert not Source.objects.exists()


def test_without_allowed_servers_the_page_says_what_the_operator_does(
    settings: Any, analyst: User, signed_in: Any
) -> None:
    settings.SOURCE_HOSTS = []
    for address in (LIST, NEW):
        page = signed_in(analyst).get(address).content.decode()
        assert "ANAHTAR_SOURCE_HOSTS" in page
        assert 'name="database"' not in page


def test_parts_of_an_address_say_no_more_than_they_are(place: dict[str, Any], analyst: User) -> None:
    odd = place | {"database": "erp?host=evil.example.com&x=/", "user": "rea@der/:#", "table": "sa les"}
    made = name_source(fields=odd, by=analyst)
    from psycopg.conninfo import conninfo_to_dict

    told = conninfo_to_dict(made.address.database)
    assert (told["host"], told["dbname"], told["user"]) == ("erp-db.example.com", odd["database"], odd["user"])
    assert set(told) == {"host", "port", "dbname", "user"}


def test_one_table_is_one_source(place: dict[str, Any], analyst: User, signed_in: Any) -> None:
    name_source(fields=place, by=analyst)
    answer = send(signed_in(analyst), NEW, **typed(place, name="The same again", user="another"))
    assert answer.status_code == 422
    assert "a source already" in answer.content.decode()
    assert Source.objects.count() == 1


def test_who_saves_later_sees_both_versions(place: dict[str, Any], analyst: User, head: User, signed_in: Any) -> None:
    made = name_source(fields=place, by=analyst)
    Job.objects.update(state="done", finished_at="2026-01-01T00:00Z")
    address = f"{LIST}{made.pk}/edit/"
    assert send(signed_in(head), address, **typed(place, name="Theirs")).status_code == 302
    answer = send(signed_in(analyst), address, **typed(place, name="Mine"))
    assert answer.status_code == 409
    assert "Theirs" in answer.content.decode()
    assert "Mine" in answer.content.decode()
    made.refresh_from_db()
    assert made.name == "Theirs"


def test_a_removed_source_leaves_its_imports(place: dict[str, Any], analyst: User) -> None:
    made = name_source(fields=place, by=analyst)
    Job.objects.update(state="done", finished_at="2026-01-01T00:00Z")
    of = pulled(made, analyst)
    forget_source(made, by=analyst)
    assert not Source.objects.exists()
    assert Import.objects.get() == of


def pulled(source: Source, by: User) -> Import:
    """An import of a source that was cancelled, with its months."""
    of = Import.objects.create(by=by, title="ERP", table=source.address.source, state=State.CANCELLED)
    Portion.objects.create(of=of, month="2026-01", change="new", rows_after=1, amount_after=1)
    return of


def test_pages_ask_as_many_queries_however_much_there_is(place: dict[str, Any], analyst: User, signed_in: Any) -> None:
    made = name_source(fields=place, by=analyst)
    pulled(made, analyst)
    client = signed_in(analyst)
    addresses = (LIST, f"{LIST}{made.pk}/", "/imports/")
    counts = [asked(client, address) for address in addresses]
    for number in range(8):
        other = name_source(fields=place | {"name": f"Other {number}", "table": f"other{number}"}, by=analyst)
        pulled(made, analyst)
        pulled(other, analyst)
    made.refresh_from_db()
    Source.objects.update(
        months=[[f"20{year}-{month:02}", 3, "1.50"] for year in range(10, 26) for month in range(1, 13)]
    )
    assert [asked(client, address) for address in addresses] == counts


def asked(client: Any, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as told:
        assert client.get(address).status_code == 200
    return len(told)
