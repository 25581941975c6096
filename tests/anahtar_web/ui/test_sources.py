"""What holds for every template and module, walked through as text: nobody has to remember it."""

import re
from collections.abc import Callable, Iterable, Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Final

from django.template import TemplateSyntaxError
from django.template.loader import get_template
from lucide import _render_icon

from tests.anahtar_web.ui.sources import PACKAGE, modules, name_of, template_files, text_of

TEMPLATES: Final = [path for path in template_files() if path.suffix == ".html"]

TAG: Final = re.compile(r"{%.*?%}|{{.*?}}", re.S)
ELEMENT: Final = re.compile(r"<[a-zA-Z][^<>]*>", re.S)
FORM: Final = re.compile(r"<form\b[^>]*>.*?</form>", re.S | re.I)


def wrong(fault: Callable[[Path], Iterable[str]]) -> dict[str, list[str]]:
    """What is wrong with each template; one test walks all of them, since each by itself costs more than its look."""
    return {name_of(template): found for template in TEMPLATES if (found := list(fault(template)))}


def elements(template: Path) -> list[str]:
    """The opening tags of a template, without what Django writes into them."""
    return ELEMENT.findall(TAG.sub("", text_of(template)))


def test_every_template_compiles() -> None:
    def broken(template: Path) -> Iterator[str]:
        try:
            get_template(name_of(template))
        except TemplateSyntaxError as error:
            yield str(error)

    assert wrong(broken) == {}


_OF_ITS_OWN: Final = (
    r"\sstyle\s*=",
    r"\son[a-z]+\s*=",
    r"\s(data-)?hx-on\b",
    r"=\s*[\"']?\s*(javascript:|js:)",
)


def test_no_template_holds_a_style_or_a_script_of_its_own() -> None:
    """The policy of the page forbids them: they would silently not work."""

    def forbidden(template: Path) -> Iterator[str]:
        for element in elements(template):
            if any(re.search(pattern, element) for pattern in _OF_ITS_OWN):
                yield element
        text = text_of(template)
        yield from re.findall(r"<style\b", text)
        for script in re.findall(r"<script\b[^>]*>", TAG.sub("x", text)):
            if not (" src=" in script or "application/json" in script):
                yield script

    assert wrong(forbidden) == {}


def test_every_form_that_posts_is_ours_and_counts_once() -> None:
    def unmarked(template: Path) -> Iterator[str]:
        for form in FORM.findall(text_of(template)):
            # {% tokens %}: both, in a piece that is remembered
            if "post" in form.split(">", 1)[0].lower() and "{% tokens %}" not in form:
                if not ("{% csrf_token %}" in form or "{% slot body %}" in form):
                    yield f"no csrf_token: {form[:200]}"
                if "{% once %}" not in form:
                    yield f"no once: {form[:200]}"

    assert wrong(unmarked) == {}


def test_every_table_that_may_be_wide_scrolls_in_a_frame_of_its_own() -> None:
    def unframed(template: Path) -> Iterator[str]:
        text = text_of(template)
        ours = not name_of(template).startswith("allauth/")
        if ours and '<table class="table' in text and not ("<c-scroll" in text or "table-container" in text):
            yield "a table outside <c-scroll>"

    assert wrong(unframed) == {}


def icons() -> dict[str, str]:
    """Each icon's name, with a file that draws it."""
    found = {}
    for template in TEMPLATES:
        text = text_of(template)
        names = re.findall(r"{% icon [\"']([^\"']+)[\"']", text)
        names += [name for name in re.findall(r"\sicon=\"([^\"]+)\"", text) if "{" not in name]
        found |= dict.fromkeys(names, name_of(template))
    for module, text in modules().items():
        names = re.findall(r"\bicon=\"([a-z0-9-]+)\"", text)
        found |= dict.fromkeys(names, module.name)
    return found


def test_every_icon_exists() -> None:
    absent = {}
    for name, where in icons().items():
        try:
            _render_icon(name, None)
        except Exception:  # noqa: BLE001  # the package has its own error for an unknown name
            absent[name] = where
    assert absent == {}


def test_every_icon_of_the_menu_exists() -> None:
    from anahtar_web.ui.navigation import ACTIONS, ENTRIES

    for entry in (*ENTRIES, *ACTIONS):
        _render_icon(entry.icon, None)


def used() -> str:
    return "\n".join([*(text_of(path) for path in template_files()), *modules().values()])


def test_every_template_is_used() -> None:
    """A template nobody renders is read, translated and kept up for nothing."""
    text = used()
    # Django and allauth look these up by their own names.
    by_others = re.compile(r"^(account|allauth|mfa|usersessions|socialaccount|registration|django)/|^ui/errors/")
    unused = []
    for path in template_files():
        name = name_of(path)
        if name.startswith("cotton/"):
            called = re.search(rf"<c-{Path(name).stem.replace('_', '-')}[\s/>]", text)
        else:
            # A mail is two templates, named by what they have in common.
            called = re.sub(r"(_subject|_message)?\.txt$", "", name) in text
        if not called and not by_others.search(name):
            unused.append(name)
    assert unused == []


NAMES: Final = re.compile(
    r"\b(Anahtar|Excel|Word|CSV|PDF|SVG|PNG|SHA-256|JSON|Banzhaf|Shapley|Shubik|Outlook|iPhone|Mac)\b"
)
"""Names are the same in every language."""


NO_WORDS: Final = re.compile(
    r"{% blocktrans(?:late)?\b.*?{% endblocktrans(?:late)? %}|{% block \w+_class %}.*?{% endblock %}", re.S
)
"""What is translated whole, and names of styles."""


class Words(HTMLParser):
    """The words of a template that stand between its elements."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._inside: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag in ("script", "style", "kbd", "code"):
            self._inside.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if self._inside and self._inside[-1] == tag:
            self._inside.pop()

    def handle_data(self, data: str) -> None:
        if not self._inside and re.search(r"[^\W\d_]{3,}", NAMES.sub("", data)):
            self.found.append(data.strip())


def test_every_sentence_stands_in_a_translation_tag() -> None:
    """Words outside the tags reach a Turkish reader in English; the page of components is for programmers."""

    def untranslated(template: Path) -> Iterator[str]:
        if name_of(template) != "ui/components.html":
            words = Words()
            words.feed(TAG.sub("", NO_WORDS.sub("", text_of(template))))
            yield from words.found

    assert wrong(untranslated) == {}


def test_the_package_is_where_the_tests_look() -> None:
    assert len(TEMPLATES) > 40
    assert PACKAGE.is_dir()
