"""Settings: who sees and changes them, what is refused, what stays on the trail, what is analysed anew."""

import tomllib
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from anahtar.rules.criteria import Criteria, read_criteria
from anahtar.rules.lapse_criterion import Criterion, LapseCriterion
from anahtar_web.audit.models import Entry
from anahtar_web.company import actions
from anahtar_web.company.criteria import DEFAULTS, LABELS, flat, written
from anahtar_web.company.forms.lapse import EXPLAINED
from anahtar_web.company.models import Company, Lapse
from anahtar_web.company.queries import analysis_options, company, lapse_criterion
from anahtar_web.people.models import User

pytestmark = pytest.mark.django_db
Post = Callable[..., Any]


@pytest.fixture
def row() -> Company:
    return Company.objects.create(pk=1, name="Kuzey", currency="TRY")


@pytest.fixture
def moved(monkeypatch: pytest.MonkeyPatch) -> list[Company]:
    """Who asked for a new analysis."""
    told: list[Company] = []
    monkeypatch.setattr(actions, "on_thresholds_changed", [lambda changed, by: told.append(changed)])
    return told


def send(client: Client, name: str, **fields: Any) -> Any:
    return client.post(reverse(f"company:{name}"), {"once": str(uuid4()), **fields})


def said_of_company(**fields: Any) -> dict[str, Any]:
    return {
        "company": "Kuzey", "currency": "TRY", "language": "tr", "time_zone": "Europe/Istanbul",
        "fiscal_year_start": 1, "version": 1,
    } | fields  # fmt: skip


def thresholds(**fields: Any) -> dict[str, Any]:
    return {
        "window": "last12", "measure": "", "abc_a": "80", "abc_b": "95", "xyz_x": "50", "xyz_y": "100",
        "period": "quarter", "lapse": "rhythm", "lapse_days": "90", "lapse_at_risk": "30", "lapse_lapsed": "50",
        "version": 1, "reason": "Board of 12 May",
    } | fields  # fmt: skip


def criteria(**fields: Any) -> dict[str, Any]:
    from anahtar_web.company.forms import CriteriaForm

    start = CriteriaForm.initial_of(Company(pk=1))
    return {name: value for name, value in start.items() if value is not False} | {"reason": "New policy"} | fields


SECTIONS = ("settings", "thresholds", "criteria")


def test_who_may_see_sees_and_only_who_may_change_gets_a_form(
    row: Company, admin: User, director: User, head: User, analyst: User, auditor: User, ana: User, marketing: User,
    signed_in: Any,
) -> None:  # fmt: skip
    forms = {admin: SECTIONS, director: SECTIONS[1:], head: SECTIONS[1:], analyst: (), auditor: ()}
    for reader, may in forms.items():
        for section in SECTIONS:
            answer = signed_in(reader).get(reverse(f"company:{section}"))
            assert answer.status_code == 200
            assert ('name="version"' in answer.content.decode()) is (section in may), (reader.role, section)
    for reader in (ana, marketing):
        assert [signed_in(reader).get(reverse(f"company:{s}")).status_code for s in SECTIONS] == [403] * 3
    for reader in (analyst, auditor, ana, marketing):
        client = signed_in(reader)
        assert send(client, "save_company", **said_of_company(company="Taken")).status_code == 403
        assert send(client, "save_thresholds", **thresholds(abc_a="70")).status_code == 403
        assert send(client, "save_criteria", **criteria()).status_code == 403
        assert send(client, "save_criteria_text", text="", version=1, reason="x").status_code == 403
    assert (Company.objects.get().name, Company.objects.get().version, Entry.objects.count()) == ("Kuzey", 1, 0)


def test_the_company_is_changed_and_every_page_follows(row: Company, admin: User, signed_in: Any) -> None:
    client = signed_in(admin)
    answer = send(client, "save_company", **said_of_company(company="Güney", fiscal_year_start=7, time_zone="UTC"))
    assert answer.headers["Location"] == reverse("company:settings")
    now = Company.objects.get()
    assert (now.name, now.fiscal_year_start, now.time_zone, now.version) == ("Güney", 7, "UTC", 2)
    (entry,) = Entry.objects.all()
    assert entry.verb == "company.edited"
    assert entry.before == {"name": "Kuzey", "fiscal_year_start": 1, "time_zone": "Europe/Istanbul"}
    page = client.get(reverse("company:settings")).content.decode()
    assert "<del" in page
    assert "January" in page
    assert "July" in page


def test_settings_can_be_changed_where_nobody_has_set_anything_yet(admin: User, signed_in: Any) -> None:
    assert send(signed_in(admin), "save_company", **said_of_company()).status_code == 302
    assert company().name == "Kuzey"


