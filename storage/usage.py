"""What a channel has carried in a month, where the platform counts."""

from sqlalchemy import Connection, func, select

from storage.tables import addresses, usage
from storage.upsert import upsert


class Usage:
    """Counts by channel, month (2026-11) and kind (in, out, paid, template, zns)."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, channel: str, month: str, kind: str, count: int) -> None:
        """Count ``count`` more."""
        row = upsert(self._connection, usage)
        row = row.values(channel=channel, month=month, kind=kind, count=count)
        self._connection.execute(
            row.on_conflict_do_update(
                index_elements=[usage.c.channel, usage.c.month, usage.c.kind],
                set_={"count": usage.c.count + row.excluded["count"]},
            )
        )

    def of_month(self, channel: str, month: str) -> dict[str, int]:
        """Return the counts of a month by kind."""
        query = select(usage.c.kind, usage.c["count"]).where(
            usage.c.channel == channel, usage.c.month == month
        )
        return {row[0]: row[1] for row in self._connection.execute(query)}

    def people_on(self, channel: str) -> int:
        """Return how many people have an account on a channel."""
        query = select(func.count()).select_from(addresses).where(addresses.c.channel == channel)
        return int(self._connection.execute(query).scalar_one())
