"""A full disk, which DuckDB tells as an error of its own, told as the system does."""

import errno
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

_WRITTEN: Final = re.compile(r'\\*"([^"\\]+)\\*": No space left on device')
_SPILL_IS_FULL: Final = "max_temp_directory_size"
"""DuckDB leaves a tenth of the disk free when it spills, and names the setting that says so."""


@contextmanager
def full_disk_told(spill: Path) -> Iterator[None]:
    """Raise `OSError` with the number of a full disk and the file or folder, where DuckDB could not write.

    Parameters
    ----------
    spill
        Where tables go that outgrow the memory limit.
    """
    import duckdb

    try:
        yield
    except (duckdb.IOException, duckdb.OutOfMemoryException) as error:
        said = str(error)
        if os.strerror(errno.ENOSPC) in said:
            written = _WRITTEN.search(said)
            raise _full(written[1] if written else str(spill)) from error
        if _SPILL_IS_FULL in said:
            raise _full(str(spill)) from error
        raise


def _full(path: str) -> OSError:
    return OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), path)
