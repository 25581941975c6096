"""The documents name everything a reader could look for."""

import re
from pathlib import Path

from anahtar.catalogue import METRICS
from anahtar.cli.parser import COMMANDS
from anahtar_web.config.environment import SETTINGS

ROOT = Path(__file__).parents[2]


def text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def test_the_command_page_names_every_command() -> None:
    page = text("docs/cli.md")
    for command in COMMANDS:
        assert f"## anahtar {command.__name__.rpartition('.')[2]}\n" in page


def test_the_metric_page_names_every_metric() -> None:
    page = text("docs/metrics.md")
    assert [metric.slug for metric in METRICS if metric.slug not in page] == []


def test_links_between_documents_lead_somewhere() -> None:
    broken = []
    for document in [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")]:
        for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", document.read_text(encoding="utf-8")):
            if not (document.parent / target).exists():
                broken.append(f"{document.relative_to(ROOT)} -> {target}")
    assert broken == []


def test_rooms_named_in_contributing_exist() -> None:
    named = re.findall(r"`(src/anahtar/[\w/.]+)`", text("CONTRIBUTING.md"))
    assert named
    assert [room for room in named if not (ROOT / room).exists() and not (ROOT / f"{room}.py").exists()] == []


def test_decisions_are_numbered_without_a_gap() -> None:
    numbers = sorted(int(path.name[:4]) for path in (ROOT / "docs" / "decisions").glob("*.md"))
    assert numbers == list(range(1, len(numbers) + 1))


def test_the_settings_page_names_every_setting_and_where_a_secret_may_stand() -> None:
    page = text("docs/settings.md")
    for setting in SETTINGS:
        assert f"`ANAHTAR_{setting.name}`" in page
        assert (f"`ANAHTAR_{setting.name}_FILE`" in page) == setting.secret
