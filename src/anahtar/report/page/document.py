"""The file itself: head, content policy, navigation, chapters."""

from base64 import b64encode
from hashlib import sha256
from importlib.resources import files
from pathlib import Path

from anahtar.analysis import Analysis
from anahtar.report.page.accounts import accounts
from anahtar.report.page.bridge import bridge
from anahtar.report.page.keys import key_accounts
from anahtar.report.page.markup import Html, many, name_of, tag
from anahtar.report.page.method import method
from anahtar.report.page.movement import movement
from anahtar.report.page.opening import masthead, opening
from anahtar.report.page.silence import silence
from anahtar.report.page.story import Story
from anahtar.report.page.structure import concentration, matrix
from anahtar.words import Words, say

_ICON = (
    "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'%3E"
    "%3Crect width='16' height='16' rx='4' fill='%232b50c8'/%3E"
    "%3Cg fill='none' stroke='white' stroke-width='1.6' stroke-linecap='round'%3E"
    "%3Ccircle cx='6' cy='6' r='2.6'/%3E%3Cpath d='M8 8l4.5 4.5M10.5 10.5l1.5-1.5'/%3E%3C/g%3E%3C/svg%3E"
)


def write_page(analysis: Analysis, path: Path, words: Words, *, company: str | None = None) -> None:
    """Write `report.html`: one self-contained file in the reader's language.

    It reads without a network and without a script, in light and dark, on a phone and on A4. Its content policy
    forbids every fetch; the one script (filter and sort of the table) and the one style sheet are its own, admitted
    by their checksums. All text that came from a file is escaped.

    Parameters
    ----------
    analysis
        One run, whole.
    path
        The file to write; its folder exists.
    words
        The language of the page, its numbers and its dates.
    company
        Whose report it is, for the title.
    """
    path.write_text(_document(Story(analysis, words), company), encoding="utf-8")


def _document(story: Story, company: str | None) -> str:
    style, script = _own("page.css"), _own("page.js")
    title = story(say("Key accounts"))
    head = tag(
        "head",
        tag("meta", charset="utf-8"),
        tag("meta", http_equiv="Content-Security-Policy", content=_policy(style, script)),
        tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
        tag("meta", name="color-scheme", content="light dark"),
        tag("title", f"{company} · {title}" if company else title),
        tag("link", rel="icon", href=_ICON),
        tag("style", Html(style)),
    )
    page = tag("html", head, _body(story, company, script), lang=story.words.language)
    return f"<!doctype html>\n{page}\n"


def _own(name: str) -> str:
    return files("anahtar.report.page").joinpath(name).read_text(encoding="utf-8")


def _policy(style: str, script: str) -> str:
    def checksum(source: str) -> str:
        return "'sha256-" + b64encode(sha256(source.encode()).digest()).decode() + "'"

    return (
        f"default-src 'none'; style-src {checksum(style)}; script-src {checksum(script)}; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )


def _body(story: Story, company: str | None, script: str) -> Html:
    chapters = (opening, concentration, matrix, key_accounts, silence, movement, bridge, accounts, method)
    return tag(
        "body",
        tag("a", story(say("Skip to the content")), class_="skip", href="#main"),
        _navigation(story, company),
        tag("main", masthead(story, company), many(chapter(story) for chapter in chapters), _foot(story), id="main"),
        tag("script", Html(script)),
    )


def _navigation(story: Story, company: str | None) -> Html:
    chapters = (
        ("overview", say("Overview")),
        ("concentration", say("Concentration")),
        ("matrix", say("ABC–XYZ matrix")),
        ("key-accounts", say("Key accounts")),
        ("silence", say("Silence")),
        ("movement", say("Movement")),
        ("bridge", say("The bridge")),
        ("accounts", say("All accounts")),
        ("method", say("Method and data")),
    )
    links = many(tag("li", tag("a", story(title), href=f"#{slug}")) for slug, title in chapters)
    brand = tag("p", tag("b", "Anahtar"), " ", name_of(company) if company else None, class_="brand")
    return tag("nav", brand, tag("ul", links), aria_label=story(say("Chapters")))


def _foot(story: Story) -> Html:
    made = say(
        "Made by Anahtar from {rows} ledger lines, as of {day}.",
        rows=story.analysis.ledger.rows_accepted,
        day=story.analysis.as_of,
    )
    return tag("footer", tag("p", story(made)))
