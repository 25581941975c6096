"""Who decides at two key accounts: a map of fourteen that has grown over two years, and one of sixty."""

import random
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from django.db import transaction
from django.utils import timezone

from anahtar_web.accounts.models import Account
from anahtar_web.accounts.queries import team_of
from anahtar_web.company.queries import today
from anahtar_web.gate.rights import Role
from anahtar_web.insight.story.house import who
from anahtar_web.people.models import User
from anahtar_web.stakeholders import actions
from anahtar_web.stakeholders.models import ContactPoint, Relation, Stakeholder, StakeholderVersion, Tie

FOURTEEN: Final = "Anatolya Otomotiv San. ve Tic. A.Ş."
SIXTY: Final = "Marmara Holding"
_SEED: Final = 14


@dataclass(frozen=True, slots=True)
class _Line:
    """One of the fourteen: who, what, below whom, role, influence, stance (`!`: confirmed)."""

    name: str
    position: str
    unit: str
    above: str
    role: str
    influence: int | None
    stance: str
    more: str = ""


_PEOPLE: Final = (
    _Line("Nermin Arslan", "Genel Müdür", "Yönetim", "", "approver", 5, "supporter"),
    _Line("Orhan Ilıcalı", "Satın Alma Direktörü", "Satın Alma", "Nermin Arslan", "decider", 5, "neutral!", "buyer"),
    _Line("Sibel Koç", "Mali İşler Direktörü", "Mali İşler", "Nermin Arslan", "approver", 4, "sceptic"),
    _Line("Tuncay Eren", "Üretim Direktörü", "Üretim", "Nermin Arslan", "influencer", 4, "champion!"),
    _Line("Gizem Acar", "Stratejik Satın Alma Müdürü", "Satın Alma", "Orhan Ilıcalı", "buyer", 3, "supporter!"),
    _Line("Burak Çelik", "Sözleşme Uzmanı", "Satın Alma", "Gizem Acar", "gatekeeper", 2, ""),
    _Line("İpek Uçar", "Satın Alma Uzmanı", "Satın Alma", "Gizem Acar", "buyer", 1, "neutral"),
    _Line("Can Uğur", "Bütçe ve Raporlama Müdürü", "Mali İşler", "Sibel Koç", "gatekeeper", 3, "blocker"),
    _Line("Deniz Şimşek", "Bakım Müdürü", "Üretim", "Tuncay Eren", "initiator", 4, "champion!", "user"),
    _Line("Halil Yavuz", "Vardiya Amiri", "Üretim", "Deniz Şimşek", "user", 2, "supporter"),
    _Line("Şule Öz", "Kalite Müdürü", "Kalite", "Tuncay Eren", "influencer", 3, "sceptic!"),
    _Line("Ilgın Işıldar", "Giriş Kalite Mühendisi", "Kalite", "Şule Öz", "user", 2, "neutral"),
    _Line("", "Yatırım Komitesi üyesi (holding)", "Yönetim", "Nermin Arslan", "approver", 4, ""),
    _Line("Mert Tunalı", "Ar-Ge Mühendisi", "Ar-Ge", "Tuncay Eren", "influencer", None, ""),
)
_TIES: Final = (
    ("Deniz Şimşek", "Orhan Ilıcalı", "influence", 3, "Duruş raporlarını her pazartesi doğrudan Orhan Bey’e gönderir."),
    ("Can Uğur", "Sibel Koç", "influence", 2, "İmza öncesi bütçe görüşünü o yazar."),
    ("Şule Öz", "Nermin Arslan", "influence", 1, ""),
    ("Can Uğur", "Tuncay Eren", "conflict", 2, "2024 yatırım bütçesinin kesilmesinden beri konuşmuyorlar."),
)
_ADDRESSES: Final = (
    ("Orhan Ilıcalı", "email", "orhan.ilicali@anatolya.example"),
    ("Orhan Ilıcalı", "phone", "+90 224 000 01 12"),
    ("Gizem Acar", "email", "gizem.acar@anatolya.example"),
    ("Deniz Şimşek", "email", "deniz.simsek@anatolya.example"),
    ("Deniz Şimşek", "phone", "+90 532 000 44 18"),
    ("Tuncay Eren", "email", "tuncay.eren@anatolya.example"),
)
_PREFERENCES: Final = {
    "Orhan Ilıcalı": "- Toplantı sabah **09.00’da**, en çok yarım saat\n- Önce toplam maliyet tablosu, sonra teknik",
    "Deniz Şimşek": "- Sahada konuşmayı sever; sunum istemez\n- Yedek parça stoğunu sorar",
    "Nermin Arslan": "- Rakamla konuşur, yılda iki kez görüşür",
}

