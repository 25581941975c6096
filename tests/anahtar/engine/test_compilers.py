"""One compiler of Ibis is imported, and the package of them stays what it is for whoever asks for another."""

import subprocess
import sys

ENGINE = "from anahtar.engine import import_engine; import_engine(); import sys; "


def _runs(code: str) -> bool:
    return subprocess.run([sys.executable, "-W", "ignore", "-c", code], check=False).returncode == 0


def test_the_engine_imports_the_compiler_of_no_other_database() -> None:
    assert _runs(
        ENGINE + "there = {name for name in sys.modules if name.startswith('ibis.backends.sql.compilers.')}; "
        "sys.exit(not there <= {f'ibis.backends.sql.compilers.{name}' for name in ('duckdb', 'base', '_compat')})"
    )


def test_the_package_is_read_whole_once_something_else_of_it_is_asked_for() -> None:
    assert _runs(
        ENGINE
        + "import ibis.backends.sql.compilers as all; one = sys.modules[all.__name__ + '.duckdb'].DuckDBCompiler; "
        "sys.exit(all.DuckDBCompiler is not one or all.PostgresCompiler.__name__ != 'PostgresCompiler')"
    )
    assert _runs(ENGINE + "import ibis; sys.exit(ibis.duckdb.connect().name != 'duckdb')")


def test_what_is_not_there_is_said_not_to_be_there() -> None:
    asked = "import ibis.backends.sql.compilers as all; sys.exit(hasattr(all, 'NobodysCompiler'))"
    assert _runs(ENGINE + asked)
    assert _runs("import sys, ibis.backends.sql.compilers; " + ENGINE + asked), "imported before"
