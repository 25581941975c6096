"""What people know of Acme and of Birch: the firm's dossiers, with a canary in everything that is not for everybody."""

import io
from datetime import date, timedelta
from decimal import Decimal

from django.utils import timezone
from PIL import Image

from anahtar_web.company.queries import today
from anahtar_web.competitors.actions import add as add_competitor
from anahtar_web.competitors.actions import decide_threat, enter, see, tell_share
from anahtar_web.competitors.models import Grade
from anahtar_web.deliveries.models import DeliveryLine
from anahtar_web.dossier.actions import Evidence, keep, note_reading, write_fact
from anahtar_web.dossier.kinds import every
from anahtar_web.dossier.models import Contract, Demand, Permission
from anahtar_web.files.actions import attach, put_logo
from anahtar_web.files.incoming import take_in_stream
from anahtar_web.interactions.actions import Parts, Stranger, Written, agree, write_down
from anahtar_web.interactions.actions.feeding import make_address
from anahtar_web.interactions.models import Dropped
from anahtar_web.privacy.actions import erase
from anahtar_web.stakeholders import actions as stakeholders
from anahtar_web.stakeholders.actions.deciding import Say
from tests.anahtar_web.matrix.bids import write_tenders
from tests.anahtar_web.matrix.canaries import Canary
from tests.anahtar_web.matrix.cases import write_cases
from tests.anahtar_web.matrix.firm import SEES_ACME, SEES_BIRCH, STRANGER, Firm


def write_dossiers(firm: Firm) -> None:
    """Write all of it."""
    for write in (
        write_tenders,
        write_cases,
        _write_people,
        _write_competitors,
        _state_rules,
        _touch,
        _make_calendars,
        _put_files_in,
        _erase_somebody,
        _write_dossiers,
        _promise_deliveries,
    ):
        write(firm)


def _write_people(firm: Firm) -> None:
    """Write down who decides at Acme and at Birch, with a line, an address and a relation."""
    for name, who, seen in (("acme", "kam", SEES_ACME), ("birch", STRANGER, SEES_BIRCH)):
        by, account = firm.people[who], firm.accounts[name]
        text = f"Qz{name}Decider"
        boss = stakeholders.add(account=account, fields={"name": text, "role": "decider"}, by=by)
        clerk = stakeholders.add(account=account, fields={"name": f"Qz{name}Clerk", "position": "Clerk"}, by=by)
        line = stakeholders.tie(one=clerk, other=boss, kind="influence", note=f"Qz{name}Whisper", by=by)
        address = stakeholders.add_address(who=clerk, kind="email", value=f"qz{name}@clerk.example", by=by)
        stakeholders.relate(who=boss, colleague=by, level=1, note=f"Qz{name}Terms", seen=None, by=by)
        firm.objects |= {f"{name}_clerk": clerk, f"{name}_boss": boss, f"{name}_line": line, f"{name}_point": address}
        for canary in (text, f"Qz{name}Clerk", f"Qz{name}Whisper", f"qz{name}@clerk.example", f"Qz{name}Terms"):
            firm.canaries.append(Canary(canary, f"what is written of people at {name}", seen))


def _write_competitors(firm: Firm) -> None:
    """Write two competitors down, for everybody, and what they do at Acme and at Birch."""
    rival, twin = (add_competitor(fields={"name": name}, by=firm.people["head"]) for name in ("QzRival", "QzTwin"))
    firm.objects |= {"competitor": rival, "twin": twin}
    for name, manager, readers in (("acme", "kam", SEES_ACME), ("birch", STRANGER, SEES_BIRCH)):
        by, account, of = firm.people[manager], firm.accounts[name], name.title()
        offering, notes, words, source, why = (
            f"Qz{what}Of{of}" for what in ("Offer", "Fight", "Seen", "Told", "Feared")
        )
        fields = {"offering": offering, "notes": notes, "strength": 4}
        attack = enter(account=account, competitor=rival, fields=fields, by=by)
        day, sure = date(2024, 5, 6), Grade.CONFIRMED
        see(presence=attack, seen_on=day, words=words, source="", grade=sure, by=by)
        share = Decimal("0.2")
        tell_share(account=account, competitor=rival, share=share, as_of=day, source=source, grade=sure, by=by)
        decide_threat(presence=attack, level="high", seen=None, reason=why, by=by)
        firm.objects[f"attack on {name}"] = attack
        firm.canaries += [
            Canary(text, "a competitor at an account", readers) for text in (offering, notes, words, source, why)
        ]


def _state_rules(firm: Firm) -> None:
    """State by which rule Acme and Birch decide, with one seat each."""
    for name, manager, readers in (("acme", "kam", SEES_ACME), ("birch", STRANGER, SEES_BIRCH)):
        by, account, of = firm.people[manager], firm.accounts[name], name.title()
        what, why, signs = f"QzDecisionOf{of}", f"QzRuleOf{of}", f"QzSignerOf{of}"
        signer = stakeholders.add(account=account, fields={"name": signs, "role": "decider"}, by=by)
        fields = {"name": what, "rule": "one_signer", "note": why}
        decision = stakeholders.state(account=account, fields=fields, seats=[Say(signer, must_sign=True)], by=by)
        firm.objects |= {f"signer of {name}": signer, f"decision of {name}": decision}
        firm.canaries += [Canary(text, "how an account decides", readers) for text in (what, why, signs)]


