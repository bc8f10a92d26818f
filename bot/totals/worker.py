"""What is made of totals in a worker process; what each needs is imported there."""

from typing import Any


def write_xlsx(job: Any, source: Any) -> None:
    """Write the workbook of a job."""
    from bot.totals import xlsx  # noqa: PLC0415

    xlsx.write(job, source)


def write_csv(job: Any) -> None:
    """Write the archive of tables of a job."""
    from bot.totals import csv_files  # noqa: PLC0415

    csv_files.write(job)


def write_paper(job: Any) -> None:
    """Write the office's own report."""
    from bot.totals import paper  # noqa: PLC0415

    paper.write(job)


def draw_progress(figures: Any) -> bytes:
    """Draw the picture of progress."""
    from bot.totals.picture import progress_picture  # noqa: PLC0415

    return progress_picture(figures)
