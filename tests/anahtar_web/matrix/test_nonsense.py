"""What somebody could send to any address: other people's columns, huge numbers, other sites, forms without a token."""

import time
import uuid
from collections.abc import Iterator, Sequence

import pytest
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db.models import AutoField, DateTimeField, JSONField, Model, UUIDField
from django.test import Client

from anahtar_web.accounts.models import Account, Assignment, Merge
from anahtar_web.company.models import Company
from anahtar_web.insight.models import SavedView
from anahtar_web.jobs.models import Job
from anahtar_web.ledgers.models import Import
from anahtar_web.people.models import User
from tests.anahtar_web.matrix.addresses import Address, every_address
from tests.anahtar_web.matrix.bodies import BODIES, body
from tests.anahtar_web.matrix.firm import Firm
from tests.anahtar_web.matrix.samples import filled_in, samples
from tests.anahtar_web.matrix.walk import ask, first_difference, same_but_for_tokens, undone

pytestmark = pytest.mark.django_db

OURS = [address for address in every_address() if address.room]
READ = [address for address in OURS if address.answers("GET")]
WRITTEN = [address for address in every_address() if address.answers("POST")]

PROBES = (
    *("owner__password__startswith=p", "by__password__contains=md5", "person__email__iregex=.", "ordering=-margin"),
    *("order_by=profit", "sort=margin__gt", "sort=-cost", "sort=password", "group_by=margin_band", "filter=margin>0"),
    *("margin__gte=0.5", "profit__lt=1", "exclude=cost", "fields=password", "_connector=) OR 1=1--", "_negated=true"),
    *("id__in=1,2,3", "pk=1", "version=1", "page_size=1000000000", "limit=10**9", "offset=1000000000", "format=json"),
    *("search=%27%20OR%20%271%27=%271", "columns=margin", "view=margin", "debug=1", "role=administrator"),
)
"""Names and values that nobody declared, or that ask for what one must not sort and filter by."""

VALUES = (
    *("", "a", "-1", "0", "1000000000", str(2**63), "9" * 60, "1.5", "NaN", "none", "[]", "' OR '1'='1", "%"),
    *('{"_negated":true}', "../../etc/passwd", "//evil.example/", "javascript:alert(1)", "\r\nSet-Cookie: x=1"),
    *("<script>alert(1)</script>", "İ" * 400, "x" * 1500, "2024-13-45", "0001-01-01", "9999-12-31", "𝟙", "-margin"),
)
SWAPPED = ("", "//evil.example/", "<script>alert(1)</script>")


@pytest.mark.long
@pytest.mark.parametrize("address", READ, ids=str)
def test_what_nobody_declared_is_refused_or_makes_no_difference(firm: Firm, address: Address) -> None:
    url = filled_in(firm, address)
    more = "&" if "?" in url else "?"
    declared = address.policy.parameters if address.policy else None
    for who in ("head", "marketing"):
        plain = ask(firm, who, "GET", url)
        if plain.answer.status_code >= 400:
            continue
        if declared is None:
            # It reads none of its parameters: asked for all at once, nothing may be different.
            asked = ask(firm, who, "GET", url + more + "&".join(PROBES)).answer
            assert not first_difference(same_but_for_tokens(plain.answer, url), same_but_for_tokens(asked, url))
            continue
        for probe in PROBES:
            asked = ask(firm, who, "GET", url + more + probe).answer
            assert asked.status_code < 500, probe
            assert asked.status_code >= 400 or probe.partition("=")[0] in declared, probe


