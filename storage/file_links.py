"""Files that went out as links, to a channel that takes no files: who may have which, how long."""

import secrets
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, delete, insert, select, update

from storage.tables import file_links

_TOKEN_BYTES = 18  # 144 bits: nobody guesses one


@dataclass(frozen=True, slots=True)
class LinkedFile:
    """A file that a link leads to."""

    key: str
    name: str
    mime: str


class FileLinks:
    """One link for each file and chat, however often it is asked for."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def issue(
        self, where: tuple[str, str], file: LinkedFile, now: datetime, until: datetime
    ) -> str:
        """Return the token of the link to ``file`` for the chat ``where``, good until then.

        Asked for again it is the same, and lasts longer: the message that is tried once more may
        have arrived. Another document of the same name in that chat takes the place of the one
        before, whose link ends now. Pictures stay: messengers fetch them again later.
        """
        channel, chat_id = where
        here = (file_links.c.channel == channel, file_links.c.chat_id == chat_id)
        if not file.mime.startswith("image/"):
            self._connection.execute(
                update(file_links)
                .where(
                    *here,
                    file_links.c.name == file.name,
                    file_links.c.key != file.key,
                    file_links.c.revoked_at.is_(None),
                )
                .values(revoked_at=now)
            )
        known = (*here, file_links.c.key == file.key, file_links.c.name == file.name)
        query = select(file_links.c.id, file_links.c.token, file_links.c.expires_at).where(*known)
        if (row := self._connection.execute(query).first()) is not None:
            again = update(file_links).where(file_links.c.id == row.id)
            values = {"expires_at": max(until, row.expires_at), "revoked_at": None}
            self._connection.execute(again.values(values))
            return str(row.token)
        token = secrets.token_urlsafe(_TOKEN_BYTES)
        self._connection.execute(
            insert(file_links).values(
                token=token,
                channel=channel,
                chat_id=chat_id,
                key=file.key,
                name=file.name,
                mime=file.mime,
                expires_at=until,
            )
        )
        return token

    def find(self, token: str, now: datetime) -> LinkedFile | None:
        """Return the file behind a link; None when it is unknown, too old or revoked."""
        query = select(file_links.c.key, file_links.c.name, file_links.c.mime).where(
            file_links.c.token == token,
            file_links.c.expires_at > now,
            file_links.c.revoked_at.is_(None),
        )
        row = self._connection.execute(query).first()
        return LinkedFile(*row) if row else None

    def forget(self, channel: str, chat_id: str) -> None:
        """End all links of a chat."""
        here = (file_links.c.channel == channel, file_links.c.chat_id == chat_id)
        self._connection.execute(delete(file_links).where(*here))

    def forget_expired(self, now: datetime) -> None:
        """Delete links that have ended by themselves."""
        self._connection.execute(delete(file_links).where(file_links.c.expires_at <= now))
