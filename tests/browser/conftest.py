"""A real browser on a real server: every console error and every breach of the content policy fails the test.

`visit(path, user)` opens a page; `axe(page)` lists what people with a screen reader or weak eyes would stumble over.
"""

import os
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

import pytest
from django.db import connections
from django.test import Client
from playwright.sync_api import Browser, ConsoleMessage, Page, expect, sync_playwright

from anahtar_web.people.models import User
from tests.anahtar_web.conftest import (  # noqa: F401  # the cast, and the trail that lets a test database be emptied
    _forgetful_pages,
    _forgetful_trail,
    acme,
    admin,
    ana,
    analyst,
    auditor,
    birch,
    boris,
    chen,
    director,
    head,
    marketing,
    signed_in,
)

BROWSERS: Final = ("chromium-headless-shell", "chromium", "google-chrome")
"""Without windows first: the others draw those of a whole desktop for every page, at half the speed."""
CHROMIUM: Final = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, BROWSERS)), None)
ROOT: Final = Path(__file__).parent.parent.parent
AXE: Final = ROOT / "node_modules" / "axe-core" / "axe.min.js"
RULES: Final = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
WIDTHS: Final = (1440, 390)
THEMES: Final = ("light", "dark")
LANGUAGES: Final = (pytest.param("tr", marks=pytest.mark.long), "en")

# A busy machine answers late; what never comes fails all the same.
expect.set_options(timeout=20_000)

_STATUS: Final = re.compile(r"Failed to load resource: the server responded with a status of (\d+)")


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One browser for all tests of a process.

    While it runs, an event loop runs in this thread, and Django has another connection there. Each is closed while
    it is the one that Django knows: PostgreSQL keeps a test database that somebody is still connected to.
    """
    if not CHROMIUM:
        pytest.skip("no chromium: apt-get install chromium-headless-shell, or set CHROMIUM to its path")
    if not (ROOT / "frontend" / "dist" / "app.js").exists():
        pytest.skip("the pages' styles and modules are not built: make setup")
    # Chromium refuses its sandbox to root, which is who runs inside most containers.
    arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
    connections.close_all()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=arguments)
        yield browser
        browser.close()
        connections.close_all()


class Problems:
    """What the console of a test's pages complained about."""

    def __init__(self) -> None:
        self.found: list[str] = []
        self._expected: set[int] = set()

    def expect(self, *statuses: int) -> None:
        """Say that the server will refuse with these statuses: the browser logs each as an error."""
        self._expected.update(statuses)

    def forget(self, *parts: str) -> None:
        """Drop what a test has provoked: complaints that hold one of these texts."""
        self.found = [text for text in self.found if not any(part in text for part in parts)]

    def hear(self, message: ConsoleMessage) -> None:
        if message.type != "error":
            return
        status = _STATUS.match(message.text)
        if status is None or int(status[1]) not in self._expected:
            self.found.append(f"{message.text} ({message.location.get('url', '')})")

    def hear_error(self, error: Any) -> None:
        self.found.append(str(error))


@pytest.fixture
def problems() -> Iterator[Problems]:
    problems = Problems()
    yield problems
    assert problems.found == []


Visit = Callable[..., Page]
Axe = Callable[..., list[str]]


@pytest.fixture
def visit(chromium: Browser, live_server: Any, problems: Problems) -> Iterator[Visit]:
    """Open a page: `visit("/accounts/", ana, width=390, theme="dark")`; without a user, as a stranger.

    Every call is a browser of its own (cookies, storage), so that two people can look at one thing.
    """
    contexts = []

    def visit(
        path: str = "/", user: User | None = None, *, width: int = 1440, theme: str = "light", language: str = "en"
    ) -> Page:
        context = chromium.new_context(
            viewport={"width": width, "height": 900},
            color_scheme=theme,  # type: ignore[arg-type]
            locale={"tr": "tr-TR", "en": "en-GB"}[language],
            reduced_motion="reduce",
            base_url=live_server.url,
        )
        contexts.append(context)
        if user is not None:
            if user.language != language:
                User.objects.filter(pk=user.pk).update(language=language)
            context.add_cookies([{"name": "sessionid", "value": session_of(user), "url": live_server.url}])
        page = context.new_page()
        page.on("console", problems.hear)
        page.on("pageerror", problems.hear_error)
        page.goto(path)
        return page

    yield visit
    for context in contexts:
        context.close()


def session_of(user: User) -> str:
    """Sign somebody in without the pages of signing in; gives the cookie's value."""
    client = Client()
    client.force_login(user)
    return client.cookies["sessionid"].value


@pytest.fixture(scope="session")
def axe() -> Axe:
    """Check what is on the screen now, also what has just opened: `assert axe(page) == []`.

    `within` looks at one part only: behind an open dialog nothing has changed, and a run takes a second per page.
    """
    if not AXE.exists():
        pytest.skip("axe-core is not installed: make setup")
    source = AXE.read_text(encoding="utf-8")

    def look(page: Page, within: str) -> list[str]:
        # evaluate, not add_script_tag: the page's policy forbids a script element.
        if page.evaluate("typeof axe === 'undefined'"):
            page.evaluate(source)
        # Not `preload`: it fetches every style again, for rules that are not among these.
        run = "([within, rules]) => axe.run(within, {runOnly: rules, resultTypes: ['violations'], preload: false})"
        found = page.evaluate(run, [within, RULES])
        return [
            f"{violation['id']}: {node['target']} {node['failureSummary']}"
            for violation in found["violations"]
            for node in violation["nodes"]
        ]

    def axe(page: Page, within: str = "html") -> list[str]:
        # What is found must still be there once the page is painted: on a busy machine a look right after the theme was
        # turned may meet the colour of the one before.
        if not look(page, within):
            return []
        page.evaluate("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
        return look(page, within)

    return axe


def repaint(page: Page, *, theme: str, width: int) -> None:
    """Show the same page in another theme and width, without asking the server again."""
    page.set_viewport_size({"width": width, "height": 900})
    page.evaluate("dark => document.documentElement.classList.toggle('dark', dark)", theme == "dark")
    page.evaluate("document.dispatchEvent(new Event('theme'))")


LOOKS: Final[dict[str | None, tuple[tuple[str, int, bool], ...]]] = {
    None: (("dark", 390, True), ("light", 1440, True)),
    "en": (("dark", 390, True), ("light", 1440, False)),
    "tr": (("light", 1440, True), ("light", 390, False)),
}
"""Theme, width and whether axe looks: each theme and each width once, over both languages where a page has both."""


def check(page: Page, axe: Axe, language: str | None = None, within: str = "html") -> None:
    """Look at what is on the screen now: nobody is shut out, nothing sticks out. It is left light and wide.

    `language` says that the test looks at the page in the other one too: axe takes a second, and so looks once in each.
    """
    theme, width = "light", 1440
    for theme, width, looks in LOOKS[language]:
        repaint(page, theme=theme, width=width)
        if looks:
            assert axe(page, within) == [], (page.url, theme, width)
        assert too_wide(page) <= 0, (page.url, theme, width)
    if (theme, width) != ("light", 1440):
        repaint(page, theme="light", width=1440)


def too_wide(page: Page) -> int:
    """By how many pixels the page itself scrolls sideways; tables may, inside their frame."""
    return page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
