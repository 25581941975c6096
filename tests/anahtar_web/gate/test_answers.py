"""What parts of a page ask for one after another is asked once while it is read, and anew anywhere else."""

from anahtar_web.gate.answers import answers_kept, asked_once


def test_an_answer_is_kept_for_one_page_only() -> None:
    asked: list[int] = []

    def ask() -> int:
        asked.append(1)
        return len(asked)

    assert [asked_once("a", ask=ask), asked_once("a", ask=ask)] == [1, 2]
    with answers_kept():
        assert [asked_once("a", ask=ask), asked_once("a", ask=ask), asked_once("a", 1, ask=ask)] == [3, 3, 4]
    with answers_kept():
        assert asked_once("a", ask=ask) == 5
