"""Rules of the web application that a reader of one file cannot see broken; each names the accident it prevents."""

import ast
import re
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import call_command

from anahtar_web.gate.rights import Field

WEB = Path(__file__).parents[2] / "src" / "anahtar_web"
MODULES = sorted(path for path in WEB.rglob("*.py") if "migrations" not in path.parts)
TEMPLATES = sorted(
    path for path in WEB.rglob("*") if path.suffix in (".html", ".txt", ".svg") and "locale" not in path.parts
)
LAYER_OF_HTTP = [path for path in MODULES if {"views", "views.py", "pages", "pages.py", "forms.py"} & set(path.parts)]


def place(path: Path, line: int) -> str:
    return f"{path.relative_to(WEB)}:{line}"


def nodes(path: Path) -> Iterator[ast.AST]:
    return ast.walk(ast.parse(path.read_text(encoding="utf-8"), str(path)))


def calls(path: Path) -> Iterator[ast.Call]:
    return (node for node in nodes(path) if isinstance(node, ast.Call))


def name_of(call: ast.Call) -> str:
    return (
        call.func.attr
        if isinstance(call.func, ast.Attribute)
        else call.func.id
        if isinstance(call.func, ast.Name)
        else ""
    )


SAFE = {
    "insight/pages/accounts.py": "joins the cells of a row, each safe: the matrix writes scripts into every field",
    "ui/markdown.py": "cleans what the reader of Markdown wrote, which lets no HTML in, by a short list of tags",
    "ui/markup.py": "fills a pattern of our own with escaped values, as format_html does, without asking who is lazy",
    "ui/templatetags/pieces.py": "draws icons of a package by names written in our templates",
}
"""Where text may be marked as safe HTML, and why no text of a person comes near it."""


def test_text_is_marked_as_safe_html_only_where_a_reason_stands() -> None:
    """A remark shown through `mark_safe` is a script of whoever wrote it, run by whoever reads it."""
    marking = re.compile(r"\bmark_safe\b|\bSafeString\(|\bSafeText\b|\bhtml_safe\b|__html__")
    found = {
        str(path.relative_to(WEB))
        for path in MODULES
        if any(marking.search(line) for line in path.read_text(encoding="utf-8").splitlines() if "import" not in line)
    }
    assert found <= set(SAFE), "build HTML with format_html, or say in SAFE why nothing of a person gets there"
    assert set(SAFE) <= found, "SAFE names a module that marks nothing"


def lines(path: Path) -> Iterator[tuple[int, str]]:
    """Give the lines of a template without its comments."""
    text = re.sub(r"\{#.*?#\}", "", path.read_text(encoding="utf-8"))
    return enumerate(text.splitlines(), 1)


def test_templates_escape_everything() -> None:
    unescaped = re.compile(
        r"\|\s*(?:safe|safeseq|escapejs)\b|autoescape\s+off|\{%\s*filter\s+safe|\{%\s*(?:include|extends)\s+request"
    )
    # A mail in plain text is no HTML: escaped, it would greet O&#x27;Neil.
    pages = [path for path in TEMPLATES if path.suffix != ".txt"]
    found = [place(path, number) for path in pages for number, line in lines(path) if unescaped.search(line)]
    assert found == []


def test_templates_hold_no_script_style_or_handler_of_their_own() -> None:
    """The content security policy stops them, so that they would work on no machine but in nobody's sight."""
    inline = re.compile(
        r"<script(?![^>]*\bsrc=)(?![^>]*type=\"application/json\")|<style\b|\s(?:style|on[a-z]+|hx-on[^=]*)\s*=|javascript:|hx-vals=['\"]?js:",
        re.I,
    )
    found = [
        place(path, number)
        for path in TEMPLATES
        if path.suffix == ".html"
        for number, line in lines(path)
        if inline.search(line)
    ]
    assert found == []


WRITING = {
    "save",
    "delete",
    "update",
    "create",
    "bulk_create",
    "bulk_update",
    "get_or_create",
    "update_or_create",
    "raw",
}


