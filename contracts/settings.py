"""Typed reading of a program's environment: everything that is wrong is reported together, before anything starts."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlsplit


class SettingsError(Exception):
    """One line per setting that is missing or wrong; ``problems`` holds them."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("settings are not usable:\n" + "\n".join(f"  - {problem}" for problem in problems))
        self.problems = problems


class Environment:
    """Reads settings by type. Problems are collected; ``check()`` raises them all at once.

    A reader returns a usable value of its type even when it notes a problem, so that one settings object can be
    built in one expression and then checked.
    """

    def __init__(self, variables: Mapping[str, str]) -> None:
        self._variables = variables
        self.problems: list[str] = []

    def text(self, name: str, default: str | None = None) -> str:
        """A non-empty text; required when there is no default."""
        value = self._variables.get(name, "").strip()
        if value:
            return value
        if default is None:
            self.problems.append(f"{name} is missing; set it to a text")
            return ""
        return default

    def secret(self, name: str, minimum: int = 16) -> str:
        """A secret of at least ``minimum`` characters, from NAME or from the file named by NAME_FILE; never defaulted."""
        value = self._variables.get(name, "")
        path = self._variables.get(f"{name}_FILE", "")
        if not value and path:
            try:
                value = Path(path).read_text("utf-8").strip()
            except OSError as error:
                self.problems.append(f"{name}_FILE is {path!r}; it cannot be read ({error.strerror})")
                return ""
        if not value:
            self.problems.append(f"{name} is missing; set it, or {name}_FILE to a file that holds it")
        elif len(value) < minimum:
            self.problems.append(f"{name} is shorter than {minimum} characters; make a longer one")
        return value

    def integer(self, name: str, default: int, low: int, high: int) -> int:
        """A whole number within low..high."""
        value = self._variables.get(name, "").strip()
        if not value:
            return default
        try:
            number = int(value)
        except ValueError:
            self.problems.append(f"{name} is {value!r}; set it to a whole number from {low} to {high}")
            return default
        if not low <= number <= high:
            self.problems.append(f"{name} is {number}; set it to a whole number from {low} to {high}")
        return number

    def seconds(self, name: str, default: float, low: float, high: float) -> float:
        """A duration in seconds within low..high."""
        value = self._variables.get(name, "").strip()
        if not value:
            return default
        try:
            number = float(value)
        except ValueError:
            self.problems.append(f"{name} is {value!r}; set it to seconds from {low} to {high}")
            return default
        if not low <= number <= high:
            self.problems.append(f"{name} is {number}; set it to seconds from {low} to {high}")
        return number

    def port(self, name: str, default: int) -> int:
        """A TCP port."""
        return self.integer(name, default, 1, 65535)

    def choice(self, name: str, default: str, choices: tuple[str, ...]) -> str:
        """One of the given words."""
        value = self.text(name, default)
        if value not in choices:
            self.problems.append(f"{name} is {value!r}; set it to one of {', '.join(choices)}")
        return value

    def flag(self, name: str, default: bool) -> bool:
        """``yes`` or ``no``."""
        return self.choice(name, "yes" if default else "no", ("yes", "no")) == "yes"

    def url(self, name: str, default: str | None = None, schemes: tuple[str, ...] = ("http", "https")) -> str:
        """An address with one of the schemes; a trailing slash is dropped."""
        value = self.text(name, default)
        if value and urlsplit(value).scheme not in schemes:
            self.problems.append(f"{name} does not start with one of {', '.join(schemes)}; correct the address")
        return value.rstrip("/")

    def path(self, name: str, default: str | None = None) -> Path:
        """A file or folder."""
        return Path(self.text(name, default))

    def check(self) -> None:
        """Raises SettingsError when any reader noted a problem."""
        if self.problems:
            raise SettingsError(self.problems)
