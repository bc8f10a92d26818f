"""What Zalo's error codes mean to us: one table for messages, templates and tokens.

The meanings are those of developers.zalo.me ("Bảng mã lỗi" of the Official Account and of ZNS),
which may come from either address: a template sent by user id is refused with codes of ZNS too.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from zoneinfo import ZoneInfo

import structlog

from bot.errors import OperatorNeeded, PersonGone, Rejected, SendError, TryLater, Unreachable

log = structlog.get_logger(__name__)

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
MORNING = 6  # o'clock, when Zalo's night ends
CONSOLE = "https://developers.zalo.me/app"
BUSY_SECONDS = 20.0  # after -32, where Zalo does not say how long


class Then(Enum):
    """What to do about a refusal."""

    LATER = "later"
    MORNING = "later: Zalo sends no such message at night"
    NEVER = "never"
    GONE = "person gone"
    CLOSED = "not this way to this person; perhaps another way"
    RENEW = "the access token is not valid: get another one, once"
    OPERATOR = "the operator must act"


@dataclass(frozen=True, slots=True)
class Rule:
    """What a code means. ``remedy`` tells an operator what to do."""

    then: Then
    remedy: str = ""
    after: timedelta = timedelta(minutes=1)


def _act(remedy: str) -> Rule:
    return Rule(Then.OPERATOR, remedy)


_LATER = Rule(Then.LATER)
_HOUR = Rule(Then.LATER, after=timedelta(hours=1))
_NIGHT = Rule(Then.MORNING)
_NEVER = Rule(Then.NEVER)
_GONE = Rule(Then.GONE)
_CLOSED = Rule(Then.CLOSED)
_RENEW = Rule(
    Then.RENEW,
    f"Zalo refuses even a new access token: see at {CONSOLE} whether the Official Account is "
    "still granted to the app",
)
_MONEY = _act("put money into the Zalo Cloud Account (https://account.zalo.cloud) of the OA")
_REGISTER = _act(
    f"switch on the app and its Official Account API at {CONSOLE} (Official Account > API)"
)
_TEMPLATE = _act(
    "look at the templates in https://account.zalo.cloud (ZBS) and correct "
    "BOT_ZALO_OA_TEMPLATE_REMINDER and BOT_ZALO_OA_TEMPLATE_NEWS"
)
_APP = _act(f"correct BOT_ZALO_OA_APP_ID and BOT_ZALO_OA_APP_SECRET: they stand at {CONSOLE}")
_PROOF = _act(f"switch off appsecret_proof at {CONSOLE} (Cài đặt)")
_ACCOUNT = _act("look in https://oa.zalo.me whether the Official Account is open and verified")
_PACKAGE = _act("the OA's package does not allow this: see https://oa.zalo.me (Gói dịch vụ)")
NEW_CONSENT = (
    "as an administrator of the Official Account open https://developers.zalo.me/tools/explorer "
    '(API Explorer), choose the app and the token type "OA Access Token", allow it for the '
    "account, set the refresh token that is shown there as BOT_ZALO_OA_REFRESH_TOKEN, and start "
    "the bot again"
)
_CONSENT = _act(NEW_CONSENT)

RULES: dict[int, Rule] = {
    # the Official Account's API
    -32: Rule(Then.LATER, after=timedelta(seconds=BUSY_SECONDS)),
    -100: _LATER,  # the attachment has expired, also after it was uploaded again
    -200: _LATER,
    -201: _NEVER,
    -204: _ACCOUNT,
    -205: _ACCOUNT,
    -209: _REGISTER,
    -210: _NEVER,
    -211: _act("the OA's quota is used up: buy more, or wait for the next month"),
    -212: _REGISTER,
    -213: _GONE,
    -214: _LATER,
    -216: _RENEW,
    -217: _GONE,
    -218: _HOUR,  # what this person may receive today
    -219: _APP,
    -220: _RENEW,
    -221: _ACCOUNT,
    -223: _CONSENT,
    -224: _PACKAGE,
    -227: _GONE,
    -230: _CLOSED,
    -232: _CLOSED,
    -233: _NEVER,
    -234: _NIGHT,
    -235: _PACKAGE,
    -237: _NEVER,
    -238: _NEVER,
    -240: _NEVER,
    -241: _NEVER,
    -242: _PROOF,
    -244: _CLOSED,
    -248: _NEVER,
    -249: _CLOSED,
    -320: _act("link a Zalo Cloud Account to the OA: https://account.zalo.cloud"),
    -321: _MONEY,
    -403: _NEVER,
    -1340: _NEVER,
    -1341: _NEVER,
    # its names for a closed window in earlier years
    -207: _CLOSED,
    -208: _CLOSED,
    -215: _CLOSED,
    -222: _CLOSED,
    -305: _CLOSED,
    -311: _CLOSED,
    # tokens
    -14002: _APP,
    -14003: _APP,
    -14014: _CONSENT,
    # templates, by telephone number or by user id
    -101: _APP,
    -102: _APP,
    -103: _APP,
    -104: _APP,
    -105: _APP,
    -106: _NEVER,
    -107: _NEVER,
    -108: _CLOSED,
    -109: _TEMPLATE,
    -110: _CLOSED,  # an old version of Zalo on the telephone
    -111: _NEVER,
    -112: _NEVER,
    -113: _NEVER,
    -114: _CLOSED,
    -115: _MONEY,
    -116: _NEVER,
    -117: _TEMPLATE,
    -118: _CLOSED,
    -119: _CLOSED,
    -120: _PACKAGE,
    -124: _RENEW,
    -125: _APP,
    -126: _PACKAGE,
    -127: _TEMPLATE,
    -130: _NEVER,
    -131: _TEMPLATE,
    -132: _NEVER,
    -133: _NIGHT,
    -134: _CLOSED,
    -135: _PACKAGE,
    -136: _act("link a Zalo Cloud Account to the OA: https://account.zalo.cloud"),
    -137: _MONEY,
    -138: _REGISTER,
    -139: _CLOSED,
    -140: _CLOSED,
    -141: _CLOSED,
    -144: _HOUR,
    -145: _PACKAGE,
    -146: _TEMPLATE,
    -147: _HOUR,
    -153: _NEVER,
    -158: _NEVER,
    -159: _NEVER,
    -160: _NEVER,
    -1121: _NEVER,
    -1122: _NEVER,
    -1124: _NEVER,
    -1241: _PROOF,
    -1351: _ACCOUNT,
    -1381: _MONEY,
    -1441: _act("the OA's monthly number of ZNS is used up: see https://account.zalo.cloud"),
    -1471: _CLOSED,
    -1472: _CLOSED,
}


class CallFailed(Exception):
    """A call did not succeed. Carries the facts from which to decide what to do.

    ``code`` is Zalo's own, 0 when it did not say one; ``status`` is that of HTTP, 0 when there was
    no answer; ``perhaps_sent`` is true when the call went out and may have been carried out.
    """

    def __init__(
        self,
        reason: str,
        *,
        code: int = 0,
        status: int = 0,
        retry_after: float = 0,
        perhaps_sent: bool = False,
    ) -> None:
        super().__init__(f"{code} {reason}" if code else reason)
        self.code = code
        self.status = status
        self.retry_after = retry_after
        self.perhaps_sent = perhaps_sent

    @property
    def rule(self) -> Rule:
        """What Zalo's code means; an unknown one is for ever, and is to be looked at."""
        if self.code not in RULES:
            log.error("zalo-oa: an unknown code", code=self.code)
            return _NEVER
        return RULES[self.code]

    def is_any(self, *what: Then) -> bool:
        """Whether Zalo has refused for such a reason."""
        return self.code in RULES and RULES[self.code].then in what


