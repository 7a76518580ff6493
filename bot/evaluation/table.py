"""The figures of ``make eval`` as text."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

import yaml

from bot.evaluation.conversations import Played
from bot.evaluation.outcomes import Outcome
from bot.evaluation.report import alarm_share, out_of_scope, share
from contracts.keys import is_sensitive


def urgent_keys(taxonomy: Path) -> frozenset[str]:
    """The keys of priority 1."""
    answers = yaml.safe_load(taxonomy.read_text("utf-8"))["answers"]
    return frozenset(answer["key"] for answer in answers if answer.get("priority") == 1)


def figures(outcomes: Sequence[Outcome], played: Sequence[Played], urgent: frozenset[str]) -> Iterator[str]:
    """The lines of the report, the sentences that went wrong last."""
    yield from _accuracy("spelling", outcomes, lambda outcome: outcome.spelling)
    yield from _accuracy("group", outcomes, lambda outcome: outcome.question.answer.partition("/")[0])
    yield from _accuracy("file", outcomes, lambda outcome: outcome.question.file)
    yield from _sensitive(outcomes, urgent)
    yield from _outside(outcomes)
    yield from _conversations(played)
    yield from _confusions(outcomes)


def _accuracy(name: str, outcomes: Sequence[Outcome], part_of: Callable[[Outcome], str]) -> Iterator[str]:
    """Each question counts once: answered right, asked back with or without the right choice, answered wrong."""
    parts: dict[str, list[Outcome]] = defaultdict(list)
    for outcome in outcomes:
        parts[part_of(outcome)].append(outcome)
    yield f"\n{name:<16}{'questions':>10}{'right':>9}{'back, right':>13}{'back, wrong':>13}{'wrong':>9}"
    for part, members in [*sorted(parts.items()), ("all", list(outcomes))]:
        right, offered = sum(outcome.right for outcome in members), sum(outcome.offered for outcome in members)
        asked = sum(outcome.meta.asked_back for outcome in members)
        numbers = (right, offered, asked - offered, len(members) - right - asked)
        shares = [_percent(number, len(members)) for number in numbers]
        yield f"{part:<16}{len(members):>10}{shares[0]:>9}{shares[1]:>13}{shares[2]:>13}{shares[3]:>9}"


def _sensitive(outcomes: Sequence[Outcome], urgent: frozenset[str]) -> Iterator[str]:
    sensitive = [outcome for outcome in outcomes if is_sensitive(outcome.question.answer)]
    first = [outcome for outcome in sensitive if outcome.question.answer in urgent]
    others = [outcome for outcome in outcomes if not is_sensitive(outcome.question.answer)]
    yield f"\nsensitive recall     {_shown(alarm_share(sensitive))} of {len(sensitive)}"
    yield f"  of priority 1      {_shown(alarm_share(first))} of {len(first)}"
    yield f"false alarms         {_shown(alarm_share(others))} of {len(others)}"
    yield from _sentences("missed", (outcome for outcome in sensitive if not outcome.alarm))
    yield from _sentences("false alarm", (outcome for outcome in others if outcome.alarm))


def _outside(outcomes: Sequence[Outcome]) -> Iterator[str]:
    found = out_of_scope(outcomes)
    wrong, asked = (_percent(found[name], found["questions"]) for name in ("wrong", "asked_back"))
    yield f"\nout of scope, answered wrongly with confidence   {wrong} of {found['questions']}"
    yield f"  asked back                                     {asked}"
    yield from _sentences("answered", (outcome for outcome in outcomes if outcome.past_the_point))


def _conversations(played: Sequence[Played]) -> Iterator[str]:
    names = dict.fromkeys(turn.conversation for turn in played)
    failed = {turn.conversation for turn in played if turn.wrong}
    right = sum(not turn.wrong for turn in played)
    yield f"\nconversations        {len(names) - len(failed)} of {len(names)} right, {right} of {len(played)} turns"
    for turn in played:
        if turn.wrong:
            yield f"  {turn.conversation}: {turn.turn.say!r} → {turn.turn.answer}: {turn.wrong}"


def _confusions(outcomes: Sequence[Outcome]) -> Iterator[str]:
    pairs: dict[tuple[str, str], list[Outcome]] = defaultdict(list)
    for outcome in outcomes:
        if not outcome.right:
            pairs[outcome.question.answer, outcome.got].append(outcome)
    yield "\nconfusions, the most frequent first"
    for (expected, got), members in sorted(pairs.items(), key=lambda pair: (-len(pair[1]), pair[0])):
        yield f"{len(members):>4}  {expected} → {got}"
        yield from (f"        {outcome.question.text} [{outcome.spelling}]" for outcome in members)


def _sentences(name: str, outcomes: Iterable[Outcome]) -> Iterator[str]:
    for outcome in outcomes:
        yield f"  {name}: {outcome.question.text} [{outcome.spelling}] {outcome.question.answer} → {outcome.got}"


def _percent(part: int, whole: int) -> str:
    return _shown(share(part, whole))


def _shown(number: float | None) -> str:
    return "-" if number is None else f"{number:.1%}"
