"""What people send becomes upright, nameless and small, or is refused with a reason that helps."""

import io
import resource
import struct
import zlib
from concurrent.futures import ProcessPoolExecutor
from itertools import combinations
from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageCms, ImageFilter, ImageStat

from bot.errors import PhotoError
from bot.intake import alike
from bot.photos import JPEG_BYTES, Photo, make_safe
from tests.samples import photo, scene

SMALL = (1200, 900)
SIGNATURES = {
    "JPEG": b"\xff\xd8\xff\xe0",
    "PNG": b"\x89PNG\r\n\x1a\n",
    "GIF": b"GIF89a",
    "HEIC": b"\0\0\0\x18ftypheic",
    "WEBP": b"RIFF\x10\0\0\0WEBP",
}


@pytest.fixture
def shrink(tmp_path: Path):
    """Make what was sent safe, and return what is kept: facts and picture."""

    def shrink(content: bytes) -> tuple[Photo, Image.Image]:
        source, target = tmp_path / "sent.jpg", tmp_path / "kept.jpg"
        source.write_bytes(content)
        kept = make_safe(source, target)
        return kept, Image.open(io.BytesIO(target.read_bytes()))

    return shrink


@pytest.fixture
def refused(tmp_path: Path):
    """Return the reason why what was sent is refused; nothing is left of it."""

    def refused(content: bytes) -> str:
        source, target = tmp_path / "sent.jpg", tmp_path / "kept.jpg"
        source.write_bytes(content)
        with pytest.raises(PhotoError) as error:
            make_safe(source, target)
        assert [path.name for path in tmp_path.iterdir()] == ["sent.jpg"]
        return error.value.reason

    return refused


def file_of(picture: Image.Image, format: str, **options: object) -> bytes:
    buffer = io.BytesIO()
    picture.save(buffer, format, **options)
    return buffer.getvalue()


def difference(one: Image.Image, other: Image.Image) -> float:
    same_size = other.convert("RGB").resize(one.size)
    return max(ImageStat.Stat(ImageChops.difference(one.convert("RGB"), same_size)).mean)


# what is kept


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("format", ["JPEG", "PNG", "HEIC", "WEBP"])
def test_a_photo_is_upright_however_the_phone_was_held(shrink, format, orientation):
    kept, picture = shrink(photo(1, (400, 300), format, orientation))

    assert (kept.width, kept.height) == picture.size == (400, 300)
    assert difference(scene(1, (400, 300)), picture) < 8


