"""Test conversations: ``tests/nlu/conversations.yml``, a list of ``{name, turns}``.

A turn is ``{say, answer}`` with, where they matter,

- ``asked_back``: true when the assistant has to offer choices instead of answering; false (the default) when it must answer
- ``place``: the name of the place that it must have understood ("Thọ Xuân"), as a part of the place's name
- ``also``: a second key that must be answered too, or offered on a button; either of the two may come first
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.evaluation.questions import QuestionFileError, check_names, entries
from contracts.keys import is_sensitive
from contracts.turn import TurnReply
from vitext.fold import fold


@dataclass(frozen=True)
class Turn:
    """What the resident says and what has to come of it."""

    say: str
    answer: str
    asked_back: bool = False
    place: str = ""
    also: str = ""


@dataclass(frozen=True)
class Conversation:
    """A named row of turns, one conversation of its own."""

    name: str
    turns: tuple[Turn, ...]


@dataclass(frozen=True)
class Played:
    """A turn that was played: ``wrong`` says what is not as expected, "" when all is."""

    conversation: str
    turn: Turn
    wrong: str


def read_conversations(path: Path) -> list[Conversation]:
    """The conversations of a file, none when there is no such file.

    Raises:
        QuestionFileError: the file has another shape, or two conversations share a name.
    """
    if not path.exists():
        return []
    found = [_conversation(path, number, entry) for number, entry in enumerate(entries(path), 1)]
    names = [conversation.name for conversation in found]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise QuestionFileError(f"{path}: the name {twice[0]!r} stands there twice; give each conversation its own")
    return found


def what_is_wrong(turn: Turn, reply: TurnReply, place_name: str) -> str:
    """How a reply differs from what the turn expects, "" when it does not.

    ``place_name`` is the place that the conversation now remembers.
    """
    meta = reply.meta
    if meta.asked_back and is_sensitive(turn.answer):
        return f"asked back about {turn.answer}, which never waits"
    if meta.asked_back != turn.asked_back:
        return f"{'asked back' if meta.asked_back else 'answered'} {meta.answer}"
    candidates = [candidate.answer for candidate in meta.candidates]
    wanted = {turn.answer, turn.also} - {""}
    if meta.answer not in wanted and not (turn.asked_back and turn.answer in candidates):
        return f"{'asked back' if meta.asked_back else 'answered'} {meta.answer}"
    if turn.place and fold(turn.place) not in fold(place_name):
        return f"understood the place {place_name!r}"
    spoken = {message.meta["answer"] for message in reply.messages}
    offered = {button.payload.answer for m in reply.messages for button in m.buttons if button.payload}
    missing = sorted(wanted - spoken - offered) if turn.also else []
    return f"said nothing of {', '.join(missing)}" if missing else ""


def _conversation(path: Path, number: int, entry: dict[str, Any]) -> Conversation:
    check_names(path, number, entry, ("name", "turns"), ())
    turns = entry["turns"]
    if not isinstance(turns, list) or not turns or not all(isinstance(turn, dict) for turn in turns):
        raise QuestionFileError(f"{path}, entry {number}: turns is no list of {{say, answer}}; write at least one")
    for turn in turns:
        check_names(path, number, turn, ("say", "answer"), ("asked_back", "place", "also"))
        if not isinstance(turn.get("asked_back", False), bool):
            raise QuestionFileError(f"{path}, entry {number}: asked_back is {turn['asked_back']!r}; true or false")
    return Conversation(str(entry["name"]), tuple(_turn(turn) for turn in turns))


def _turn(entry: dict[str, Any]) -> Turn:
    texts = {name: str(entry[name]) for name in ("say", "answer", "place", "also") if name in entry}
    return Turn(**texts, asked_back=entry.get("asked_back", False))
