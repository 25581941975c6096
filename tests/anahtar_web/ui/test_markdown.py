"""Markdown of people: what they may write is shown, and nothing of it runs, loads or leads anywhere else."""

import pytest

from anahtar_web.ui.markdown import LONGEST, plain, render
from tests.anahtar_web.matrix.payloads import PAYLOADS, live


def test_headings_lists_and_emphasis_are_shown_below_the_headings_of_the_page() -> None:
    html = render("# Who\n\n- one\n- **two**\n\n###### deep")
    assert "<h3>Who</h3>" in html
    assert "<li><strong>two</strong></li>" in html
    assert "<h6>deep</h6>" in html


def test_a_line_break_is_one() -> None:
    assert "one<br>" in render("one\ntwo")


@pytest.mark.parametrize(
    "address", ["https://kuzey.example/a?b=1&c=2", "http://kuzey.example", "mailto:a@kuzey.example"]
)
def test_links_lead_to_the_web_and_to_mail_and_tell_nobody_where_from(address: str) -> None:
    html = render(f"[words]({address})")
    assert f'href="{address.replace("&", "&amp;")}"' in html
    assert 'rel="noopener noreferrer nofollow"' in html


@pytest.mark.parametrize(
    "address",
    [
        *("javascript:alert(1)", "JaVaScRiPt:alert(1)", "&#106;avascript:alert(1)", "java\tscript:alert(1)"),
        *("data:text/html;base64,PHNjcmlwdD4=", "vbscript:x", "file:///etc/passwd", "//evil.example", "/settings/"),
    ],
)
def test_links_lead_nowhere_else(address: str) -> None:
    for text in (f"[words]({address})", f"<{address}>", f"[words]\n\n[words]: {address}", f"![words]({address})"):
        assert "href" not in render(text), text
        assert live(render(text)) == [], text


@pytest.mark.parametrize("payload", PAYLOADS)
def test_html_of_people_stays_text(payload: str) -> None:
    for text in (
        payload,
        f"- {payload}",
        f"`{payload}`",
        f"[{payload}](https://a.example '{payload}')",
        f"# {payload}",
    ):
        assert live(render(text)) == [], text


def test_pictures_are_not_loaded() -> None:
    assert "<img" not in render("![x](https://evil.example/x.png)")


def test_the_second_wall_holds_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Were the reader to let HTML in, the cleaning would still take it out."""
    from anahtar_web.ui import markdown

    reader = markdown.MarkdownIt("commonmark", {"html": True})
    reader.validateLink = lambda url: True  # type: ignore[method-assign]
    monkeypatch.setattr(markdown, "reader", lambda: reader)
    html = render("<script>alert(1)</script>\n\n<b onclick=x>y</b> [l](javascript:x)")
    assert "<script" not in html
    assert "onclick" not in html
    assert "javascript" not in html


def test_a_text_of_any_length_and_depth_is_answered() -> None:
    for text in (">" * 20_000, "[" * 20_000, "*a " * 10_000, "- " * 10_000, "`" * 20_000, "x" * (LONGEST + 1)):
        assert render(text) is not None


def test_the_words_alone_are_one_line_of_text() -> None:
    assert plain("## Who\n\n- *Ana* & Boris\n- <b>") == "Who: Ana & Boris <b>"
    assert (
        plain("## *What we do*\n\nA visit.\n\n## How often?\n\nMonthly.") == "What we do: A visit. How often? Monthly."
    )
    assert plain("Before.\n\n## Alone") == "Before. Alone"
