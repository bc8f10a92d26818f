"""A Word file as a PDF and as pictures of its pages, where LibreOffice and poppler are found.

The functions block for seconds: not for an event loop. Several may run side by side.
"""

import os
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path


def pdf(document: bytes, *, seconds: float = 60) -> bytes | None:
    """The PDF of a DOCX; None when it cannot be made here or took longer than ``seconds``."""
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        return None
    with tempfile.TemporaryDirectory(prefix="preview-") as folder:
        source = Path(folder, "document.docx")
        source.write_bytes(document)
        # Two LibreOffices must not share a profile: the second would hand its work to the first.
        profile = Path(folder, "profile").as_uri()
        command = [program, f"-env:UserInstallation={profile}", "--headless", "--norestore"]
        command += ["--convert-to", "pdf", "--outdir", folder, str(source)]
        return _made(Path(folder, "document.pdf")) if _run(command, folder, seconds) else None


def pages(
    document: bytes, *, dpi: int = 80, first: int = 1, last: int = 100, seconds: float = 60
) -> tuple[bytes, ...] | None:
    """PNG pictures of the pages of a PDF; None when they cannot be made here or in time."""
    program = shutil.which("pdftoppm")
    if program is None:
        return None
    with tempfile.TemporaryDirectory(prefix="preview-") as folder:
        source = Path(folder, "document.pdf")
        source.write_bytes(document)
        command = [program, "-png", "-r", str(dpi), "-f", str(first), "-l", str(last)]
        command += [str(source), str(Path(folder, "page"))]
        if not _run(command, folder, seconds):
            return None
        # poppler pads the numbers to one width, so that names sort as pages do
        return tuple(page.read_bytes() for page in sorted(Path(folder).glob("page*.png")))


def _made(file: Path) -> bytes | None:
    return file.read_bytes() if file.exists() else None


def _run(command: list[str], folder: str, seconds: float) -> bool:
    """Whether the program ended well in time; it and its children are gone afterwards.

    It sees nothing of our environment, where the tokens are.
    """
    environment = {"PATH": os.environ.get("PATH", ""), "HOME": folder, "TMPDIR": folder}
    process = subprocess.Popen(  # noqa: S603 - a program found on the path, with our own arguments
        command,
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        return process.wait(seconds) == 0
    except subprocess.TimeoutExpired:
        return False
    finally:
        _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    """soffice is a script whose child does the work: the whole group has to go."""
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        return
    finally:
        process.wait()
