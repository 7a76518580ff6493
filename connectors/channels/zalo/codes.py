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
    PLAINER = "once more without buttons"
    LOOK = "perhaps sent: look before sending again"
    MORNING = "not at night: from 06:00"
    NEVER = "this resident cannot be reached this way"
    PERSON = "somebody has to act: configuration, package, money, rules"


CODES: dict[int, tuple[Remedy, str]] = {
    -32: (Remedy.NEXT_MINUTE, "limit per minute"),
    -100: (Remedy.NEVER, "attachment expired"),
    -200: (Remedy.LOOK, "send failed"),
    -201: (Remedy.PLAINER, "invalid field"),
    -204: (Remedy.PERSON, "OA disabled"),
    -205: (Remedy.PERSON, "OA does not exist"),
    -209: (Remedy.PERSON, "app not activated"),
    -210: (Remedy.NEVER, "parameter exceeds limit"),
    -211: (Remedy.PERSON, "out of quota"),
    -212: (Remedy.PERSON, "API not registered"),
    -213: (Remedy.NEVER, "resident does not follow the OA"),
    -216: (Remedy.REFRESH, "access token invalid"),
    -217: (Remedy.NEVER, "resident blocked invitations"),
    -218: (Remedy.NEVER, "resident's receive quota used up"),
    -219: (Remedy.PERSON, "app removed or disabled"),
    -220: (Remedy.REFRESH, "access token expired or removed"),
    -221: (Remedy.PERSON, "OA must be verified"),
    -223: (Remedy.PERSON, "OA has not authorised this API"),
    -224: (Remedy.PERSON, "OA package too low"),
    -227: (Remedy.NEVER, "resident banned or inactive"),
    -230: (Remedy.NEVER, "no interaction in the last 7 days"),
    -231: (Remedy.NEVER, "outside the window"),
    -232: (Remedy.NEVER, "never interacted"),
    -233: (Remedy.PLAINER, "message type not supported"),
    -234: (Remedy.MORNING, "not allowed at night"),
    -235: (Remedy.PERSON, "API not for this type of OA"),
    -240: (Remedy.PERSON, "API shut down"),
    -242: (Remedy.PERSON, "appsecret_proof refused"),
    -244: (Remedy.NEVER, "resident restricted this message type"),
    -248: (Remedy.PERSON, "violates the platform's rules"),
    -249: (Remedy.PERSON, "template not for user ids"),
    -320: (Remedy.PERSON, "no Zalo Cloud Account"),
    -321: (Remedy.PERSON, "Zalo Cloud Account out of money"),
    -403: (Remedy.NEVER, "OA not in this group"),
    404: (Remedy.PERSON, "empty or invalid API path"),
}
SERVER_SETTLE_S = 2.0  # after a 5xx nobody works on the request any more, so the record is soon right


def remedy_of(code: int) -> tuple[Remedy, str]:
    """Remedy and short reason; an unknown code is for a person to look at."""
    return CODES.get(code, (Remedy.PERSON, "unknown code"))


def error_of(code: int, now: datetime) -> SendError:
    """A code as delivery understands it. The reason holds the code and our words, never Zalo's: those may quote."""
    remedy, words = remedy_of(code)
    reason = f"zalo {code}: {words}"
    match remedy:
        case Remedy.NEXT_MINUTE:
            return SendError(reason, retry_after=seconds_to_next_minute(now))
        case Remedy.REFRESH:
            return SendError(reason, retry_after=30.0)
        case Remedy.PLAINER:
            return SendError(reason, plainer=True)
        case Remedy.LOOK:
            return SendError(reason, uncertain=True, retry_after=SERVER_SETTLE_S)
        case Remedy.MORNING:
            return SendError(reason, retry_after=_seconds_to_morning(now))
        case Remedy.NEVER | Remedy.PERSON:
            return SendError(reason, permanent=True)


def seconds_to_next_minute(now: datetime) -> float:
    """Zalo counts calls by calendar minute; one second more, because its clock is not ours."""
    return 61.0 - (now.second + now.microsecond / 1e6)


def _seconds_to_morning(now: datetime) -> float:
    local = now.astimezone(VIETNAM)
    six = datetime.combine(local.date(), time(6), VIETNAM)
    return ((six if local < six else six + timedelta(days=1)) - local).total_seconds()
