"""Photographs the pages of the demo company for the documents: docs/pictures/NAME.png.

Each of `SCREENS` in four ways: wide, light and in English; wide, dark and in Turkish (NAME.tr.png); on a phone, dark
and in English (NAME-phone.png); on a phone, light and in Turkish (NAME-phone.tr.png).

python scripts/pictures.py [NAME …] [--url http://127.0.0.1:8000]

Without --url it makes a demo company of its own in a folder that is deleted afterwards (two minutes), so that pictures
show what a visitor finds. Look at what it wrote before committing it.
"""

import argparse
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.error import URLError
from urllib.request import urlopen

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

ROOT: Final = Path(__file__).parent.parent
FOLDER: Final = ROOT / "docs" / "pictures"
LONGEST_START: Final = 600
"""Seconds in which the demo company is there."""


@dataclass(frozen=True, slots=True)
class Picture:
    """One picture.

    Parameters
    ----------
    name
        Of its file, without `.png`.
    path
        The page; `look` are texts of links and buttons that are clicked there, one after the other.
    who
        First name of somebody of the cast; empty: a stranger.
    whole
        Whether all of the page is shown, not only what a screen holds.
    """

    name: str
    path: str
    who: str = "Defne"
    language: str = "en"
    width: int = 1440
    theme: str = "light"
    look: tuple[str, ...] = ()
    whole: bool = False

    @property
    def height(self) -> int:
        """Of the screen."""
        return 900 if self.width > 600 else 844


SCREENS: Final = {
    "portfolio": "/portfolio/?view=all",
    "portfolio-report": "/portfolio/report/",
    "matrix": "/portfolio/matrix/",
    "matrix-moves": "/portfolio/matrix/moves/",
    "matrix-thresholds": "/portfolio/matrix/thresholds/?abc_a=75&abc_b=95&xyz_x=50&xyz_y=100",
    "accounts": "/accounts/?view=all",
    "key-accounts": "/key-accounts/",
    "strategies": "/strategies/",
    "strategy": "/strategies/AX/",
    "account": "/accounts/1/",
    "account-change": "/accounts/1/change/",
    "account-class": "/accounts/1/class/",
    "account-key": "/accounts/1/key/",
    "account-strategy": "/accounts/1/strategy/",
    "account-briefing": "/accounts/1/briefing/",
    "account-profile": "/accounts/1/profile/",
    "account-files": "/accounts/1/files/",
    "account-timeline": "/accounts/1/history/",
    "account-interactions": "/accounts/1/interactions/",
    "account-tenders": "/accounts/1/tenders/",
    "account-deliveries": "/accounts/1/deliveries/",
    "account-people": "/accounts/1/people/map/",
    "account-relations": "/accounts/1/people/relations/",
    "account-decision": "/accounts/1/decision/",
    "account-competitors": "/accounts/1/competitors/",
    "competitors": "/competitors/attacks/",
    "tenders": "/tenders/",
    "tenders-teach": "/tenders/statistics/",
    "facts": "/facts/",
    "signals": "/signals/",
    "risks": "/risks/",
    "foresight": "/foresight/",
    "account-foresight": "/accounts/1/foresight/",
    "losses": "/losses/",
    "losses-where": "/losses/where/",
    "winbacks": "/winbacks/",
    "winbacks-list": "/winbacks/lists/1/",
    "winbacks-campaign": "/winbacks/campaigns/1/",
    "winbacks-offer": "/winbacks/offers/2/",
    "search": "/search/?q=kalite",
    "letterhead": "/settings/letterhead/",
    "schedule": "/settings/schedule/",
    "closing": "/settings/closing/",
    "imports": "/imports/",
}
"""Name -> its page; account 1 is the first of the demo's ledger."""

WHO: Final = {"facts": "Elif", "letterhead": "Nalan"}
"""Name -> whose page it is, where it is not that of the head of key accounts."""

PICTURES: Final = tuple(
    Picture(f"{name}{kind}", path, WHO.get(name, "Defne"), language=language, width=width, theme=theme)
    for name, path in SCREENS.items()
    for kind, language, width, theme in (
        ("", "en", 1440, "light"),
        (".tr", "tr", 1440, "dark"),
        ("-phone", "en", 390, "dark"),
        ("-phone.tr", "tr", 390, "light"),
    )
)


