"""Which language the person at the terminal reads."""

import gettext
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

import anahtar
from anahtar.words import LANGUAGES, Language

_DEFAULT: Final[Language] = "tr"
_VARIABLES: Final = ("LC_ALL", "LC_MESSAGES", "LANG")


def language_of(arguments: Sequence[str], environment: Mapping[str, str]) -> Language:
    """Find the language before the arguments are parsed, because the help itself is said in it.

    Parameters
    ----------
    arguments
        The command line; `--lang en`, `--lang=en` wins.
    environment
        The first of LC_ALL, LC_MESSAGES and LANG that is set decides otherwise.

    Returns
    -------
    Language
        `tr` where unsure (no locale, the C locale, a language nobody translated).
    """
    for position, argument in enumerate(arguments):
        asked = arguments[position + 1 : position + 2] if argument == "--lang" else [argument.removeprefix("--lang=")]
        for language in LANGUAGES:
            if argument.startswith("--lang") and asked == [language]:
                return language
    locale = next((environment[name] for name in _VARIABLES if environment.get(name)), "")
    return next((language for language in LANGUAGES if locale.startswith(language)), _DEFAULT)


def speak(language: Language) -> None:
    """Let argparse's own sentences ("usage", "expected one argument") come in the language, too."""
    os.environ["LANGUAGE"] = language
    gettext.bindtextdomain("argparse", str(Path(anahtar.__file__).parent / "locale"))
    gettext.textdomain("argparse")
