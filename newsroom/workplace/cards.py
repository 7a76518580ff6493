"""What a card of the start page is, and which cards each role sees."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from newsroom.accounts.models import User
from newsroom.accounts.roles import ADMINISTRATORS, APPROVERS, AUDITORS, EDITORS, LEADS, OPERATORS


class Tone(StrEnum):
    """How pressing a card is; colour and word go together in the template."""

    QUIET = "quiet"
    WAITS = "waits"
    LATE = "late"


@dataclass(frozen=True, kw_only=True)
class Line:
    """One thing on a card; without ``url`` it is only told."""

    text: str
    note: str = ""
    url: str = ""


@dataclass(frozen=True, kw_only=True)
class Card:
    """``name`` is the card's id on the page. ``url`` leads to the whole list; ``lines`` are the first of it."""

    name: str
    title: str
    summary: str
    tone: Tone = Tone.QUIET
    lines: tuple[Line, ...] = ()
    url: str = ""
    link: str = ""


MOST_LINES = 5
Maker = Callable[[User], Card]


def cards_for(user: User) -> list[Card]:
    """The cards of this account's roles, the pressing ones first, else in the order of the table."""
    roles = set(user.groups.values_list("name", flat=True))
    makers = [maker for maker, readers in _table() if readers & roles]
    order = list(Tone)
    return sorted((maker(user) for maker in makers), key=lambda card: -order.index(card.tone))


def _table() -> tuple[tuple[Maker, frozenset[str]], ...]:
    from newsroom.workplace import content_cards, daily_cards

    writers, deciders = frozenset({EDITORS}), frozenset({APPROVERS})
    newsroom = writers | deciders | {AUDITORS}
    return (
        (content_cards.to_approve, deciders),
        (content_cards.sent_back, writers),
        (content_cards.my_drafts, writers),
        (content_cards.in_review, writers | {AUDITORS}),
        (content_cards.second_reviews, deciders | {AUDITORS}),
        (daily_cards.bulletin, newsroom),
        (content_cards.expiring, newsroom),
        (daily_cards.desk, frozenset({OPERATORS, LEADS, ADMINISTRATORS})),
        (daily_cards.unanswered, newsroom),
        (daily_cards.training, newsroom | {ADMINISTRATORS}),
    )
