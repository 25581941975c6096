"""The forms of a page, read out of its HTML with what stands in them: what a browser would send."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

_NOT_SENT = frozenset({"submit", "button", "image", "reset", "file"})


@dataclass(slots=True)
class Form:
    """One form: where it goes, and what is in its fields."""

    action: str
    fields: dict[str, list[str]] = field(default_factory=dict)


class _Reader(HTMLParser):
    """Collects the forms of a page."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.forms: list[Form] = []
        self._open: Form | None = None
        self._select = self._text = ""
        self._first_option = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        match tag:
            case "form":
                self._open = Form(told.get("action", "") or told.get("hx-post", ""))
                self.forms.append(self._open)
            case "input" if told.get("type") not in _NOT_SENT:
                ticked = told.get("type") in ("checkbox", "radio")
                if not ticked or "checked" in told:
                    self._put(told.get("name", ""), told.get("value", "on" if ticked else ""))
            case "select":
                self._select, self._first_option = told.get("name", ""), True
            case "option" if self._select and (self._first_option or "selected" in told):
                if "selected" in told and self._open is not None:
                    self._open.fields.pop(self._select, None)
                self._put(self._select, told.get("value", ""))
                self._first_option = False
            case "textarea":
                self._text = told.get("name", "")
                self._put(self._text, "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._open = None
        elif tag == "select":
            self._select = ""
        elif tag == "textarea":
            self._text = ""

    def handle_data(self, data: str) -> None:
        if self._text and self._open is not None:
            kept = self._open.fields[self._text]
            # A browser leaves out the line break right behind the tag.
            kept[-1] = (kept[-1] + data).removeprefix("\n")

    def _put(self, name: str, value: str) -> None:
        if name and self._open is not None:
            self._open.fields.setdefault(name, []).append(value)


def forms_of(html: str) -> list[Form]:
    """Read the forms of a page."""
    reader = _Reader()
    reader.feed(html)
    return reader.forms


def form_to(html: str, url: str) -> Form | None:
    """Find the form of a page that goes to an address; one without an address goes to the page itself."""
    found = [form for form in forms_of(html) if form.action.partition("?")[0] == url]
    return found[0] if found else next((form for form in forms_of(html) if not form.action), None)