def take(browser: Browser, url: str, picture: Picture, folder: Path) -> Path:
    """Take one picture."""
    context = browser.new_context(
        base_url=url,
        viewport={"width": picture.width, "height": picture.height},
        color_scheme=picture.theme,
        reduced_motion="reduce",
        locale={"tr": "tr-TR", "en": "en-GB"}[picture.language],
    )
    page = context.new_page()
    if picture.who:
        sign_in(page, picture.who, picture.language)
    page.goto(picture.path)
    for text in picture.look:
        page.get_by_role("button", name=text).or_(page.get_by_role("link", name=text)).first.click()
    settle(page)
    file = folder / f"{picture.name}.png"
    page.screenshot(path=file, full_page=picture.whole)
    context.close()
    return shrink(file)


def shrink(file: Path) -> Path:
    """Keep 256 colours of a picture, which nobody misses: a third of the bytes in every clone."""
    with Image.open(file) as drawn:
        few = drawn.convert("RGB").quantize(256, dither=Image.Dither.NONE)
    few.save(file, optimize=True)
    return file


def sign_in(page: Page, who: str, language: str) -> None:
    """Come in through the demo's first page, and choose the language in the menu of the person."""
    page.goto("/people/demo/")
    page.get_by_role("button", name=who).click()
    page.wait_for_url(lambda address: "/people/demo/" not in address)
    if page.locator("html").get_attribute("lang") != language:
        page.locator(f"form button[name=language][value={language}]").first.evaluate("button => button.click()")
        # Not any navigation: a page that writes its filter into the address makes one, too, and leaves the language.
        page.locator(f"html[lang={language}]").wait_for(state="attached")
        page.wait_for_load_state("domcontentloaded")


def settle(page: Page) -> None:
    """Wait until what the page asks for is there and drawn: parts, fonts, charts."""
    page.wait_for_load_state("networkidle")
    page.evaluate("document.fonts.ready")
    page.wait_for_function("[...document.querySelectorAll('[data-chart]')].every(chart => 'drawn' in chart.dataset)")


@contextmanager
def demo() -> Iterator[str]:
    """Run a demo company of its own; gives its address."""
    with tempfile.TemporaryDirectory() as folder, socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
        free.close()
        environment = {**os.environ, "ANAHTAR_DATA": f"{folder}/data", "ANAHTAR_DEMO": "True"}
        run = [str(Path(sys.executable).with_name("anahtar-web")), "run", "--port", str(port)]
        server = subprocess.Popen(run, env=environment, stdout=subprocess.DEVNULL)
        try:
            wait_for(url := f"http://127.0.0.1:{port}", server)
            yield url
        finally:
            server.terminate()
            server.wait()


def wait_for(url: str, server: "subprocess.Popen[bytes]") -> None:
    """Wait until the demo answers."""
    until = time.monotonic() + LONGEST_START
    while time.monotonic() < until:
        if server.poll() is not None:
            sys.exit(f"The demo ended with {server.returncode} before it answered.")
        try:
            urlopen(f"{url}/people/demo/").close()
        except URLError:
            time.sleep(0.5)
        else:
            return
    sys.exit(f"The demo did not answer within {LONGEST_START} seconds.")


def main() -> None:
    """Take the pictures that were asked for, or all."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", metavar="NAME", help="default: all of them")
    parser.add_argument("--url", help="a demo that runs already")
    parser.add_argument("--out", type=Path, default=FOLDER, help="default: docs/pictures")
    asked = parser.parse_args()
    known = {picture.name: picture for picture in PICTURES}
    if unknown := sorted(set(asked.names) - set(known)):
        sys.exit(f"There is no picture {', '.join(unknown)}; there are {', '.join(known)}.")
    chosen = [known[name] for name in asked.names or known]
    asked.out.mkdir(parents=True, exist_ok=True)
    if asked.url:
        take_all(chosen, asked.url, asked.out)
    else:
        with demo() as url:
            take_all(chosen, url, asked.out)


def take_all(pictures: list[Picture], url: str, folder: Path) -> None:
    """Take pictures with one browser."""
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    if not chromium:
        sys.exit("There is no chromium: apt-get install chromium, or set CHROMIUM to its path.")
    # Chromium refuses its sandbox to root, which is who runs inside most containers.
    arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=arguments)
        for picture in pictures:
            print(take(browser, url, picture, folder))
        browser.close()


if __name__ == "__main__":
    main()
