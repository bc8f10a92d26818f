"""Pages as they look: through LibreOffice and poppler, where a machine has them."""

import io
import re
import shutil
import subprocess
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from bot.documents import nd30, preview
from bot.documents.document import Text
from tests.documents import samples


def office(test: Callable[..., None]) -> Callable[..., None]:
    """A test that needs the programs themselves."""
    missing = [program for program in ("soffice", "pdftoppm") if shutil.which(program) is None]
    reason = f"{missing} not installed (Debian: libreoffice-writer-nogui, poppler-utils)"
    return pytest.mark.libreoffice(pytest.mark.skipif(bool(missing), reason=reason)(test))


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    folder = tmp_path_factory.mktemp("photos")
    return nd30.render(samples.report(3), samples.photo_folder(folder, [(800, 600)] * 3))


@pytest.fixture(scope="module")
def pdf(report: bytes) -> bytes:
    made = preview.pdf(report)
    assert made
    return made


def words(pdf: bytes, folder: Path, page: int) -> str:
    """The text of a page as it lies on the sheet."""
    source = folder / "document.pdf"
    source.write_bytes(pdf)
    command = ["pdftotext", "-layout", "-f", str(page), "-l", str(page), str(source), "-"]
    return subprocess.run(command, capture_output=True, check=True, text=True).stdout


def test_without_libreoffice_there_is_no_pdf(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")

    assert preview.pdf(b"PK") is None
    assert preview.pages(b"%PDF") is None


def test_a_program_that_takes_too_long_is_ended(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    slow = tmp_path / "soffice"
    slow.write_text("#!/bin/sh\nsleep 600 &\nwait\n")
    slow.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")

    started = time.monotonic()
    assert preview.pdf(b"PK", seconds=0.3) is None
    assert time.monotonic() - started < 5


@office
def test_pages_are_pictures_of_upright_sheets(pdf: bytes) -> None:
    pages = preview.pages(pdf, dpi=40)

    assert pages
    assert len(pages) == 5
    for page in pages:
        width, height = Image.open(io.BytesIO(page)).size
        assert height / width == pytest.approx(297 / 210, rel=0.01)


@office
def test_only_the_pages_asked_for_are_drawn(pdf: bytes) -> None:
    pages = preview.pages(pdf, dpi=40, first=2, last=3)

    assert pages
    assert len(pages) == 2


@office
def test_pages_are_numbered_from_two_and_anew_in_each_appendix(pdf: bytes, tmp_path: Path) -> None:
    tops = [words(pdf, tmp_path, page).strip().split("\n")[0].strip() for page in range(1, 6)]

    assert [top if top.isdecimal() else "" for top in tops] == ["", "2", "", "2", ""]


@office
def test_the_signature_is_never_alone_on_a_page(tmp_path: Path) -> None:
    for lines in (21, 22, 23, 24):
        body = [Text(f"Dòng {number}.") for number in range(lines)]
        document = samples.report(body=tuple(body), appendices=())
        made = preview.pdf(nd30.render(document, Path))
        assert made
        page = 2 if "Nguyễn Văn An" in words(made, tmp_path, 2) else 1
        read = words(made, tmp_path, page)
        assert "Nơi nhận:" in read
        assert f"Dòng {lines - 1}./." in read


@office
def test_several_previews_are_made_side_by_side(report: bytes) -> None:
    made: list[bytes | None] = []
    makers = [threading.Thread(target=lambda: made.append(preview.pdf(report))) for _ in range(3)]
    for maker in makers:
        maker.start()
    for maker in makers:
        maker.join()

    assert all(pdf and pdf.startswith(b"%PDF") for pdf in made)
    assert len(made) == 3


@office
def test_a_rule_is_as_long_as_the_motto_on_the_sheet(pdf: bytes, tmp_path: Path) -> None:
    source = tmp_path / "document.pdf"
    source.write_bytes(pdf)
    command = ["pdftotext", "-bbox-layout", "-l", "1", str(source), "-"]
    boxes = subprocess.run(command, capture_output=True, check=True, text=True).stdout
    motto = next(line for line in boxes.split("<line ") if line.count(">-<") == 2)
    left, right = (float(re.search(rf'{side}="([\d.]+)"', motto)[1]) for side in ("xMin", "xMax"))  # type: ignore[index]
    bottom = float(re.search(r'yMax="([\d.]+)"', motto)[1])  # type: ignore[index]
    (page,) = preview.pages(pdf, dpi=144, last=1) or ()
    dark = Image.open(io.BytesIO(page)).convert("L").point(lambda v: 255 * (v < 128))
    strip = dark.crop((0, round(bottom * 2), dark.width, round(bottom * 2) + 10))
    drawn = strip.crop((round(left * 2) - 60, 0, round(right * 2) + 60, 10)).getbbox()

    assert drawn
    assert (drawn[2] - drawn[0]) / 2 == pytest.approx(right - left, abs=4)
