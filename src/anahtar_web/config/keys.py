"""The secret key of an installation that was given none: made once, kept beside the data, readable by its owner."""

import os
import secrets
from pathlib import Path


def kept_secret(path: Path) -> str:
    """Read the secret of a file, or make one; two processes that start together agree on it."""
    try:
        with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
            file.write(secrets.token_urlsafe(50))
            file.flush()
            os.fsync(file.fileno())
    except FileExistsError:
        pass
    secret = path.read_text(encoding="utf-8")
    if len(secret) < 50:
        # Another process has made the file and not written it yet, or a full disk cut it.
        raise RuntimeError(f"{path} holds no whole secret; if no other process is starting, delete it.")
    return secret
