"""Importing one of Ibis' compilers without the nineteen others, whose dialects take a tenth of a second and 13 MB."""

import sys
from importlib.machinery import ModuleSpec
from importlib.util import find_spec, module_from_spec
from types import ModuleType
from typing import Any, Final

PACKAGE: Final = "ibis.backends.sql.compilers"
"""Its `__init__` imports every compiler there is."""


def spare_compilers() -> None:
    """Let the package of the compilers stand there unread, so that one module of it can be imported alone.

    Whoever asks the package itself for something (another backend of Ibis) has it read then, and finds what it looks
    for. Nothing happens where the package was imported before.
    """
    if PACKAGE in sys.modules:
        return
    spec = find_spec(PACKAGE)
    if spec is None or spec.loader is None:
        raise ModuleNotFoundError(f"No module named {PACKAGE!r}", name=PACKAGE)
    unread = module_from_spec(spec)
    unread.__dict__["__getattr__"] = _reading(unread, spec)
    sys.modules[PACKAGE] = unread
    above = sys.modules[PACKAGE.rpartition(".")[0]]
    above.compilers = unread  # type: ignore[attr-defined]  # what an import does: a package knows its modules


def _reading(unread: ModuleType, spec: ModuleSpec) -> Any:
    def read(name: str) -> Any:
        if name.startswith("__") or "__getattr__" not in unread.__dict__ or spec.loader is None:
            raise AttributeError(f"module {PACKAGE!r} has no attribute {name!r}")
        del unread.__dict__["__getattr__"]
        spec.loader.exec_module(unread)
        return getattr(unread, name)

    return read
