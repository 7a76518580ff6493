"""The gate between a trained model and the residents: what it must not lose against the model in use."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

# Questions of the regression set that may be lost on balance (broken minus fixed), as a share of all of them. A model
# that learns one key more always moves a few sentences near the threshold; half a percent is about ten of two thousand.
ALLOWED_LOSS = 0.005


def gate_refusals(report: Mapping[str, Any], new_questions: Collection[str] = ()) -> list[str]:
    """Vietnamese reasons against activating; empty when the model may go live.

    ``new_questions`` came with the change: the model before could not know them, so they do not count as gains.
    """
    before = report["before"]
    if before is None:  # the first model of an installation has nothing to lose
        return []
    refusals = []
    fresh = set(new_questions)
    broken, fixed = ([c for c in report[name] if c["text"] not in fresh] for name in ("broken", "fixed"))
    asked = before["total"]["questions"] or 1
    if len(broken) - len(fixed) > ALLOWED_LOSS * asked:
        refusals.append(
            f"{len(broken)} câu kiểm tra cũ thành sai, chỉ {len(fixed)} câu thành đúng. "
            f"Cho phép mất nhiều nhất {ALLOWED_LOSS:.1%} của {asked} câu."
        )
    if (report["sensitive_recall"] or 0) < (before["sensitive_recall"] or 0):
        refusals.append(
            f"Tỷ lệ nhận ra tin nhắn nhạy cảm giảm từ {before['sensitive_recall']:.1%} "
            f"xuống {report['sensitive_recall'] or 0:.1%}. Tỷ lệ này không được giảm."
        )
    return refusals