def to_send_error(failed: CallFailed, now: datetime, *, free: bool = True) -> SendError:
    """Say who can put right that a call failed.

    What is wrong with a message that costs money (not ``free``) need not be wrong with replies,
    so that never stops the whole channel.
    """
    reason = str(failed)
    if not failed.code:
        return _no_code(failed)
    rule = failed.rule
    if rule.then is Then.MORNING:
        return TryLater(reason, after=until_morning(now))
    if rule.then is Then.LATER:
        after = timedelta(seconds=failed.retry_after) if failed.retry_after else rule.after
        return TryLater(reason, after=after, whole_channel=failed.code == -32)
    if rule.then in (Then.OPERATOR, Then.RENEW):
        error = OperatorNeeded(f"{reason}: {rule.remedy}", whole_channel=free)
        log.error("zalo-oa: the operator is needed", reason=str(error))
        return error
    kinds = {Then.NEVER: Rejected, Then.GONE: PersonGone, Then.CLOSED: Unreachable}
    if failed.code in _TO_BE_SEEN:
        log.error("zalo-oa: refused", reason=reason)
    return kinds[rule.then](reason)


_TO_BE_SEEN = (-201, -240, -248)  # our fault, or a breach of Zalo's standards


def until_morning(now: datetime) -> timedelta:
    """How long Zalo's night goes on from ``now``."""
    local = now.astimezone(VIETNAM)
    morning = local.replace(hour=MORNING, minute=0, second=0, microsecond=0)
    if morning <= local:
        morning += timedelta(days=1)
    return morning - local


def _no_code(failed: CallFailed) -> TryLater:
    reason = str(failed)
    if failed.status == 429:
        after = timedelta(seconds=failed.retry_after or BUSY_SECONDS)
        return TryLater(reason, after=after, whole_channel=True)
    if 400 <= failed.status < 500:  # no address of Zalo's, or a proxy that is in the way
        return TryLater(reason, after=timedelta(minutes=1), whole_channel=True)
    unreachable = not failed.status and not failed.perhaps_sent
    return TryLater(reason, whole_channel=unreachable, perhaps_sent=failed.perhaps_sent)
