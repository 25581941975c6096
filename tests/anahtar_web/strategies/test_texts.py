"""What comes with the program: a strategy for everything, in both languages, of the same four parts."""

import re

import pytest
from django.utils import translation

from anahtar.rules.strategy import CELLS
from anahtar_web.strategies.differing import GONE, KEPT, NEW, differences
from anahtar_web.strategies.models import LONGEST_TEXT, LONGEST_WORD
from anahtar_web.strategies.shipped import LANGUAGES, TEXTS, shipped_text, shipped_word
from anahtar_web.strategies.subjects import SUBJECTS, TYPE_CODES
from anahtar_web.ui.markdown import render

PARTS = {
    "en": ["What we do", "How often", "Who", "What we never do"],
    "tr": ["Ne yaparız", "Ne sıklıkla", "Kim", "Neyi asla yapmayız"],
}


def test_there_is_one_for_each_cell_and_each_type() -> None:
    assert list(SUBJECTS) == [*CELLS, *TYPE_CODES]
    for language in LANGUAGES:
        assert {path.stem for path in (TEXTS / language).iterdir()} == set(SUBJECTS)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", SUBJECTS)
def test_each_has_its_four_parts_and_something_in_each(code: str, language: str) -> None:
    with translation.override(language):
        text, word = shipped_text(SUBJECTS[code]), shipped_word(SUBJECTS[code])
    assert re.findall(r"^## (.+)$", text, re.M) == PARTS[language]
    for part in re.split(r"^## .+$", text, flags=re.M)[1:]:
        assert part.strip().startswith("- ")
    assert 200 < len(text) <= LONGEST_TEXT
    assert 0 < len(word) <= LONGEST_WORD
    assert render(text).count("<h4>") == 4


@pytest.mark.parametrize("code", SUBJECTS)
def test_both_languages_say_the_same_number_of_things(code: str) -> None:
    said = []
    for language in LANGUAGES:
        with translation.override(language):
            said.append([part.count("\n- ") for part in shipped_text(SUBJECTS[code]).split("\n## ")])
    assert said[0] == said[1]


def test_a_difference_shows_what_went_and_what_came() -> None:
    lines = differences("one\ntwo\nthree", "one\nzwei\nthree\nfour")
    assert [(line.kind, line.text) for line in lines] == [
        (KEPT, "one"),
        (GONE, "two"),
        (NEW, "zwei"),
        (KEPT, "three"),
        (NEW, "four"),
    ]
