"""Tenders of the firm: one decided and one open for Acme and for Birch, with prices that not everybody reads."""

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from anahtar_web.accounts.models import Account
from anahtar_web.files.models import Attachment
from anahtar_web.people.models import User
from anahtar_web.tenders import actions
from anahtar_web.tenders.actions.deciding import DecidedLot, Decision
from anahtar_web.tenders.actions.writing import SaidParticipant
from anahtar_web.tenders.models import Reason, Tender, TenderImport
from tests.anahtar_web.accounts.pages import send
from tests.anahtar_web.matrix.canaries import Canary

if TYPE_CHECKING:
    from tests.anahtar_web.matrix.firm import Firm

_SEES_ALL: Final = frozenset({"admin", "director", "head", "marketing", "analyst", "auditor"})
_UNITS: Final = 10_000
_PRICES: Final = {"acme": (7_654_321, 6_543_219, 5_432_198), "birch": (9_876_541, 8_765_419, 4_321_987)}
"""Ours, the winner's, and the estimate."""


def write_tenders(firm: "Firm") -> None:
    """Write them, and a file of past ones that was opened and one that was brought in."""
    firm.objects["reason"] = Reason.objects.get(code="price")
    for name, manager in (("acme", "kam"), ("birch", "stranger")):
        account, by = firm.accounts[name], firm.people[manager]
        decided = _decided(account, by, name)
        opened = actions.start(account=account, by=by, title=f"QzOpenTenderOf{name.title()}", currency="TRY", owner=by)
        if name == "acme":
            firm.objects |= {"tender": decided, "open_tender": opened}
            firm.objects["tender_file"] = Attachment.objects.create(
                account=account, name="QzSpecification.pdf", digest="f" * 64, size=9, media_type="x", by=by
            )
        readers = _SEES_ALL | {manager}
        for text, what in (
            (f"QzTenderOf{name.title()}", "a tender"),
            (f"QzOpenTenderOf{name.title()}", "an open tender"),
            (f"QzNotesOf{name.title()}", "notes on a tender"),
            (f"QzWhyOf{name.title()}", "why a tender was lost"),
            (f"QzLessonOf{name.title()}", "lessons of a tender"),
            (f"QzCriterionOf{name.title()}", "a criterion of a tender"),
        ):
            firm.canaries.append(Canary(text, what, readers))
        for price in _PRICES[name]:
            for text in (f"{price:,}", f"{price:,}".replace(",", "."), str(price)):
                firm.canaries.append(Canary(text, "a price of a tender", readers - {"marketing"}))
    firm.canaries.append(Canary("QzSpecification", "a file of an account", _SEES_ALL | {"kam"}))
    _import_past(firm)


def _decided(account: Account, by: User, name: str) -> Tender:
    ours, theirs, estimate = (price * _UNITS for price in _PRICES[name])
    tender = actions.start(
        account=account,
        by=by,
        title=f"QzTenderOf{name.title()}",
        announced_on=date(2024, 1, 5),
        currency="TRY",
        estimate=estimate,
        owner=by,
        notes=f"QzNotesOf{name.title()}",
    )
    criteria = [(f"QzCriterionOf{name.title()}", Decimal(60))]
    actions.write_criteria(tender=tender, version=tender.version, criteria=criteria, by=by)
    rivals = [SaidParticipant("Other bidder", price=theirs)]
    actions.write_participants(tender=tender, version=tender.version, participants=rivals, by=by)
    decision = Decision(
        "lost",
        date(2024, 3, 5),
        [DecidedLot(1, winner="Other bidder", winner_price=theirs, our_price=ours, rank=2)],
        our_reason=Reason.objects.get(code="price"),
        our_words=f"QzWhyOf{name.title()}",
        lessons=f"QzLessonOf{name.title()}",
    )
    return actions.decide(tender=tender, version=tender.version, decision=decision, by=by)


def _import_past(firm: "Firm") -> None:
    client = Client()
    client.force_login(firm.people["kam"])
    for name, row in (
        ("brought", "QZA-1,QzBroughtTender,won,2024-02-01"),
        ("opened", "QZA-1,QzWaitingTender,won,2024-02-02"),
    ):
        text = f"account,title,outcome,decided\r\n{row}\r\nQZA-1,QzLeftOutOf{name.title()},perhaps,\r\n"
        send(client, "/tenders/imports/", file=SimpleUploadedFile(f"QzPast{name.title()}.csv", text.encode()))
        firm.objects[name] = TenderImport.objects.get(file=f"QzPast{name.title()}.csv")
        firm.canaries.append(Canary(f"QzLeftOutOf{name.title()}", "a row of a file of tenders", frozenset({"kam"})))
    send(client, f"/tenders/imports/{firm.objects['brought'].pk}/bring/", version=1)
    firm.objects["brought"].refresh_from_db()
