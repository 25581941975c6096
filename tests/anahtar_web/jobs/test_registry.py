"""Kinds are asked for by name, also by apps that may not know who does them: a misspelled name would never run."""

import ast
from pathlib import Path

import anahtar_web
from anahtar_web.jobs.registry import CHORES, KINDS

PACKAGE = Path(anahtar_web.__file__).parent


def kinds_asked_for() -> set[str]:
    """The first argument of every `enqueue` and `ask` in the package, where it is written out."""
    found = set()
    for module in PACKAGE.rglob("*.py"):
        for call in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
            if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in ("enqueue", "ask"):
                found |= {a.value for a in call.args if isinstance(a, ast.Constant) and isinstance(a.value, str)}
    return found


def test_every_kind_that_is_asked_for_can_be_done() -> None:
    asked = kinds_asked_for()
    assert asked
    assert asked - set(KINDS) == set()


def test_what_is_done_again_and_again_is_registered() -> None:
    assert {"gate.forget_old_forms", "jobs.forget_old_runs", "ledgers.sweep", "audit.anchor"} <= set(CHORES)
