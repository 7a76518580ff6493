"""Finds the actions of this package: a module dropped here is live, without a list to keep."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Iterator
from typing import Any

import actions
from actions.topic import TopicAction


def action_classes() -> list[type[TopicAction]]:
    """All concrete actions of the package, by name.

    The SDK's ``register_package`` builds actions without arguments; ours are given their library instead of looking
    for it in a global.
    """
    for module in pkgutil.iter_modules(actions.__path__, prefix=f"{actions.__name__}."):
        if not module.name.endswith(".__main__"):
            importlib.import_module(module.name)
    found = (kind for kind in _subclasses(TopicAction) if kind.__module__.startswith(f"{actions.__name__}."))
    return sorted((kind for kind in found if not inspect.isabstract(kind)), key=lambda kind: kind.action_name)


def _subclasses(kind: type[Any]) -> Iterator[type[TopicAction]]:
    for subclass in kind.__subclasses__():
        yield subclass
        yield from _subclasses(subclass)
