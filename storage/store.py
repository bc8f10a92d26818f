"""What is remembered, by shelf. A Store lives as long as one unit of work."""

from sqlalchemy import Connection

from storage.attachments import Attachments
from storage.audit import Audit
from storage.broadcasts import Broadcasts
from storage.campaigns import Campaigns
from storage.file_links import FileLinks
from storage.inbox import Inbox
from storage.keepsakes import Keepsakes
from storage.mails import Mails
from storage.outbox import Outbox
from storage.people import People
from storage.reminders import Reminders
from storage.reports import Reports
from storage.rosters import Rosters
from storage.totals import Totals
from storage.usage import Usage


class Store:
    """All shelves, on one connection inside one transaction."""

    __slots__ = (
        "attachments",
        "audit",
        "broadcasts",
        "campaigns",
        "connection",
        "file_links",
        "inbox",
        "keepsakes",
        "mails",
        "outbox",
        "people",
        "reminders",
        "reports",
        "rosters",
        "totals",
        "usage",
    )

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.people = People(connection)
        self.reminders = Reminders(connection)
        self.attachments = Attachments(connection)
        self.audit = Audit(connection)
        self.broadcasts = Broadcasts(connection)
        self.campaigns = Campaigns(connection)
        self.reports = Reports(connection)
        self.rosters = Rosters(connection)
        self.totals = Totals(connection)
        self.usage = Usage(connection)
        self.file_links = FileLinks(connection)
        self.inbox = Inbox(connection)
        self.mails = Mails(connection)
        self.outbox = Outbox(connection)
        self.keepsakes = Keepsakes(connection)
