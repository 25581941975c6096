"""A table of a real database becomes imports: month by month, to the cent, nothing twice, nothing half."""

from pathlib import Path
from typing import Any

import pytest

from anahtar.ledger.store.store import Ledger
from anahtar_web.audit.models import Entry
from anahtar_web.jobs.models import Job
from anahtar_web.jobs.models import State as JobState
from anahtar_web.ledgers.actions.deciding import cancel, confirm
from anahtar_web.ledgers.actions.taking_back import take_back
from anahtar_web.ledgers.models import Import, Portion, State
from anahtar_web.ledgers.pages.summary import SummaryPage
from anahtar_web.ledgers.queries import live_batches
from anahtar_web.people.models import User
from anahtar_web.sources.actions import UnableToAsk, ask_for_look, ask_for_refresh, choose_columns
from anahtar_web.sources.models import Source
from tests.anahtar_web.sources.conftest import Refresh, Server, Work, months

pytestmark = pytest.mark.django_db

WHOLE = {"2024-01": (2, 97_1500), "2024-02": (1, 50_0000), "2024-03": (1, 100)}


def changes(of: Import) -> dict[str, tuple[str, int | None, int | None]]:
    """Month -> what changed, sum before, sum after."""
    return {one.month: (one.change, one.amount_before, one.amount_after) for one in of.portions.all()}


def back(of: Import, by: User, work: Work) -> None:
    of.refresh_from_db()
    take_back(of, version=of.version, reason="Wrong table", by=by)
    work()
    of.refresh_from_db()


def test_a_look_tells_months_and_copies_nothing(source: Source) -> None:
    assert source.refusal is None
    assert source.months == [["2024-01", 2, "97.15"], ["2024-02", 1, "50.00"], ["2024-03", 1, "0.01"]]
    assert source.peek is not None
    assert source.peek["sheets"][0]["mapping"]["amount"] == "amount"
    assert months() == {}
    assert not Import.objects.exists()


def test_the_first_import_waits_for_a_person(refresh: Refresh, analyst: User, work: Work) -> None:
    made = refresh()
    assert made is not None
    assert (made.state, made.held, made.accepted, made.amount) == (State.CHECKED, ["first"], 4, 147_1600)
    assert months() == {}
    confirm(made, version=made.version, by=analyst)
    work()
    made.refresh_from_db()
    assert made.state == State.IMPORTED
    assert months() == WHOLE
    assert Job.objects.filter(kind="insight.analyse", state=JobState.QUEUED).count() == 1


def test_nothing_new_makes_no_import(first: Import, refresh: Refresh, source: Source) -> None:
    assert refresh() is None
    assert Import.objects.count() == 1
    assert (source.unchanged, source.brought) == (3, None)
    assert months() == WHOLE


def test_a_new_and_a_grown_month_go_in_by_themselves(first: Import, refresh: Refresh, server: Server) -> None:
    server.execute("INSERT INTO shop.sales VALUES ('2024-03-02', 'acme', 'Acme & Co.', 9.99, '4')")
    server.execute("INSERT INTO shop.sales VALUES ('2024-04-02', 'acme', 'Acme & Co.', 1.00, '5')")
    made = refresh()
    assert made is not None
    assert (made.state, made.held) == (State.IMPORTED, [])
    assert changes(made) == {"2024-03": ("changed", 100, 10_0000), "2024-04": ("new", None, 1_0000)}
    assert months() == WHOLE | {"2024-03": (2, 10_0000), "2024-04": (1, 1_0000)}


