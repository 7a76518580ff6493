"""What a message claims, and which approved fact-check is about it: shared words, accents folded."""

from __future__ import annotations

import re
from collections.abc import Iterable

from contracts.release import Release
from vitext.fold import fold, syllables
from vitext.teencode import normalize_tokens

# A wording is recognised when the message holds this share of its weight in words. On the sentences of
# tests/actions/test_claims.py those that tell a claim share 0.67 and more of it, those that tell another one at most 0.52.
ENOUGH = 0.6
# Words of little weight: they are in most messages on the epidemic, or tell nothing by themselves.
_LIGHT_WORDS = (
    "covid 19 corona cov ncov vi rut virus vac xin vacxin vaccine tiem mui benh dich y te nguoi phai co khong la thi ma "
    "va bi duoc cua o de roi da se den tu voi theo nay mot cac nhung so toi"
)
_LIGHT = frozenset(_LIGHT_WORDS.split())
_LIGHT_WEIGHT = 0.3
# What stands around a claim and is not part of it.
_FRAMES = (
    "tin nay co dung khong|tin nay co that khong|co phai tin gia khong|co phai la tin gia|co phai that khong|"
    "co dung khong|co that khong|co chinh xac khong|co dang tin khong|co phai khong|dung hay sai|that hay gia|"
    "that hay dua|dung khong|that khong|phai khong|kiem chung|xac minh|kiem tra|tin gia|tin don|tin nay|thong tin|"
    "bao cao|to giac|sai su that|duong link|duong dan|link|toi muon|em muon|minh muon|nghe noi|nghe don|"
    "nghe bao|nghe nguoi ta|nguoi ta|moi nguoi|hang xom|nghe|noi la|bao la|bao rang|noi rang|don|thay|doc|"
    "tren mang|tren facebook|tren fb|tren zalo|tren tiktok|facebook|zalo|tiktok|fb|mang|dang|lan truyen|"
    "chia se|bai viet|bai dang|bai nay|video nay|clip nay|gui|cho hoi|xin hoi|cho em hoi|cho toi hoi|hoi|"
    "the nao|vay|the|ha|a|ah|oi|voi|giup toi|giup em|giup|gium|dum|em|minh|chau|con|bac|anh|chi|ad|admin|shop|"
    "cho|xin|muon|can|nho|nay|do|kia|mot|cac|nhung|la|thi|ma|va|roi|nhe|nha|khong|ko|co|bi|duoc|tin|bao|"
    "dung|that|sai|gia|xem|biet|hom nay|sang nay|co phai|phai chang|lieu|ai|gi|sao|trang|day|kenh|su"
)
_LONGEST_FIRST = sorted(_FRAMES.split("|"), key=len, reverse=True)
_FRAME = re.compile(rf"(?<= )(?:{'|'.join(_LONGEST_FIRST)})(?= )")
# "1900 3228" and "19003228" are one number.
_BETWEEN_DIGITS = re.compile(r"(?<=\d)[ .\-]+(?=\d{3})")
LEAST_WORDS = 2


def has_content(text: str, asked_for: bool) -> bool:
    """Whether the text tells something beyond the question whether it is true; where that was asked for, one word does."""
    return "://" in text or "www." in fold(text) or len(claim_words(text)) >= (1 if asked_for else LEAST_WORDS)


def claim_words(text: str) -> list[str]:
    """The folded words of the text without those that only ask or report."""
    return _FRAME.sub("", f" {' '.join(_words(text))} ").split()


def best_match(text: str, checks: Iterable[Release]) -> Release | None:
    """The fact-check whose claim or wording is most surely in the text, None when none reaches ``ENOUGH``."""
    words = _words(text)
    scored = [(max(_share(wording, words) for wording in _wordings(check)), check) for check in checks]
    share, check = max(scored, key=lambda pair: pair[0], default=(0.0, None))
    return check if share >= ENOUGH else None


def _wordings(check: Release) -> list[set[str]]:
    told = [str(check.payload["claim"]), *map(str, check.payload["wordings"])]
    return [set(_words(wording)) for wording in told]


def _words(text: str) -> list[str]:
    return normalize_tokens(syllable.text for syllable in syllables(_BETWEEN_DIGITS.sub("", text)))


def _share(wording: set[str], words: list[str]) -> float:
    """The largest share of the wording's weight within one stretch of the text: a long article holds every word somewhere.

    None of it where a number of the wording is missing: "F1 cách ly 7 ngày" is another claim than "21 ngày".
    """
    whole = _weight(wording)
    if not whole:
        return 0.0
    length = max(16, 3 * len(wording))
    starts = range(0, max(1, len(words) - length // 2), length // 2)
    stretches = (wording & set(words[start : start + length]) for start in starts)
    numbers = {word for word in wording if word.isdigit()}
    return max((_weight(shared) for shared in stretches if numbers <= shared), default=0.0) / whole


def _weight(words: Iterable[str]) -> float:
    return sum(_LIGHT_WEIGHT if word in _LIGHT else 1.0 for word in words)
