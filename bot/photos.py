"""Make a photo safe and small: known by its content, upright, nameless, fit for a printed page.

Blocking work over files, meant for a process pool: a crash or a bomb inside a decoder then takes
down one worker, never the bot. Nothing of the sender's file survives but its pixels.
"""

import hashlib
import io
import os
import struct
import tempfile
import warnings
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pillow_heif
from PIL import ExifTags, Image, ImageCms, ImageFilter, ImageStat
from PIL.Image import Resampling, Transpose

from bot.errors import PhotoError

MAX_BYTES = 20_000_000
"""Of the file as it was sent: no channel lets people send more."""

MAX_PIXELS = 80_000_000
"""A whole decoded picture must fit in a worker's memory."""

LONG_SIDE = 1600
"""Pixels: 17 cm of paper at 240 dots an inch."""

JPEG_BYTES = 440_000
"""Twenty photos make a report that e-mail still takes."""

QUALITIES = (82, 72, 60, 45, 30)

SMALL, BLURRED, DARK = 1000, 30.0, 40.0
"""Pixels of the long side; variance of the Laplacian; mean brightness (0-255). See the tests."""

UPRIGHT = {
    2: Transpose.FLIP_LEFT_RIGHT,
    3: Transpose.ROTATE_180,
    4: Transpose.FLIP_TOP_BOTTOM,
    5: Transpose.TRANSPOSE,
    6: Transpose.ROTATE_270,
    7: Transpose.TRANSVERSE,
    8: Transpose.ROTATE_90,
}

HEIF_BRANDS = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"})

DECODER_ERRORS = (
    *(OSError, SyntaxError, ValueError, EOFError, RuntimeError, MemoryError, OverflowError),
    *(LookupError, TypeError, AttributeError, struct.error, zlib.error),
)
"""What Pillow and libheif have been seen to raise on files that are damaged."""

pillow_heif.register_heif_opener()


@dataclass(frozen=True, slots=True)
class Photo:
    """A photo as it is kept: upright sRGB JPEG without metadata."""

    width: int
    height: int
    bytes: int
    sha256: str  # of the file as it was sent: the same file again
    dhash: int  # 64 bits: the same picture again, see bot.intake.alike
    warnings: tuple[str, ...]  # "small", "blurred", "dark": to be pointed out, never refused


def make_safe(source: Path, target: Path) -> Photo:
    """Write ``source`` to ``target`` as a safe, small JPEG; never half of it, readable by us only.

    Raises:
        PhotoError: photo-empty, photo-too-big, photo-not-an-image, photo-too-many-pixels or
            photo-broken; ``target`` is as it was.
    """
    kind = _kind(source)
    with _decoding(), Image.open(source, formats=kind) as picture:
        long_side = max(picture.size)
        upright = _shrunk(picture)
    image, jpeg = _encoded(upright)
    _write(jpeg, target)
    grey = image.convert("L")
    return Photo(
        *image.size,
        bytes=len(jpeg),
        sha256=_sha256(source),
        dhash=_dhash(grey),
        warnings=_warnings(grey, long_side),
    )


def _kind(source: Path) -> tuple[str, ...]:
    """Return Pillow's formats to try, by what is in the file: its name may say anything."""
    size = source.stat().st_size
    if size == 0:
        raise PhotoError("photo-empty")
    if size > MAX_BYTES:
        raise PhotoError("photo-too-big")
    with source.open("rb") as file:
        head = file.read(12)
    if head.startswith(b"\xff\xd8\xff"):
        return ("JPEG", "MPO")  # some phones keep a second picture behind the first
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return ("PNG",)
    if head.startswith((b"GIF87a", b"GIF89a")):
        return ("GIF",)
    if head[:4] == b"RIFF" and head[8:] == b"WEBP":
        return ("WEBP",)
    if head[4:8] == b"ftyp" and head[8:] in HEIF_BRANDS:
        return ("HEIF",)
    raise PhotoError("photo-not-an-image")


