"""The help, and everything after it, comes in the reader's language."""

import pytest

from anahtar.cli import main
from anahtar.cli.language import language_of


@pytest.mark.parametrize(
    ("arguments", "environment", "language"),
    [
        ([], {}, "tr"),
        ([], {"LANG": "C.UTF-8"}, "tr"),
        ([], {"LANG": "de_DE.UTF-8"}, "tr"),
        ([], {"LANG": "en_GB.UTF-8"}, "en"),
        ([], {"LANG": "en_GB.UTF-8", "LC_ALL": "tr_TR.UTF-8"}, "tr"),
        ([], {"LANG": "en_GB.UTF-8", "LC_ALL": ""}, "en"),
        (["analyze", "x", "--lang", "en"], {"LANG": "tr_TR"}, "en"),
        (["--lang=en", "metrics"], {}, "en"),
        (["--lang=de", "metrics"], {}, "tr"),
    ],
)
def test_an_option_wins_over_the_locale_and_turkish_stands_in(
    arguments: list[str], environment: dict[str, str], language: str
) -> None:
    assert language_of(arguments, environment) == language


def test_the_help_is_said_in_turkish(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="0"):
        main(["--lang", "tr", "--help"])
    said = capsys.readouterr().out
    assert "satış defteri" in said
    assert "kullanım" in said.lower()


def test_the_help_is_said_in_english(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="0"):
        main(["--lang", "en", "--help"])
    assert "sales ledger" in capsys.readouterr().out
