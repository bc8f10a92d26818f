"""Files that answer a question and are no photo: recordings, films, papers."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, delete, insert, select

from storage.tables import attachments


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file of a report; its bytes are in the file store."""

    key: str
    kind: str  # audio | video | file
    name: str  # as its sender called it
    mime: str
    bytes: int
    sha256: str


_FILE = (
    attachments.c.key,
    attachments.c.kind,
    attachments.c.name,
    attachments.c.mime,
    attachments.c.bytes,
    attachments.c.sha256,
)


class Attachments:
    """What is known of the files of each report."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, report_id: int, file: StoredFile, by: int, now: datetime) -> None:
        """Keep what is known of a file that is in the file store."""
        self._connection.execute(
            insert(attachments).values(
                report_id=report_id,
                key=file.key,
                kind=file.kind,
                name=file.name,
                mime=file.mime,
                bytes=file.bytes,
                sha256=file.sha256,
                sent_by=by,
                at=now,
            )
        )

    def find(self, key: str) -> StoredFile | None:
        """Return a file by its key."""
        row = self._connection.execute(select(*_FILE).where(attachments.c.key == key)).first()
        return StoredFile(*row) if row else None

    def of_report(self, report_id: int) -> list[StoredFile]:
        """Return the files of a report, in the order in which they came."""
        query = select(*_FILE).where(attachments.c.report_id == report_id)
        found = self._connection.execute(query.order_by(attachments.c.id))
        return [StoredFile(*row) for row in found]

    def forget(self, key: str) -> None:
        """Forget a file; its bytes are deleted by whoever calls, after the commit."""
        self._connection.execute(delete(attachments).where(attachments.c.key == key))

    def forget_report(self, report_id: int) -> list[str]:
        """Forget the files of a report; returns the keys of what to delete."""
        keys = [file.key for file in self.of_report(report_id)]
        self._connection.execute(delete(attachments).where(attachments.c.report_id == report_id))
        return keys
