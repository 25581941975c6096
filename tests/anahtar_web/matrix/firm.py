"""A firm with a row of everything, in which every protected thing says who may read it."""

from dataclasses import dataclass, field
from datetime import date
from http.cookies import SimpleCookie
from typing import Any, Final

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.test import Client
from django.utils import timezone

from anahtar_web.accounts.actions import dismiss, merge, put_into_group
from anahtar_web.accounts.models import Account, Assignment, Part
from anahtar_web.audit.actions import record
from anahtar_web.gate.rights import Role
from anahtar_web.insight.models import SavedView
from anahtar_web.jobs.models import Job, State
from anahtar_web.jobs.told import told
from anahtar_web.ledgers.models import SavedMapping
from anahtar_web.people.models import User
from anahtar_web.reports.models import Subscription
from anahtar_web.sources.models import Source
from anahtar_web.strategies.actions import deviate, write
from anahtar_web.strategies.subjects import SUBJECTS
from tests.anahtar_web.conftest import person
from tests.anahtar_web.matrix import agreed
from tests.anahtar_web.matrix.canaries import Canary
from tests.anahtar_web.matrix.figures import figures, rounded
from tests.anahtar_web.matrix.passkey import PASSKEY
from tests.anahtar_web.matrix.sales import checked, export, imported

ANONYMOUS: Final = "anonymous"
LOCKED: Final = "locked"
STRANGER: Final = "stranger"
"""A key account manager who looks after Birch and is nobody to Acme."""

CAST: Final = {
    "admin": Role.ADMINISTRATOR,
    "director": Role.DIRECTOR,
    "head": Role.HEAD,
    "kam": Role.KAM,
    STRANGER: Role.KAM,
    "marketing": Role.MARKETING,
    "analyst": Role.ANALYST,
    "auditor": Role.AUDITOR,
    LOCKED: Role.ADMINISTRATOR,
}
"""Who walks the matrix, beside somebody who is not signed in."""

WHO: Final = (ANONYMOUS, *CAST)


@dataclass(slots=True)
class Firm:
    """The firm as it was planted."""

    people: dict[str, User] = field(default_factory=dict)
    accounts: dict[str, Account] = field(default_factory=dict)
    objects: dict[str, Any] = field(default_factory=dict)
    """Other rows by name, for `samples.py`."""
    canaries: list[Canary] = field(default_factory=list)
    figures: dict[str, Canary] = field(default_factory=dict)
    """Protected numbers as pages would write them."""
    cookies: dict[str, dict[str, str]] = field(default_factory=dict)
    """Of everybody, right after signing in: signing in is most of the time a request takes."""
    digest: str = ""

    def client(self, who: str) -> Client:
        """Give a client as somebody has it after signing in. It is the same one for all: use it, then forget it."""
        _CLIENT.cookies = SimpleCookie(self.cookies[who])
        return _CLIENT

    def may(self, who: str, right: str) -> bool:
        """Whether somebody has a right, by what was agreed."""
        if right == agreed.ANYBODY:
            return True
        if who in (ANONYMOUS, LOCKED):
            return False
        return right == agreed.SIGNED_IN or right in agreed.rights()[CAST[who].value]


_CLIENT: Final = Client(raise_request_exception=False)


SOURCE_HOST: Final = "erp-db.example.com"
"""A server the operator allows."""

SEES_ACME: Final = frozenset({"admin", "director", "head", "kam", "marketing", "analyst", "auditor"})
SEES_IMPORTS: Final = frozenset({"admin", "director", "head", "analyst", "auditor"})
SEES_ALL: Final = frozenset({"admin", "director", "head", "marketing", "analyst", "auditor"})
SEES_BIRCH: Final = frozenset({"admin", "director", "head", STRANGER, "marketing", "analyst", "auditor"})


def grow() -> Firm:
    """Plant the firm: people, their sales, what they wrote and did."""
    firm = Firm({who: person(f"{who}@kuzey.example", f"Qz{who} Işık", role) for who, role in CAST.items()})
    _import_sales(firm)
    _write_on_accounts(firm)
    _plant_work(firm)
    _write_strategies(firm)
    # Here: it begins with the firm of this module.
    from tests.anahtar_web.matrix.closing import close_a_month
    from tests.anahtar_web.matrix.dossiers import write_dossiers
    from tests.anahtar_web.matrix.losing import look_for_losses
    from tests.anahtar_web.matrix.signalling import plant_signals
    from tests.anahtar_web.matrix.winning_back import win_back

    write_dossiers(firm)
    look_for_losses(firm)
    win_back(firm)
    plant_signals(firm)
    close_a_month(firm)
    _second_factors(firm)
    firm.canaries += [Canary(user.password[-20:], "a password", frozenset()) for user in firm.people.values()]
    firm.figures = figures()
    firm.canaries += rounded()
    return firm


def sign_in_everybody(firm: Firm) -> None:
    """Sign the cast in; every process of a run has a secret of its own, so that it needs sessions of its own."""
    for who in WHO:
        client = Client(raise_request_exception=False)
        if who != ANONYMOUS:
            client.force_login(firm.people[who])
        client.get("/nowhere/")  # notes when they were last seen, which is a write
        if who != ANONYMOUS:
            _stay(client)
        firm.cookies[who] = {name: morsel.value for name, morsel in client.cookies.items()}
    User.objects.filter(pk=firm.people[LOCKED].pk).update(is_active=False)


def _stay(client: Client) -> None:
    """Have somebody seen for the hour: after a minute it would be noted in every request, for each is taken back."""
    session = client.session
    session["seen_at"] += 3600
    session.save()


