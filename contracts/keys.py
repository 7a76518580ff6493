"""Answer key (``5k/khau_trang``) and Rasa intent (``5k.khau_trang``): the only place where one becomes the other.

Rasa reads "/" in an intent name as a retrieval intent, hence the dot. Keys never contain a dot.
"""

from __future__ import annotations

SENSITIVE_PREFIX = "nhay_cam/"
SMALL_TALK_PREFIX = "tro_chuyen/"
HELP = "tro_chuyen/giup_do"
OUT_OF_SCOPE = "tro_chuyen/ngoai_pham_vi"
NO_ANSWER_YET = "tro_chuyen/chua_co_cau_tra_loi"
RUMOUR_CHECK = "tin_don/kiem_chung"
RUMOUR_REPORT = "tin_don/bao_tin"
# While one of these waits, the next message is not understood but taken as it is; all other look-ups wait for a place.
WAIT_FOR_TEXT = frozenset({RUMOUR_CHECK, RUMOUR_REPORT})


def intent_of(key: str) -> str:
    """``5k/khau_trang`` → ``5k.khau_trang``."""
    return key.replace("/", ".", 1)


def key_of(intent: str) -> str:
    """``5k.khau_trang`` → ``5k/khau_trang``."""
    return intent.replace(".", "/", 1)


def is_sensitive(key: str) -> bool:
    """Whether a message with this key needs a safety text and a person."""
    return key.startswith(SENSITIVE_PREFIX)
