"""report.html: safe, self-contained, readable."""

import re
from base64 import b64encode
from dataclasses import replace
from hashlib import sha256
from html.parser import HTMLParser
from importlib.resources import files
from itertools import pairwise

import pytest
from tests.anahtar.report.analyses import CUSTOMERS, crowd, small_analysis

from anahtar.analysis.losing.bridging import bridge_within
from anahtar.report.page import write_page
from anahtar.report.page.markup import Html, name_of, tag
from anahtar.words import LANGUAGES, Words

EVIL = '</style><script>alert("1")</script><img src=x onerror=alert(2)> \' & \u202etxt\x00\x1b[2J'
VOID = {"meta", "link", "input", "br", "hr"}


class Reader(HTMLParser):
    """Elements with their attributes, and whether every one is closed in its turn."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.words: list[str] = []
        self.feed(source)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.words.append(data)

    def all(self, name: str) -> list[dict[str, str | None]]:
        return [attributes for tag, attributes in self.elements if tag == name]


def page(tmp_path, analysis=None, *, language="en", company=None) -> str:
    path = tmp_path / "report.html"
    write_page(analysis or small_analysis(), path, Words(language), company=company)
    return path.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def source(tmp_path_factory) -> str:
    return page(tmp_path_factory.mktemp("page"), company="Kuzey Tedarik")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_element_is_closed_in_its_turn_and_the_language_is_named(tmp_path, language):
    read = Reader(page(tmp_path, language=language))
    assert read.open == []
    assert read.all("html") == [{"lang": language}]


def test_it_fetches_nothing(source):
    read = Reader(source)
    for _, attributes in read.elements:
        for name in ("src", "href", "action", "data", "srcset", "xlink:href", "poster"):
            assert (attributes.get(name) or "#").startswith(("#", "data:"))
    style = files("anahtar.report.page").joinpath("page.css").read_text(encoding="utf-8")
    assert not re.search(r"url\(|@import|//", style)


def test_the_content_policy_admits_its_own_style_and_script_only(source):
    policy = next(one["content"] for one in Reader(source).all("meta") if one.get("http-equiv"))
    assert policy.startswith("default-src 'none'")
    for element, rule in (("style", "style-src"), ("script", "script-src")):
        inside = re.findall(rf"<{element}>(.*?)</{element}>", source, re.DOTALL)
        assert len(inside) == 1
        checksum = b64encode(sha256(inside[0].encode()).digest()).decode()
        assert f"{rule} 'sha256-{checksum}'" in policy


def test_nothing_needs_what_the_policy_forbids(source):
    for _, attributes in Reader(source).elements:
        assert "style" not in attributes
        assert not [name for name in attributes if name.startswith("on")]


def test_text_from_a_file_is_text_on_the_page(tmp_path):
    customers = (replace(CUSTOMERS[0], name=EVIL, code='"><script>', group="<b>Grup"), *CUSTOMERS[1:])
    written = page(tmp_path, small_analysis(customers), company=EVIL)
    read = Reader(written)
    assert len(read.all("script")) == 1
    assert len(read.all("style")) == 1
    assert not read.all("img")
    assert read.open == []
    assert '</style><script>alert("1")</script>' in "".join(read.words)
    assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f]", written)


def test_a_name_written_right_to_left_cannot_turn_its_line_around(tmp_path):
    customers = (replace(CUSTOMERS[0], name="\u202eA.Ş. kilÇ"), *CUSTOMERS[1:])
    assert "\u202e" not in page(tmp_path, small_analysis(customers))


def test_it_can_be_walked_by_its_headings(source):
    levels = [int(name[1]) for name, _ in Reader(source).elements if re.fullmatch("h[1-6]", name)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_its_links_and_labels_lead_somewhere(source):
    read = Reader(source)
    names = [attributes["id"] for _, attributes in read.elements if "id" in attributes]
    assert len(names) == len(set(names))
    for link in read.all("a"):
        assert link["href"].removeprefix("#") in names
    for _, attributes in read.elements:
        for name in (attributes.get("aria-labelledby") or "").split():
            assert name in names


def test_the_drawings_are_named_or_left_to_the_eye(source):
    for drawing in Reader(source).all("svg"):
        inside = "preserveaspectratio" in drawing and "class" not in drawing
        assert inside or drawing.get("aria-hidden") == "true" or drawing.get("role") == "img"


def test_the_figures_stand_on_it_as_the_language_writes_them(tmp_path):
    """
    17.237.000 lira of revenue in the window; the largest brings 5.040.000 of 17.255.000 positive: 29.2 %
    """
    assert "29.2\N{NO-BREAK SPACE}%" in page(tmp_path, language="en")
    assert "%29,2" in page(tmp_path, language="tr")


def test_a_long_list_shows_the_largest_and_says_where_the_rest_is(tmp_path):
    written = page(tmp_path, small_analysis(crowd(2_400)))
    assert sum("data-abc" in one for one in Reader(written).all("tbody")) == 500
    assert "500 of 2,400 accounts" in written
    assert "standings.csv" in written
    assert len(written.encode()) < 3_000_000


def test_two_thousand_accounts_stay_below_three_megabytes(tmp_path):
    assert len(page(tmp_path, small_analysis(crowd(2_000))).encode()) < 3_000_000


def test_the_bridge_stands_on_it_with_every_step_and_comes_out(tmp_path):
    """Its steps are those of the bridge of the same months, and what was kept has its interval."""
    analysis = small_analysis()
    found = bridge_within(analysis)
    assert found is not None
    assert found.balance() == 0
    own = page(tmp_path, analysis).split('id="bridge"')[1].split("</section>")[0]
    assert own.count('class="fall"') == len(found.buckets) + 2
    for word in ("revenue before", "came back", "bought less", "revenue now", "gross revenue kept", "95\xa0% interval"):
        assert word in own


def test_one_customer_is_a_page_too(tmp_path):
    assert Reader(page(tmp_path, small_analysis(CUSTOMERS[:1]))).open == []


def test_the_same_analysis_gives_the_same_page(tmp_path):
    assert page(tmp_path) == page(tmp_path)


def test_text_is_escaped_and_markup_is_kept():
    assert tag("p", '<&"', Html("<b>x</b>"), title='"') == '<p title="&quot;">&lt;&amp;&quot;<b>x</b></p>'


def test_no_line_breaks_between_a_number_and_its_unit_but_a_name_stays_as_it_is():
    assert (
        tag("p", "13.4 % of 301.2 M TRY")
        == "<p>13.4\N{NO-BREAK SPACE}% of 301.2\N{NO-BREAK SPACE}M\N{NO-BREAK SPACE}TRY</p>"
    )
    assert name_of("Boya 5 %") == "<bdi>Boya 5 %</bdi>"


def test_attributes_that_are_false_are_not_written():
    assert tag("details", open=False, hidden=True, class_=None) == "<details hidden></details>"


PAIRS = [
    *(
        (ink, ground)
        for ink in ("ink", "soft", "accent", "good", "bad", "warn", "warm")
        for ground in ("paper", "card")
    ),
    ("good", "good-soft"),
    ("bad", "bad-soft"),
    ("warn", "warn-soft"),
    ("accent", "accent-soft"),
    ("ink", "quiet"),
    *((ink, "t0") for ink in ("ink", "soft", "good", "bad")),
    *(("ink", f"t{depth}") for depth in range(4)),
    ("t4-ink", "t4"),
]


@pytest.mark.parametrize("scheme", ["light", "dark", "print"])
def test_every_pair_of_text_and_ground_can_be_read(scheme):
    sheet = files("anahtar.report.page").joinpath("page.css").read_text(encoding="utf-8")
    blocks = re.findall(r":root \{(.*?)\}", sheet, re.DOTALL)
    colours = dict(re.findall(r"--([\w-]+): (#\w+)", blocks[{"light": 0, "dark": 1, "print": 2}[scheme]]))
    for ink, ground in PAIRS:
        assert contrast(colours[ink], colours[ground]) >= 4.5, (scheme, ink, ground)


def contrast(one: str, other: str) -> float:
    """WCAG 2.2, relative luminance and contrast ratio."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(digit * 2 for digit in colour[1:])
    parts = [int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
