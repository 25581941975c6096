"""Pieces of HTML written in Python."""

import pytest
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy

from anahtar_web.ui.markup import markup

VALUES = ["plain", "<b>", "\"'&", mark_safe("<i>ours</i>"), 12, None, gettext_lazy("Account"), "&amp;"]


@pytest.mark.parametrize("value", VALUES)
def test_it_writes_what_django_writes(value: object) -> None:
    written = markup('<td title="{}">{shown}</td>', value, shown=value)
    assert written == format_html('<td title="{}">{shown}</td>', value, shown=value)
    assert isinstance(written, SafeString)


def test_what_it_wrote_is_not_escaped_again() -> None:
    assert markup("<td>{}</td>", markup("<b>{}</b>", "a < b")) == "<td><b>a &lt; b</b></td>"