def dealt(names: list[str], *, whole: bool) -> Iterator[tuple[str, str]]:
    """Deal the values out: of three parameters and more each gets a third, and each value goes to every third one."""
    share = len(VALUES) if whole else max(len(VALUES) // 3, len(VALUES) // max(len(names), 1))
    for at, name in enumerate(names):
        for value in (VALUES * 2)[at * share % len(VALUES) :][:share]:
            yield name, value


@pytest.mark.long
@pytest.mark.parametrize("whole", [False, pytest.param(True, marks=pytest.mark.slow)], ids=["dealt", "whole"])
@pytest.mark.parametrize("address", READ, ids=str)
def test_no_value_of_a_parameter_breaks_a_page_or_leads_to_another_site(
    firm: Firm, address: Address, whole: bool
) -> None:
    url = filled_in(firm, address).partition("?")[0]
    assert address.policy is not None
    for name, value in dealt(sorted(address.policy.parameters or ()), whole=whole):
        for headers in ({}, {"HX-Request": "true"}) if value in SWAPPED else ({},):
            began = time.process_time()
            with undone():
                answer = firm.client("head").get(url, {name: value}, headers=headers)
                text = same_but_for_tokens(answer, url)
            told = f"{name}={value[:40]!r}"
            assert answer.status_code < 500, told
            assert "<script>alert" not in text, told
            for way in ("Location", "HX-Redirect", "HX-Location", "HX-Push-Url", "HX-Replace-Url"):
                assert "evil.example" not in answer.headers.get(way, ""), told
                assert not answer.headers.get(way, "").startswith("javascript:"), told
            assert "x=1" not in answer.headers.get("Set-Cookie", ""), told
            assert time.process_time() - began < 3, told


NUMBERS = ("0", "-1", str(2**31), str(2**63), "9" * 80, "a", "1a", "１", "1.0", "%00", "..%2f..", "1'", " 1")


@pytest.mark.long
@pytest.mark.parametrize("address", [address for address in OURS if address.parameters], ids=str)
def test_keys_that_no_row_has_are_not_found(firm: Firm, address: Address) -> None:
    known = samples(address)
    usual = {name: sample.value(firm) for name, sample in known.items()}
    for name, value in usual.items():
        if not isinstance(value, int):
            continue
        for number in NUMBERS[1:] if known[name].from_zero else NUMBERS:
            url = address.url(usual).replace(f"/{value}/", f"/{number}/", 1)
            for method in ("GET", "POST"):
                asked = ask(firm, "admin", method, url)
                assert asked.answer.status_code in (400, 404, 405), f"{method} {url} ({name})"
                assert not asked.changed


FORGED = ({}, {"Origin": "https://evil.example"}, {"HX-Request": "true", "X-CSRFToken": "x" * 64})
"""What stands beside a form that another site sends: nothing, where it comes from, a token that is made up."""


@pytest.mark.parametrize("address", WRITTEN, ids=str)
def test_a_form_without_the_token_of_the_session_is_refused_everywhere(firm: Firm, address: Address) -> None:
    _check_forged(firm, address, FORGED[WRITTEN.index(address) % len(FORGED) :][:1])


@pytest.mark.sweep
@pytest.mark.parametrize("address", WRITTEN, ids=str)
def test_whatever_stands_beside_it(firm: Firm, address: Address) -> None:
    _check_forged(firm, address, FORGED)


def _check_forged(firm: Firm, address: Address, forged: Sequence[dict[str, str]]) -> None:
    url = filled_in(firm, address)
    strict = Client(enforce_csrf_checks=True, raise_request_exception=False)
    strict.cookies = firm.client("admin").cookies
    form = body(firm, address) or {}
    with undone():
        for headers in forged:
            answer = strict.post(url, {"once": str(uuid.uuid4()), **form}, headers=headers)
            assert answer.status_code == 403, f"{url} {headers}"


UNASKED = (
    *("role", "is_active", "is_staff", "is_superuser", "password", "email", "by", "by_id", "created_by", "owner"),
    *("user", "user_id", "person", "person_id", "pk", "id", "account", "account_id", "origin", "in_ledger", "tenant"),
    *("merged_into", "merged_into_id", "parent", "parent_id", "payer_id", "code", "state", "batch", "current"),
    *("default", "approved", "search_key", "created_by_batch", "parent_said_by_person", "criteria", "kept"),
)
"""Names of columns that a form may not ask for."""

OF_THE_ROW = AutoField | DateTimeField | JSONField | UUIDField
"""Columns that tell a row's own number or moment, which no two of them share."""

MODELS = (User, Account, Assignment, Merge, Company, Import, Job, SavedView)


def rows(known: dict[type[Model], set[object]]) -> list[list[object]]:
    """Give every row without moments and keys of its own; what a row that was not there before is called by, too."""
    found = []
    for model in MODELS:
        columns = [f for f in model._meta.concrete_fields if not isinstance(f, OF_THE_ROW) and f.name != "subject_id"]
        for row in model._base_manager.order_by("pk").values(*(column.attname for column in columns)):
            for column in columns:
                if str(row[column.attname]).startswith(UNUSABLE_PASSWORD_PREFIX):
                    row[column.attname] = "unusable"  # drawn anew for everybody who is invited
                if column.is_relation and row[column.attname] not in known.get(column.related_model, ()):
                    row[column.attname] = "new"
            found.append([model.__name__, *row.values()])
    return found


@pytest.mark.parametrize("address", [a for a in OURS if a.name in BODIES], ids=str)
def test_columns_a_form_does_not_ask_for_are_not_taken_from_it(firm: Firm, address: Address) -> None:
    by, url = BODIES[address.name][0].by, filled_in(firm, address)
    known = {model: {None, *model._base_manager.values_list("pk", flat=True)} for model in MODELS}
    results = []
    for unasked in ((), UNASKED):
        form = body(firm, address) or {}
        more = {name: "administrator" if name == "role" else "1" for name in unasked if name not in form}
        with undone():
            firm.client(by).post(url, {"once": str(uuid.uuid4()), **more, **form})
            results.append(rows(known))
    assert results[0] == results[1]
