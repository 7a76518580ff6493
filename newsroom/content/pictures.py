"""Pictures of answers and bulletins: what an editor uploads is checked, drawn anew, and kept under a name made of its content.

A file is what its bytes say, whatever it is called. Drawing it anew leaves out everything that is no picture, and what
a telephone writes beside one (place, owner). The name stands in the release, so that its fingerprint covers the picture.
"""

from __future__ import annotations

import hashlib
import io
import os
import warnings
from pathlib import Path

from django.conf import settings
from PIL import Image, ImageOps, UnidentifiedImageError

from contracts.media import PICTURE_NAME, PICTURE_TYPES

MAX_BYTES = 10_000_000
MAX_PIXELS = 40_000_000  # larger than telephones take by default; what unpacks to more would fill the memory
SIDE = 1600  # pixels of the kept picture's longer side, enough for a page on paper
ZALO_BYTES = 1_048_576  # Zalo takes no larger pictures
QUALITIES = (88, 78, 65, 50)

TOO_LARGE = f"Hình lớn hơn {MAX_BYTES // 1_000_000} MB. Hãy thu nhỏ hình rồi tải lên lại."
NO_PICTURE = "Tệp này không phải là hình JPEG hoặc PNG, dù tên tệp là gì. Hãy chọn tệp khác."
TOO_MANY_PIXELS = f"Hình có quá nhiều điểm ảnh. Tối đa {MAX_PIXELS // 1_000_000} triệu điểm ảnh."
BROKEN = "Hình bị hỏng, không đọc được hết. Hãy lưu lại hình rồi tải lên lại."


class PictureRefusedError(ValueError):
    """The file cannot be a picture of ours; the message is Vietnamese, for the editor."""


def keep_picture(content: bytes) -> str:
    """Checks an uploaded picture and keeps it; gives its name. The same picture twice is one file.

    Raises:
        PictureRefusedError: too large, no JPEG or PNG, or broken.
    """
    if len(content) > MAX_BYTES:
        raise PictureRefusedError(TOO_LARGE)
    body, ending = _drawn_anew(content)
    name = f"{hashlib.sha256(body).hexdigest()}.{ending}"
    path = _folder() / name
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_name(f"{name}.{os.getpid()}")
        draft.write_bytes(body)
        draft.replace(path)
    return name


def find_picture(name: str) -> Path | None:
    """The file of a name that ``keep_picture`` gave; None for anything else."""
    path = _folder() / name
    return path if PICTURE_NAME.fullmatch(name) and path.is_file() else None


def content_type(path: Path) -> str:
    """By the ending that ``keep_picture`` gave."""
    return PICTURE_TYPES[path.suffix.removeprefix(".")]


def _folder() -> Path:
    return Path(settings.VAR_DIR) / "newsroom" / "pictures"


def _drawn_anew(content: bytes) -> tuple[bytes, str]:
    """The picture upright and small enough for every form, and its ending."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(content), formats=("JPEG", "PNG")) as opened:
                if opened.width * opened.height > MAX_PIXELS:
                    raise PictureRefusedError(TOO_MANY_PIXELS)
                opened.draft("RGB", (SIDE, SIDE))
                return _encoded(_flat(opened), keep_png=opened.format == "PNG")
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise PictureRefusedError(TOO_MANY_PIXELS) from error
    except UnidentifiedImageError as error:
        raise PictureRefusedError(NO_PICTURE) from error
    except (OSError, SyntaxError, ValueError) as error:
        if isinstance(error, PictureRefusedError):
            raise
        raise PictureRefusedError(BROKEN) from error


def _flat(opened: Image.Image) -> Image.Image:
    """Turned as it was taken, at most ``SIDE`` long, on white where it is transparent."""
    turned = ImageOps.exif_transpose(opened)
    turned.thumbnail((SIDE, SIDE))
    if not turned.has_transparency_data:
        return turned.convert("RGB")
    seen = turned.convert("RGBA")
    white = Image.new("RGB", seen.size, "white")
    white.paste(seen, mask=seen.getchannel("A"))
    return white


def _encoded(picture: Image.Image, *, keep_png: bool) -> tuple[bytes, str]:
    """A PNG stays one while it is small enough: letters in charts are sharp there."""
    if keep_png:
        body = _saved(picture, "PNG", optimize=True)
        if len(body) <= ZALO_BYTES:
            return body, "png"
    bodies = (_saved(picture, "JPEG", quality=quality) for quality in QUALITIES)
    return next((body for body in bodies if len(body) <= ZALO_BYTES), _saved(picture, "JPEG", quality=30)), "jpg"


def _saved(picture: Image.Image, form: str, **options: int) -> bytes:
    buffer = io.BytesIO()
    picture.save(buffer, form, **options)
    return buffer.getvalue()
