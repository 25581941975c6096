"""The words people see: collect them from the code, check the translations, compile the catalogues.

python scripts/words.py update [ROOM …]   new sentences go into the .po files of the rooms, empty, to be translated
python scripts/words.py check              fails where a sentence is missing, untranslated, unused or loses a value
python scripts/words.py compile            .po -> .mo

A room is a folder of the core (`ledger`, `report` …) or an app of the web (`web/people`, `web/accounts` …).
"""

import ast
import string
import sys
from collections import defaultdict
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

import web_words

PACKAGE = Path(__file__).parent.parent / "src" / "anahtar"
LANGUAGES = ("tr",)
PREPARED = ("ru",)
"""Languages of the web whose catalogues are kept ready for a translator and are not offered yet."""
WEB = "web/"


def catalogue_file(language: str, room: str) -> Path:
    """Where the sentences of one room stand in one language."""
    if room.startswith(WEB):
        return web_words.catalogue_file(room.removeprefix(WEB), language)
    return PACKAGE / "locale" / language / "LC_MESSAGES" / f"{room}.po"


def sentences() -> dict[str, Catalog]:
    """Every `say("…")` and `say("…", "…")` in the package, by room: its folder, or `core` for modules beside them."""
    rooms: dict[str, Catalog] = defaultdict(lambda: Catalog(project="Anahtar", charset="utf-8"))
    for module in sorted(PACKAGE.rglob("*.py")):
        parts = module.relative_to(PACKAGE).parts
        room = parts[0] if len(parts) > 1 else "core"
        for call in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
            if not (isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id == "say"):
                continue
            texts = [arg.value for arg in call.args if isinstance(arg, ast.Constant) and isinstance(arg.value, str)]
            if len(texts) != len(call.args):
                sys.exit(f"{module}:{call.lineno}: say() needs literal sentences, or translators never see them")
            identifier = texts[0] if len(texts) == 1 else tuple(texts)
            rooms[room].add(identifier, locations=[("/".join(parts), 0)])
    for app in web_words.apps():
        found = web_words.sentences(app)
        if len(found):
            rooms[WEB + app.name] = found
    return rooms


def names(text: str) -> set[str]:
    """The {names} of a sentence."""
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def complaint(message: Message, *, web: bool) -> str | None:
    """What is wrong with one translation, if anything."""
    sources = [message.id] if isinstance(message.id, str) else list(message.id)
    translations = [message.string] if isinstance(message.string, str) else list(message.string)
    if message.fuzzy or not all(translations):
        return "untranslated"
    placeholders = web_words.names if web else names
    wanted = placeholders(sources[-1])
    if any(placeholders(translation) != wanted for translation in translations):
        return f"values differ: wanted {sorted(wanted)}"
    return None


def update(rooms: list[str]) -> None:
    """Write new sentences into the catalogues, keep what is translated, drop what is no longer said."""
    for room, found in sentences().items():
        if rooms and room not in rooms:
            continue
        for language in (*LANGUAGES, *PREPARED) if room.startswith(WEB) else LANGUAGES:
            path = catalogue_file(language, room)
            kept = Catalog(locale=language, charset="utf-8")
            if path.exists():
                with path.open("rb") as file:
                    kept = read_po(file, locale=language, abort_invalid=True)
            kept.update(found, no_fuzzy_matching=True)
            kept.obsolete.clear()
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("wb") as file:
                # Without the header, whose dates would change in every commit; language and charset are known.
                write_po(file, kept, omit_header=True, width=0, sort_output=True, ignore_obsolete=True)


def check() -> int:
    """Count what would reach a reader untranslated."""
    faults = 0
    found = sentences()
    for language in LANGUAGES:
        for room, wanted in found.items():
            web = room.startswith(WEB)
            path = catalogue_file(language, room)
            have = Catalog(locale=language)
            if path.exists():
                with path.open("rb") as file:
                    have = read_po(file, locale=language, abort_invalid=True)
            for message in wanted:
                if not message.id:
                    continue
                translated = have.get(message.id, message.context)
                missing = translated is None
                fault = "missing: run scripts/words.py update" if missing else complaint(translated, web=web)
                if fault:
                    faults += 1
                    print(f"{path.name} ({language}): {message.id!r}: {fault}")
            for message in have:
                if message.id and wanted.get(message.id, message.context) is None:
                    faults += 1
                    print(f"{path.name} ({language}): {message.id!r}: no longer said")
        faults += clashes(language)
    return faults


def clashes(language: str) -> int:
    """Count what two apps of the web translate differently: Django knows one of them, and shows it in both.

    Either both mean the same and say the same, or one of them gets a context (`pgettext`).
    """
    said: dict[tuple[str | None, object], dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for app in web_words.apps():
        path = web_words.catalogue_file(app.name, language)
        if not path.exists():
            continue
        with path.open("rb") as file:
            for message in read_po(file, locale=language, abort_invalid=True):
                if message.id:
                    said[message.context, message.id][str(message.string)].append(app.name)
    apart = {key: told for key, told in said.items() if len(told) > 1}
    for (_context, text), told in apart.items():
        print(f"{text!r} ({language}): " + "; ".join(f"{', '.join(apps)}: {words}" for words, apps in told.items()))
    return len(apart)


def compile_catalogues() -> None:
    """Turn every .po file into the .mo file beside it that the package reads."""
    catalogues = [*PACKAGE.glob("locale/*/LC_MESSAGES/*.po"), *web_words.PACKAGE.glob("*/locale/*/LC_MESSAGES/*.po")]
    for path in sorted(catalogues):
        with path.open("rb") as file:
            catalogue = read_po(file, locale=path.parts[-3], abort_invalid=True)
        # Beside, then renamed: a server that starts meanwhile would read half a catalogue.
        unfinished = path.with_suffix(".unfinished")
        with unfinished.open("wb") as file:
            write_mo(file, catalogue)
        unfinished.replace(path.with_suffix(".mo"))


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["update", *rooms]:
            update(rooms)
        case ["check"]:
            sys.exit(1 if check() else 0)
        case ["compile"]:
            compile_catalogues()
        case _:
            sys.exit(__doc__)
