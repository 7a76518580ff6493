"""``python -m bot.evaluation MODEL [--actions URL] [--accept]``: the report that ``make eval`` prints."""

from __future__ import annotations

import argparse
import asyncio
import logging
import sys
from pathlib import Path

from bot.evaluation.accepted import changes, results_of, write_accepted
from bot.evaluation.conversations import read_conversations
from bot.evaluation.outcomes import ask_all
from bot.evaluation.questions import CONVERSATIONS, QuestionFileError, read_questions
from bot.evaluation.table import figures, urgent_keys
from bot.logs import configure_logs
from bot.understanding import ModelFileError, Understanding


def main() -> int:
    """0 with the report printed, 1 with one line when a file cannot be used."""
    parser = argparse.ArgumentParser(prog="python -m bot.evaluation", description=__doc__)
    parser.add_argument("model", type=Path, help="trained model")
    parser.add_argument("--tests", type=Path, default=Path("tests/nlu"), help="folder of questions and conversations")
    parser.add_argument("--actions", help="address of an action server; without one no conversation is played")
    parser.add_argument("--accept", action="store_true", help="store this run as the one to compare with")
    arguments = parser.parse_args()
    configure_logs(logging.WARNING)
    try:
        _evaluate(arguments.model, arguments.tests, arguments.actions, arguments.accept)
    except (QuestionFileError, ModelFileError) as error:
        print(f"eval: {error}", file=sys.stderr)
        return 1
    return 0


def _evaluate(model: Path, tests: Path, actions_url: str | None, accept: bool) -> None:
    questions = read_questions(sorted(tests.glob("*.yml")))
    conversations = read_conversations(tests / CONVERSATIONS)
    outcomes = ask_all(Understanding.load(model), questions)
    played = []
    if actions_url and conversations:
        from bot.evaluation.playing import play  # imports TensorFlow

        played = asyncio.run(play(model, actions_url, conversations))
    results = results_of(outcomes, played)
    accepted = tests / "accepted.json"
    fixed, broken = changes(accepted, results)
    lines = [*figures(outcomes, played, urgent_keys(Path("data/taxonomy.yml")))]
    lines += [f"\nsince the accepted run: {len(fixed)} fixed, {len(broken)} broken"]
    lines += [*(f"  fixed: {line}" for line in fixed), *(f"  broken: {line}" for line in broken)]
    print("\n".join(lines))
    if accept:
        write_accepted(accepted, results)


if __name__ == "__main__":
    sys.exit(main())