def test_a_threshold_changes_with_its_reason_before_and_after_and_the_ledger_is_analysed_anew(
    row: Company, head: User, signed_in: Any, moved: list[Company]
) -> None:
    client = signed_in(head)
    answer = send(client, "save_thresholds", **thresholds(abc_a="70", xyz_x="33.3", measure="revenue"))
    assert answer.status_code == 302
    now = Company.objects.get()
    assert (now.abc_a, now.xyz_x, now.measure) == (0.7, 0.333, "revenue")
    assert moved == [now]
    (entry,) = Entry.objects.all()
    assert (entry.verb, entry.reason) == ("company.thresholds_changed", "Board of 12 May")
    page = client.get(reverse("company:thresholds")).content.decode()
    for text in ("80 %", "70 %", "33.3 %", "revenue", "Board of 12 May", "Hale Şef changed the thresholds"):
        assert text in page


def test_saving_without_a_change_asks_for_no_analysis_and_leaves_no_trace(
    row: Company, head: User, signed_in: Any, moved: list[Company]
) -> None:
    assert send(signed_in(head), "save_thresholds", **thresholds()).status_code == 302
    assert moved == []
    assert Entry.objects.count() == 0


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"reason": " "}, "required"),
        ({"abc_a": "96"}, "Class B ends above class A"),
        ({"abc_b": "100"}, "Class B ends above class A"),
        ({"abc_a": "nan"}, "Enter a number"),
        ({"xyz_y": "40"}, "Y varies more than X"),
        ({"window": "months"}, "Name the first and the last month"),
        ({"window": "months", "first_month": "2024-12", "last_month": "2024-01"}, "Name the first and the last month"),
        ({"window": "last13"}, "Select a valid choice"),
        ({"period": "week"}, "Select a valid choice"),
        ({"lapse": "guess"}, "Select a valid choice"),
        ({"lapse": ""}, "required"),
        ({"lapse_days": "29"}, "greater than or equal to 30"),
        ({"lapse_days": "731"}, "less than or equal to 730"),
        ({"lapse_at_risk": "50"}, "below the probability from which an account is lapsed"),
        ({"lapse_at_risk": "0"}, "below the probability from which an account is lapsed"),
        ({"lapse_lapsed": "100"}, "less than or equal to 99.9"),
    ],
)
def test_a_threshold_that_makes_no_sense_is_refused_at_its_field(
    row: Company, head: User, signed_in: Any, moved: list[Company], fields: dict[str, str], sentence: str
) -> None:
    answer = send(signed_in(head), "save_thresholds", **thresholds(**fields))
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert (Company.objects.get().version, moved) == (1, [])


def test_the_lapse_criterion_changes_with_its_reason_and_reaches_the_analysis(
    row: Company, head: User, signed_in: Any, moved: list[Company]
) -> None:
    assert lapse_criterion(company()) == LapseCriterion(Criterion.RHYTHM, flat_days=90, at_risk=0.3, lapsed=0.5)
    client = signed_in(head)
    chosen = {"lapse": "combined", "lapse_days": "60", "lapse_at_risk": "25", "lapse_lapsed": "62.5"}
    assert send(client, "save_thresholds", **thresholds(**chosen)).status_code == 302
    assert lapse_criterion(company()) == LapseCriterion(Criterion.COMBINED, flat_days=60, at_risk=0.25, lapsed=0.625)
    assert moved == [Company.objects.get()]
    (entry,) = Entry.objects.all()
    assert entry.before == {"lapse": "rhythm", "lapse_days": 90, "lapse_at_risk": 0.3, "lapse_lapsed": 0.5}
    page = client.get(reverse("company:thresholds")).content.decode()
    for text in ("its own rhythm", "rhythm, probability and time together", "62.5 %", "25 %"):
        assert text in page
    assert page.count("checked") == 1


def test_each_criterion_is_explained_beside_its_choice(row: Company, head: User, signed_in: Any) -> None:
    page = signed_in(head).get(reverse("company:thresholds")).content.decode()
    for kind in Lapse:
        assert str(EXPLAINED[kind]).replace("'", "&#x27;") in page
        assert f'value="{kind.value}"' in page
    assert {kind.value for kind in Lapse} == {kind.value for kind in Criterion}


def test_two_who_choose_a_criterion_see_both(row: Company, admin: User, head: User, signed_in: Any) -> None:
    send(signed_in(admin), "save_thresholds", **thresholds(lapse="flat"))
    answer = send(signed_in(head), "save_thresholds", **thresholds(lapse="combined"))
    page = answer.content.decode()
    assert answer.status_code == 409
    assert page.count("the same days for everybody") >= 2
    assert Company.objects.get().lapse == "flat"


