"""The dry run: what an import would add, change and leave, and everything that is wrong, row by row."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError

from contracts.reply import vietnamese_time
from newsroom.clock import content_now
from newsroom.content.kinds.record import sentences
from newsroom.content.models import ApprovedContent
from newsroom.imports.reading import FileError, Problem, Table
from newsroom.imports.sheets import Column, Sheet
from newsroom.imports.values import Cell, CellError
from vitext.fold import fold

# The source was just looked up, the others are Wagtail's own; checking each would ask the database for every row.
CHECKED_ELSEWHERE = {"source", "latest_revision", "live_revision", "locked_by"}


@dataclass
class Plan:
    """What an import does. It is carried out only without problems."""

    sheet: Sheet
    added: list[ApprovedContent] = field(default_factory=list)
    changed: list[ApprovedContent] = field(default_factory=list)
    unchanged: int = 0
    problems: list[Problem] = field(default_factory=list)


def plan_import(sheet: Sheet, table: Table) -> Plan:
    """Reads all rows; saves nothing.

    Raises:
        FileError: the titles are not those of the sheet.
    """
    return _Planner(sheet, table).plan()


class _Planner:
    """Takes the rows of one table, one after the other."""

    def __init__(self, sheet: Sheet, table: Table) -> None:
        self._sheet = sheet
        self._table = table
        self._columns = _columns(sheet, table.titles)
        self._plan = Plan(sheet, problems=list(table.problems))
        contents = sheet.model._default_manager.select_related("source")
        self._stored = {sheet.slot(content): content for content in contents}
        self._rows: dict[tuple[str, ...], int] = {}
        self._read: dict[tuple[str, Cell], Any] = {}

    def plan(self) -> Plan:
        """All rows but those whose cells are spoilt anyway."""
        spoilt = {problem.row for problem in self._table.problems}
        for number, cells in self._table.rows:
            if number not in spoilt:
                self._plan.problems += self._take_row(number, cells)
        self._plan.problems.sort(key=lambda problem: problem.row)
        return self._plan

    def _take_row(self, number: int, cells: list[Cell]) -> list[Problem]:
        """Puts one row into the plan, or gives what is wrong with it."""
        row, problems = self._values(number, cells)
        if problems:
            return problems
        content = self._sheet.model()
        try:
            self._sheet.fill(content, row)
        except CellError as error:
            return [Problem(number, "", f"{error}.")]
        slot = self._sheet.slot(content)
        if slot in self._rows:
            return [Problem(number, "Mã", f"“{slot[0]}” đã có ở dòng {self._rows[slot]}.")]
        self._rows[slot] = number
        if slot in self._stored:
            return self._take_existing(self._stored[slot], number, row)
        problems = _wrong(content, number)
        if not problems:
            self._plan.added.append(content)
        return problems

    def _take_existing(self, existing: Any, number: int, row: Mapping[str, Any]) -> list[Problem]:
        content = existing.get_latest_revision_as_object() if existing.has_unpublished_changes else existing
        before = content.release_draft()
        self._sheet.fill(content, row)
        if content.release_draft() == before:
            self._plan.unchanged += 1
            return []
        if existing.get_lock() is not None:
            return [Problem(number, "Mã", f"“{content.key}” đang chờ phê duyệt. Hãy đợi quyết định rồi nhập lại.")]
        problems = _wrong(content, number)
        if not problems:
            self._plan.changed.append(content)
        return problems

    def _values(self, number: int, cells: list[Cell]) -> tuple[dict[str, Any], list[Problem]]:
        row: dict[str, Any] = {}
        problems = []
        for index, column in enumerate(self._columns):
            cell = cells[index] if index < len(cells) else None
            if column.required and cell in (None, ""):
                problems.append(Problem(number, column.title, "Ô này không được để trống."))
                continue
            try:
                row[column.name] = self._value(column, cell)
            except CellError as error:
                problems.append(Problem(number, column.title, f"{str(error)[:1].upper()}{str(error)[1:]}."))
        return row, problems

    def _value(self, column: Column, cell: Cell) -> Any:
        """Reads a cell once: thousands of rows name the same source, and each reading asks the database."""
        key = (f"{column.name} {type(cell).__name__}", cell)
        if key not in self._read:
            self._read[key] = column.read(cell)
        return self._read[key]


def _columns(sheet: Sheet, titles: list[str]) -> list[Column]:
    known = {fold(column.title): column for column in sheet.columns}
    folded = [fold(title) for title in titles]
    unknown = [title for title in titles if fold(title) not in known]
    twice = [title for title in titles if folded.count(fold(title)) > 1]
    missing = [column.title for title, column in known.items() if title not in folded]
    for what, names in (("Không rõ cột", unknown), ("Lặp cột", twice), ("Thiếu cột", missing)):
        if names:
            raise FileError(f"{what}: {', '.join(dict.fromkeys(names))}. Hãy dùng tệp mẫu tải từ trang này.")
    return [known[title] for title in folded]


def _wrong(content: ApprovedContent, number: int) -> list[Problem]:
    """What the content's own checks say, without asking the database row by row."""
    messages = [*_swapped(content), *content.missing_for_approval().values()]
    if content.valid_to and content.valid_to <= content_now():
        messages.append(f"“Hiệu lực đến” {vietnamese_time(content.valid_to)} đã qua.")
    if not messages:
        try:
            content.clean_fields(exclude=CHECKED_ELSEWHERE)
            content.clean()
        except ValidationError as error:
            messages = sentences(content, error)
    return [Problem(number, "", message) for message in messages]


def _swapped(content: Any) -> Iterator[str]:
    """Vietnam lies between 8 and 24 degrees north, 102 and 115 east."""
    latitude, longitude = getattr(content, "lat", None), getattr(content, "lng", None)
    if latitude is not None and longitude is not None and latitude > 90 >= longitude:
        yield f"Vĩ độ {latitude} và kinh độ {longitude} có vẻ bị đổi chỗ."
