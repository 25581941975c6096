"""A data folder of its own for every test, and documents of several kinds."""

import io
import zipfile
from pathlib import Path
from typing import Any

import pytest
from PIL import Image


@pytest.fixture(autouse=True)
def data(tmp_path: Path, settings: Any) -> Path:
    """Where content lies."""
    folder = tmp_path / "data"
    (folder / "incoming").mkdir(parents=True)
    settings.DATA = folder
    settings.FILE_UPLOAD_TEMP_DIR = folder / "incoming"
    settings.FREE_DISK_BYTES = 0
    return folder


def pdf(text: str = "Teklif") -> bytes:
    return b"%PDF-1.4\n% " + text.encode() + b"\n%%EOF\n"


def picture(kind: str = "JPEG", size: tuple[int, int] = (40, 30), **more: Any) -> bytes:
    file = io.BytesIO()
    Image.new("RGB", size, (200, 30, 30)).save(file, kind, **more)
    return file.getvalue()


def zipped(**parts: str) -> bytes:
    """A ZIP; `__` in a name stands for a slash, `_dot_` for a dot."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name.replace("__", "/").replace("_dot_", "."), text)
    return file.getvalue()


def docx(text: str = "Merhaba") -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", f"<w>{text}</w>")
    return file.getvalue()


def stored(folder: Path) -> list[Path]:
    """Every content that lies there, and what lies beside it."""
    return sorted(path for name in ("files", "incoming") for path in (folder / name).rglob("*") if path.is_file())
