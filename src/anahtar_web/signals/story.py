"""What the demo company does about its signals: cases, a loss, one put off, one dismissed."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from django.db import transaction

from anahtar_web.company.queries import today
from anahtar_web.gate.rights import Role
from anahtar_web.insight.story.house import who
from anahtar_web.risks.actions import edit_case, move, record_loss
from anahtar_web.risks.models import Case, LossRecord, Reason, Stage
from anahtar_web.signals.actions import dismiss, make_case, snooze
from anahtar_web.signals.models import Kind, Signal, State
from anahtar_web.signals.models import Reason as WhyNothing

_STEPS: Final = (
    ("Yağlama alımını başka tedarikçiye kaydırdılar", "Satın alma müdürünü ara, numune öner", 3, "competitor", 4, 4),
    ("Üç aydır sipariş yok", "Fabrika müdürüyle yüz yüze görüş", 9, "service", 5, 4),
    ("Siparişler kesildi", "Direktörle birlikte ziyaret et", -4, "deadlines", 4, 5),
    ("Alım durdu", "Yeni satın alma yöneticisiyle tanış", 14, "person", 3, 3),
    ("Siparişler seyrekleşti", "Yıllık sözleşmeyi konuş", 21, "price", 2, 3),
)
"""Title, next step, in how many days, reason, severity, likelihood: of the signals with most at stake."""


@transaction.atomic
def decide_all() -> None:
    """Make cases of the largest signals, lose one, put one off and dismiss one."""
    head = who(Role.HEAD)
    signals = _open()
    cases = []
    for (title, step, days, reason, severity, likelihood), signal in zip(_STEPS, signals, strict=False):
        case = make_case(signal=signal, title=title, by=head)
        fields = {
            "next_step": step,
            "next_on": today() + timedelta(days=days),
            "reason": Reason.objects.get(code=reason),
            "severity": severity,
            "likelihood": likelihood,
        }
        edit_case(case=case, seen=case.version, fields=fields, by=head)
        cases.append(Case.objects.get(pk=case.pk))
    if len(cases) == len(_STEPS):
        _lose(cases[2])
        _save(cases[4])
    left = next(signals, None)
    if left is not None:
        words = "Bütçe onayı bekleniyor; ay başında yeniden bakılacak."
        snooze(signal=left, until=today() + timedelta(days=14), words=words, by=head)
    left = next(signals, None)
    if left is not None:
        dismiss(signal=left, reason=WhyNothing.KNOWN, words="Grup alımı merkeze aldı.", by=head)


def _open() -> Iterator[Signal]:
    rows = Signal.objects.filter(state=State.OPEN, kind__in=(Kind.SILENT, Kind.DIRECTION))
    return iter(list(rows.select_related("account").order_by("-at_stake", "pk")[: len(_STEPS) + 2]))


def _lose(case: Case) -> None:
    record_loss(
        case=case,
        decided_on=today() - timedelta(days=20),
        reasons=[*Reason.objects.filter(code__in=("deadlines", "competitor")).order_by("place")],
        would_return=LossRecord.Return.PERHAPS,
        source="Kapanış görüşmesi",
        words="İki teslimat üst üste gecikti; bize söz verilen tarih tutmadı.",
        lessons="Gecikmeyi müşteriden önce biz söyleyeceğiz.",
        by=who(Role.HEAD),
    )


def _save(case: Case) -> None:
    words = "Yıllık sözleşme imzalandı, siparişler yeniden başladı."
    move(case=case, stage=Stage.RECOVERED, words=words, by=who(Role.HEAD))