@pytest.mark.parametrize(
    "fields",
    [{"lapse": "guess"}, {"lapse_days": 29}, {"lapse_days": 731}, {"lapse_at_risk": 0.5}, {"lapse_lapsed": 1.0}],
)
def test_the_database_holds_no_criterion_that_makes_no_sense(row: Company, fields: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Company.objects.filter(pk=row.pk).update(**fields)
    Company.objects.filter(pk=row.pk).update(lapse="flat", lapse_days=30, lapse_at_risk=0.1, lapse_lapsed=0.2)


def test_fixed_months_reach_the_analysis_as_whole_months(row: Company, head: User, signed_in: Any) -> None:
    from datetime import date

    from anahtar.analysis import Measure, Span, Window

    fields = {"window": "months", "first_month": "2024-01", "last_month": "2025-02", "measure": "profit"}
    assert send(signed_in(head), "save_thresholds", **thresholds(**fields, period="month")).status_code == 302
    with analysis_options(company()) as options:
        assert options.window == Window(date(2024, 1, 1), date(2025, 2, 28))
        assert (options.measure, options.period, options.criteria) == (Measure.PROFIT, Span.MONTH, None)


def test_the_second_of_two_sees_both_versions(row: Company, admin: User, head: User, signed_in: Any) -> None:
    send(signed_in(admin), "save_thresholds", **thresholds(abc_a="70"))
    client = signed_in(head)
    answer = send(client, "save_thresholds", **thresholds(abc_a="60"))
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "70 %" in page
    assert "60 %" in page
    assert 'value="60"' in page
    assert 'name="version" value="2"' in page
    assert Company.objects.get().abc_a == 0.7
    assert send(client, "save_thresholds", **thresholds(abc_a="60", version=2)).status_code == 302


def test_the_fields_and_the_defaults_of_the_core_are_the_same() -> None:
    assert list(LABELS) == list(flat(""))
    assert tomllib.loads(written(flat(""))) == DEFAULTS


def test_criteria_written_as_fields_are_what_the_core_reads(row: Company, head: User, signed_in: Any) -> None:
    fields = criteria(
        rule="all", share__least="12.5", class__abc=["A", "B"], trend__on="on", trend__least="-5",
        named__accounts='0042\n A "quoted" ş\\kod \n\n', profit__on="on", profit__least="10000.50", bound__largest="25",
    )  # fmt: skip
    answer = send(signed_in(head), "save_criteria", **fields)
    assert answer.status_code == 302, answer.content.decode()
    with analysis_options(company()) as options:
        assert options.criteria is not None
        read = read_criteria(options.criteria)
    assert read == Criteria(
        rule="all", share_least=0.125, classes=(frozenset("AB"), frozenset("XY")), trend_least=-0.05,
        profit_least=100_005_000, named=frozenset({"0042", 'A "quoted" ş\\kod'}), largest=25,
    )  # fmt: skip


def test_a_criterion_the_core_refuses_is_told_at_its_field_in_the_readers_language(
    row: Company, head: User, signed_in: Any, moved: list[Company]
) -> None:
    client = signed_in(head)
    answer = send(client, "save_criteria", **criteria(breadwinner__leaves="20"))
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "must not be above breadwinner.enters" in page.partition('name="breadwinner__leaves"')[2][:600]
    answer = send(client, "save_criteria", **criteria(class__abc=[]))
    assert "must list some of: A, B, C" in answer.content.decode()
    User.objects.filter(pk=head.pk).update(language="tr")
    answer = send(client, "save_criteria", **criteria(bound__largest="0"))
    assert "en az" in answer.content.decode() or "tam sayı" in answer.content.decode()
    assert (Company.objects.get().criteria, moved) == ("", [])


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("[share\n", "The text is no TOML file"),
        ("[shares]\nleast = 0.1\n", "is no key of this file; known here: share"),
        ("[share]\nleast = 10\n", "must be a fraction above 0 and up to 1"),
        ('[named]\naccounts = [42]\n', "must be a list of texts in quotes"),
    ],
)  # fmt: skip
def test_a_text_the_core_refuses_is_told_and_kept(
    row: Company, head: User, signed_in: Any, moved: list[Company], text: str, sentence: str
) -> None:
    answer = send(signed_in(head), "save_criteria_text", text=text, version=1, reason="x")
    page = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in page
    assert text.splitlines()[0] in page
    assert (Company.objects.get().criteria, moved) == ("", [])


def test_a_text_is_kept_with_its_comments_and_its_history_is_told_in_words(
    row: Company, head: User, auditor: User, signed_in: Any, moved: list[Company]
) -> None:
    text = "# our own words\r\n[share]\r\nleast = 0.15\r\n"
    assert send(signed_in(head), "save_criteria_text", text=text, version=1, reason="Audit").status_code == 302
    assert Company.objects.get().criteria == text.replace("\r\n", "\n")
    assert len(moved) == 1
    page = signed_in(auditor).get(reverse("company:criteria")).content.decode()
    for told in ("Least share of the value of all accounts", "10 %", "15 %", "Audit"):
        assert told in page
    back = send(signed_in(head), "save_criteria_text", text="", version=2, reason="Back to the defaults")
    assert back.status_code == 302
    assert Company.objects.get().criteria == ""


def test_sent_twice_a_change_happens_once(row: Company, head: User, signed_in: Any, moved: list[Company]) -> None:
    client, form = signed_in(head), thresholds(abc_a="70") | {"once": str(uuid4())}
    answers = [client.post(reverse("company:save_thresholds"), form) for _copy in range(2)]
    assert [answer.status_code for answer in answers] == [302, 302]
    assert (Company.objects.get().version, Entry.objects.count(), len(moved)) == (2, 1, 1)