def _touch(firm: Firm) -> None:
    """Write down what happened with Acme and with Birch, with an address that is nobody's, and what comes next."""
    for name, manager, readers in (("acme", "kam", SEES_ACME), ("birch", STRANGER, SEES_BIRCH)):
        account, by, of = firm.accounts[name], firm.people[manager], name.title()
        said = Written("call", "out", today(), f"QzCalled{of}", notes=f"QzNotesOf{of}")
        met = Parts(ours=[by], strangers=[Stranger(f"qzbuyer{name}@example.org", f"QzBuyerOf{of}")])
        made = write_down(account=account, written=said, parts=met, by=by)
        step = agree(account=account, what=f"QzNextFor{of}", due_on=today(), owner=by, by=by, interaction=made)
        if name == "acme":
            firm.objects |= {"interaction": made, "step": step}
            told = {"kind": "mail", "key": "<qz>", "subject": "QzDropped", "at": None, "sender": None, "people": []}
            items = [told | {"text": "QzDropped"}]
            firm.objects["dropped"] = Dropped.objects.create(account=account, name="QzDropped", items=items, by=by)
            firm.canaries.append(Canary("QzDropped", "a dropped file", frozenset({"kam"})))
            firm.objects["participant"] = made.participants.get(user=None)
        firm.canaries += [
            Canary(text, "an interaction", readers)
            for text in (f"QzCalled{of}", f"QzNotesOf{of}", f"QzBuyerOf{of}", f"qzbuyer{name}", f"QzNextFor{of}")
        ]


def _make_calendars(firm: Firm) -> None:
    """Make two calendars; the one that strangers ask for is of somebody who has nothing to do."""
    make_address(by=firm.people["kam"])
    firm.objects["calendar"] = make_address(by=firm.people["auditor"])


def picture(number: int) -> bytes:
    """Draw a small picture, another one for each number."""
    file = io.BytesIO()
    Image.new("RGB", (3, 3), (9, 9, number)).save(file, "PNG")
    return file.getvalue()


def _put_files_in(firm: Firm) -> None:
    """Put a picture into the dossiers of Acme and of Birch, and one on the letterhead."""
    logo = take_in_stream(io.BytesIO(picture(1)), "QzLogo.png", largest=10_000)
    put_logo(file=logo, was="", by=firm.people["admin"])
    for name, manager, readers in (("acme", "kam", SEES_ACME), ("birch", STRANGER, SEES_BIRCH)):
        called, by = f"QzDocumentOf{name.title()}", firm.people[manager]
        made = attach(account=firm.accounts[name], name=f"{called}.png", content=picture(len(name)), by=by)
        firm.objects.setdefault("document", made)
        firm.canaries.append(Canary(called, "a file of a dossier", readers))


def _erase_somebody(firm: Firm) -> None:
    """Erase somebody at Birch."""
    gone = stakeholders.add(account=firm.accounts["birch"], fields={"name": "QzErasedPerson"}, by=firm.people[STRANGER])
    erase(who=gone, reason="QzWhyErased", by=firm.people["director"])
    firm.canaries += [
        Canary("QzErasedPerson", "a person that was erased", frozenset()),
        Canary("QzWhyErased", "why somebody was erased", frozenset({"admin", "director"})),
    ]


def _write_dossiers(firm: Firm) -> None:
    """Write facts, sheets and readings of Acme and Birch; Acme's fact asks to be confirmed this week."""
    kinds, then = every(), timezone.now() - timedelta(days=20)
    for name, manager, readers in (("acme", "kam", SEES_ACME), ("birch", STRANGER, SEES_BIRCH)):
        account, by, title = firm.accounts[name], firm.people[manager], name.title()
        evidence = Evidence("assumed", then.date(), f"QzOriginOf{title}")
        value = {"text": f"QzOwnerOf{title}"}
        kind = kinds["ownership"]
        fact = write_fact(account=account, kind=kind, value=value, evidence=evidence, seen=None, by=by, at=then)
        fields = {"title": f"QzContractOf{title}", "money": 123_450_000, "currency": "TRY"}
        contract = keep(model=Contract, account=account, fields=fields, by=by)
        keep(model=Demand, account=account, fields={"demand": f"QzDemandOf{title}"}, by=by)
        keep(model=Permission, account=account, fields={"what": "logo", "uses": f"QzLogoOf{title}"}, by=by)
        note_reading(account=account, by=by)
        if name == "acme":
            firm.objects |= {"fact": fact, "contract": contract}
        for word in ("OriginOf", "OwnerOf", "ContractOf", "DemandOf", "LogoOf"):
            firm.canaries.append(Canary(f"Qz{word}{title}", "what is known of an account", readers))


def _promise_deliveries(firm: Firm) -> None:
    """Promise Acme and Birch something that came late."""
    for name, readers in (("acme", SEES_ACME), ("birch", SEES_BIRCH)):
        account, text = firm.accounts[name], f"QzPartOf{name.title()}"
        line = DeliveryLine.objects.create(
            of=firm.objects["import"],
            account=account,
            customer=account.code,
            order=f"QzOrderOf{name.title()}",
            line="1",
            product="QZP",
            product_name=text,
            promised_first=date(2024, 3, 1),
            promised_here=date(2024, 3, 1),
            promised_now=date(2024, 3, 1),
            ordered=100_000,
            delivered=100_000,
            parts=[["2024-03-05", 100_000]],
            filled_on=date(2024, 3, 5),
            late_days=4,
            file="deliveries.csv",
            row=2,
            recorded_at=timezone.now(),
        )
        firm.objects.setdefault("delivery", line)
        firm.canaries += [
            Canary(text, "a delivery", readers),
            Canary(f"QzOrderOf{name.title()}", "an order", readers),
        ]
