"""Days that forms ask for: one field for all apps."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from anahtar_web.company.fields import DayField


def test_a_day_is_asked_for_as_browsers_give_it() -> None:
    field = DayField(label="Day")
    assert 'type="date"' in field.widget.render("on", date(2026, 5, 3))
    assert 'value="2026-05-03"' in field.widget.render("on", date(2026, 5, 3))
    assert field.clean("2026-05-03") == date(2026, 5, 3)


@pytest.mark.parametrize("day", ["1949-12-31", "2100-01-02", "0226-05-03", "20260-05-03", "morgen"])
def test_what_lies_outside_the_days_of_business_is_refused(day: str) -> None:
    with pytest.raises(ValidationError):
        DayField(label="Day").clean(day)


@pytest.mark.parametrize("day", ["1950-01-01", "2100-01-01"])
def test_the_borders_are_inside(day: str) -> None:
    assert DayField(label="Day").clean(day) == date.fromisoformat(day)