def test_views_pages_and_forms_write_no_row() -> None:
    """A change outside an action has no name, no entry in the trail and no version."""
    found = [
        place(path, call.lineno)
        for path in LAYER_OF_HTTP
        for call in calls(path)
        if isinstance(call.func, ast.Attribute) and name_of(call) in WRITING and not _on_plain_value(call.func.value)
    ]
    assert found == [], "move it into an action"


def _on_plain_value(value: ast.expr) -> bool:
    """Whether something is a dictionary, a set or a digest by its name, not a row or a query."""
    text = ast.unparse(value)
    return not re.search(
        r"objects|_set\b|\.filter\(|\.get\(|_base_manager|instance|account|person|user|company|job|import", text
    )


def test_nothing_a_person_typed_becomes_the_name_of_a_filter() -> None:
    """`?owner__password__startswith=p` reads a secret letter by letter where a query takes names from an address."""
    outside = re.compile(r"\b(?:request|GET|POST|query_params|cleaned_data|data|params|json)\b")
    querying = {"filter", "exclude", "get", "annotate", "aggregate", "order_by", "values", "values_list", "Q", "update"}
    found = [
        place(path, call.lineno)
        for path in MODULES
        for call in calls(path)
        if name_of(call) in querying
        for keyword in call.keywords
        if keyword.arg is None and outside.search(ast.unparse(keyword.value))
    ]
    assert found == []


SQL = {
    "accounts/bulk.py": "writes a hundred thousand accounts at once; names of tables and columns are the models' own",
    "accounts/lineage.py": "climbs a tree in one question",
    "audit/actions.py": "takes the lock of the chain",
    "audit/checks.py": "asks the database about the triggers of the trail",
    "files/actions/holding.py": "takes the lock of a content",
    "insight/publishing.py": "tells the database how large the new tables are",
    "operations/backups/databases/postgresql.py": "holds a snapshot while the copy is made",
    "operations/durability.py": "asks the database whether it keeps what it acknowledged",
    "operations/questions.py": "asks the database about itself",
    "privacy/actions/erasing.py": "has the database overwrite what is gone, and its index forget it",
    "search/checks.py": "asks the index of the search whether it is whole",
    "operations/preparing.py": "copies the database while it is written to",
}
"""Where SQL of our own is sent, and what for."""


def test_sql_of_our_own_stands_in_few_places_and_says_what_for() -> None:
    """Text of a person put into a statement is a statement of that person."""
    sending = re.compile(r"\bcursor\.execute(?:many)?\(|\bRawSQL\(|\.raw\(|\.extra\((?:select|where|tables)")
    found = {str(path.relative_to(WEB)) for path in MODULES if sending.search(path.read_text(encoding="utf-8"))}
    assert found - set(SQL) == set(), (
        "use the ORM, or say in SQL what it is for; what varies is a parameter, never text"
    )


MARKS = {"reads", "writes", "edits"}

TRANSLATING = {
    "_",
    "gettext",
    "gettext_lazy",
    "ngettext",
    "ngettext_lazy",
    "pgettext",
    "pgettext_lazy",
    "format_lazy",
    "say",
}


def refusals() -> Iterator[tuple[Path, ast.ClassDef]]:
    known = {"Refused"}
    classes = [(path, node) for path in MODULES for node in nodes(path) if isinstance(node, ast.ClassDef)]
    while True:
        more = {
            node.name
            for _path, node in classes
            if known & {ast.unparse(base).rpartition(".")[2] for base in node.bases}
        }
        if more <= known:
            break
        known |= more
    return ((path, node) for path, node in classes if node.name in known and node.name != "Refused")


def test_every_refusal_is_a_sentence_in_the_readers_language() -> None:
    found = []
    for path, refusal in refusals():
        inside = [node for node in ast.walk(refusal) if isinstance(node, ast.Call)]
        said = [call.args[0] for call in inside if name_of(call) == "__init__" and call.args]
        of_its_own = [sentence for sentence in said if not isinstance(sentence, ast.Attribute | ast.Subscript)]
        if of_its_own and not any(name_of(call) in TRANSLATING for call in inside):
            found.append(place(path, refusal.lineno))
    assert found == []


