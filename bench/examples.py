"""``make bench-examples``: how broad the training examples are, key by key.

For every key: examples, voices (writers), and how alike its examples are: the median over all pairs of the Jaccard
similarity of their folded character trigrams. Sentences filled into one template come out above 0.5.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from itertools import combinations
from pathlib import Path
from statistics import median

import yaml

from contracts.keys import key_of
from vitext.fold import fold

DATA = Path("data/nlu")


def main() -> None:
    """Prints one line a key, the most alike first, then the totals."""
    rows = []
    for key, voices in sorted(_examples().items()):
        texts = [text for part in voices.values() for text in part]
        rows.append((median_similarity(texts), key, len(texts), len(voices)))
    out = sys.stdout
    out.write(f"{'key':36} {'examples':>8} {'voices':>6} {'similarity':>10}\n")
    for similarity, key, count, voice_count in sorted(rows, reverse=True):
        out.write(f"{key:36} {count:8} {voice_count:6} {similarity:10.3f}\n")
    total, middle = sum(row[2] for row in rows), median(row[0] for row in rows)
    out.write(f"\n{len(rows)} keys, {total} examples, median of the medians {middle:.3f}\n")


def median_similarity(texts: list[str]) -> float:
    """Median Jaccard similarity of all pairs, 0.0 with fewer than two texts."""
    grams = [_trigrams(text) for text in texts]
    pairs = [len(one & other) / (len(one | other) or 1) for one, other in combinations(grams, 2)]
    return median(pairs) if pairs else 0.0


def _trigrams(text: str) -> frozenset[str]:
    padded = f"  {fold(text)} "
    return frozenset(padded[start : start + 3] for start in range(len(padded) - 2))


def _examples() -> dict[str, dict[str, list[str]]]:
    """Key → voice → texts; a block without a voice counts as one voice of its own."""
    found: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for path in sorted(DATA.glob("**/*.yml")):
        for block in yaml.safe_load(path.read_text("utf-8"))["nlu"]:
            voice = str((block.get("metadata") or {}).get("voice", ""))
            lines = [line.strip()[2:] for line in block["examples"].splitlines() if line.strip()]
            found[key_of(block["intent"])][voice] += lines
    return found


if __name__ == "__main__":
    main()
