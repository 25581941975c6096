"""Draws a picture anew, in a process of its own behind walls; run as `python -I redraw.py SOURCE TARGET KIND`.

`… KIND SIDE` draws it as a PNG whose longer side has so many pixels at most.

What was beside the picture stays behind: where it was taken and with what, thumbnails of what was cut off, and
whatever somebody hid in it. Exits with 3 where the picture is too large, with 4 where it is none.
"""

import sys
import warnings
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from PIL import Image

PIXELS = 80_000_000
"""All frames together; a photograph of a telephone has 12 to 50 million."""
FRAMES = 100
TOO_LARGE, NO_PICTURE = 3, 4

FORMATS = {
    "image/jpeg": "JPEG",
    "image/png": "PNG",
    "image/gif": "GIF",
    "image/webp": "WEBP",
    "image/tiff": "TIFF",
    "image/bmp": "BMP",
}


class TooLarge(Exception):
    """More pixels than a picture has."""


def redraw(source: str, target: str, media_type: str, side: int = 0) -> None:
    """Read a picture as what its first bytes say, and write its pixels; with a `side`, one small PNG of them."""
    from PIL import Image

    kind = FORMATS[media_type]
    Image.MAX_IMAGE_PIXELS = PIXELS
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    with Image.open(source, formats=[kind]) as picture:
        frames = list(_frames(picture, one=kind in ("JPEG", "PNG", "BMP")))
    durations = [frame.info.get("duration", 100) for frame in frames]
    told: dict[str, Any] = {"save_all": True, "append_images": frames[1:]} if len(frames) > 1 else {}
    if len(frames) > 1 and kind in ("GIF", "WEBP"):
        told |= {"duration": durations, "loop": 0}
    for frame in frames:
        frame.info = {}
    if side:
        small = frames[0].convert("RGBA")
        small.thumbnail((side, side))
        small.save(target, "PNG", optimize=True)
        return
    frames[0].save(target, kind, **told, **_manner(kind))


def _frames(picture: "Image.Image", *, one: bool) -> "list[Image.Image]":
    from PIL import ImageOps, ImageSequence

    found: list[Image.Image] = []
    pixels = 0
    for frame in ImageSequence.Iterator(picture):
        pixels += frame.width * frame.height
        if pixels > PIXELS or len(found) >= FRAMES:
            raise TooLarge
        # The way a camera was held stands beside the picture: turned now, or it would lie on its side.
        turned = ImageOps.exif_transpose(frame.copy())
        found.append(turned.convert("RGB") if turned.mode in ("CMYK", "YCbCr", "LAB", "HSV") else turned)
        if one:
            break
    return found


def _manner(kind: str) -> dict[str, Any]:
    manners: dict[str, dict[str, Any]] = {
        "JPEG": {"quality": 90, "optimize": True},
        "PNG": {"optimize": False},
        "WEBP": {"quality": 90, "exif": b"", "icc_profile": None, "xmp": b""},
        "TIFF": {"compression": "tiff_deflate"},
    }
    return manners.get(kind, {})


def main(source: str, target: str, media_type: str, side: str = "0") -> int:
    """Put up the walls and draw; the number says what came of it."""
    from anahtar.ledger.files.walls import close_in, leave_network

    close_in({"memory": 2 << 30, "cpu": 30, "files": 64})
    leave_network()
    from PIL import Image

    try:
        redraw(source, target, media_type, int(side))
    except (TooLarge, MemoryError, Image.DecompressionBombError, Image.DecompressionBombWarning):
        return TOO_LARGE
    except Exception:  # noqa: BLE001  # whatever a made-up picture does to its reader, it is none
        return NO_PICTURE
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
