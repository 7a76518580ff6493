"""The smallest changes to Rasa 3.6.21 that the product needs, one per file, each with its test.

Rasa Open Source is frozen at this version, so that what a patch replaces cannot move under it.
"""

from __future__ import annotations

import rasa

from bot.patches import (
    action_call,
    action_failures,
    action_schema,
    event_types,
    graph_order,
    model_following,
    rule_index,
)

PATCHED_VERSION = "3.6.21"


class WrongRasaVersionError(RuntimeError):
    """The patches were written and tested for another version of Rasa."""


def apply_patches() -> None:
    """Applies all patches; doing it twice changes nothing.

    Raises:
        WrongRasaVersionError: Rasa is not the version that they fit.
    """
    if rasa.__version__ != PATCHED_VERSION:
        raise WrongRasaVersionError(
            f"Rasa is {rasa.__version__}; the patches in bot/patches fit {PATCHED_VERSION} only"
        )
    action_call.apply()
    action_schema.apply()
    action_failures.apply()
    event_types.apply()
    graph_order.apply()
    model_following.apply()
    rule_index.apply()