@contextmanager
def _decoding() -> Iterator[None]:
    """Turn whatever a decoder raises into a reason that a person can act on."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # damaged metadata, which is thrown away
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        try:
            yield
        except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
            raise PhotoError("photo-too-many-pixels") from error
        except DECODER_ERRORS as error:
            raise PhotoError("photo-broken") from error


def _shrunk(picture: Image.Image) -> Image.Image:
    """Decode no more than is needed: small, upright, RGB, sRGB, on white, without metadata."""
    width, height = picture.size
    if width * height > MAX_PIXELS:
        raise PhotoError("photo-too-many-pixels")
    scale = min(1.0, LONG_SIDE / max(width, height))
    small = (max(1, round(width * scale)), max(1, round(height * scale)))
    picture.draft(None, small)  # a JPEG is decoded at a half, a quarter or an eighth
    picture.load()
    orientation = picture.getexif().get(ExifTags.Base.Orientation, 1)
    profile = picture.info.get("icc_profile")
    image = _plain(picture).resize(small, Resampling.HAMMING)
    image = _on_white(_srgb(image, profile))
    if orientation in UPRIGHT:
        image = image.transpose(UPRIGHT[orientation])
    image.info.clear()
    return image


def _plain(picture: Image.Image) -> Image.Image:
    """Return the first frame in a mode that can be resized: L, RGB, RGBA or CMYK."""
    if picture.mode in ("L", "RGB", "RGBA", "CMYK"):
        return picture
    if picture.mode.startswith("I"):  # 16 bits a pixel, and never mind the lower eight
        return picture.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    if picture.has_transparency_data:
        return picture.convert("RGBA")
    return picture.convert("RGB")


def _srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    """Convert the colours of a camera's or printer's own space; an odd profile is disregarded."""
    if not profile or image.mode == "L":
        return image
    alpha = image.getchannel("A") if image.mode == "RGBA" else None
    try:
        own = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        if "sRGB" in ImageCms.getProfileDescription(own):
            return image
        colours = image.convert("RGB") if alpha else image
        srgb = ImageCms.createProfile("sRGB")
        converted = ImageCms.profileToProfile(colours, own, srgb, outputMode="RGB")
    except (ImageCms.PyCMSError, OSError, ValueError):
        return image
    assert converted is not None, "only in place does it return nothing"
    if alpha:
        converted.putalpha(alpha)
    return converted


def _on_white(image: Image.Image) -> Image.Image:
    if image.mode != "RGBA":
        return image.convert("RGB")
    paper = Image.new("RGB", image.size, "white")
    paper.paste(image, mask=image.getchannel("A"))
    return paper


def _encoded(image: Image.Image) -> tuple[Image.Image, bytes]:
    """Return the best JPEG within ``JPEG_BYTES``, and the image it shows."""
    while True:
        for quality in QUALITIES:
            buffer = io.BytesIO()
            image.save(buffer, "JPEG", quality=quality)
            if buffer.tell() <= JPEG_BYTES:
                return image, buffer.getvalue()
        image = image.reduce(2)  # nothing but noise: no photo, yet it must fit


def _write(content: bytes, target: Path) -> None:
    """Write all or nothing; only this account may read it (mkstemp: 0600).

    Nothing here waits for the disk: the file store does, once, when it takes the photo over.
    """
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=".photo-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        Path(name).replace(target)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _sha256(source: Path) -> str:
    with source.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _dhash(grey: Image.Image) -> int:
    """Return 64 bits: is each spot of a 9 x 8 thumbnail brighter than its right neighbour?"""
    spots = grey.resize((9, 8), Resampling.BOX).tobytes()
    bits = 0
    for start in range(0, 72, 9):
        for place in range(start, start + 8):
            bits = bits << 1 | (spots[place] > spots[place + 1])
    return bits


def _warnings(grey: Image.Image, long_side: int) -> tuple[str, ...]:
    found = {
        "small": long_side < SMALL,
        "blurred": _sharpness(grey) < BLURRED,
        "dark": ImageStat.Stat(grey).mean[0] < DARK,
    }
    return tuple(name for name, is_so in found.items() if is_so)


def _sharpness(grey: Image.Image) -> float:
    """Return the variance of the Laplacian at the size of a print: edges make it large."""
    grey = grey.reduce(max(1, round(max(grey.size) / 800)))
    laplacian = ImageFilter.Kernel((3, 3), (0, 1, 0, 1, -4, 1, 0, 1, 0), scale=1, offset=128)
    return float(ImageStat.Stat(grey.filter(laplacian)).var[0])
