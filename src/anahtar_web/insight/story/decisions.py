"""What people decided: two codes of one firm, two firms of one name, a threshold, and how they like their lists."""

from typing import Final

from django.db import transaction

from anahtar_web.accounts.actions import dismiss, merge
from anahtar_web.accounts.models import Account
from anahtar_web.company.actions import change_thresholds
from anahtar_web.company.queries import company
from anahtar_web.gate.rights import Role
from anahtar_web.insight.actions import save_view
from anahtar_web.insight.models import SavedView
from anahtar_web.insight.queries import current_run
from anahtar_web.insight.story.house import named, who
from anahtar_web.people.models import User

_MERGED: Final = (
    "Şirket türü değişti (Ltd. → A.Ş.), muhasebe yeni cari açtı: aynı vergi dairesi, aynı gün, aynı ürünler. "
    "Ticaret sicili gazetesiyle doğrulandı."
)
_APART: Final = "Aynı adda iki firma: biri Adana’da, öbürü Samsun’da; vergi numaraları ve imza yetkilileri ayrı."
_THRESHOLD: Final = (
    "Mevsimlik alıcılar çeyrekte bir alıyor; 0,50 sınırı düzenli müşterileri Y’ye itiyordu. "
    "Kasım satış toplantısında kararlaştırıldı."
)


@transaction.atomic
def decide_all() -> None:
    """Merge the successor, tell the namesakes apart, change a threshold, save views."""
    head, analyst, director = who(Role.HEAD), who(Role.ANALYST), who(Role.DIRECTOR)
    old, new = (Account.objects.get(name=name) for name in ("Gediz Pompa Ltd. Şti.", "Gediz Pompa A.Ş."))
    merge(source=old, target=new, by=head, reason=_MERGED)
    first, second = Account.objects.filter(name="Yıldız Makina Ltd. Şti.").order_by("code")[:2]
    dismiss(first=first, second=second, by=analyst, reason=_APART)
    now = company()
    fields = {name: getattr(now, name) for name in ("window", "measure", "abc_a", "abc_b", "xyz_y", "period")}
    change_thresholds(version=now.version, fields=fields | {"xyz_x": 0.6}, reason=_THRESHOLD, by=director)
    _views(head, director)


def _views(head: User, director: User) -> None:
    quiet = "state=watch&state=at_risk&state=lapsed&sort=-revenue"
    for person, name, query, columns in (
        (
            head,
            "Ritmini aşanlar",
            quiet,
            ["name", "abc", "last12", "revenue", "silence", "expected_by", "state", "kam"],
        ),
        (head, "KAM’sız A ve B", "class=A&class=B&kam=none", []),
        (director, "Sınıfı düşenler", "moved=down&sort=-revenue", []),
        (named("Elif Işık"), "A sınıfı", "class=A", []),
    ):
        run = current_run()
        if run is not None and not SavedView.objects.filter(person=person, name=name).exists():
            save_view(name=name, query=query, columns=columns, default=False, run=run, by=person)
