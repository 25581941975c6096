"""The map as a drawing: no card on another, no line under a card, everybody there whatever the tree."""

import random
import xml.etree.ElementTree as Xml
from datetime import date
from itertools import combinations, pairwise

import pytest
from django.utils import translation

from anahtar_web.stakeholders.drawing import CARD_HEIGHT, CARD_WIDTH, Line, lay_out, routes
from anahtar_web.stakeholders.drawing.cards import Card
from anahtar_web.stakeholders.drawing.map import Drawing, Tied, draw
from anahtar_web.stakeholders.drawing.routing import Point, Routed
from anahtar_web.stakeholders.drawing.standalone import standalone
from anahtar_web.stakeholders.drawing.text import fitted, width

Superiors = dict[int, int | None]

FOURTEEN: Superiors = {
    **{0: None, 1: 0, 2: 0, 3: 0, 4: 1, 5: 4, 6: 4, 7: 2, 8: 3, 9: 8, 10: 3, 11: 10, 12: 0, 13: 3},
}


def company(people: int, seed: int) -> Superiors:
    """A tree of some levels, now and then with a second top and with people who hang on nothing."""
    chance = random.Random(seed * 1000 + people)
    return {
        key: None if key == 0 or chance.random() < 0.06 else chance.randrange(max(0, key // 4 - 2), max(1, key // 2))
        for key in range(people)
    }


def lines(people: int, seed: int) -> list[Line]:
    chance = random.Random(seed)
    return [Line(key, *chance.sample(range(people), 2)) for key in range(people // 2)] if people > 1 else []


def corners(superiors: Superiors, routed: Routed) -> dict[int, Point]:
    layout = lay_out(superiors)
    return {key: (spot.x, routed.tops[spot.row]) for key, spot in layout.spots.items()}


def under(one: Point, other: Point, card: Point) -> bool:
    """Whether a straight piece runs through the inside of a card."""
    (left, right), (upper, lower) = sorted((one[0], other[0])), sorted((one[1], other[1]))
    across = right > card[0] and left < card[0] + CARD_WIDTH
    return across and lower > card[1] and upper < card[1] + CARD_HEIGHT


@pytest.mark.parametrize("people", [1, 2, 3, 7, 14, 30, 60])
@pytest.mark.parametrize("seed", range(4))
def test_no_card_lies_on_another_and_no_line_runs_under_one(people: int, seed: int) -> None:
    superiors = company(people, seed)
    routed = routes(lay_out(superiors), lines(people, seed))
    cards = corners(superiors, routed)
    assert cards.keys() == superiors.keys()
    for one, other in combinations(cards.values(), 2):
        assert abs(one[0] - other[0]) >= CARD_WIDTH or abs(one[1] - other[1]) >= CARD_HEIGHT
    for route in routed.routes:
        for one, other in pairwise(route.points):
            assert one[0] == other[0] or one[1] == other[1], "lines run level or upright"
            assert not any(under(one, other, card) for card in cards.values()), route


def test_the_measure_itself_finds_a_line_under_a_card() -> None:
    assert under((0, 10), (500, 10), (100, 0))
    assert not under((0, 10), (90, 10), (100, 0))
    assert not under((100, CARD_HEIGHT), (300, CARD_HEIGHT), (100, 0)), "along the edge is beside it"


def test_a_line_begins_and_ends_at_the_edges_of_its_cards() -> None:
    drawn = lines(14, 3)
    routed = routes(lay_out(FOURTEEN), drawn)
    cards = corners(FOURTEEN, routed)
    for route in routed.routes:
        for (x, y), key in ((route.points[0], route.line.source), (route.points[-1], route.line.target)):
            left, top = cards[key]
            assert left < x < left + CARD_WIDTH
            assert y in (top, top + CARD_HEIGHT)


def test_lines_in_one_corridor_run_beside_each_other() -> None:
    superiors: Superiors = {0: None, **dict.fromkeys(range(1, 7), 0)}
    routed = routes(lay_out(superiors), [Line(1, 1, 6), Line(2, 2, 5), Line(3, 3, 4), Line(4, 6, 1)])
    level = {one[1] for route in routed.routes for one, other in pairwise(route.points) if one[1] == other[1]}
    assert len(level) == 4
    marks = [route.mark for route in routed.routes]
    assert all(abs(a[0] - b[0]) + abs(a[1] - b[1]) > 8 for a, b in combinations(marks, 2))


def test_whoever_hangs_on_nothing_stands_beside_the_tree_and_alone_they_make_a_block() -> None:
    layout = lay_out({0: None, 1: 0, 2: 0, 3: None, 4: None})
    assert list(layout.loose) == [3, 4]
    right = max(layout.spots[key].x for key in (0, 1, 2)) + CARD_WIDTH
    assert all(layout.spots[key].x > right for key in (3, 4))
    block = lay_out(dict.fromkeys(range(16)))
    assert (len(block.loose), block.rows) == (16, 4)
    assert lay_out({0: None}).loose == []


def test_sixty_people_fit_better_hung_than_spread_and_five_are_spread() -> None:
    wide: Superiors = {0: None, **dict.fromkeys(range(1, 7), 0), **{key: 1 + key % 6 for key in range(7, 60)}}
    assert set(lay_out(wide).hanging) == set(range(1, 7))
    assert lay_out({0: None, 1: 0, 2: 0, 3: 1}).hanging <= {1}
    assert lay_out({0: None, 1: 0, 2: 0}).hanging == frozenset()
    assert lay_out({}).width == 0


def card(key: int, superior: int | None = None, **fields: object) -> Card:
    told: dict[str, object] = {
        **{"key": key, "superior": superior, "name": f"Person {key}", "position": "Buyer <b>", "role": "buyer"},
        **{"role_word": "Buyer", "stance": "champion", "stance_word": "Champion", "assumed": True, "influence": 3},
        **{"known": 0, "is_gap": False, "href": f"/people/{key}/", "version": 1, "label": f"Person {key}"},
    }
    return Card(**(told | fields))  # type: ignore[arg-type]


def drawn(**fields: object) -> Drawing:
    cards = [card(0), card(1, 0, name="", is_gap=True), card(2, 0, **fields)]
    return draw(cards, [Tied(1, 2, 0, "influence", 1, "She & he", has_note=True), Tied(2, 1, 2, "conflict", 2, "War")])


def test_what_people_wrote_is_text_in_the_drawing_and_nothing_else() -> None:
    body = drawn(name='<script>alert("x")</script>', label='"><script>').body
    tree = Xml.fromstring(f"<svg>{body}</svg>")
    assert not tree.findall(".//script")
    assert "<b>" not in body
    assert [link.get("data-card") for link in tree.findall("a")] == ["0", "1", "2"]
    assert [title.text for title in tree.findall("g/title")] == ["She & he", "War", "She & he", "War"]


def test_the_file_is_a_drawing_of_its_own_with_its_title_day_and_colours() -> None:
    with translation.override("en"):
        text = standalone(drawn(), title="Decision map: Acme & Sons", on=date(2026, 1, 5))
    tree = Xml.fromstring(text)
    space = "{http://www.w3.org/2000/svg}"
    assert tree.tag == f"{space}svg"
    assert "".join(tree.find(f"{space}style").itertext()).count("#") > 20  # type: ignore[union-attr]
    assert [one.text for one in tree.findall(f"{space}text")][:2] == ["Decision map: Acme & Sons", "5 Jan 2026"]
    assert "var(" not in text


def test_a_text_too_long_for_its_card_is_cut() -> None:
    assert fitted("Kısa", 100, 11) == "Kısa"
    cut = fitted("Stratejik Satın Alma ve Tedarik Zinciri Direktörü", 120, 11)
    assert cut.endswith("…")
    assert width(cut, 11) <= 120
