"""Error codes of openapi.zalo.me and what each asks for (Zalo's page ``OA/phu-luc/ma-loi``)."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from enum import Enum

from connectors.core.sending import SendError
from contracts.clock import VIETNAM


class Remedy(Enum):
    """What to do about an error."""

    NEXT_MINUTE = "limit per minute: wait for the next one"
    REFRESH = "new access token, then once more"
    PLAINER = "once more as text alone"
    LOOK = "perhaps sent: look before sending again"
    MORNING = "not at night: from 06:00"
    LATER = "the same once more in a minute"
    PAUSE = "nobody can be reached until somebody acts: configuration, package; messages wait"
    NEVER = "this resident cannot be reached this way"
    PERSON = "not this message, and somebody has to look: money, rules, a mistake of ours"


CODES: dict[int, tuple[Remedy, str]] = {
    -32: (Remedy.NEXT_MINUTE, "limit per minute"),
    -100: (Remedy.PLAINER, "attachment expired"),
    -200: (Remedy.LOOK, "send failed"),
    -201: (Remedy.PLAINER, "invalid field"),
    -204: (Remedy.PAUSE, "OA disabled"),
    -205: (Remedy.PAUSE, "OA does not exist"),
    -209: (Remedy.PAUSE, "app not activated"),
    -210: (Remedy.NEVER, "parameter exceeds limit"),
    -211: (Remedy.PERSON, "out of quota"),
    -212: (Remedy.PAUSE, "API not registered"),
    -213: (Remedy.NEVER, "resident does not follow the OA"),
    -214: (Remedy.LATER, "article being processed"),
    -216: (Remedy.REFRESH, "access token invalid"),
    -217: (Remedy.NEVER, "resident blocked invitations"),
    -218: (Remedy.NEVER, "resident's receive quota used up"),
    -219: (Remedy.PAUSE, "app removed or disabled"),
    -220: (Remedy.REFRESH, "access token expired or removed"),
    -221: (Remedy.PAUSE, "OA must be verified"),
    -223: (Remedy.PAUSE, "OA has not authorised this API"),
    -224: (Remedy.PAUSE, "OA package too low"),
    -227: (Remedy.NEVER, "resident banned or inactive"),
    -230: (Remedy.NEVER, "no interaction in the last 7 days"),
    -231: (Remedy.NEVER, "outside the window"),
    -232: (Remedy.NEVER, "never interacted"),
    -233: (Remedy.PLAINER, "message type not supported"),
    -234: (Remedy.MORNING, "not allowed at night"),
    -235: (Remedy.PAUSE, "API not for this type of OA"),
    -237: (Remedy.NEVER, "group expired"),
    -238: (Remedy.NEVER, "asset unusable"),
    -240: (Remedy.PERSON, "API shut down"),
    -241: (Remedy.NEVER, "asset used"),
    -242: (Remedy.PAUSE, "appsecret_proof refused"),
    -244: (Remedy.NEVER, "resident restricted this message type"),
    -248: (Remedy.PERSON, "violates the platform's rules"),
    -249: (Remedy.PERSON, "template not for user ids"),
    -320: (Remedy.PERSON, "no Zalo Cloud Account"),
    -321: (Remedy.PERSON, "Zalo Cloud Account out of money"),
    -403: (Remedy.NEVER, "OA not in this group"),
    -1340: (Remedy.PERSON, "form missing"),
    -1341: (Remedy.PERSON, "no access to the form"),
    404: (Remedy.PERSON, "empty or invalid API path"),
}
EXPIRED_ATTACHMENT = -100
SERVER_SETTLE_S = 2.0  # after a 5xx nobody works on the request any more, so the record is soon right
LATER_S = 60.0
PAUSE_S = 300.0  # how long a path is left alone after Zalo wanted a person; then one message asks again


class ZaloError(SendError):
    """An error code of Zalo, as delivery understands it."""

    def __init__(
        self,
        code: int,
        *,
        permanent: bool = False,
        plainer: bool = False,
        uncertain: bool = False,
        retry_after: float | None = None,
    ) -> None:
        # Code and our words, never Zalo's: those may quote.
        reason = f"zalo {code}: {remedy_of(code)[1]}"
        super().__init__(reason, permanent=permanent, plainer=plainer, uncertain=uncertain, retry_after=retry_after)
        self.code = code


def remedy_of(code: int) -> tuple[Remedy, str]:
    """Remedy and short reason; an unknown code is for a person to look at."""
    return CODES.get(code, (Remedy.PERSON, "unknown code"))


def error_of(code: int, now: datetime) -> ZaloError:
    """A code as delivery understands it."""
    match remedy_of(code)[0]:
        case Remedy.NEXT_MINUTE:
            return ZaloError(code, retry_after=seconds_to_next_minute(now))
        case Remedy.REFRESH:
            return ZaloError(code, retry_after=30.0)
        case Remedy.PLAINER:
            return ZaloError(code, plainer=True)
        case Remedy.LOOK:
            return ZaloError(code, uncertain=True, retry_after=SERVER_SETTLE_S)
        case Remedy.MORNING:
            return ZaloError(code, retry_after=_seconds_to_morning(now))
        case Remedy.LATER:
            return ZaloError(code, retry_after=LATER_S)
        case Remedy.PAUSE:
            return ZaloError(code, retry_after=PAUSE_S)
        case Remedy.NEVER | Remedy.PERSON:
            return ZaloError(code, permanent=True)


def seconds_to_next_minute(now: datetime) -> float:
    """Zalo counts calls by calendar minute; one second more, because its clock is not ours."""
    return 61.0 - (now.second + now.microsecond / 1e6)


def _seconds_to_morning(now: datetime) -> float:
    local = now.astimezone(VIETNAM)
    six = datetime.combine(local.date(), time(6), VIETNAM)
    return ((six if local < six else six + timedelta(days=1)) - local).total_seconds()
