"""What delivery asks of a channel that has to be called, and what it gets back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol, runtime_checkable

from connectors.core.channel import Channel
from ledger.attempts import Attempt


@dataclass(frozen=True, kw_only=True)
class OutgoingMessage:
    """A message for one resident. ``address`` is the channel's; with ``plain`` the channel must do with text alone.

    Buttons are ``{title, payload: token | url | phone}``. ``image`` is the address of a picture, ``form`` the name of what
    the resident is asked to fill in. ``urgent`` ones go first where calls are scarce. ``last_resident_at`` is when the
    resident last did something.
    """

    conversation_id: str
    address: str
    text: str
    buttons: Sequence[Mapping[str, Any]] = ()
    image: str = ""
    form: str = ""
    plain: bool = False
    urgent: bool = False
    last_resident_at: datetime | None = None

    @classmethod
    def of(cls, attempt: Attempt) -> OutgoingMessage:
        """The message of a delivery's attempt."""
        return cls(
            conversation_id=attempt.conversation_id,
            address=attempt.address,
            text=attempt.text,
            buttons=attempt.buttons,
            image=attempt.image,
            form=attempt.form,
            plain=attempt.plain,
            urgent=attempt.urgent,
            last_resident_at=attempt.last_resident_at,
        )


@dataclass(frozen=True, kw_only=True)
class OutgoingPart:
    """What one call carries: the provider's ``message`` object, and its text as the provider will repeat it.

    ``listed``: it shows choices as a numbered list. ``image``: address of the picture that goes with it. ``left_out``:
    what the message has and the provider will not get.
    """

    text: str
    body: Mapping[str, Any]
    listed: bool = False
    image: str = ""
    left_out: str = ""


@dataclass(frozen=True, kw_only=True)
class SendResult:
    """The provider has it; ``quota`` is what it was booked on, empty when the provider does not say.

    ``left_out`` is what had to stay behind after all.
    """

    provider_id: str
    quota: str = ""
    left_out: str = ""


@dataclass(frozen=True, kw_only=True)
class LookUp:
    """A doubtful part: sent at ``since`` or later, or not at all; ids in ``known`` belong to other messages."""

    address: str
    part: OutgoingPart
    since: datetime
    known: frozenset[str]


class SendError(Exception):
    """A part was not accepted. ``reason`` is short, for logs, the desk and metrics.

    ``permanent``: never try again. ``plainer``: try again at once as text alone. ``uncertain``: it may have arrived;
    ``retry_after`` is then how many seconds to wait before the provider's record is asked. Otherwise it certainly did
    not arrive, and ``retry_after`` is when to try again at the earliest (None: as delivery sees fit).
    """

    def __init__(
        self,
        reason: str,
        *,
        permanent: bool = False,
        plainer: bool = False,
        uncertain: bool = False,
        retry_after: float | None = None,
    ) -> None:
        super().__init__(reason)
        self.reason = reason
        self.permanent = permanent
        self.plainer = plainer
        self.uncertain = uncertain
        self.retry_after = retry_after


@runtime_checkable
class CalledChannel(Channel, Protocol):
    """A channel whose provider has to be called. ``absence_is_proof``: what its record lacks was not sent."""

    absence_is_proof: bool

    def parts(self, message: OutgoingMessage) -> Sequence[OutgoingPart]:
        """The calls that a message needs, at least one; always as many for the same message, ``plain`` or not."""

    async def send(self, message: OutgoingMessage, part: OutgoingPart) -> SendResult:
        """Makes one call.

        Raises:
            SendError: not accepted, or not known.
        """

    async def find_sent(self, doubtful: LookUp) -> str | None:
        """The provider's id of a doubtful part, from the provider's own record; None when it is not there.

        Raises:
            SendError: the record cannot be read now.
        """

    async def run(self) -> None:
        """Duties beside the calls, until cancelled."""

    async def close(self) -> None:
        """Closes connections, after ``run`` has ended."""
