"""What a document says: the blocks of the page as plain texts and lists, with head and foot."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from anahtar_web.briefing.blocks import Block, Figures, Pairs, Picture, Points, Prose, Section, Table
from anahtar_web.briefing.reading import Reading
from anahtar_web.files import letterhead
from anahtar_web.ui.outline import outline
from anahtar_web.ui.templatetags.shown import day, moment, number

if TYPE_CHECKING:
    from anahtar_web.briefing.actions import Taken


def contents(reading: Reading, sections: Sequence[Section], taken: "Taken") -> Mapping[str, Any]:
    """Give what the writers read."""
    account = reading.account
    return {
        "lang": (get_language() or "en")[:2],
        "company": taken.company,
        "logo": letterhead.told(),
        "title": account.name,
        "code": account.code if account.code != account.name else "",
        "kind": _("Dossier"),
        "as_of": _("as known on %(day)s") % {"day": day(reading.on)} if reading.on else day(reading.today),
        "sections": [_section(section) for section in sections],
        "made": [
            _("Made for %(who)s (%(role)s) on %(when)s, with the rights of that person.")
            % {"who": taken.by, "role": taken.by.get_role_display(), "when": moment(taken.at)},
            _("Number on the audit trail: %(entry)s.") % {"entry": number(taken.entry)},
        ],
        "foot": " · ".join(part for part in (taken.company, account.name, _("Confidential"), moment(taken.at)) if part),
        "page": _("Page {at} of {all}"),
    }


def _section(section: Section) -> Mapping[str, Any]:
    first, parts = _parted(section)
    return {
        "name": section.name,
        "wide": section.wide,
        "title": section.title,
        "says": section.says,
        "missing": "" if section.blocks else section.missing,
        "blocks": [_block(block) for block in first],
        "beside": [[_block(block) for block in part] for part in parts],
    }


def _parted(section: Section) -> tuple[list[Block], list[list[Block]]]:
    """Give what stands across the page, and the titled parts that stand two beside each other."""
    first: list[Block] = []
    parts: list[list[Block]] = []
    for block in section.blocks:
        if section.paired and isinstance(block, Prose) and block.title:
            parts.append([])
        (parts[-1] if parts else first).append(block)
    return first, parts


def _block(block: Block) -> Mapping[str, Any]:
    match block:
        case Figures():
            figures = [{"label": f.label, "value": f.value, "note": f.note, "tone": f.tone} for f in block.figures]
            return {"kind": block.kind, "figures": figures}
        case Pairs():
            pairs = [
                {"label": p.label, "value": p.value, "note": p.note, "stale": p.stale, "pieces": _pieces(p.prose)}
                for p in block.pairs
            ]
            return {"kind": block.kind, "pairs": pairs}
        case Table():
            return {
                "kind": block.kind,
                "heads": list(block.heads),
                "rows": [list(row) for row in block.rows],
                "numbers": sorted(block.numbers),
            }
        case Points():
            return {"kind": block.kind, "points": list(block.points)}
        case Prose():
            return {"kind": block.kind, "title": block.title, "pieces": _pieces(block.text)}
        case Picture():
            return {"kind": block.kind, "svg": block.svg, "says": block.says}


def _pieces(text: str) -> list[Mapping[str, str]]:
    return [{"kind": piece.kind, "text": piece.text} for piece in outline(text)]
