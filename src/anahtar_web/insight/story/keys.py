"""Which accounts are key: what the ledger proposes is decided on, not all of it, and not always as it says."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from django.db import transaction

from anahtar.rules.account_type import AccountType
from anahtar_web.accounts.actions import Verdict, decide_key
from anahtar_web.accounts.models import Account, KeyStatus
from anahtar_web.accounts.queries import decision_on
from anahtar_web.company.queries import today
from anahtar_web.gate.rights import Role
from anahtar_web.insight.models import Run, Standing
from anahtar_web.insight.pages.key import computed_of
from anahtar_web.insight.queries import current_run
from anahtar_web.insight.story.house import who
from anahtar_web.people.models import User

_BREADWINNER: Final = (
    "Kârımızın en büyük parçası ve on yılı aşkın bir ilişki. Teknik şartnamelerini yeni ürünlerimizde ölçü alıyoruz."
)
_GROUP: Final = "Şirketleri tek tek küçük görünür, satın alma kararı holdingde verilir. Tek müşteri gibi yönetiyoruz."
_IMAGE: Final = (
    "Alman pazarında referansımız: adını anmamıza izin verdiler, iki yeni müşteri onların tavsiyesiyle geldi."
)
_GROWING: Final = "Altı ayda hızla büyüdü; ikinci fabrikanın ihalesi sonuçlanınca yeniden bakılacak."
_AGAINST: Final = (
    "Alımları tek bir yatırım projesine bağlıydı, proje bitti. Defter büyüme görüyor, biz süreklilik görmüyoruz."
)
_CANDIDATE: Final = (
    "Mühendisleri iade gerekçelerini belgeleyip gönderiyor; iki üründe tasarımı onların notlarıyla değiştirdik."
)


@transaction.atomic
def decide_all() -> None:
    """Decide on the largest, on a name, on one that grows, against one, and leave the rest open."""
    run = current_run()
    if run is None:
        return
    head, director = who(Role.HEAD), who(Role.DIRECTOR)
    key, breadwinner = KeyStatus.KEY, AccountType.BREADWINNER
    _say(
        "Anatolya Otomotiv San. ve Tic. A.Ş.",
        Verdict(key, _BREADWINNER, [breadwinner, AccountType.EXPERT], "1"),
        run,
        director,
    )
    _say("Marmara Holding", Verdict(key, _GROUP, [breadwinner], "1"), run, director)
    _say("Rheinland Antriebstechnik GmbH", Verdict(key, _IMAGE, [AccountType.IMAGE_MAKER], "2"), run, head)
    growing = _undecided(run, types__contains=f" {AccountType.PROSPECTIVE} ")
    review = today() + timedelta(days=90)
    for account in growing[:1]:
        _decide(account, Verdict(KeyStatus.WATCH, _GROWING, [AccountType.PROSPECTIVE], review_on=review), run, head)
    for account in growing[1:2]:
        _decide(account, Verdict(KeyStatus.NOT_KEY, _AGAINST), run, head)
    for account in _undecided(run, candidate_for__contains=f" {AccountType.EXPERT} ")[:1]:
        _decide(account, Verdict(key, _CANDIDATE, [AccountType.EXPERT], "3"), run, head)


def _undecided(run: Run, **proposed: str) -> Sequence[Account]:
    rows = Standing.objects.filter(run=run, **proposed).select_related("account").order_by("-revenue", "account")
    return [row.account for row in rows if row.account.merged_into_id is None and decision_on(row.account) is None]


def _say(name: str, verdict: Verdict, run: Run, by: User) -> None:
    account = Account.objects.filter(name=name, merged_into=None).order_by("code").first()
    if account is not None and decision_on(account) is None:
        _decide(account, verdict, run, by)


def _decide(account: Account, verdict: Verdict, run: Run, by: User) -> None:
    computed = computed_of(account, run)
    decide_key(account=account, verdict=verdict, by=by, computed=computed.keep(run) if computed else None)
