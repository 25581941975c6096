"""What is done again and again about documents."""

import time
from typing import Final

from anahtar_web.files import storage
from anahtar_web.files.actions.removing import drop_unneeded
from anahtar_web.jobs.registry import every

_LEFT_OVER: Final = 86_400.0


@every(6 * 3600, "files.sweep")
def sweep() -> int:
    """Delete contents that no document needs: of uploads that were refused at last, or of a killed process."""
    before = time.time() - _LEFT_OVER
    old = [digest for digest, path in storage.kept() if path.stat().st_mtime < before]
    return sum(drop_unneeded(digest) for digest in old)
