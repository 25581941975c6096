"""What can be found: one entry per kind of row. To add one, add it to `SOURCES`; everything else follows.

A row is looked at again whenever the trail names it (`audit.actions.listen`): in the transaction that changes it, also
where no signal is sent (`save_over`, `update`). Where the trail names another row, for one the account, `through` says
which verbs mean that rows of this kind have changed.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, time
from textwrap import shorten
from typing import Any, Final

from django.db import models
from django.urls import NoReverseMatch, reverse
from django.utils.timezone import make_aware
from django.utils.translation import gettext_lazy as _

from anahtar_web.accounts.models import Account, KeyDecision
from anahtar_web.competitors.models import Competitor
from anahtar_web.dossier.models import Fact
from anahtar_web.files.models import Attachment
from anahtar_web.gate.rights import Field
from anahtar_web.interactions.models import Interaction
from anahtar_web.risks.models import Case
from anahtar_web.stakeholders.models import ContactPoint, Stakeholder
from anahtar_web.strategies.models import Deviation
from anahtar_web.tenders.models import Tender
from anahtar_web.ui.markdown import plain
from anahtar_web.winbacks.models import Campaign, Offer, WinbackList


@dataclass(frozen=True, slots=True)
class Source:
    """One kind of row that can be found.

    Parameters
    ----------
    name
        In the index and in addresses.
    label, icon
        For people.
    rows
        Gives those that can be found, with what the functions below need.
    title, texts
        What is found, and shown; `texts` are joined, empty ones left out.
    at
        When it was written.
    pages
        Addresses that show it, the best first; the first one that exists is taken, the account's page otherwise.
    account
        Key of the account it belongs to; None: everybody who works here knows it.
    guarded
        Words that only who sees a protected field may find.
    through
        Beginnings of verbs that mean: rows of this kind have changed with the account (or, without one, any of them).
    told_by
        The column that is the title and all that the program changes by itself, of any number of rows at once: what
        has changed is found by it, without reading every row.
    """

    name: str
    label: Any
    icon: str
    model: type[models.Model]
    rows: Callable[[], "models.QuerySet[Any]"]
    title: Callable[[Any], str]
    texts: Callable[[Any], Iterable[str]]
    at: Callable[[Any], datetime]
    pages: tuple[tuple[str, str], ...] = ()
    account: Callable[[Any], int | None] = lambda row: int(row.account_id)
    account_field: str = "account"
    guarded: Mapping[Field, Callable[[Any], Iterable[str]]] = field(default_factory=dict)
    through: tuple[str, ...] = ()
    told_by: str = ""

    def address(self, row: int, account: int | None) -> str:
        """Tell where one of them is seen. A page is named with what its address takes."""
        for view, takes in (*self.pages, ("insight:account", "account")):
            try:
                return reverse(view, args=[{"row": row, "account": account}[name] for name in takes.split()])
            except NoReverseMatch:
                continue
        return reverse("insight:accounts")


_HOLDING: Final = models.Prefetch("contact_points", ContactPoint.objects.filter(ended_at=None).order_by("pk"))


def _told_of_case(row: Case) -> Iterator[str]:
    yield from (row.direction, row.next_step, plain(row.notes), row.resolution)
    yield from (move.words for move in row.moves.all())
    if (loss := getattr(row, "loss", None)) is not None:
        yield from (loss.source, plain(loss.words), plain(loss.lessons))


SOURCES: Final[dict[str, Source]] = {
    source.name: source
    for source in (
        Source(
            "account",
            _("Accounts"),
            "building-2",
            Account,
            rows=lambda: Account.objects.filter(merged_into=None),
            title=lambda row: row.name,
            texts=lambda row: (row.code, row.city, row.sector, row.website, row.tax_number, row.remark),
            at=lambda row: row.created_at,
            account=lambda row: row.pk,
            account_field="pk",
            through=("accounts.synced",),
            told_by="name",
        ),
        Source(
            "decision",
            _("Decisions on key accounts"),
            "key-round",
            KeyDecision,
            rows=lambda: KeyDecision.objects.order_by(),
            title=lambda row: str(row),
            texts=lambda row: (row.reason,),
            at=lambda row: row.at,
            pages=(("insight:key", "account"),),
            through=("account.key_decided",),
        ),
        Source(
            "deviation",
            _("Deviations from strategies"),
            "route",
            Deviation,
            rows=lambda: Deviation.objects.order_by(),
            title=lambda row: shorten(plain(row.text), 80, placeholder="…"),
            texts=lambda row: (plain(row.text), row.reason),
            at=lambda row: row.at,
            pages=(("strategies:account", "account"),),
            through=("account.deviation_",),
        ),
        Source(
            "file",
            _("Files"),
            "paperclip",
            Attachment,
            rows=lambda: Attachment.objects.present().order_by(),
            title=lambda row: row.name,
            texts=lambda row: (),
            at=lambda row: row.at,
            pages=(("files:account", "account"),),
            through=("file.", "personal_data."),
        ),
        Source(
            "stakeholder",
            _("People"),
            "contact",
            Stakeholder,
            rows=lambda: Stakeholder.objects.exclude(name="").order_by().prefetch_related(_HOLDING),
            title=lambda row: row.name,
            texts=lambda row: (row.position, row.unit, *(point.value for point in row.contact_points.all())),
            at=lambda row: row.recorded_at,
            pages=(("stakeholders:person", "account row"), ("stakeholders:table", "account")),
            through=("stakeholder.", "personal_data."),
        ),
        Source(
            "fact",
            _("Facts"),
            "badge-check",
            Fact,
            rows=lambda: Fact.objects.filter(superseded_by=None, retracted_at=None).exclude(text="").order_by(),
            title=lambda row: shorten(plain(row.text), 80, placeholder="…"),
            texts=lambda row: (plain(row.text), row.detail, row.locality, row.source),
            at=lambda row: row.recorded_at,
            pages=(("dossier:profile", "account"),),
            through=("fact.", "personal_data."),
        ),
        Source(
            "interaction",
            _("Interactions"),
            "messages-square",
            Interaction,
            rows=lambda: Interaction.objects.filter(deleted_at=None).order_by(),
            title=lambda row: row.subject,
            texts=lambda row: (row.notes if row.is_plain else plain(row.notes),),
            at=lambda row: row.recorded_at,
            pages=(("interactions:one", "account row"),),
            through=("interaction.", "personal_data."),
        ),
        Source(
            "tender",
            _("Tenders"),
            "gavel",
            Tender,
            rows=lambda: Tender.objects.order_by(),
            title=lambda row: row.title,
            texts=lambda row: (row.reference, plain(row.notes), plain(row.lessons), row.their_words, row.our_words),
            at=lambda row: row.recorded_at,
            pages=(("tenders:tender", "row"),),
            # Not of the file as a whole: each account it touches has an entry of its own.
            through=("tender.", "tenders.imported", "tenders.taken_back"),
        ),
        Source(
            "case",
            _("Cases"),
            "shield-alert",
            Case,
            rows=lambda: Case.objects.order_by().select_related("loss").prefetch_related("moves"),
            title=lambda row: row.title,
            texts=_told_of_case,
            at=lambda row: make_aware(datetime.combine(row.opened_on, time())),
            pages=(("risks:case", "account row"),),
            through=("case.", "personal_data."),
        ),
        Source(
            "competitor",
            _("Competitors"),
            "swords",
            Competitor,
            rows=lambda: Competitor.objects.order_by(),
            title=lambda row: row.name,
            texts=lambda row: (row.website, row.remark),
            at=lambda row: row.recorded_at,
            pages=(("competitors:one", "row"), ("competitors:competitor", "row"), ("competitors:list", "")),
            account=lambda row: None,
            account_field="",
        ),
        Source(
            "winback_list",
            _("Win-back lists"),
            "undo-2",
            WinbackList,
            rows=lambda: WinbackList.objects.order_by(),
            title=lambda row: row.name,
            texts=lambda row: (),
            at=lambda row: row.created_at,
            pages=(("winbacks:list", "row"),),
            account=lambda row: None,
            account_field="",
        ),
        Source(
            "campaign",
            _("Campaigns"),
            "megaphone",
            Campaign,
            rows=lambda: Campaign.objects.order_by(),
            title=lambda row: row.name,
            texts=lambda row: (),
            at=lambda row: row.created_at,
            pages=(("winbacks:campaign", "row"),),
            account=lambda row: None,
            account_field="",
            guarded={Field.OFFER: lambda row: (plain(row.contents),)},
        ),
        Source(
            "offer",
            _("Offers"),
            "tag",
            Offer,
            rows=lambda: Offer.objects.order_by().select_related("case"),
            # What it is for; the kind would be said in the language of whoever wrote it.
            title=lambda row: row.case.title,
            texts=lambda row: (),
            at=lambda row: row.created_at,
            pages=(("winbacks:offer", "row"),),
            account=lambda row: int(row.case.account_id),
            account_field="case__account",
            # The internal note is found by nobody.
            guarded={Field.OFFER: lambda row: (plain(row.contents), row.answer)},
            through=("offer.", "case.", "personal_data."),
        ),
    )
}
"""Name -> source, in the order in which kinds are offered."""