FIGURES = {"cost", "profit", "margin", "offer", "group_profit"}
"""Names under which models, pages and tables carry what is not for everybody (`gate.rights.Field`)."""

CARRIERS = {
    "insight/models.py": "the columns themselves",
    "insight/publishing.py": "writes what the analysis found, shows nothing",
    "insight/rows.py": "lays out what the analysis found, shows nothing",
    "losses/publishing.py": "writes what the analysis found, shows nothing",
    "risks/actions/losing.py": "keeps what a loss cost, shows nothing",
    "risks/costing.py": "reckons what a loss cost, shows nothing",
    "winbacks/urls.py": "names the pages of an offer, not a figure",
    "winbacks/queries/granting.py": "adds up what an account was granted; the page of an offer asks who reads it",
    "winbacks/queries/outcomes.py": "adds up what came back; the pages ask who reads it",
    "company/criteria.py": "names the criterion of the settings, not a figure",
    "company/forms/criteria.py": "names the criterion of the settings, not a figure",
    "company/models.py": "names the measure, not a figure",
}
"""Modules that speak of them without asking who reads, and why that shows nothing."""


def test_whoever_reads_a_protected_figure_asks_whether_the_person_sees_it() -> None:
    asking = re.compile(
        r"\.sees\(|\bhides_measure\(|\bvisible_columns\(|\bwithheld\(|\bField\.(?:COST|PROFIT|MARGIN|OFFER)\b"
    )
    found = set()
    for path in MODULES:
        reads = any(isinstance(node, ast.Attribute) and node.attr in FIGURES for node in nodes(path))
        if reads and not asking.search(path.read_text(encoding="utf-8")):
            found.add(str(path.relative_to(WEB)))
    assert found - set(CARRIERS) == set(), "ask user.sees(Field…), or say in CARRIERS why nothing is shown"


def test_every_protected_kind_of_figure_is_known_here() -> None:
    assert {field.value for field in Field} <= FIGURES
    carried = {
        column.name
        for model in apps.get_models()
        if model.__module__.startswith("anahtar_web.")
        for column in model._meta.get_fields()
        if any(kind in column.name.split("_") for kind in ("cost", "profit", "margin", "offer"))
    }
    assert carried <= FIGURES


NAMED_BY_ITSELF = {"find": "the field that asks names the parameter that carries its text"}
"""Views whose parameters have no fixed names, and why."""


def test_a_view_that_reads_its_address_names_the_parameters_it_knows() -> None:
    """Unknown ones are answered 400 (`gate.policy`): a filter nobody declared is a question nobody allowed."""
    found = []
    for path in LAYER_OF_HTTP:
        for view in (node for node in nodes(path) if isinstance(node, ast.FunctionDef)):
            marks = [mark for mark in view.decorator_list if isinstance(mark, ast.Call) and name_of(mark) in MARKS]
            named = any(keyword.arg == "parameters" for mark in marks for keyword in mark.keywords)
            if marks and not named and "request.GET" in ast.unparse(view) and view.name not in NAMED_BY_ITSELF:
                found.append(place(path, view.lineno))
    assert found == [], "@reads(…, parameters={…})"


@pytest.mark.django_db
def test_models_and_migrations_say_the_same() -> None:
    said = StringIO()
    try:
        call_command("makemigrations", "--check", "--dry-run", stdout=said, stderr=said)
    except SystemExit:
        pytest.fail(said.getvalue())


def test_every_module_belongs_to_a_room_the_guide_names() -> None:
    """A new app has to take its place among the layers, or nobody checks what it imports."""
    layers = (WEB.parents[1] / "pyproject.toml").read_text(encoding="utf-8")
    rooms = {path.parent.name for path in WEB.glob("*/apps.py")}
    assert [room for room in sorted(rooms - {"ui"}) if f'"{room}",' not in layers] == []