def test_a_month_that_shrinks_or_vanishes_waits_and_is_named(
    first: Import, refresh: Refresh, server: Server, analyst: User, work: Work, signed_in: Any
) -> None:
    server.execute("DELETE FROM shop.sales WHERE invoice = '2'")
    server.execute("UPDATE shop.sales SET amount = 49 WHERE invoice = '3'")
    server.execute("DELETE FROM shop.sales WHERE date = '2024-03-01'")
    made = refresh()
    assert made is not None
    assert (made.state, sorted(made.held)) == (State.CHECKED, ["gone", "shrank"])
    assert months() == WHOLE
    page = signed_in(analyst).get(f"/imports/{made.pk}/checks/").content.decode()
    assert "Months that are no longer in the table" in page
    assert "Months with less than before" in page
    confirm(made, version=made.version, by=analyst)
    work()
    assert months() == {"2024-01": (1, 100_2500), "2024-02": (1, 49_0000)}


def test_while_one_waits_no_other_is_made(refresh: Refresh, source: Source, analyst: User, signed_in: Any) -> None:
    made = refresh()
    assert made is not None
    with pytest.raises(UnableToAsk, match=made.number):
        ask_for_refresh(source, by=analyst)
    assert not Job.objects.filter(state=JobState.QUEUED).exists()
    assert Import.objects.count() == 1


def test_two_refreshes_at_once_never_double(source: Source, analyst: User, work: Work) -> None:
    ask_for_refresh(source, by=analyst)
    with pytest.raises(UnableToAsk):
        ask_for_refresh(source, by=analyst)
    # And where a second job is there all the same:
    source.refresh_from_db()
    first = source.job
    assert first is not None
    Job.objects.filter(pk=first.pk).update(state=JobState.DONE, finished_at="2026-01-01T00:00Z")
    ask_for_refresh(source, by=analyst)
    Job.objects.filter(pk=first.pk).update(state=JobState.QUEUED, finished_at=None)
    done = work()
    assert [job.state for job in done] == [JobState.DONE, JobState.FAILED]
    assert Import.objects.count() == 1


def test_it_is_taken_back_to_what_was_before(
    first: Import, refresh: Refresh, server: Server, analyst: User, work: Work, source: Source
) -> None:
    server.execute("INSERT INTO shop.sales VALUES ('2024-03-02', 'acme', 'Acme & Co.', 9.99, '4')")
    server.execute("INSERT INTO shop.sales VALUES ('2024-04-02', 'acme', 'Acme & Co.', 1.00, '5')")
    second = refresh()
    assert second is not None
    back(second, analyst, work)
    assert second.state == State.TAKEN_BACK
    assert months() == WHOLE
    # The month that counts again is the first import's, and goes with it.
    back(first, analyst, work)
    assert months() == {}
    # What was taken back does not come again by itself.
    third = refresh()
    assert third is not None
    assert third.state == State.CHECKED
    assert "taken_back" in third.held


def test_a_month_that_went_comes_back_with_the_import(
    first: Import, refresh: Refresh, server: Server, analyst: User, work: Work
) -> None:
    server.execute("DELETE FROM shop.sales WHERE date = '2024-03-01'")
    made = refresh()
    assert made is not None
    confirm(made, version=made.version, by=analyst)
    work()
    assert "2024-03" not in months()
    back(made, analyst, work)
    assert months() == WHOLE


def test_taking_the_earlier_import_back_leaves_what_replaced_it(
    first: Import, refresh: Refresh, server: Server, analyst: User, work: Work
) -> None:
    server.execute("INSERT INTO shop.sales VALUES ('2024-03-02', 'acme', 'Acme & Co.', 9.99, '4')")
    second = refresh()
    assert second is not None
    back(first, analyst, work)
    assert months() == {"2024-03": (2, 10_0000)}
    back(second, analyst, work)
    # What it replaced was taken back by a person, and stays so.
    assert months() == {}


