"""The command line starts without what only an analysis needs."""

import subprocess
import sys

HEAVY = ("pyarrow", "numpy", "duckdb", "ibis", "pandas", "openpyxl", "xlsxwriter")


def test_the_help_imports_nothing_of_the_engine() -> None:
    # Each of them is a tenth of a second and more of every `anahtar --help`.
    code = (
        "import sys, contextlib, io\nfrom anahtar.cli import main\n"
        "with contextlib.suppress(SystemExit), contextlib.redirect_stdout(io.StringIO()):\n    main(['--help'])\n"
        f"sys.exit(', '.join(name for name in {HEAVY!r} if name in sys.modules) or 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
