"""Parsing messages with a trained model, without the dialogue part, a server, or TensorFlow."""

from __future__ import annotations

import json
import tarfile
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rasa.engine.constants import PLACEHOLDER_MESSAGE
from rasa.engine.graph import ExecutionContext, GraphSchema
from rasa.engine.runner.dask import DaskGraphRunner
from rasa.engine.runner.interface import GraphRunner
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message

from contracts.text import MAX_MESSAGE_CHARS, clean_text


class ModelFileError(ValueError):
    """The file is no trained model of this engine; the message says what is wrong with it."""


@dataclass(frozen=True)
class Span:
    """The part of the graph that is our pipeline: messages go in at ``first``, come out of ``last``.

    Rasa puts a converter before it, whose import alone takes 8 s, and a handler behind it that reads "/restart" and
    "/intent{…}" as commands, whoever typed them. Residents' messages pass neither.
    """

    first: str
    last: str


def pipeline_span(needs: Mapping[str, Mapping[str, str]], nlu_target: str) -> Span:
    """The span in a predict graph, given what each node needs."""
    first = next(name for name, inputs in needs.items() if PLACEHOLDER_MESSAGE in inputs.values())
    return Span(first, needs[nlu_target]["messages"])


def parse(runner: GraphRunner, span: Span, texts: Sequence[str]) -> list[dict[str, Any]]:
    """Rasa's parse results, in order; each text is clean and holds a letter or digit."""
    messages = [Message({TEXT: text}) for text in texts]
    parsed = runner.run(inputs={span.first: messages}, targets=[span.last])[span.last]
    return [{TEXT: "", "entities": [], **message.as_dict(only_output_properties=True)} for message in parsed]


class Understanding:
    """The understanding half of a model archive."""

    def __init__(self, runner: GraphRunner, span: Span, model: str) -> None:
        """See ``load``."""
        self._runner = runner
        self._span = span
        self.model = model

    @classmethod
    def load(cls, archive: Path) -> Understanding:
        """Unpacks the archive and loads its pipeline, some 5 s with the libraries.

        Raises:
            ModelFileError: no archive, or not one of this engine.
        """
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            metadata = _unpack(archive, folder)
            nodes = metadata["predict_schema"]["nodes"]
            span = pipeline_span({name: node["needs"] for name, node in nodes.items()}, metadata["nlu_target"])
            schema = GraphSchema.from_dict({"nodes": _between(nodes, span)})
            context = ExecutionContext(graph_schema=schema, model_id=metadata["model_id"])
            runner = DaskGraphRunner.create(schema, LocalModelStorage(folder / "components"), context)
        return cls(runner, span, metadata["model_id"])

    def parse(self, texts: Sequence[str]) -> list[dict[str, Any]]:
        """Parse results of texts, each a conversation of its own; texts hold at least one letter or digit."""
        return parse(self._runner, self._span, [clean_text(text)[:MAX_MESSAGE_CHARS] for text in texts])


def _unpack(archive: Path, folder: Path) -> Any:
    """Unpacks the archive into ``folder`` and returns its metadata."""
    try:
        with tarfile.open(archive, "r:gz") as tar:
            for member in tar.getmembers():
                if not (member.isfile() or member.isdir()) or {"..", "/"} & set(Path(member.name).parts):
                    raise ModelFileError(f"{archive} holds {member.name!r}, which no model needs; train it again")
            tar.extractall(folder)  # noqa: S202 - members were checked above
        return json.loads((folder / "metadata.json").read_text("utf-8"))
    except (OSError, EOFError, tarfile.TarError, json.JSONDecodeError) as error:
        raise ModelFileError(f"{archive} is no model ({error}); make one with python -m bot.train") from error


def _between(nodes: Mapping[str, Any], span: Span) -> dict[str, Any]:
    """The nodes of the span without its first, whose output is given."""
    kept: dict[str, Any] = {}
    waiting = [span.last]
    while waiting:
        name = waiting.pop()
        if name in nodes and name not in kept and name != span.first:
            kept[name] = nodes[name]
            waiting.extend(nodes[name]["needs"].values())
    return kept
