"""By which rule two things are decided at the largest account: one on assumptions, one waits for somebody."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Final

from django.db import transaction

from anahtar_web.accounts.models import Account
from anahtar_web.company.queries import today
from anahtar_web.gate.rights import Role
from anahtar_web.insight.story.house import who
from anahtar_web.insight.story.stakeholders import FOURTEEN
from anahtar_web.stakeholders.actions import state
from anahtar_web.stakeholders.actions.deciding import Say
from anahtar_web.stakeholders.models import Decision, DecisionRule, Stakeholder
from anahtar_web.stakeholders.queries import people_of

_FRAME: Final = {
    "Nermin Arslan": 30,
    "Tuncay Eren": 25,
    "Orhan Ilıcalı": 20,
    "Sibel Koç": 20,
    "Gizem Acar": 15,
    "Deniz Şimşek": 10,
}
"""Weights as the purchasing handbook of the account gives them."""
_FRAME_NOTE: Final = "Satın alma el kitabı, madde 7: ağırlıklı kurul, genel müdürün vetosu var. Gizem Hanım anlattı."
_LINE: Final = {"Tuncay Eren": 2, "Şule Öz": 1, "Can Uğur": 1, "Gizem Acar": 1}
_LINE_NOTE: Final = (
    "İhale komisyonu beş puan üzerinden oyluyor; kararı holdingden biri onaylıyor, kim olduğunu bilmiyoruz."
)


@transaction.atomic
def state_all() -> None:
    """State both rules; people who are not on the map are left out."""
    account = Account.objects.filter(name=FOURTEEN, merged_into=None).order_by("pk").first()
    if account is None or Decision.objects.of(account).exists():
        return
    people = people_of(account)
    by, named = who(Role.KAM), {one.name: one for one in people if one.name}
    if not _FRAME.keys() <= named.keys():
        return
    frame = [Say(named[name], weight, has_veto=name == "Nermin Arslan") for name, weight in _FRAME.items()]
    said = {"name": "Çerçeve sözleşme 2027", "rule": DecisionRule.VETO, "quota": 61, "note": _FRAME_NOTE}
    state(account=account, fields=said | {"due_on": today() + timedelta(days=75)}, seats=frame, by=by)
    gap = next((one for one in people if one.is_gap), None)
    if gap is not None:
        _state_line(account, named, gap)


def _state_line(account: Account, named: Mapping[str, Stakeholder], gap: Stakeholder) -> None:
    board = [Say(named[name], weight) for name, weight in _LINE.items() if name in named]
    said = {"name": "Yeni hattın ihalesi", "rule": DecisionRule.BOARD, "quota": 3, "note": _LINE_NOTE}
    seats = [*board, Say(gap, 0, must_sign=True)]
    state(account=account, fields=said | {"due_on": today() + timedelta(days=160)}, seats=seats, by=who(Role.HEAD))
