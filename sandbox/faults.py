"""Switches for trouble: each with a probability, a count and, for some, a size; drawn from one seedable source."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from random import Random
from typing import Any


@dataclass(frozen=True, kw_only=True)
class Fault:
    """``probability`` 0..1; ``count`` how many times yet, -1 for ever; ``value`` in the unit that ``unit`` names."""

    title: str
    probability: float = 0.0
    count: int = -1
    value: int = 0
    unit: str = ""


DEFAULTS: dict[str, Fault] = {
    "latency": Fault(title="Máy chủ Zalo trả lời chậm", value=1500, unit="ms"),
    "server_error": Fault(title="Gửi tin: lỗi 5xx, tin không đến", value=503, unit="HTTP"),
    "lost_reply": Fault(title="Gửi tin: tin đến điện thoại, phản hồi bị mất", value=30, unit="giây"),
    "rate_limited": Fault(title="Gửi tin: quá giới hạn (-32)"),
    "token_invalid": Fault(title="Gửi tin: access token không hợp lệ (-216)"),
    "account_disabled": Fault(title="Gửi tin: tài khoản OA bị khóa (-204)"),
    "reject_buttons": Fault(title="Gửi tin: không nhận nút bấm (-233)"),
    "reject_quote": Fault(title="Gửi tin: không nhận trích dẫn (-201)"),
    "duplicate_webhook": Fault(title="Webhook gửi hai lần"),
    "reordered_webhook": Fault(title="Webhook đến sau tin kế tiếp", value=3000, unit="ms"),
    "late_webhook": Fault(title="Webhook mang thời điểm cũ", value=3, unit="giờ"),
    "lost_token_reply": Fault(title="Đổi token: phản hồi bị mất"),
}


class FaultSettingError(ValueError):
    """A switch that does not exist, or a number out of its range; the text names both."""


class Faults:
    """The switches as they stand; ``available`` false means that none may be turned on."""

    def __init__(self, available: bool) -> None:
        self.available = available
        self.seed = 0
        self._draw = Random(0)  # noqa: S311 -- repeatable on purpose, nothing secret is drawn
        self._faults = dict(DEFAULTS)

    def strikes(self, name: str) -> Fault | None:
        """The fault when it happens this time, and takes one from its count."""
        fault = self._faults[name]
        if fault.count == 0 or fault.probability <= 0 or self._draw.random() >= fault.probability:
            return None
        if fault.count > 0:
            self._faults[name] = replace(fault, count=fault.count - 1)
        return fault

    def set(self, name: str, change: dict[str, Any]) -> None:
        """Changes one switch from JSON ``{probability?, count?, value?}``.

        Raises:
            FaultSettingError: for an unknown name, key, type or range; nothing is changed then.
        """
        if name not in self._faults:
            raise FaultSettingError(f"Không có lỗi giả lập tên {name!r}. Có: {', '.join(self._faults)}.")
        for key, value in change.items():
            _check(name, key, value)
        self._faults[name] = replace(self._faults[name], **change)

    def reseed(self, seed: int) -> None:
        """Starts the draws anew, so that a run can be repeated."""
        self.seed = seed
        self._draw = Random(seed)  # noqa: S311 -- see above

    def reset(self) -> None:
        """All off, first seed."""
        self._faults = dict(DEFAULTS)
        self.reseed(0)

    def to_json(self) -> dict[str, Any]:
        """``{available, seed, faults: {name: {title, probability, count, value, unit}}}``."""
        faults = {name: asdict(fault) for name, fault in self._faults.items()}
        return {"available": self.available, "seed": self.seed, "faults": faults}


def _check(name: str, key: str, value: object) -> None:
    number = value if isinstance(value, int | float) and not isinstance(value, bool) else None
    match key:
        case "probability":
            fits = number is not None and 0 <= number <= 1
        case "count":
            fits = isinstance(number, int) and number >= -1
        case "value":
            fits = isinstance(number, int) and 0 <= number <= 1_000_000
        case _:
            fits = False
    if not fits:
        advice = "probability: 0..1; count: số nguyên từ -1 (không giới hạn); value: số nguyên từ 0 đến 1000000"
        raise FaultSettingError(f"{name}.{key} là {value!r}; hãy đặt {advice}.")
