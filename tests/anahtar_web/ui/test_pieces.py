"""What is drawn on the server: icons, sparklines, bars, addresses, and the attributes a component passes on."""

from datetime import date

from django.template import Context, Template
from django.test import RequestFactory
from django_cotton.compiler_regex import CottonCompiler

from anahtar_web.ui.templatetags import pieces


def shown(source: str, address: str = "/accounts/", **context: object) -> str:
    return (
        Template(CottonCompiler().process(source))
        .render(Context({"request": RequestFactory().get(address), **context}))
        .strip()
    )


def test_an_icon_says_nothing_to_a_screen_reader() -> None:
    assert 'aria-hidden="true"' in pieces.icon("search")
    assert "size-3!" in pieces.icon("search", "size-3!")


def test_every_form_gets_a_token_of_its_own() -> None:
    assert pieces.once() != pieces.once()
    assert 'name="once"' in pieces.once()


def test_a_course_of_fewer_than_two_values_is_not_drawn() -> None:
    assert pieces.spark([]) == pieces.spark(None) == pieces.spark([1.0]) == ""


def test_a_course_touches_top_and_bottom_and_ends_in_a_point() -> None:
    drawn = pieces.spark([0, 10], width=24, height=20)
    assert "M2.0 17.0 L22.0 3.0" in drawn
    assert '<circle cx="22.0" cy="3.0"' in drawn


def test_a_course_that_falls_below_zero_shows_where_zero_is() -> None:
    assert "spark-z" in pieces.spark([5, -5], height=20)
    assert "spark-z" not in pieces.spark([5, 1], height=20)


def test_an_unknown_month_is_a_gap_not_a_zero() -> None:
    assert 'd="M2.0 3.0 L2.0 3.0 M22.0 3.0 L22.0 3.0" class="spark-l"' in pieces.spark([4, None, 4], 24, 20)


def test_a_bar_is_never_longer_than_its_track() -> None:
    assert '<rect width="100.0"' in pieces.meter(1.7)
    assert '<rect width="0.0"' in pieces.meter(-0.2)
    assert pieces.meter(None) == ""


def test_an_address_changes_one_parameter_and_keeps_the_others() -> None:
    assert shown("{% address_with page=2 %}", "/accounts/?q=a&page=1") == "?q=a&amp;page=2"
    assert shown('{% address_with q="" page="" %}', "/accounts/?q=a&page=1") == "/accounts/"


def test_a_head_sorts_by_its_column_and_then_the_other_way_round() -> None:
    assert shown('{% sorted_by "name" "" %}', "/accounts/?page=7") == "?sort=name"
    assert shown('{% sorted_by "name" "name" %}') == "?sort=-name"
    assert shown('{% sorted_by "name" "-name" %}') == "?sort=name"
    assert shown('{% sorted_by "revenue" "" "-" %}') == "?sort=-revenue"
    assert shown('{% sorted_by "revenue" "-revenue" "-" %}') == "?sort=revenue"


def test_a_component_escapes_what_it_passes_on() -> None:
    drawn = shown('<c-chip :title="name" data-id="7">A</c-chip>', name='Acme" onclick="x')
    assert 'title="Acme&quot; onclick=&quot;x"' in drawn
    assert 'data-id="7"' in drawn


def test_a_component_passes_a_bare_attribute_on() -> None:
    assert " disabled" in shown('<c-button type="button" disabled>Go</c-button>')


def test_a_button_that_is_only_an_icon_has_a_name() -> None:
    drawn = shown('<c-button icon="x" label="Close" type="button"></c-button>')
    assert 'aria-label="Close"' in drawn
    assert 'data-size="icon"' in drawn


def test_an_address_makes_a_link_of_a_button() -> None:
    drawn = shown('<c-button href="/imports/">Imports</c-button>')
    assert drawn.startswith('<a href="/imports/"')


def test_a_month_before_the_last_of_march_is_the_last_of_february() -> None:
    assert pieces.months_before(date(2026, 3, 31), 1) == date(2026, 2, 28)
    assert pieces.months_before(date(2026, 1, 15), 12) == date(2025, 1, 15)


def test_a_day_of_the_past_keeps_what_else_was_asked_but_not_the_page() -> None:
    drawn = shown('<c-as-known :on="day" />', "/x/?which=3&page=2&on=2026-01-01", day=date(2026, 1, 1))

    assert '<input type="hidden" name="which" value="3">' in drawn
    assert 'name="page"' not in drawn
    assert drawn.count('type="date"') == 1
    assert 'value="2026-01-01" max=' in drawn
    assert "<form" not in shown("<c-as-known within />")