@pytest.mark.parametrize("format", ["JPEG", "PNG", "HEIC", "WEBP"])
def test_nothing_says_who_took_a_photo_or_when_or_where(shrink, tmp_path, format):
    sent = photo(2, (640, 480), format, orientation=6)
    assert b"Nguyen Van A" in sent

    _, picture = shrink(sent)

    content = (tmp_path / "kept.jpg").read_bytes()
    assert not picture.getexif()
    assert set(picture.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
    for trace in (b"Nguyen", b"2023", b"Exif", b"http://ns.adobe", b"ICC_PROFILE"):
        assert trace not in content


def test_comments_and_xmp_are_gone_too(shrink, tmp_path):
    xmp = b"<x:xmpmeta xmlns:x='adobe:ns:meta/'>Ba Tri</x:xmpmeta>"
    shrink(file_of(scene(1, SMALL), "JPEG", comment=b"lop 5A", xmp=xmp))

    content = (tmp_path / "kept.jpg").read_bytes()
    assert b"lop 5A" not in content
    assert b"Ba Tri" not in content


def test_a_photo_of_twelve_million_pixels_becomes_small(shrink):
    kept, picture = shrink(photo(0))

    assert picture.size == (1600, 1200)
    assert picture.format == "JPEG"
    assert picture.mode == "RGB"
    assert kept.bytes <= JPEG_BYTES
    assert kept.warnings == ()


def test_a_tall_photo_is_measured_by_its_height(shrink):
    _, picture = shrink(photo(3, (1500, 4000)))
    assert picture.size == (600, 1600)


def test_a_photo_is_never_enlarged(shrink):
    _, picture = shrink(photo(3, (640, 480)))
    assert picture.size == (640, 480)


def test_a_panorama_one_pixel_high_survives(shrink):
    _, picture = shrink(file_of(Image.new("RGB", (5000, 1), "red"), "PNG"))
    assert picture.size == (1600, 1)


def test_even_noise_fits_the_limit(shrink):
    noise = Image.effect_noise((1600, 1600), 120).convert("RGB")
    colours = Image.merge("RGB", [noise.getchannel(0).rotate(90 * turn) for turn in range(3)])
    kept, _ = shrink(file_of(colours, "PNG"))
    assert kept.bytes <= JPEG_BYTES


def test_only_the_bot_may_read_what_is_kept(shrink, tmp_path):
    shrink(photo(1, SMALL))
    assert (tmp_path / "kept.jpg").stat().st_mode & 0o777 == 0o600
    assert sorted(path.name for path in tmp_path.iterdir()) == ["kept.jpg", "sent.jpg"]


def test_the_same_photo_gives_the_same_bytes(shrink, tmp_path):
    first, _ = shrink(photo(1, SMALL))
    content = (tmp_path / "kept.jpg").read_bytes()
    again, _ = shrink(photo(1, SMALL))
    assert first == again
    assert content == (tmp_path / "kept.jpg").read_bytes()


# colours


def test_what_is_transparent_becomes_white(shrink):
    glass = Image.new("RGBA", (200, 100), (255, 0, 0, 0))
    glass.paste((0, 0, 255, 255), (100, 0, 200, 100))
    _, picture = shrink(file_of(glass, "PNG"))
    assert near(picture, (20, 50), (255, 255, 255))
    assert near(picture, (180, 50), (0, 0, 255))


def test_a_palette_with_a_transparent_colour_becomes_white(shrink):
    stamp = Image.new("P", (200, 100), 0)
    stamp.putpalette([255, 0, 0, 0, 128, 0])
    stamp.paste(1, (100, 0, 200, 100))
    _, picture = shrink(file_of(stamp, "PNG", transparency=0))
    assert near(picture, (20, 50), (255, 255, 255))
    assert near(picture, (180, 50), (0, 128, 0))


def test_the_first_picture_of_a_moving_one_is_kept(shrink):
    frames = [Image.new("RGB", (300, 200), colour) for colour in ("yellow", "navy")]
    content = file_of(frames[0], "GIF", save_all=True, append_images=frames[1:])
    _, picture = shrink(content)
    assert near(picture, (150, 100), (255, 255, 0))


def test_a_printers_colours_are_understood(shrink):
    _, picture = shrink(file_of(scene(4, SMALL).convert("CMYK"), "JPEG", quality=95))
    assert picture.mode == "RGB"
    assert difference(scene(4, SMALL), picture) < 12


@pytest.mark.parametrize("mode", ["1", "L", "LA", "I;16"])
def test_grey_of_any_depth_is_understood(shrink, mode):
    grey = Image.linear_gradient("L").resize((400, 300))
    if mode == "I;16":
        sent = Image.frombytes("I;16", grey.size, bytes(b for v in grey.tobytes() for b in (v, v)))
    else:
        sent = grey.convert(mode)
    _, picture = shrink(file_of(sent, "PNG"))
    assert difference(grey, picture) < (90 if mode == "1" else 3)


def test_a_colour_space_of_its_own_is_brought_to_srgb(shrink):
    brick = Image.new("RGB", (200, 100), (200, 60, 60))
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    own = srgb.replace("sRGB".encode("utf-16-be"), "Mine".encode("utf-16-be"))
    for swap in ((b"rXYZ", b"????"), (b"gXYZ", b"rXYZ"), (b"????", b"gXYZ")):
        own = own.replace(*swap)  # a camera that calls green what others call red

    assert near(shrink(file_of(brick, "JPEG", icc_profile=srgb))[1], (50, 50), (200, 60, 60))
    assert near(shrink(file_of(brick, "JPEG", icc_profile=own))[1], (50, 50), (60, 200, 60))
    glass = file_of(brick.convert("RGBA"), "PNG", icc_profile=own)
    assert near(shrink(glass)[1], (50, 50), (60, 200, 60))


def test_an_odd_colour_profile_does_not_spoil_a_photo(shrink):
    plain = Image.new("RGB", (200, 100), (90, 140, 200))
    _, picture = shrink(file_of(plain, "PNG", icc_profile=b"no profile at all"))
    assert near(picture, (50, 50), (90, 140, 200))


def near(picture: Image.Image, spot: tuple[int, int], colour: tuple[int, int, int]) -> bool:
    found = picture.convert("RGB").getpixel(spot)
    return all(abs(a - b) < 8 for a, b in zip(found, colour, strict=True))


# what is refused


def test_an_empty_file_is_refused(refused):
    assert refused(b"") == "photo-empty"


@pytest.mark.parametrize(
    "content",
    [
        b"Xin chao thay co",
        b"%PDF-1.7\n%...",
        b"PK\x03\x04 a Word file",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"\0\0\0\x20ftypisom\0\0\x02\0 a video",
        b"RIFF\x10\0\0\0WAVEfmt ",
        b"BM\x36\0\0\0 a bitmap",
        b"II*\0 a fax",
        b"\xff",
        b"\0" * 1000,
    ],
)
def test_what_is_no_photo_is_refused_whatever_its_name_says(refused, content):
    assert refused(content) == "photo-not-an-image"


@pytest.mark.parametrize("signature", SIGNATURES.values(), ids=SIGNATURES)
def test_a_file_that_only_begins_like_a_photo_is_broken(refused, signature):
    assert refused(signature) == "photo-broken"
    assert refused(signature + b"\0" * 500) == "photo-broken"
    assert refused(signature + b"la la la " * 50) == "photo-broken"


@pytest.mark.parametrize("format", ["JPEG", "PNG", "HEIC", "WEBP", "GIF"])
@pytest.mark.parametrize("part", [0.02, 0.3, 0.6, 0.9])
def test_half_a_photo_is_refused(refused, format, part):
    content = photo(5, (400, 300), format)
    assert refused(content[: int(len(content) * part)]) == "photo-broken"


def test_a_file_of_more_than_twenty_megabytes_is_refused(refused):
    assert refused(photo(1, SMALL) + b"\0" * 20_000_000) == "photo-too-big"


@pytest.mark.parametrize("side", [9_500, 20_000, 60_000])
def test_a_picture_that_would_fill_the_memory_is_refused_before_it_is_opened(refused, side):
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert refused(png_bomb(side)) == "photo-too-many-pixels"
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 20_000  # kB


def png_bomb(side: int) -> bytes:
    """Return a small PNG file that says it is ``side`` x ``side`` pixels."""

    def chunk(name: bytes, content: bytes) -> bytes:
        check = struct.pack(">I", zlib.crc32(name + content))
        return struct.pack(">I", len(content)) + name + content + check

    header = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    rows = zlib.compress(b"\0" * 1_000_000)
    return SIGNATURES["PNG"] + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


# what is pointed out


def test_a_small_photo_is_pointed_out(shrink):
    assert shrink(photo(1, (999, 700)))[0].warnings == ("small",)
    assert shrink(photo(1, (1000, 700)))[0].warnings == ()


def test_a_blurred_photo_is_pointed_out(shrink):
    assert [
        shrink(photo(seed, (2000, 1500), blur=blur))[0].warnings
        for seed in range(2)
        for blur in (0, 5)
    ] == [(), ("blurred",)] * 2


def test_a_dark_photo_is_pointed_out(shrink):
    night = scene(6, SMALL).point(lambda value: value // 5)
    assert "dark" in shrink(file_of(night, "JPEG"))[0].warnings


# the same again


def test_a_photo_sent_again_through_another_messenger_is_recognised(shrink):
    for seed in range(4):
        phone = shrink(photo(seed, (2000, 1500)))[0]
        for width, quality in ((1280, 60), (800, 50)):
            other = (
                scene(seed, (2000, 1500))
                .resize((width, width * 3 // 4))
                .filter(ImageFilter.SHARPEN)
            )
            sent_again = shrink(file_of(other, "JPEG", quality=quality))[0]
            assert alike(phone.dhash, sent_again.dhash)
            assert phone.sha256 != sent_again.sha256


def test_different_photos_are_not_taken_for_the_same(shrink):
    hashes = [shrink(photo(seed, SMALL))[0].dhash for seed in range(20)]
    assert not [pair for pair in combinations(hashes, 2) if alike(*pair)]
    assert all(0 <= dhash < 2**64 for dhash in hashes)


# many at once


def peak_memory(source: Path, target: Path) -> int:
    """Return how many megabytes the worker grew by while it made one photo safe."""
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    make_safe(source, target)
    return (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024


def test_twenty_photos_at_once_need_little_memory(tmp_path):
    sources = [tmp_path / f"sent-{number}" for number in range(20)]
    for number, source in enumerate(sources):
        source.write_bytes(photo(number % 2))
    targets = [tmp_path / f"kept-{number}.jpg" for number in range(20)]

    with ProcessPoolExecutor(max_workers=2) as pool:
        grown = list(pool.map(peak_memory, sources, targets))

    assert all(target.stat().st_size <= JPEG_BYTES for target in targets)
    assert max(grown) < 60
