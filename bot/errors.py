"""Everything that can go wrong, sorted by who can put it right.

* BotError
  * SetupError        the operator: the program does not start
    * FormError       ... a questionnaire, at a sheet and row
    * TemplateError   ... an author's own Word file
  * NotAllowed        nobody here: this person may not do that
  * AnswerError       the person: asked again, with the reason
  * PhotoError        the person: what they sent is not a photo that can be used
  * RosterError       the person: what they sent is not a list of schools that can be used
  * SendError         time, or nobody
    * TryLater        ... the channel is busy or down
      * OperatorNeeded  ... until the operator has done what the message says
    * Unreachable     ... the person, not here and now; perhaps on another channel
    * Rejected        ... the channel will never take this message, or give up this file
    * PersonGone      ... the person blocked the bot or closed the account
"""

from datetime import timedelta


class BotError(Exception):
    """Something went wrong that somebody can put right."""


class SetupError(BotError):
    """The program cannot start as it is set up."""


class FormError(SetupError):
    """A questionnaire says something the bot cannot follow."""

    def __init__(self, sheet: str, row: int, problem: str) -> None:
        super().__init__(f"{sheet}, row {row}: {problem}" if row else f"{sheet}: {problem}")
        self.sheet = sheet
        self.row = row
        self.problem = problem


class TemplateError(SetupError):
    """An author's Word file cannot be used, or not with these answers."""


class NotAllowed(BotError):
    """This person may not do that, or not for this unit. The message is the name of the deed."""


class AnswerError(BotError):
    """An answer cannot be taken; the message says what to send instead."""


class PhotoError(BotError):
    """A file cannot be used as a photo. ``reason`` is a key of the bot's texts (photo-…)."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class RosterError(BotError):
    """A file cannot be used as a list of schools. ``key`` is of the bot's texts (roster-…)."""

    def __init__(self, key: str, **arguments: object) -> None:
        super().__init__(f"{key} {arguments}")
        self.key = key
        self.arguments = arguments  # sheet, row, column where they are known


class SendError(BotError):
    """A message did not reach its person."""


class TryLater(SendError):
    """The channel is busy or down.

    ``after`` is how long to wait. ``perhaps_sent`` is true when the request went out and the
    answer was lost: the message may have arrived.
    """

    def __init__(
        self,
        reason: str,
        *,
        after: timedelta = timedelta(seconds=5),
        whole_channel: bool = False,
        perhaps_sent: bool = False,
    ) -> None:
        super().__init__(reason)
        self.after = after
        self.whole_channel = whole_channel
        self.perhaps_sent = perhaps_sent


class OperatorNeeded(TryLater):
    """Nothing goes through this channel until the operator does what the message says.

    With ``whole_channel=False`` it is only messages of this kind (those that cost money).
    """

    def __init__(
        self,
        reason: str,
        *,
        after: timedelta = timedelta(minutes=2),
        whole_channel: bool = True,
    ) -> None:
        super().__init__(reason, after=after, whole_channel=whole_channel)


class Unreachable(SendError):
    """The channel will not take anything to this person for some time (the window is closed)."""


class Rejected(SendError):
    """The channel will never take this message, or will never give out this file."""


class PersonGone(SendError):
    """The person cannot be reached on this channel any more."""
