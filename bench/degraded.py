"""``make bench-degraded``: how often the keyword match that replaces an absent engine answers, and how often rightly.

Questions are the shipped training examples of the keys that have an answer in the pack, and of keys that have none
(sensitive, out of scope, look-ups), for which any answer is wrong. The bar in ``connectors/relay/degraded.py`` is read
off this table.
"""

from __future__ import annotations

from pathlib import Path

import yaml

from connectors.relay.keyword_index import Index
from contracts.keys import SMALL_TALK_PREFIX, key_of
from contracts.release import Release
from deploy.environment import ROOT
from tests.support.content_pack import shipped_snapshot

BARS = (0.12, 0.15, 0.2, 0.22, 0.25, 0.3, 0.35, 0.4)


def main() -> None:
    """Prints one line a bar: answered, right among them, right among the first three, answers to foreign questions."""
    releases = [r for r in shipped_snapshot().releases if r.kind == "faq" and not r.key.startswith(SMALL_TALK_PREFIX)]
    index, keys = Index(frozenset(), releases), {release.key for release in releases}
    scored = [(key, index.ranked(text, 3)) for key, text in _questions()]
    print("bar    answered  right   among first 3   answered though it has no answer of its own")
    for bar in BARS:
        own = [(key, found) for key, found in scored if key in keys]
        foreign = [found for key, found in scored if key not in keys]
        answered = [(key, found) for key, found in own if _clears(found, bar)]
        right = sum(found[0][0].key == key for key, found in answered)
        among = sum(key in {release.key for release, _ in found} for key, found in answered)
        wrong = sum(_clears(found, bar) for found in foreign) / len(foreign)
        count = max(1, len(answered))
        print(f"{bar:.2f}   {len(answered) / len(own):7.1%}  {right / count:6.1%}  {among / count:6.1%}  {wrong:7.1%}")


def _clears(found: list[tuple[Release, float]], bar: float) -> bool:
    return bool(found) and found[0][1] >= bar


def _questions() -> list[tuple[str, str]]:
    found = []
    for path in sorted(Path(ROOT / "data/nlu").glob("*.yml")):
        for intent in yaml.safe_load(path.read_text("utf-8"))["nlu"]:
            lines = str(intent["examples"]).splitlines()
            found += [(key_of(intent["intent"]), line.removeprefix("- ")) for line in lines]
    return found


if __name__ == "__main__":
    main()