_FIRST: Final = (
    "Ayşe Bora Cem Derya Emre Fatma Gökhan Hale Ilgaz İrem Kaan Lale Murat Nil Oğuz Pelin Rıza Selin Tolga Ümit Vildan "
    "Yasin Zeynep Arda Başak Çağla Defne Ege Figen Gül Hakan Işık İlker Jale Koray Leyla Mine Nazlı Onur Özge"
)
_LAST: Final = (
    "Ak Bayrak Can Çakır Demir Er Fidan Güler Ilıca İnce Kara Lale Mutlu Nergis Ok Öz Polat Sarı Şahin Tan Uçar Ünal "
    "Yalçın Zorlu Aydın Bulut Coşkun Dağ Erdem"
)
_FUNCTIONS: Final[Mapping[str, tuple[str, Sequence[str]]]] = {
    "Satın Alma": (
        "Grup Satın Alma Direktörü",
        ("Dolaylı Satın Alma Müdürü", "Hammadde Satın Alma Müdürü", "Teknik Satın Alma Müdürü"),
    ),
    "Mali İşler": ("Mali İşler Direktörü (CFO)", ("Bütçe Müdürü", "Hazine Müdürü")),
    "Üretim": ("Operasyon Direktörü", ("Gebze Fabrika Müdürü", "Çorlu Fabrika Müdürü", "Bakım Müdürü")),
    "Kalite": ("Kalite Direktörü", ("Tedarikçi Kalite Müdürü", "Laboratuvar Müdürü")),
    "Ar-Ge": ("Ar-Ge Direktörü", ("Ürün Geliştirme Müdürü", "Prototip Müdürü")),
    "Bilgi Teknolojileri": ("Bilgi Teknolojileri Direktörü", ("ERP Müdürü",)),
}
_STANCES: Final = ("champion", "supporter", "supporter", "neutral", "neutral", "neutral", "sceptic", "blocker", "", "")


@transaction.atomic
def map_all() -> None:
    """Draw the two maps, each as the people who look after the account would have."""
    for name, draw in ((FOURTEEN, _fourteen), (SIXTY, _sixty)):
        account = Account.objects.filter(name=name, merged_into=None, in_ledger=True).order_by("pk").first()
        account = account or Account.objects.filter(name=name, merged_into=None).order_by("pk").first()
        if account is not None and not Stakeholder.objects.of(account).exists():
            draw(account)


def _team(account: Account) -> Sequence[User]:
    members = [member.person for member in team_of(account, today())]
    others = [who(Role.HEAD), who(Role.DIRECTOR), who(Role.MARKETING)]
    return list({person.pk: person for person in (*members, *others)}.values())


@contextmanager
def _on(day: datetime) -> Iterator[None]:
    """Write down as of an earlier moment whatever is done meanwhile."""
    kinds: tuple[Any, ...] = (Stakeholder, StakeholderVersion, Tie, Relation, ContactPoint)
    last = {kind: kind.objects.order_by("-pk").values_list("pk", flat=True).first() or 0 for kind in kinds}
    yield
    for kind in kinds:
        kind.objects.filter(pk__gt=last[kind]).update(recorded_at=day)
    Tie.objects.filter(ended_at__gt=day).update(ended_at=day)