def test_a_killed_import_is_finished_without_doubling(
    refresh: Refresh, analyst: User, work: Work, monkeypatch: pytest.MonkeyPatch
) -> None:
    from anahtar_web.ledgers.actions import pulling

    made = refresh()
    assert made is not None
    confirm(made, version=made.version, by=analyst)
    # Two of the three months get there, then the process is gone.
    left = pulling.left_of

    def some(of: Import, live: Any) -> Any:
        found = left(of, live)
        return pulling.Left(found.drafts[:2], found.gone)

    class Killed(BaseException):
        pass

    def killed(*_: Any, **__: Any) -> Any:
        raise Killed

    with monkeypatch.context() as patched:
        patched.setattr(pulling, "left_of", some)
        patched.setattr(Portion.objects, "filter", killed)
        with pytest.raises(Killed):
            pulling.bring(Import.objects.get(pk=made.pk), made_at="2026-01-05T09:00:00+03:00")
    assert len(months()) == 2
    work()
    made.refresh_from_db()
    assert made.state == State.IMPORTED
    assert months() == WHOLE


def test_columns_chosen_otherwise_are_read_again_and_wait(
    first: Import, refresh: Refresh, source: Source, analyst: User, work: Work, server: Server
) -> None:
    server.execute("ALTER TABLE shop.sales ADD COLUMN gross numeric(12,2)")
    server.execute("UPDATE shop.sales SET gross = amount * 2")
    ask_for_look(source, by=analyst)
    work()
    source.refresh_from_db()
    from anahtar.ledger.roles import Role

    columns = {Role.CUSTOMER: "customer", Role.CUSTOMER_NAME: "customer_name", Role.DATE: "date", Role.AMOUNT: "gross"}
    choose_columns(source, version=source.version, columns=columns, by=analyst)
    work()
    source.refresh_from_db()
    made = refresh()
    assert made is not None
    assert "columns" in made.held
    assert changes(made)["2024-02"] == ("changed", 50_0000, 100_0000)


def test_an_unclear_column_is_asked_for_once_and_nothing_is_refreshed(
    source: Source, server: Server, analyst: User, work: Work, signed_in: Any
) -> None:
    client, address = signed_in(analyst), f"/imports/sources/{source.pk}/"
    assert "Refresh now" in client.get(address).content.decode()
    server.execute("ALTER TABLE shop.sales RENAME customer TO xx")
    server.execute("ALTER TABLE shop.sales RENAME customer_name TO yy")
    ask_for_look(source, by=analyst)
    work()
    page = client.get(address).content.decode()
    assert page.count("No column is chosen for: customer") == 1
    assert "Choose the columns" in page
    assert "Refresh now" not in page


def test_the_list_says_what_waits_for_a_person(
    refresh: Refresh, source: Source, analyst: User, work: Work, signed_in: Any
) -> None:
    client = signed_in(analyst)
    assert "by the schedule" in client.get("/imports/sources/").content.decode()
    made = refresh()
    assert made is not None
    page = client.get("/imports/sources/").content.decode()
    assert "by the schedule" not in page
    assert page.count("waits for your word") == 2
    confirm(made, version=made.version, by=analyst)
    work()
    assert "by the schedule" in client.get("/imports/sources/").content.decode()


@pytest.mark.parametrize(
    ("harm", "said"),
    [
        ("DROP TABLE shop.sales", "There is no table shop.sales"),
        ("ALTER TABLE shop.sales DROP COLUMN amount", "amount"),
        ("DELETE FROM shop.sales", "holds no rows"),
    ],
)
def test_what_goes_wrong_is_said_and_the_ledger_stays(
    harm: str, said: str, first: Import, refresh: Refresh, server: Server, source: Source, analyst: User, signed_in: Any
) -> None:
    server.execute(harm)
    refresh()
    page = signed_in(analyst).get(f"/imports/sources/{source.pk}/").content.decode()
    assert source.refusal is not None
    assert said in page
    assert months() == WHOLE
    assert source.job is not None
    assert source.job.state == JobState.FAILED
    assert not source.job.fault
    # Nothing waits for a decision: a scheduled analysis goes on.
    assert not Import.objects.filter(state__in=["stopped", "checked"]).exists()


