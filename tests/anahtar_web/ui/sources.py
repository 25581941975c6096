"""The templates and modules of the application, as text: what the tests about the project itself walk through."""

import re
from pathlib import Path
from typing import Final

PACKAGE: Final = Path(__file__).parent.parent.parent.parent / "src" / "anahtar_web"

COMMENTS: Final = re.compile(r"{#.*?#}|{% comment %}.*?{% endcomment %}|<!--.*?-->", re.S)


def template_files() -> list[Path]:
    return sorted(PACKAGE.glob("*/templates/**/*.*"))


def name_of(template: Path) -> str:
    """As it is loaded: accounts/page.html."""
    return template.as_posix().split("/templates/", 1)[1]


def text_of(template: Path) -> str:
    """Without comments, which may say what must not be done."""
    return COMMENTS.sub("", template.read_text(encoding="utf-8"))


def modules() -> dict[Path, str]:
    return {path: path.read_text(encoding="utf-8") for path in sorted(PACKAGE.rglob("*.py"))}
