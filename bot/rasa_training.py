"""Rasa's own training on our files: its graph, components and archive, without what it does to data of unknown origin.

``rasa train`` reads, checks, copies and fingerprints 20,000 examples several times, a third of a whole training. Ours are
checked when they are read (``bot.examples``), hold nothing but texts with intents, and no result of a training is kept for
a later one. Importing this module imports TensorFlow: 10 s and 400 MB.
"""

from __future__ import annotations

import secrets
import tempfile
from functools import cached_property
from pathlib import Path

from rasa.engine.caching import LocalTrainingCache
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.runner.dask import DaskGraphRunner
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.training.graph_trainer import GraphTrainer
from rasa.engine.validation import validate
from rasa.shared.core.domain import Domain
from rasa.shared.core.training_data.structures import StoryGraph
from rasa.shared.data import TrainingType
from rasa.shared.importers.rasa import RasaFileImporter
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.examples import read_examples


def train_with_rasa(config: Path, domain: Path, nlu_folder: Path, stories: list[Path], out: Path) -> None:
    """Trains the pipeline and policies of ``config`` into the archive ``out``.

    Raises:
        RasaException: configuration, domain and data do not fit.
    """
    importer = CheckedFiles(config, domain, nlu_folder, stories)
    configuration = DefaultV1Recipe().graph_config_for_recipe(importer.get_config(), {}, TrainingType.BOTH)
    validate(configuration)
    with tempfile.TemporaryDirectory() as folder:
        storage = LocalModelStorage.create(Path(folder))
        trainer = GraphTrainer(storage, LocalTrainingCache(), DaskGraphRunner)
        trainer.train(configuration, importer, out, force_retraining=True)


class CheckedFiles(RasaFileImporter):
    """Reads every file once. Nothing is merged from stories into the examples: only end-to-end policies learn from that."""

    def __init__(self, config: Path, domain: Path, nlu_folder: Path, stories: list[Path]) -> None:
        """Paths of the files; ``stories`` are files or folders of stories and rules."""
        super().__init__(str(config), str(domain), [str(path) for path in stories])
        self._nlu_folder = nlu_folder

    def get_domain(self) -> Domain:
        """See parent class."""
        return self._domain

    def get_stories(self, exclusion_percentage: int | None = None) -> StoryGraph:
        """See parent class; all of them, whatever is asked for."""
        return self._stories

    def get_nlu_data(self, language: str | None = "en") -> TrainingData:
        """See parent class; the language is that of all examples, whatever is asked for."""
        return self._examples

    @cached_property
    def _domain(self) -> Domain:
        return super().get_domain()

    @cached_property
    def _stories(self) -> StoryGraph:
        return super().get_stories()

    @cached_property
    def _examples(self) -> TrainingData:
        data = _Examples()
        # Past the constructor, which takes seconds to look for duplicates: there are none.
        data.training_examples = [
            Message.build(example.text, example.intent, intent_metadata={"voice": example.voice})
            for example in read_examples(self._nlu_folder)
        ]
        return data


class _Examples(TrainingData):
    """Training data whose fingerprint is never asked for twice."""

    def fingerprint(self) -> str:
        """A random one, as that of Rasa's importers: no training is kept for a later one."""
        return secrets.token_hex(16)
