"""The sentences of the web application: `gettext` calls and `{% translate %}` tags, by app."""

import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from django.utils.translation.template import templatize

PACKAGE = Path(__file__).parent.parent / "src" / "anahtar_web"

KEYWORDS = {
    **dict.fromkeys(("gettext", "gettext_lazy", "gettext_noop", "_", "_now"), None),
    **dict.fromkeys(("ngettext", "ngettext_lazy"), (1, 2)),
    **dict.fromkeys(("pgettext", "pgettext_lazy"), ((1, "c"), 2)),
    **dict.fromkeys(("npgettext", "npgettext_lazy"), ((1, "c"), 2, 3)),
}


def apps() -> list[Path]:
    """Every app: a folder with an `apps.py`."""
    return sorted(path.parent for path in PACKAGE.glob("*/apps.py"))


def catalogue_file(app: str, language: str) -> Path:
    """Where the sentences of one app stand in one language."""
    return PACKAGE / app / "locale" / language / "LC_MESSAGES" / "django.po"


def sentences(app: Path) -> Catalog:
    """Every sentence of an app's modules and templates."""
    catalogue = Catalog(project="Anahtar", charset="utf-8")
    for path, source in _sources(app):
        for _line, message, comments, context in extract("python", BytesIO(source), KEYWORDS, ()):
            catalogue.add(message, locations=[(path, 0)], auto_comments=comments, context=context)
    return catalogue


def _sources(app: Path) -> Iterator[tuple[str, bytes]]:
    for module in sorted(app.rglob("*.py")):
        yield str(module.relative_to(PACKAGE)), module.read_bytes()
    for template in sorted(app.glob("templates/**/*")):
        if template.suffix in (".html", ".txt", ".svg"):
            text = templatize(template.read_text(encoding="utf-8"), origin=str(template))
            # `templatize` blanks what is no sentence with letters; what is left are calls of gettext.
            yield str(template.relative_to(PACKAGE)), text.encode()


def names(text: str) -> set[str]:
    """The %(names)s of a sentence, and its bare placeholders."""
    return set(re.findall(r"%\(\w+\)[sd]|%[sd]", text))
