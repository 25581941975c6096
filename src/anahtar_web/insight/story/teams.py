"""Who looks after whom: by region and size, with hand-overs that have happened; and what people know of accounts."""

import random
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

from django.db import transaction

from anahtar.demo.company import REGIONS, SALESPEOPLE, Customer, customers
from anahtar.demo.files import SEED, UNTIL
from anahtar_web.accounts.actions import assign, create, edit, hand_over, join_team
from anahtar_web.accounts.models import Account, Assignment, Part
from anahtar_web.accounts.queries import managers_of
from anahtar_web.gate.rights import Role
from anahtar_web.insight.models import Standing
from anahtar_web.insight.story.house import named, who
from anahtar_web.people.models import User

BEGINNING: Final = date(2024, 1, 1)
HAND_OVER: Final = date(2025, 7, 1)
GROUP: Final = "Marmara Holding"

_HANDED: Final = (
    "Ege bölgesi Kerem Çağlar’a devredildi; açık teklifler ve söz verilen teslimatlar birlikte gözden geçirildi."
)
_SECTORS: Final = {
    "Makina": "Makine",
    "Tarım": "Tarım makinaları",
    "Döküm": "Metal",
    "Çelik": "Metal",
    "Kağıt": "Kâğıt ve ambalaj",
    "Ambalaj": "Kâğıt ve ambalaj",
    "Madencilik": "Madencilik",
    "Pompa": "Makine",
}
_MET: Final = {
    "name": "Anatolya Otomotiv",
    "city": "Bursa",
    "country": "TR",
    "remark": "Hannover fuarında kart bıraktı: rulman ve lineer kızak soruyor, ekimde fabrikalarına davet etti.",
}
_REMARKS: Final[Mapping[str, str]] = {
    "breadwinner": "Yıllık çerçeve sözleşme aralıkta yenilenir. Bakım duruşu ağustosta: siparişler temmuza kayar.",
    "group": "Satın alma kararı holding merkezinde verilir; fabrikalar teslimatı ve kaliteyi izler.",
    "export": "Euro ile öder. Sertifika ve parti izlenebilirliği istemeden kabul etmiyor.",
    "silent": "Satın alma müdürü değişti; yeni isimle henüz görüşülmedi.",
    "partial": "Hidrolikte fiyatımızı yüksek buldu; başka tedarikçiyi deniyor. Rulmanda memnun.",
    "falling": "İkinci tedarikçiye pay veriyor; son iki teslimat gecikti.",
    "prospective": "Yeni hat kuruyor; yıllık ihtiyacı bugünkü alımının üç katı.",
    "clockwork": "Her çeyrekte bir, üretim planıyla birlikte alır.",
    "returned": "Bir yıl sonra geri döndü: kalite şikâyeti çözüldükten sonra.",
    "seasonal": "Yalnızca sezonda alır; stok planı şubatta konuşulmalı.",
}


def _firm() -> Sequence[Customer]:
    return customers(until=UNTIL, seed=SEED)


def _accounts() -> Mapping[str, Account]:
    return {account.code: account for account in Account.objects.filter(merged_into=None)}


@transaction.atomic
def assign_all() -> None:
    """Give the accounts of class A and B their managers, the large group its team, and the Aegean a new manager."""
    head, have = who(Role.HEAD), _accounts()
    looked_after = set(Standing.objects.filter(run__current=True, abc__in="AB").values_list("account__code", flat=True))
    for region, (_code, name) in SALESPEOPLE.items():
        own = [
            have[one.code]
            for one in _firm()
            if one.region == region and one.code in looked_after and not one.group and one.code in have
        ]
        first = named("Elif Işık") if region == "Ege" else named(name)
        assign(accounts=own, to=first, part=Part.MANAGER, by=head, on=BEGINNING)
        if region == "Ege":
            _hand_over(own, named(name), by=head)
    _team_of_group(have[GROUP], head)
    _team_of_largest(have["0001"], head)


def _hand_over(accounts: Sequence[Account], to: User, *, by: User) -> None:
    for account in accounts:
        hand_over(account=account, to=to, by=by, on=HAND_OVER, reason=_HANDED)


def _team_of_group(group: Account, head: User) -> None:
    assign(accounts=[group], to=named("Elif Işık"), part=Part.MANAGER, by=head, on=BEGINNING)
    for name, part in (("Mina Korkut", Part.MARKETING), ("Gülşah Öztürk", Part.SALES), ("Bora Tunç", Part.OTHER)):
        join_team(account=group, person=named(name), part=part, by=head, on=BEGINNING)


def _team_of_largest(account: Account, head: User) -> None:
    for name, part in (("Mina Korkut", Part.MARKETING), ("İlker Aydın", Part.SERVICE)):
        join_team(account=account, person=named(name), part=part, by=head, on=BEGINNING)


@transaction.atomic
def write_notes() -> None:
    """Write cities and sectors of accounts that are looked after, and remarks on those with something to say."""
    dice, have = random.Random(SEED), _accounts()
    managed = set(Assignment.objects.filter(part=Part.MANAGER).values_list("account__code", flat=True))
    ids = {have[code].pk for code in managed if code in have}
    managers = managers_of(ids, UNTIL)
    for one in _firm():
        city, number = dice.choice(REGIONS[one.region]), f"{dice.randrange(10**9, 10**10)}"
        account = have.get(one.code)
        if account is None or (one.code not in managed and not one.group):
            continue
        fields = {"city": city, "sector": _sector(one.name), "tax_number": number, "country": "TR"}
        if one.currency == "EUR":
            fields |= {"city": "Köln", "country": "DE", "tax_number": ""}
        if remark := _REMARKS.get(one.habit):
            fields["remark"] = remark
        by = managers.get(account.pk) or named("Elif Işık")
        edit(account=account, version=account.version, fields=fields, by=by)
    # Somebody who does not see the largest customer writes it down once more; the analysis says so, a person decides.
    create(code="FUAR-17", fields=_MET, by=named("Gülşah Öztürk"))


def _sector(name: str) -> str:
    words = name.split()
    return next((_SECTORS[word] for word in words if word in _SECTORS), words[1] if len(words) > 2 else "")