def _ago(days: int) -> datetime:
    return timezone.now() - timedelta(days=days)


def _fourteen(account: Account) -> None:
    team = _team(account)
    manager = team[0]
    told: dict[str, Stakeholder] = {}
    with _on(_ago(640)):
        for line in _PEOPLE[:9]:
            told[line.name] = actions.add(account=account, fields=_fields(line, told, sure=False), by=manager)
        # As one thought then: the budget manager was on our side, the director against us.
        _edit(told, "Can Uğur", manager, stance="supporter")
        _edit(told, "Orhan Ilıcalı", manager, stance="sceptic")
    with _on(_ago(410)):
        for line in _PEOPLE[9:]:
            told[line.name] = actions.add(account=account, fields=_fields(line, told, sure=False), by=manager)
        for one, other, kind, strength, note in _TIES[:3]:
            _tie(told, one, other, kind, strength, note, manager)
        _relate(told, team)
    with _on(_ago(150)):
        for line in _PEOPLE:
            if line.name:
                _edit(told, line.name, manager, **_stance(line, sure=True))
        _tie(told, *_TIES[3], manager)
    with _on(_ago(40)):
        before = actions.add(account=account, fields={"name": "Rıfat Sönmez", "position": "Ar-Ge Müdürü"}, by=manager)
        left = today() - timedelta(days=45)
        actions.leave(who=before, version=before.version, on=left, went_to="Sakarya Motor A.Ş.", by=manager)
        for name, text in _PREFERENCES.items():
            _edit(told, name, manager, preferences=text, language="tr")
        for name, kind, value in _ADDRESSES:
            actions.add_address(who=told[name], kind=kind, value=value, by=manager)
        _edit(told, "Deniz Şimşek", manager, birth_day=14, birth_month=5, legal_ground="legitimate_interest")
        _grow(told, team)


def _fields(line: _Line, told: Mapping[str, Stakeholder], *, sure: bool) -> dict[str, Any]:
    return {
        "name": line.name,
        "position": line.position,
        "unit": line.unit,
        "reports_to": told.get(line.above),
        "role": line.role,
        "more_roles": f" {line.more} " if line.more else "",
        "influence": line.influence,
        **_stance(line, sure=sure),
    }


def _stance(line: _Line, *, sure: bool) -> dict[str, Any]:
    grade = "confirmed" if sure and line.stance.endswith("!") else "assumed"
    since = today() - timedelta(days=150 if grade == "confirmed" else 410) if line.stance else None
    return {
        "stance": line.stance.rstrip("!"),
        "stance_grade": grade if line.stance else "",
        "stance_since": since,
    }


def _edit(told: dict[str, Stakeholder], name: str, by: User, **fields: Any) -> None:
    fresh = Stakeholder.objects.get(pk=told[name].pk)
    told[name] = actions.edit(who=fresh, version=fresh.version, fields=fields, by=by)


def _tie(told: Mapping[str, Stakeholder], one: str, other: str, kind: str, strength: int, note: str, by: User) -> None:
    since = today() - timedelta(days=500)
    actions.tie(one=told[one], other=told[other], kind=kind, strength=strength, note=note, since=since, by=by)


def _relate(told: Mapping[str, Stakeholder], team: Sequence[User]) -> None:
    manager = team[0]
    for name, level, desired in (
        ("Orhan Ilıcalı", 1, 3),
        ("Gizem Acar", 2, 3),
        ("Deniz Şimşek", 3, 4),
        ("Tuncay Eren", 2, 4),
        ("Şule Öz", 1, 2),
        ("Sibel Koç", 0, 2),
        ("Halil Yavuz", 2, None),
    ):
        actions.relate(who=told[name], colleague=manager, level=level, desired=desired, seen=None, by=manager)
    for colleague, name, level in (
        (team[1], "Tuncay Eren", 1),
        (team[-2], "Nermin Arslan", 2),
        (team[1], "Şule Öz", 2),
    ):
        actions.relate(who=told[name], colleague=colleague, level=level, desired=3, seen=None, by=manager)


