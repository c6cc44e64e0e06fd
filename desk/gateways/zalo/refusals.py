"""What Zalo's error codes ask of the caller: one table, and the failures made from it."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum, auto
from http import HTTPStatus
from typing import Final, assert_never

from desk.gateways.failures import Failure, GatewayDown, OutcomeUnknown, PermanentFailure, TemporaryFailure

_UNTIL_PAID: Final = 3600.0  # seconds


class TokenRefused(TemporaryFailure):
    """The access token is no good: read the stored one again, renew that only if it is the very one refused."""


class AccountRefused(GatewayDown):
    """The account or the app may not do this until a person changes something at Zalo; `code` says what."""

    def __init__(self, reason: str, *, code: str) -> None:
        super().__init__(reason)
        self.code = code


class PaymentRefused(TemporaryFailure):
    """This message must be paid for and nobody pays, until a person has seen to it; free ones leave all the same."""

    def __init__(self, reason: str, *, code: str) -> None:
        super().__init__(reason, retry_after=_UNTIL_PAID)
        self.code = code


class Unreachable(Enum):
    """Why nothing at all reaches a citizen."""

    WINDOW = auto()  # until the citizen's own next act
    CITIZEN = auto()  # blocked, banned, never interacted, refuses this kind of message


class Asked(Enum):
    """What a call was for; the same refusal asks different things of different callers."""

    ALL_ROWS = auto()  # a read that the whole batch rests on
    ONE_ROW = auto()  # a read about one citizen
    TO_SEND = auto()
    TO_UPLOAD = auto()  # what is uploaded matters to nobody before it is sent: done twice it does no harm
    OF_ARTICLE = auto()  # how one article stands, or away with it: done twice it does no harm


class Next(Enum):
    """What to do after a refusal."""

    RENEW_TOKEN = auto()
    WAIT = auto()  # nothing goes through now, for no row
    PUT_OFF = auto()  # this row later
    PAY = auto()  # this row once somebody pays
    SETTLE = auto()  # sent or not: evidence decides
    TELL_OPS = auto()  # nothing goes through until a person has acted
    GIVE_UP = auto()  # this row as it stands


NEXT: Final[Mapping[int, Next]] = {
    -216: Next.RENEW_TOKEN,  # access token invalid
    -220: Next.RENEW_TOKEN,  # access token expired or removed
    -32: Next.WAIT,  # calls of this minute used up
    -214: Next.PUT_OFF,  # article is being processed
    -218: Next.PUT_OFF,  # this citizen has received enough for now
    -234: Next.PUT_OFF,  # not at night
    -200: Next.SETTLE,  # "send message failed", seen of messages that had left
    -204: Next.TELL_OPS,  # OA disabled
    -205: Next.TELL_OPS,  # OA does not exist
    -209: Next.TELL_OPS,  # app not activated
    -211: Next.TELL_OPS,  # out of quota
    -212: Next.TELL_OPS,  # app has not registered this API
    -219: Next.TELL_OPS,  # app removed or disabled
    -221: Next.TELL_OPS,  # OA not verified
    -223: Next.TELL_OPS,  # OA has not authorised this API
    -224: Next.TELL_OPS,  # package too small
    -235: Next.TELL_OPS,  # not for this type of OA
    -240: Next.TELL_OPS,  # this version of the API is shut down
    -242: Next.TELL_OPS,  # appsecret_proof invalid
    -248: Next.TELL_OPS,  # breaks platform standards
    -100: Next.GIVE_UP,  # upload expired
    -201: Next.GIVE_UP,  # a field is invalid
    -210: Next.GIVE_UP,  # too long, too large
    -213: Next.GIVE_UP,  # citizen never interacted
    -217: Next.GIVE_UP,  # citizen blocks invitations
    -227: Next.GIVE_UP,  # citizen banned, or away for 45 days
    -230: Next.GIVE_UP,  # window closed
    -232: Next.GIVE_UP,  # window closed, or never open
    -233: Next.GIVE_UP,  # type of message unknown
    -237: Next.GIVE_UP,  # group expired
    -238: Next.GIVE_UP,  # asset used
    -241: Next.GIVE_UP,  # asset invalid
    -244: Next.GIVE_UP,  # citizen refuses this type of message
    -249: Next.GIVE_UP,  # template is for telephone numbers
    -320: Next.PAY,  # to be paid, no Zalo Cloud Account linked
    -321: Next.PAY,  # to be paid, account empty
}

WINDOW_CLOSED: Final = "-230"
_UNREACHABLE: Final[Mapping[str, Unreachable]] = {
    WINDOW_CLOSED: Unreachable.WINDOW,
    "-232": Unreachable.WINDOW,
    "-213": Unreachable.CITIZEN,
    "-217": Unreachable.CITIZEN,
    "-227": Unreachable.CITIZEN,
    "-244": Unreachable.CITIZEN,
}
# Of an upload it says that the month's 5,000 are used up: texts still go through.
_OUT_OF_QUOTA: Final = -211
_READS: Final = frozenset({Asked.ALL_ROWS, Asked.ONE_ROW})
_HARMLESS: Final = frozenset({Asked.TO_UPLOAD, Asked.OF_ARTICLE})
_OF_A_ROW: Final = frozenset({Next.PUT_OFF, Next.PAY, Next.SETTLE, Next.GIVE_UP})


def failure_of_code(code: int, asked: Asked, path: str) -> Failure:
    """Return the failure that a refused call raises; a code nobody has seen yet is this row's alone."""
    reason = f"zalo {path}: {code}"
    step = NEXT.get(code, Next.GIVE_UP)
    if asked in _READS and step in _OF_A_ROW:  # a read is simply tried again
        return GatewayDown(reason) if asked is Asked.ALL_ROWS else TemporaryFailure(reason)
    if asked in _HARMLESS and (step is Next.SETTLE or code == _OUT_OF_QUOTA):
        return TemporaryFailure(reason)
    failure: Failure
    match step:
        case Next.RENEW_TOKEN:
            failure = TokenRefused(reason)
        case Next.WAIT:
            failure = GatewayDown(reason)
        case Next.TELL_OPS:
            failure = AccountRefused(reason, code=str(code))
        case Next.PUT_OFF:
            failure = TemporaryFailure(reason)
        case Next.PAY:
            failure = PaymentRefused(reason, code=str(code))
        case Next.SETTLE:
            failure = OutcomeUnknown(reason)
        case Next.GIVE_UP:
            failure = PermanentFailure(reason, code=str(code))
        case never:
            assert_never(never)
    return failure