def _import_sales(firm: Firm) -> None:
    analyst = Client()
    analyst.force_login(firm.people["analyst"])
    firm.objects["import"] = imported(analyst, "QzFile.csv")
    firm.objects["checked"] = checked(analyst, "QzOther.csv", export(date(2024, 3, 3), "QzOtherRow"))
    firm.objects["file"] = firm.objects["import"].files.get()
    firm.objects["mapping"] = SavedMapping.objects.get()
    firm.accounts = {
        "acme": Account.objects.get(code="QZA-1"),
        "foundry": Account.objects.get(code="QZA-2"),
        "birch": Account.objects.get(code="QZB-1"),
        "cedar": Account.objects.get(code="QZC-1"),
        "dune": Account.objects.get(code="QZD-1"),
    }
    firm.canaries += [
        Canary("QzOther", "a file's name", SEES_IMPORTS),
        Canary("QzFile", "a file's name", SEES_ACME | SEES_BIRCH),
        Canary("QzSource", "a source's name", SEES_IMPORTS),
        Canary("QzRefusedRow", "a row of a file", SEES_IMPORTS),
    ]


def _write_on_accounts(firm: Firm) -> None:
    """Write what people know, and say who looks after what: Acme's key account manager and Birch's."""
    for name, manager in (("acme", "kam"), ("birch", STRANGER)):
        account = firm.accounts[name]
        account.remark = f"QzRemarkOf{name.title()}"
        account.city = f"QzCityOf{name.title()}"
        account.website = f"https://qzsite{name}.example/"
        account.save()
        looks_after = firm.people[manager]
        Assignment.objects.create(account=account, person=looks_after, part=Part.MANAGER, since=date(2024, 1, 1))
        record("account.edited", account, by=firm.people["head"], after={"remark": account.remark}, account=account.pk)
    by, why = firm.people["head"], "QzReason"
    put_into_group(account=firm.accounts["acme"], group=firm.accounts["cedar"], reason="One house.", by=by)
    firm.objects["assignment"] = firm.accounts["acme"].assignments.get()
    firm.objects["merge"] = merge(source=firm.accounts["dune"], target=firm.accounts["cedar"], reason=why, by=by)
    firm.objects["dismissal"] = dismiss(first=firm.accounts["foundry"], second=firm.accounts["birch"], by=by)
    firm.canaries.append(Canary(why, "why two accounts are one", SEES_IMPORTS))
    for name, readers in (("acme", SEES_ACME), ("birch", SEES_BIRCH)):
        firm.canaries += [
            Canary(f"Qz{name}", "an account", readers),
            Canary(f"QzRemarkOf{name.title()}", "a remark on an account", readers),
            Canary(f"QzCityOf{name.title()}", "where an account is", readers),
            Canary(f"qzsite{name}", "an account's website", readers),
        ]


def _write_strategies(firm: Firm) -> None:
    """Write a strategy twice, for everybody, and say where Acme and Birch are treated otherwise."""
    for number, word in enumerate(("QzFirstWord", "QzSecondWord")):
        write(subject=SUBJECTS["AX"], version=number, word=word, text=f"- {word}", reason="Qz", by=firm.people["head"])
    for name, manager, readers in (("acme", "kam", SEES_ACME), ("birch", STRANGER, SEES_BIRCH)):
        text, why = f"QzInsteadFor{name.title()}", f"QzBecauseOf{name.title()}"
        by = firm.people[manager]
        deviate(account=firm.accounts[name], text=text, reason=why, until=None, seen=None, by=by)
        firm.canaries += [Canary(text, "a deviation", readers), Canary(why, "why we deviate", readers)]


def _second_factors(firm: Firm) -> None:
    """Give everybody a second factor, or half of its pages would be absent."""
    for who, user in firm.people.items():
        secret = f"QZSECRET{who.upper()}"
        TOTP.activate(user, secret)
        RecoveryCodes.activate(user)
        firm.canaries.append(Canary(secret, "a second factor", frozenset()))
    firm.objects["key"] = Authenticator.objects.create(
        user=firm.people["kam"], type=Authenticator.Type.WEBAUTHN, data={"name": "QzKey", "credential": PASSKEY}
    )
    firm.canaries.append(Canary("QzKey", "a passkey", frozenset({"kam"})))


def _plant_work(firm: Firm) -> None:
    """Plant a job that the head of key accounts started, and that failed."""
    firm.objects["job"] = Job.objects.create(
        kind="ledgers.read",
        label="QzJob.xlsx",
        state=State.FAILED,
        message=told("QzWhatBecameOfIt"),
        by=firm.people["head"],
        finished_at=timezone.now(),
    )
    firm.objects["source"] = Source.objects.create(
        name="QzSource",
        host=SOURCE_HOST,
        database="qzdatabase",
        schema="qzschema",
        table="qzsales",
        user="qzreader",
        options=firm.objects["checked"].options,
        peek=firm.objects["checked"].peek,
        months=[["2024-03", 3, "7.50"]],
        looked_at=timezone.now(),
        by=firm.people["analyst"],
    )
    firm.canaries.append(Canary("QzSource", "a source", SEES_IMPORTS))
    firm.objects["report"] = Subscription.objects.create(
        person=firm.people["kam"], query="period=2024", label="QzReport"
    )
    firm.objects["view"] = SavedView.objects.create(person=firm.people["kam"], name="QzView", query="class=A")
    firm.canaries += [
        Canary("QzView", "a saved view", frozenset({"kam"})),
        Canary("QzJob", "a job", SEES_IMPORTS),
        Canary("QzWhatBecameOfIt", "what became of a job", SEES_IMPORTS),
    ]
