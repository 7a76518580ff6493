"""The components under the names of ``config.yml``, registered with Rasa's recipe.

Registration stands here and not beside each class because Rasa's recipe imports TensorFlow (20 s, 400 MB); whoever
only understands messages (``bot.ask``) loads the classes from a trained model and never needs the recipe.
"""

from __future__ import annotations

from rasa.engine.recipes.default_recipe import DefaultV1Recipe

from bot.classifiers.confidence_gate import ConfidenceGate
from bot.classifiers.danger import SensitiveGuard
from bot.classifiers.ngram import NgramIntentClassifier
from bot.classifiers.place_only import PlaceOnlyClassifier
from bot.extractors.place import PlaceExtractor
from bot.tokenizers.vietnamese import VietnameseTokenizer

__all__ = [
    "ConfidenceGate",
    "NgramIntentClassifier",
    "PlaceExtractor",
    "PlaceOnlyClassifier",
    "SensitiveGuard",
    "VietnameseTokenizer",
]

_Type = DefaultV1Recipe.ComponentType
DefaultV1Recipe.register(_Type.MESSAGE_TOKENIZER, is_trainable=False)(VietnameseTokenizer)
DefaultV1Recipe.register(_Type.ENTITY_EXTRACTOR, is_trainable=True)(PlaceExtractor)
DefaultV1Recipe.register(_Type.INTENT_CLASSIFIER, is_trainable=True)(NgramIntentClassifier)
for _rule in (PlaceOnlyClassifier, SensitiveGuard, ConfidenceGate):
    DefaultV1Recipe.register(_Type.INTENT_CLASSIFIER, is_trainable=False)(_rule)
