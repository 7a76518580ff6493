"""One model per kind of release, and the documents that they cite."""

from __future__ import annotations

from newsroom.content.kinds.answers import FaqAnswer, Menu, SafetyText, SystemText
from newsroom.content.kinds.base import ApprovedContent, LiveStateError
from newsroom.content.kinds.bulletin import Bulletin
from newsroom.content.kinds.lookups import Hotline, QuarantineRule, VaccinationSite
from newsroom.content.kinds.source import SourceDocument

CONTENT_MODELS: tuple[type[ApprovedContent], ...] = (
    FaqAnswer,
    Bulletin,
    VaccinationSite,
    Hotline,
    QuarantineRule,
    SafetyText,
    SystemText,
    Menu,
)
MODEL_OF_KIND: dict[str, type[ApprovedContent]] = {model.kind: model for model in CONTENT_MODELS}

__all__ = [
    "CONTENT_MODELS",
    "MODEL_OF_KIND",
    "ApprovedContent",
    "Bulletin",
    "FaqAnswer",
    "Hotline",
    "LiveStateError",
    "Menu",
    "QuarantineRule",
    "SafetyText",
    "SourceDocument",
    "SystemText",
    "VaccinationSite",
]
