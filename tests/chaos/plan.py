"""Everything that happens in one run of chaos, drawn from its seed alone, so that a failing run can be played again."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

RATE = 16.0  # messages a second of all residents: what two shared cores answer while programs die
QUESTIONS = (
    "f1 cách ly mấy ngày",
    "F0 điều trị tại nhà cần thuốc gì?",
    "tiem mui 3 o dau",
    "5k là gì",
    "test nhanh 2 vạch thì làm gì",
    "số ca hôm nay",
    "điểm tiêm gần nhất ở đâu",
    "đi từ Hà Nội về có phải cách ly không",
    "cam on",
    "asdf qwer",
    "đường dây nóng số mấy",
    "trẻ em 12 tuổi tiêm vắc xin được chưa",
)
DANGER = "mẹ tôi khó thở tím môi"
WISH_BACK = "quay lại trợ lý"


@dataclass(frozen=True)
class Say:
    """What resident ``who`` does ``at`` seconds after the start: ``act`` is text, tap, sticker or location."""

    at: float
    who: int
    act: str
    text: str = ""


@dataclass(frozen=True)
class Trouble:
    """``what`` breaks ``at`` seconds after the start and is mended ``for_s`` seconds later."""

    at: float
    what: str
    for_s: float


@dataclass(frozen=True)
class Plan:
    """One run: ``weather`` is, for each stretch of ten seconds, the sandbox's faults."""

    seed: int
    residents: int
    seconds: float
    says: tuple[Say, ...]
    troubles: tuple[Trouble, ...]
    weather: tuple[dict[str, dict[str, float]], ...]


def make_plan(seed: int, messages: int, residents: int, programs: tuple[str, ...]) -> Plan:
    """The plan of a seed; ``programs`` are those that may be killed."""
    draw = Random(seed)  # repeatable on purpose
    seconds = messages / RATE
    says = sorted((_say(draw, number, residents, seconds) for number in range(messages)), key=lambda say: say.at)
    return Plan(
        seed=seed,
        residents=residents,
        seconds=seconds,
        says=tuple(says),
        troubles=tuple(_troubles(draw, seconds, programs)),
        weather=tuple(_weather(draw) for _ in range(int(seconds // 10) + 1)),
    )


def _say(draw: Random, number: int, residents: int, seconds: float) -> Say:
    who, at = number % residents, draw.uniform(0, seconds)
    if draw.random() < 0.2:  # in a burst: several of one person within a blink
        at = round(at / 8) * 8 + draw.random() / 4
    chance = draw.random()
    if chance < 0.05:
        return Say(at, who, "text", f"{DANGER}, lần {number}")
    if chance < 0.07:
        return Say(at, who, "text", WISH_BACK)
    if chance < 0.12:
        return Say(at, who, "tap", f"câu {number}: {draw.choice(QUESTIONS)}")  # without a button: the text
    if chance < 0.14:
        return Say(at, who, "sticker")
    if chance < 0.16:
        return Say(at, who, "location")
    return Say(at, who, "text", f"câu {number}: {draw.choice(QUESTIONS)}")


def _troubles(draw: Random, seconds: float, programs: tuple[str, ...]) -> list[Trouble]:
    found, at = [], draw.uniform(1, 4)
    while at < seconds:
        what = draw.choice([*programs, "database", "token"])
        found.append(Trouble(at, what, draw.uniform(0.2, 3.0)))
        at += draw.uniform(2, 6)
    return found


def _weather(draw: Random) -> dict[str, dict[str, float]]:
    """Latency above the gateway's patience is a timeout before the message was taken, a lost reply one after."""
    return {
        "duplicate_webhook": {"probability": draw.uniform(0, 0.4)},
        "reordered_webhook": {"probability": draw.uniform(0, 0.2), "value": draw.randrange(100, 800)},
        "latency": {"probability": draw.uniform(0, 0.1), "value": draw.randrange(100, 4000)},
        "server_error": {"probability": draw.uniform(0, 0.08)},
        "lost_reply": {"probability": draw.uniform(0, 0.04), "value": 6},
        "token_invalid": {"probability": draw.uniform(0, 0.03)},
        "reject_buttons": {"probability": draw.uniform(0, 0.05)},
    }
