"""What became of a message on its way, in words for operators."""

from __future__ import annotations

import re

from ledger.models import Delivery, DeliveryState

_COSTS = {
    "reply": "miễn phí",
    "welcome_msg": "miễn phí",
    "sub_quota": "trừ vào hạn mức của gói",
    "purchase_quota": "trừ vào hạn mức đã mua",
    "reward_quota": "trừ vào hạn mức tặng",
    "charged": "Zalo tính phí",
}
# Zalo's error codes (connectors/channels/zalo/codes.py) as an operator needs to know them.
_CODES = {
    -210: "tin vượt giới hạn của Zalo",
    -211: "tài khoản OA đã hết hạn mức tin",
    -213: "người dân đã bỏ quan tâm tài khoản OA",
    -217: "người dân đã chặn lời mời",
    -218: "người dân đã nhận đủ số tin Zalo cho phép",
    -227: "tài khoản của người dân bị khóa hoặc không còn hoạt động",
    -230: "người dân im lặng đã hơn 7 ngày",
    -231: "đã hết thời hạn nhắn tin",
    -232: "người dân chưa nhắn cho tài khoản OA, hoặc đã quá hạn",
    -244: "người dân đã chặn tin từ tài khoản OA",
    -248: "Zalo cho rằng tin vi phạm quy định",
    -320: "tài khoản OA chưa nối với tài khoản trả phí",
    -321: "tài khoản trả phí của OA đã hết tiền",
}
_REASONS = {
    "uncertain": "chưa rõ người dân đã nhận được hay chưa",
    "window closed": _CODES[-230],
    "window charged": "người dân im lặng đã hơn 48 giờ và đơn vị đã tắt tin tính phí",
    "picture cannot be sent": "ảnh này không gửi được",
    "OA": "tài khoản OA chưa được kết nối",
    "zalo unreachable": "không kết nối được với Zalo",
    "limit per minute": "Zalo giới hạn số tin mỗi phút",
    "internal error": "lỗi của hệ thống, cần báo kỹ thuật",
}
_CODE = re.compile(r"zalo (-?\d+):")


def delivery_text(delivery: Delivery) -> str:
    """State, then reason or cost, then what was left out: ``Đã gửi, miễn phí``."""
    parts = [str(DeliveryState(delivery.state).label)]
    if delivery.state == DeliveryState.FAILED:
        parts = [f"{parts[0]}: {reason_text(delivery.error)}"]
    elif delivery.quota:
        parts.append(_COSTS.get(delivery.quota, f"hạn mức {delivery.quota}"))
    if delivery.note == "picture":
        parts.append("không kèm được ảnh")
    if delivery.resent_by:
        parts.append(f"{delivery.resent_by} cho gửi lại")
    return ", ".join(parts)


def reason_text(error: str) -> str:
    """Why a message did not arrive; delivery's own words stay readable where there is no better sentence."""
    found = _CODE.search(error)
    if error.startswith("uncertain"):
        return _REASONS["uncertain"]
    if found is not None:
        return _CODES.get(int(found[1]), f"Zalo từ chối (mã {found[1]}), cần báo kỹ thuật")
    return next((words for start, words in _REASONS.items() if error.startswith(start)), error or "không rõ lý do")
