"""How one vaccination site is told."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from actions.outcome import bubble
from actions.wording import kilometres
from contracts.release import Release
from contracts.reply import vietnamese_date, with_source
from contracts.turn import Button, ReplyMessage

DEMO = "dữ liệu minh họa"
MOST_SESSIONS = 3


def next_sessions(site: Release, today: date) -> list[Mapping[str, str]]:
    """Sessions ``{date, from, to, vaccine}`` of today and later, the soonest first."""
    coming = [session for session in site.payload["sessions"] if date.fromisoformat(session["date"]) >= today]
    return sorted(coming, key=lambda session: (session["date"], session["from"]))


def site_bubble(
    key: str,
    site: Release,
    today: date,
    *,
    heading: str = "",
    distance: float | None = None,
    closing: str = "",
    buttons: Iterable[Button] = (),
) -> ReplyMessage:
    """Name, address, hours, next sessions and note of a site; ``distance`` in kilometres, as the crow flies."""
    payload = site.payload
    lines = [heading, str(payload["name"]), f"Địa chỉ: {payload['address']}"]
    if distance is not None:
        lines.append(f"Cách bạn khoảng {kilometres(distance)} theo đường chim bay")
    if payload.get("hours"):
        lines.append(f"Giờ làm việc: {payload['hours']}")
    lines += _session_lines(site, today)
    lines.append(str(payload.get("note") or ""))
    if payload.get("demo") and DEMO not in " ".join(lines).lower():
        lines.append(f"({DEMO})")
    text = with_source("\n".join(line for line in lines if line), site)
    return bubble(key, "\n\n".join(part for part in (text, closing) if part), site, buttons)


def _session_lines(site: Release, today: date) -> list[str]:
    sessions = next_sessions(site, today)[:MOST_SESSIONS]
    if not sessions:
        return ["Chưa có lịch buổi tiêm tới."]
    return ["Buổi tiêm tới:", *(_session(session) for session in sessions)]


def _session(session: Mapping[str, str]) -> str:
    day = vietnamese_date(date.fromisoformat(session["date"]))
    vaccine = f", {session['vaccine']}" if session.get("vaccine") else ""
    return f"Ngày {day}, {session['from']} đến {session['to']}{vaccine}"
