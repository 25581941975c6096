"""The terminal page and the progress bars."""

import io
from dataclasses import replace

import pytest
from rich.console import Console
from tests.anahtar.report.analyses import CUSTOMERS, crowd, small_analysis

from anahtar.report.terminal import Progress, print_page
from anahtar.report.terminal.bricks import band, bar, course, plain
from anahtar.words import LANGUAGES, Words, say


def printed(analysis=None, *, width=80, language="en", encoding="utf-8", terminal=False, **more) -> str:
    raw = io.BytesIO()
    file = io.TextIOWrapper(raw, encoding=encoding, newline="\n")
    print_page(
        analysis or small_analysis(), Console(file=file, width=width, force_terminal=terminal), Words(language), **more
    )
    file.flush()
    return raw.getvalue().decode(encoding)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("width", [80, 100, 120])
def test_no_line_is_wider_than_the_terminal(width, language):
    assert max(map(len, printed(width=width, language=language).splitlines())) <= width


def test_a_wide_terminal_is_used_up_to_a_line_the_eye_can_follow():
    assert 100 < max(map(len, printed(width=300).splitlines())) <= 120


def test_the_console_gets_its_width_back():
    console = Console(file=io.StringIO(), width=300)
    print_page(small_analysis(), console, Words("en"))
    assert console.width == 300


def test_a_pipe_gets_words_without_colours():
    assert "\x1b" not in printed()
    assert "\x1b" in printed(terminal=True)


def test_it_tells_who_how_much_and_what_first():
    page = printed(company="Kuzey Tedarik")
    assert page.index("Kuzey Tedarik") < page.index("17.2 M TRY") < page.index("What to look at first")
    for part in ("Concentration", "ABC–XYZ matrix", "Key accounts", "Silence", "How far these figures can be trusted"):
        assert part in page


def test_a_key_account_is_told_with_its_evidence():
    page = printed(width=120)
    assert "29.2 %  Çelik Yapı Sanayi A.Ş.  00120  breadwinner" in page
    assert "29.2 % of 12-month revenue; border 10 %." in page


def test_a_terminal_without_blocks_gets_plain_bars():
    analysis = small_analysis([replace(one, name=f"Firma {one.code}", group=None) for one in CUSTOMERS])
    raw = io.BytesIO()
    file = io.TextIOWrapper(raw, encoding="ascii", errors="replace")
    print_page(analysis, Console(file=file, width=80), Words("en"))
    file.flush()
    written = raw.getvalue().decode("ascii")
    assert "######" in written
    assert "=" in written


def test_a_name_cannot_move_the_cursor():
    evil = replace(CUSTOMERS[0], name="Acme\x1b[2J\x1b]0;title\x07\u202e\nA.Ş.", code="1\x1b[1m")
    assert "\x1b" not in printed(small_analysis((evil, *CUSTOMERS[1:])))


def test_square_brackets_in_a_name_are_letters():
    odd = replace(CUSTOMERS[0], name="[bold red]Acme[/]")
    assert "[bold red]Acme[/]" in printed(small_analysis((odd, *CUSTOMERS[1:])), width=120)


@pytest.mark.parametrize("customers", [CUSTOMERS[:1], crowd(300)], ids=["one customer", "three hundred"])
def test_any_ledger_is_a_page(customers):
    assert "Concentration" in printed(small_analysis(customers))


def test_a_bar_is_exact_to_an_eighth_of_a_letter():
    assert bar(0.5, 4) == "██  "
    assert bar(0.53125, 4) == "██▏ "
    assert bar(1.7, 4) == "████"
    assert bar(0.5, 4, ascii_only=True) == "##  "


def test_a_share_is_marked_on_its_band():
    assert band(0.45, 0.3, 0.6, 10) == "───━●━────"
    assert band(1.0, 0.3, 0.6, 10, ascii_only=True) == "---===---O"


def test_months_are_columns_and_a_return_is_a_gap():
    assert course([1, 8, -3]) == "▂█ "
    assert course([0, 0]) == ""


def test_harmless_letters_stay():
    assert plain("Işık & Şen İnş.\tA.Ş.") == "Işık & Şen İnş. A.Ş."


def test_progress_is_silent_where_nobody_watches():
    written = io.StringIO()
    with Progress(Console(file=written), Words("en"), {"reading": say("Reading")}) as progress:
        progress.step("reading", 1, 2)
        progress.step("reading", 2, 2)
    assert written.getvalue() == ""


def test_progress_shows_the_stage_in_words_to_someone_who_watches():
    written = io.StringIO()
    console = Console(file=written, force_terminal=True, width=100)
    with Progress(console, Words("en"), {"reading": say("Reading")}) as progress:
        progress.step("reading", 1, 4)
        progress.step("unnamed", 0, 0)
    assert "Reading" in written.getvalue()
    assert "1/4" in written.getvalue()
    assert "unnamed" in written.getvalue()