def test_a_refused_password_is_said_without_it(
    source: Source, refresh: Refresh, monkeypatch: pytest.MonkeyPatch, analyst: User, signed_in: Any
) -> None:
    monkeypatch.setenv("PGPASSWORD", "hunter2-wrong")
    refresh()
    page = signed_in(analyst).get(f"/imports/sources/{source.pk}/").content.decode()
    assert "refused the password" in page
    assert "hunter2" not in page


def test_the_password_may_stand_in_a_file(
    source: Source, refresh: Refresh, monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Path
) -> None:
    import os

    secret = os.environ["PGPASSWORD"]
    monkeypatch.delenv("PGPASSWORD")
    file = tmp_path / "passwords"
    file.write_text(f"127.0.0.1:{source.port}:*:{source.user}:{secret}\n")
    file.chmod(0o600)
    settings.SOURCE_PASSFILE = str(file)
    made = refresh()
    assert made is not None
    kept = "".join(
        [
            *(str(row) for row in Source.objects.values_list()),
            *(str(row) for row in Import.objects.values_list()),
            *(str(row) for row in Portion.objects.values_list()),
            *(str(row) for row in Entry.objects.values_list()),
            *(str(row) for row in Job.objects.values_list()),
        ]
    )
    assert secret not in kept
    assert str(file) not in kept


def test_a_server_that_is_allowed_no_more_is_not_asked(
    source: Source, refresh: Refresh, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.SOURCE_HOSTS = ["elsewhere.example.com"]

    def never(*_: Any, **__: Any) -> None:
        raise AssertionError("asked all the same")

    monkeypatch.setattr("psycopg.connect", never)
    assert refresh() is None
    assert source.refusal is not None
    assert "ANAHTAR_SOURCE_HOSTS" in str(source.refusal)


def test_a_cancelled_import_leaves_nothing(refresh: Refresh, analyst: User, data: Path, work: Work) -> None:
    made = refresh()
    assert made is not None
    cancel(made, by=analyst)
    work()
    again = refresh()
    assert again is not None
    assert sorted(again.held) == ["first", "taken_back"]
    assert months() == {}
    assert [path.name for path in (data / "staging").iterdir() if path.name.startswith("source")] == []


def test_the_page_of_the_import_tells_its_months(first: Import, analyst: User, signed_in: Any, data: Path) -> None:
    page = SummaryPage.build(of=Import.objects.get(pk=first.pk), user=analyst)
    assert page.pulled is not None
    assert [(row.portion.rows_after, row.portion.amount_after) for row in page.pulled.rows] == list(WHOLE.values())
    client = signed_in(analyst)
    for address in (f"/imports/{first.pk}/", f"/imports/{first.pk}/problems/", f"/imports/{first.pk}/take-back/"):
        assert client.get(address).status_code == 200
    assert "ERP: shop.sales" in client.get("/imports/").content.decode()
    Ledger.open(data / "ledger").verify()


def test_a_taking_back_that_was_killed_is_finished(
    first: Import, refresh: Refresh, server: Server, analyst: User, work: Work, monkeypatch: pytest.MonkeyPatch
) -> None:
    from anahtar_web.ledgers.actions import pulling

    server.execute("DELETE FROM shop.sales WHERE date = '2024-03-01'")
    made = refresh()
    assert made is not None
    confirm(made, version=made.version, by=analyst)
    work()
    made.refresh_from_db()
    take_back(made, version=made.version, reason="It was there", by=analyst)
    made.refresh_from_db()

    class Killed(BaseException):
        pass

    def killed(*_: Any) -> None:
        raise Killed

    live = [manifest for _folder, manifest in live_batches()]
    assert not pulling.is_given_back(made, live)
    with monkeypatch.context() as patched:
        patched.setattr(pulling, "_follow", killed)
        with pytest.raises(Killed):
            pulling.give_back(made)
    assert months() == WHOLE
    work()
    back(first, analyst, work)
    assert months() == {}
