"""Sample pictures, drawn, never photographed: the same seed gives the same picture."""

import io
import random
from functools import cache

import pillow_heif
from PIL import ExifTags, Image, ImageDraw, ImageFilter
from PIL.Image import Transpose

pillow_heif.register_heif_opener()

MOIST_EARTH = (156, 122, 84)
SHIRTS = ((240, 240, 244), (38, 70, 130), (190, 40, 44), (232, 196, 64), (60, 140, 84))
STORED = {  # how a camera held that way stores the upright picture
    2: Transpose.FLIP_LEFT_RIGHT,
    3: Transpose.ROTATE_180,
    4: Transpose.FLIP_TOP_BOTTOM,
    5: Transpose.TRANSPOSE,
    6: Transpose.ROTATE_90,
    7: Transpose.TRANSVERSE,
    8: Transpose.ROTATE_270,
}


@cache
def scene(seed: int, size: tuple[int, int] = (4000, 3000)) -> Image.Image:
    """Draw a school yard: sky, a building, rows of children; leaves and grain over all."""
    rng = random.Random(seed)
    width, height = size
    picture = Image.linear_gradient("L").resize(size)
    sky = (rng.randrange(80, 140), rng.randrange(130, 170), rng.randrange(170, 200))
    picture = Image.merge("RGB", [picture.point(lambda v, c=c: c + v // 5) for c in sky])
    pen = ImageDraw.Draw(picture)
    pen.rectangle((0, height * 6 // 10, width, height), fill=MOIST_EARTH)
    _building(pen, rng, width, height)
    _children(pen, rng, width, height)
    leaves = _grain(rng, (width // 6 + 1, height // 6 + 1)).resize(size, Image.Resampling.BILINEAR)
    return Image.blend(Image.blend(picture, leaves, 0.08), _grain(rng, size), 0.06)


def _building(pen: ImageDraw.ImageDraw, rng: random.Random, width: int, height: int) -> None:
    left = rng.randrange(width // 2)
    right = left + rng.randrange(width // 4, width // 2)
    top = rng.randrange(height // 8, height // 3)
    wall = (rng.randrange(150, 250), rng.randrange(150, 220), rng.randrange(80, 160))
    pen.rectangle((left, top, right, height * 6 // 10), fill=wall)
    step = max(width // rng.randrange(14, 26), 8)
    for x in range(left + step // 2, right - step, step):
        for y in range(top + step // 2, height * 6 // 10 - step, step):
            pen.rectangle((x, y, x + step // 2, y + step * 2 // 3), fill=(40, 52, 66))


def _children(pen: ImageDraw.ImageDraw, rng: random.Random, width: int, height: int) -> None:
    for row in range(4):
        tall = height // (12 - 2 * row)
        y = height * 6 // 10 + row * height // 11
        for _ in range(14 - 2 * row):
            x = rng.randrange(width)
            head = (x + tall // 10, y - tall // 3, x + tall * 2 // 5, y)
            skin = (rng.randrange(140, 215), rng.randrange(110, 160), rng.randrange(80, 125))
            pen.rectangle((x, y, x + tall // 2, y + tall), fill=rng.choice(SHIRTS))
            pen.ellipse(head, fill=skin)
            pen.pieslice(head, 180, 360, fill=(24, 20, 20))


def _grain(rng: random.Random, size: tuple[int, int]) -> Image.Image:
    noise = Image.frombytes("L", size, rng.randbytes(size[0] * size[1]))
    return Image.merge("RGB", (noise, noise, noise))


@cache
def photo(
    seed: int,
    size: tuple[int, int] = (4000, 3000),
    format: str = "JPEG",
    orientation: int = 1,
    gps: bool = True,
    blur: float = 0,
) -> bytes:
    """Return a picture file as a phone makes it; shown upright it always looks the same."""
    picture = scene(seed, size)
    if blur:
        picture = picture.filter(ImageFilter.GaussianBlur(blur))
    if orientation in STORED:
        picture = picture.transpose(STORED[orientation])
    buffer = io.BytesIO()
    options: dict[str, object] = {"exif": exif(orientation, gps)}
    if format == "GIF":
        options = {}
    picture.save(buffer, "HEIF" if format == "HEIC" else format, quality=90, **options)
    return buffer.getvalue()


def exif(orientation: int = 1, gps: bool = True) -> bytes:
    """Return metadata as a phone writes them: who, when, where, which way up."""
    tags = Image.Exif()
    tags[ExifTags.Base.Orientation] = orientation
    tags[ExifTags.Base.Make] = "Phone of Nguyen Van A"
    tags[ExifTags.Base.DateTime] = "2023:10:02 07:30:00"
    if gps:
        place = tags.get_ifd(ExifTags.IFD.GPSInfo)
        place[ExifTags.GPS.GPSLatitudeRef] = "N"
        place[ExifTags.GPS.GPSLatitude] = (10.0, 39.0, 15.0)
        place[ExifTags.GPS.GPSLongitudeRef] = "E"
        place[ExifTags.GPS.GPSLongitude] = (106.0, 24.0, 6.0)
    return tags.tobytes()
