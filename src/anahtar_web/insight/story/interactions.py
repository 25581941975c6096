"""Two years of touches with the key accounts, some next steps that are overdue, and one account left alone too long."""

import random
from datetime import timedelta
from typing import Final

from django.db import transaction

from anahtar.demo.files import SEED
from anahtar_web.accounts.models import Account, KeyDecision
from anahtar_web.accounts.queries import managers_of
from anahtar_web.company.queries import today
from anahtar_web.gate.rights import Right, Role
from anahtar_web.insight.story.house import who
from anahtar_web.interactions.actions import Parts, Written, agree, finish, recount, write_down
from anahtar_web.interactions.models import Interaction, Kind, NextTouch, Step
from anahtar_web.people.models import User
from anahtar_web.stakeholders.models import Stakeholder

_SAID: Final = (
    (Kind.CALL, "out", "Teslimat tarihi teyidi", "Ayın üçüncü haftası uygun; depo cumartesi de mal kabul ediyor."),
    (Kind.MAIL, "in", "Fiyat listesi istendi", "İkinci yarı yıl listesini ve iskonto oranlarını yazılı istediler."),
    (Kind.VISIT, "both", "Fabrika ziyareti", "Yeni hat gezildi. **Kapasite** yıl sonunda iki katına çıkıyor."),
    (Kind.CALL, "in", "Geciken sevkiyat soruldu", "İki palet eksik gelmiş; aynı gün telafi edildi."),
    (Kind.MEETING, "both", "Çeyrek değerlendirmesi", "- Teslimat: iyi\n- Şikâyet: bir\n- Plan: bütçe eylülde"),
    (Kind.MAIL, "out", "Teknik föyler gönderildi", "Sertifikalar ve parti izlenebilirliği belgeleri eklendi."),
    (Kind.LETTER, "in", "Yıl sonu mutabakatı", "Bakiye mutabakatı imzalandı."),
    (Kind.EVENT, "both", "Sektör fuarı", "Standımıza satın alma müdürüyle geldiler."),
)
_NEXT: Final = (
    ("Yenilenen çerçeve sözleşmeyi gönder", -9),
    ("Kalite müdürüyle teknik gün için tarih al", -2),
    ("Yeni hattın yıllık ihtiyacını sor", 3),
    ("Çeyrek değerlendirmesini planla", 11),
    ("Referans izni için yazı gönder", 26),
)


@transaction.atomic
def touch_all() -> None:
    """Write down what happened with the key accounts; the last of them was left alone for three months."""
    if Interaction.objects.exists():
        return
    dice, on = random.Random(SEED), today()
    keys = KeyDecision.objects.filter(current=True).exclude(status="not_key").select_related("account")
    accounts = [row.account for row in keys.order_by("pk") if row.account.merged_into_id is None]
    managers = managers_of([one.pk for one in accounts], on)
    for at, account in enumerate(accounts):
        by, people = _worker(account, managers), list(Stakeholder.objects.filter(account=account).exclude(name=""))
        days = (95 if at == len(accounts) - 1 else 4) + dice.randrange(6)
        while days < 730:
            kind, direction, subject, notes = dice.choice(_SAID)
            parts = Parts(theirs=dice.sample(people, min(len(people), dice.randrange(1, 3))), ours=[by])
            said = Written(kind, direction, on - timedelta(days=days), subject, notes=notes)
            write_down(account=account, written=said, parts=parts, by=by)
            days += dice.randrange(9, 60)
        _agree(account, by, *_NEXT[at % len(_NEXT)])


def _worker(account: Account, managers: dict[int, User]) -> User:
    manager = managers.get(account.pk)
    return manager if manager is not None and manager.may(Right.WRITE_DOSSIER) else who(Role.HEAD)


def _agree(account: Account, by: User, what: str, days: int) -> None:
    """Agree on a step; nobody agrees on a day that has passed, so an overdue one is set back."""
    done = agree(account=account, what="Toplantı notlarını gönder", due_on=today(), owner=by, by=by)
    finish(touch=done, seen=done.steps.get().pk, by=by)
    made = agree(account=account, what=what, due_on=today() + timedelta(days=max(days, 0)), owner=by, by=by)
    if days < 0:
        due_on = today() + timedelta(days=days)
        NextTouch.objects.filter(pk=made.pk).update(due_on=due_on)
        Step.objects.filter(touch=made).update(due_on=due_on)
        recount([account.pk])