def unreachable(code: str) -> Unreachable | None:
    """Return why nothing reaches the citizen of a message that was refused so; None where the message was at fault."""
    return _UNREACHABLE.get(code)


def failure_of_status(status: int, asked: Asked, path: str) -> Failure:
    """Return the failure for a reply without one of Zalo's bodies: a page of a proxy, an empty 502."""
    says = f"HTTP {status}"
    if status == HTTPStatus.UNAUTHORIZED:
        return TokenRefused(f"zalo {path}: {says}")
    if asked not in _HARMLESS and HTTPStatus.MULTIPLE_CHOICES <= status < HTTPStatus.INTERNAL_SERVER_ERROR:
        return GatewayDown(f"zalo {path}: {says}")
    return failure_of_silence(asked, path, says)  # whoever answered so may have been behind Zalo


def failure_of_silence(asked: Asked, path: str, reason: str) -> Failure:
    """Return the failure for a request that was written and got no reply that can be read."""
    reason = f"zalo {path}: {reason}"
    match asked:
        case Asked.TO_SEND:
            return OutcomeUnknown(reason)
        case Asked.TO_UPLOAD | Asked.OF_ARTICLE:
            return TemporaryFailure(reason)
        case Asked.ALL_ROWS | Asked.ONE_ROW:
            return GatewayDown(reason)
        case never:
            assert_never(never)
