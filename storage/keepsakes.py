"""Small things that must survive a restart, by name; and leases: who may do what must run once."""

from datetime import datetime

from sqlalchemy import Connection, delete, insert, select, update

from storage.tables import keepsakes, leases
from storage.upsert import upsert


class Keepsakes:
    """Named values and named leases."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, name: str) -> str | None:
        """Return the value kept under ``name``."""
        query = select(keepsakes.c.value).where(keepsakes.c.name == name)
        return self._connection.execute(query).scalar_one_or_none()

    def put(self, name: str, value: str) -> None:
        """Keep ``value`` under ``name``."""
        changed = update(keepsakes).where(keepsakes.c.name == name).values(value=value)
        if not self._connection.execute(changed).rowcount:
            self._connection.execute(insert(keepsakes).values(name=name, value=value))

    def lease(self, name: str, holder: str, now: datetime, until: datetime) -> bool:
        """Take or renew a lease; False while another holder has it."""
        mine_or_free = (leases.c.holder == holder) | (leases.c.until < now)
        taken = self._connection.execute(
            update(leases)
            .where(leases.c.name == name, mine_or_free)
            .values(holder=holder, until=until)
        )
        if taken.rowcount:
            return True
        row = upsert(self._connection, leases).values(name=name, holder=holder, until=until)
        return bool(self._connection.execute(row.on_conflict_do_nothing()).rowcount)

    def release(self, name: str, holder: str) -> None:
        """Give a lease back."""
        self._connection.execute(
            delete(leases).where(leases.c.name == name, leases.c.holder == holder)
        )
