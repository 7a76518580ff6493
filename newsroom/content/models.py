"""One model per kind of release, and the documents that they cite."""

from __future__ import annotations

from newsroom.content.kinds.answers import FaqAnswer, Menu, SafetyText, SystemText
from newsroom.content.kinds.base import ApprovedContent, LiveStateError
from newsroom.content.kinds.bulletin import Bulletin
from newsroom.content.kinds.fact_check import FactCheck
from newsroom.content.kinds.lookups import Hotline, QuarantineRule, VaccinationSite
from newsroom.content.kinds.office import HealthOffice
from newsroom.content.kinds.service import ServiceQuestion
from newsroom.content.kinds.source import SourceDocument

CONTENT_MODELS: tuple[type[ApprovedContent], ...] = (
    FaqAnswer,
    ServiceQuestion,
    Bulletin,
    VaccinationSite,
    Hotline,
    HealthOffice,
    QuarantineRule,
    FactCheck,
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
    "FactCheck",
    "FaqAnswer",
    "HealthOffice",
    "Hotline",
    "LiveStateError",
    "Menu",
    "QuarantineRule",
    "SafetyText",
    "ServiceQuestion",
    "SourceDocument",
    "SystemText",
    "VaccinationSite",
]
