"""What is known of the account, graded, and what is missing."""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from itertools import groupby

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from anahtar_web.briefing.blocks import Block, Pair, Pairs, Points, Prose, Section
from anahtar_web.briefing.reading import Reading
from anahtar_web.dossier.kinds import every
from anahtar_web.dossier.models import Area, Contract, Form
from anahtar_web.dossier.queries import Known, completeness_of, facts_of, sheets_of
from anahtar_web.dossier.values import plain_money, written
from anahtar_web.ui.templatetags.shown import day, number, share

MOST_MISSING = 6
SOON = timedelta(days=90)
"""Contracts that end or want notice within these are named at the head of the briefing."""
MOST_VALUES = 5
"""Of a kind that has several; all of them stand in the profile."""


def facts(reading: Reading) -> Section:
    """Say what is known, area by area, each fact with its grade and age."""
    kinds = every()
    known = facts_of(reading.account, reading.on, kinds)
    contracts = [
        one
        for one in sheets_of(reading.account, Contract, reading.on)
        if one.ends_on is None or one.ends_on >= reading.today
    ]
    blocks = [*_areas(known), *_contracts(contracts)]
    first = [_foremost(one) for one in contracts if _is_soon(one, reading)]
    if known:
        count = completeness_of(reading.account, reading.on, kinds=kinds, known=known)
        missing = ", ".join(kinds[one.asked.kind].name for one in count.missing[:MOST_MISSING])
        told = [_("%(share)s of what should be known is fresh and confirmed.") % {"share": share(count.whole.share, 0)}]
        if missing:
            told.append(_("Missing or unsure: %(kinds)s.") % {"kinds": missing})
        blocks.insert(0, Points(told))
        profile = reverse("dossier:profile", args=[reading.account.pk])
        first.append(Pair(_("What we know"), told[0], href=profile))
    return Section(
        "facts",
        _("What we know"),
        "book-open",
        blocks,
        _("Nothing is written down of this account yet."),
        href=reverse("dossier:profile", args=[reading.account.pk]),
        wide=True,
        paired=True,
        first=first,
    )


def _areas(known: Sequence[Known]) -> Iterator[Block]:
    for area, group in groupby(known, key=lambda one: one.kind.area):
        rows, more = _first(list(group))
        yield Prose("", str(Area(area).label))
        yield Pairs([*(_pair(one) for one in rows), *more])


def _first(rows: Sequence[Known]) -> tuple[list[Known], list[Pair]]:
    """Leave the last values of each kind, and say of which there are more."""
    kept, more = [], []
    for _code, same in groupby(rows, key=lambda one: one.kind.code):
        every = list(same)
        kept += every[-MOST_VALUES:]
        if (left := len(every) - MOST_VALUES) > 0:
            words = ngettext("%(n)s earlier one", "%(n)s earlier ones", left) % {"n": number(left)}
            more.append(Pair(every[0].kind.name, words))
    return kept, more


def _pair(one: Known) -> Pair:
    if one.kind.form is Form.MARKDOWN:
        return Pair(one.kind.name, "", _note(one), one.is_stale, prose=one.fact.text)
    return Pair(one.kind.name, written(one.kind, one.fact), _note(one), one.is_stale)


def _note(one: Known) -> str:
    told = [str(one.fact.get_grade_display()), day(one.fact.known_on)]
    if one.fact.source:
        told.append(one.fact.source)
    return " · ".join([*told, *([_("stale")] if one.is_stale else [])])


def _contracts(rows: Sequence[Contract]) -> Iterator[Block]:
    if rows:
        yield Prose("", _("Contracts"))
        yield Pairs([_contract(one) for one in rows])


def _is_soon(one: Contract, reading: Reading) -> bool:
    """Whether notice or end is so near that it has to be spoken of."""
    ends = one.notice_by if one.notice_by and one.notice_by >= reading.today else one.ends_on
    return ends is not None and ends <= reading.today + SOON


def _foremost(one: Contract) -> Pair:
    told = _contract(one)
    href = reverse("dossier:sheet", args=[one.account_id, "contract", one.pk])
    return Pair(_("Contract"), f"{told.label}: {told.value}", href=href)


def _contract(one: Contract) -> Pair:
    told = []
    if one.ends_on:
        told.append(_("ends %(day)s") % {"day": day(one.ends_on)})
    if one.notice_by:
        told.append(_("notice by %(day)s") % {"day": day(one.notice_by)})
    if one.money is not None:
        told.append(plain_money(one.money, one.currency))
    return Pair(one.title, " · ".join(told) or _("open-ended"))
