"""What is remembered, by shelf. A Store lives as long as one unit of work."""

from sqlalchemy import Connection

from storage.campaigns import Campaigns
from storage.inbox import Inbox
from storage.keepsakes import Keepsakes
from storage.outbox import Outbox
from storage.people import People
from storage.reports import Reports


class Store:
    """All shelves, on one connection inside one transaction."""

    __slots__ = ("campaigns", "connection", "inbox", "keepsakes", "outbox", "people", "reports")

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.people = People(connection)
        self.campaigns = Campaigns(connection)
        self.reports = Reports(connection)
        self.inbox = Inbox(connection)
        self.outbox = Outbox(connection)
        self.keepsakes = Keepsakes(connection)