def _grow(told: Mapping[str, Stakeholder], team: Sequence[User]) -> None:
    manager = team[0]
    for name, level, note in (
        ("Orhan Ilıcalı", 2, "Fabrika gezisinden sonra doğrudan arıyor."),
        ("Deniz Şimşek", 4, "İhale öncesi şartnameyi birlikte yazdık."),
    ):
        held = Relation.objects.get(stakeholder=told[name], colleague=manager, current=True)
        seen = held.pk
        actions.relate(
            who=told[name], colleague=manager, level=level, desired=held.desired, note=note, seen=seen, by=manager
        )


def _sixty(account: Account) -> None:
    chance = random.Random(_SEED)
    team = _team(account)
    names = _names(chance)
    made: list[Stakeholder] = []

    def add(position: str, unit: str, above: Stakeholder | None, influence: int, role: str = "") -> Stakeholder:
        stance = chance.choice(_STANCES)
        sure = "confirmed" if chance.random() < 0.4 else "assumed"
        fields = {"name": next(names), "position": position, "unit": unit, "reports_to": above, "role": role}
        told = {"influence": influence, "stance": stance, "stance_grade": sure if stance else ""}
        made.append(actions.add(account=account, fields=fields | told, by=team[0]))
        return made[-1]

    with _on(_ago(320)):
        top = add("Yönetim Kurulu Başkanı", "Yönetim", None, 5, "approver")
        for unit, (director, managers) in _FUNCTIONS.items():
            role = {"Satın Alma": "decider", "Mali İşler": "approver"}.get(unit, "influencer")
            head = add(director, unit, top, 5 if unit == "Satın Alma" else 4, role)
            for number, manager in enumerate(managers):
                below = add(manager, unit, head, 3, "buyer" if unit == "Satın Alma" else "user")
                for _specialist in range(4 if number == 0 else 2 + (unit == "Satın Alma")):
                    add("Uzman", unit, below, chance.choice((1, 2, 2)), chance.choice(("", "user", "initiator")))
    with _on(_ago(200)):
        # A function nobody has entered yet, and people of whom only a card is there.
        gap = {"position": "Grup Hukuk Müşaviri", "unit": "Hukuk", "reports_to": top, "role": "gatekeeper"}
        made.append(actions.add(account=account, fields=gap, by=team[0]))
        while len(made) < 60:
            add("Fuarda tanışıldı", "", None, 1)
    with _on(_ago(90)):
        _sixty_lines(made, team, chance)


def _names(chance: random.Random) -> Iterator[str]:
    every = [f"{first} {last}" for first in _FIRST.split() for last in _LAST.split()]
    chance.shuffle(every)
    return iter(every)


def _sixty_lines(made: Sequence[Stakeholder], team: Sequence[User], chance: random.Random) -> None:
    by, named = team[0], [one for one in made if one.name]
    directors = [one for one in named if "Direktör" in one.position]
    managers = [one for one in named if "Müdürü" in one.position]
    pairs = [*zip(managers[3:8], directors[:5], strict=False), (directors[2], directors[0]), (managers[0], managers[5])]
    for number, (one, other) in enumerate(pairs):
        note = "Yatırım kurulunda sözü birlikte söylerler." if number % 3 == 0 else ""
        actions.tie(one=one, other=other, kind="influence", strength=1 + number % 3, note=note, by=by)
    actions.tie(one=directors[1], other=directors[2], kind="conflict", note="Stok hedefleri yüzünden.", by=by)
    for one in (*directors, *managers, *chance.sample(named, 8)):
        for colleague in chance.sample(list(team), chance.choice((0, 1, 1, 2))):
            if not Relation.objects.filter(stakeholder=one, colleague=colleague).exists():
                desired = chance.choice((None, 2, 3, 4))
                level = chance.choice((0, 1, 1, 2, 3))
                actions.relate(who=one, colleague=colleague, level=level, desired=desired, seen=None, by=by)
