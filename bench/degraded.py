"""``make bench-degraded``: how often the keyword match that replaces an absent engine answers, and how often rightly.

Questions are the shipped training examples, evenly from each of their writers (the ``voice`` of a block): those of keys
that have an answer in the pack, and those of keys that have none (sensitive, out of scope, look-ups), for which any
answer is wrong. Shares are means over the writers, ``worst`` is the least able one. The bars in
``connectors/relay/degraded.py`` are read off this table.
"""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from statistics import mean
from typing import NamedTuple

import yaml

from connectors.relay.keyword_index import Index
from contracts.keys import SMALL_TALK_PREFIX, key_of
from deploy.environment import ROOT
from tests.support.content_pack import shipped_snapshot

BARS = (0.12, 0.15, 0.18, 0.2, 0.22, 0.23, 0.24, 0.25, 0.3, 0.35)
OF_A_VOICE = 400  # questions


class Asked(NamedTuple):
    """A question's own key, and the keys that were found for it with their scores, best first."""

    key: str
    found: list[tuple[str, float]]

    def clears(self, bar: float) -> bool:
        """Whether it would be answered."""
        return bool(self.found) and self.found[0][1] >= bar

    @property
    def is_right(self) -> bool:
        """Whether the best one is its own."""
        return self.found[0][0] == self.key

    @property
    def is_among(self) -> bool:
        """Whether its own is offered."""
        return self.key in {key for key, _ in self.found}


def main() -> None:
    """Prints one line a bar."""
    releases = [r for r in shipped_snapshot().releases if r.kind == "faq" and not r.key.startswith(SMALL_TALK_PREFIX)]
    index, keys = Index(frozenset(), releases), {release.key for release in releases}
    voices = [
        [Asked(key, [(release.key, score) for release, score in index.ranked(text, 3)]) for key, text in questions]
        for questions in _by_voice().values()
    ]
    print(f"{len(keys)} keys with an answer, {len(voices)} voices, {sum(map(len, voices))} questions")
    print("bar    answered   right   worst   among first 3   answered though it has no answer of its own")
    for bar in BARS:
        right, among, share, foreign = [], [], [], []
        for voice in voices:
            own = [one for one in voice if one.key in keys]
            answered = [one for one in own if one.clears(bar)]
            if answered:
                share.append(len(answered) / len(own))
                right.append(mean(one.is_right for one in answered))
                among.append(mean(one.is_among for one in answered))
            foreign += [one.clears(bar) for one in voice if one.key not in keys]
        shares = (
            f"{mean(share):8.1%}  {mean(right):6.1%}  {min(right):6.1%}  {mean(among):12.1%}  {mean(foreign):12.1%}"
        )
        print(f"{bar:.2f}   {shares}")


def _by_voice() -> dict[str, list[tuple[str, str]]]:
    """(key, question) of each writer, at most ``OF_A_VOICE``, some of every key."""
    found: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
    for path in sorted(Path(ROOT / "data/nlu").glob("*.yml")):
        for block in yaml.load(path.read_bytes(), yaml.CSafeLoader)["nlu"]:
            lines = [line.removeprefix("- ") for line in str(block["examples"]).splitlines()]
            voice = block.get("metadata", {}).get("voice", "")
            found[voice] += [(key_of(block["intent"]), line) for line in lines]
    return {voice: lines[:: -(-len(lines) // OF_A_VOICE)] for voice, lines in found.items() if len(lines) >= OF_A_VOICE}


if __name__ == "__main__":
    main()
