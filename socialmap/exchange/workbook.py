"""Look through an XLSX file before it is read: how big it gets, and what a reader would lose.

A workbook is a ZIP of XML. A few bytes of it can ask for gigabytes: by packing, by a cell in the
last row and column, by one long text that every cell points at, or by entities.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from xml.parsers import expat

from socialmap.exchange.tables import MAX_COLUMNS, MAX_ROWS
from socialmap.exchange.uploads import is_bomb

MAX_UNPACKED = 200_000_000
#: A reader makes room for every cell up to the last row and column of a sheet.
MAX_CELLS = 8_000_000
#: Signs that begin a tag; going through more of them takes too long, whatever the sheet holds.
MAX_TAGS = 8_000_000
_CHUNK = 1 << 16
_CELL = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6})")
_WORKBOOK, _LINKS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"

Position = tuple[int, int]


class UnsafeWorkbookError(ValueError):
    """The workbook is damaged or too big; the message is a Dutch sentence that says what to do."""


@dataclass(frozen=True, slots=True)
class Workbook:
    """A workbook that is safe to read.

    Attributes
    ----------
    data
        XLSX with its readable parts only.
    verloren
        By name of the sheet: (row, column) from 1 of cells that hold an error, or a formula
        without its outcome. A reader sees those as empty.
    """

    data: bytes
    verloren: Mapping[str, tuple[Position, ...]]


def inspect_workbook(data: bytes) -> Workbook:
    """
    Measure a workbook, part by part, without trusting what it says of itself.

    Raises
    ------
    UnsafeWorkbookError
        If it is no XLSX, is damaged or locked, is more than `MAX_UNPACKED` bytes unpacked, has
        more than `MAX_ROWS` rows, `MAX_COLUMNS` columns or `MAX_CELLS` cells, or declares
        entities.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            _require_small(packed, len(data))
            parts = _unpack(packed)
    except (zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError, EOFError):
        raise UnsafeWorkbookError(
            "Dit bestand is beschadigd of zit op slot. Sla het opnieuw op als XLSX, zonder "
            "wachtwoord."
        ) from None
    if _WORKBOOK not in parts:
        raise UnsafeWorkbookError("Dit is geen XLSX-bestand. Sla het op als XLSX of als CSV.")
    _require_fitting(parts)
    clean = io.BytesIO()
    with zipfile.ZipFile(clean, "w", zipfile.ZIP_STORED) as made:
        for name, part in parts.items():
            made.writestr(name, part.data)
    return Workbook(clean.getvalue(), _lost_cells(parts))


@dataclass(slots=True)
class _Part:
    """One XML file of the workbook, with what stood in it."""

    data: bytes = b""
    texts: list[int] = field(default_factory=list)
    pointers: list[int] = field(default_factory=list)
    height: int = 0
    width: int = 0
    lost: list[Position] = field(default_factory=list)
    sheets: dict[str, str] = field(default_factory=dict)
    links: dict[str, str] = field(default_factory=dict)


def _require_small(packed: zipfile.ZipFile, size: int) -> None:
    """Count what is in it without keeping anything: a refusal must cost no memory."""
    total = tags = 0
    for info in packed.infolist():
        if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise zipfile.BadZipFile(info.filename)
        with packed.open(info) as stream:
            while chunk := stream.read(_CHUNK):
                total += len(chunk)
                tags += chunk.count(b"<")
                if is_bomb(total, size, MAX_UNPACKED):
                    raise UnsafeWorkbookError(_too_big(f"{MAX_UNPACKED // 1_000_000} MB"))
                if tags > MAX_TAGS:
                    raise UnsafeWorkbookError(_too_big(f"{MAX_CELLS} cellen"))


def _unpack(packed: zipfile.ZipFile) -> dict[str, _Part]:
    """Keep the parts that are sound XML; a reader then finds nothing else to read."""
    parts: dict[str, _Part] = {}
    total = 0
    for info in packed.infolist():
        if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise zipfile.BadZipFile(info.filename)
        data = io.BytesIO()
        with packed.open(info) as stream:
            while chunk := stream.read(_CHUNK):
                total += len(chunk)
                if total > MAX_UNPACKED:
                    raise UnsafeWorkbookError(_too_big(f"{MAX_UNPACKED // 1_000_000} MB"))
                data.write(chunk)
        part = _Scanner().scan(data.getvalue())
        if part is not None:
            parts[info.filename] = part
    return parts


class _Scanner:
    """Goes through one XML file and keeps count."""

    def __init__(self) -> None:
        self.part = _Part()
        self._row = self._column = 0
        self._kind = ""
        self._formula = False
        self._value = ""
        self._in: list[str] = []

    def scan(self, data: bytes) -> _Part | None:
        """Give what was counted; None where this is no sound XML."""
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        parser.StartDoctypeDeclHandler = _refuse_entities
        try:
            parser.Parse(data, True)
        except expat.ExpatError:
            return None
        self.part.data = data
        return self.part

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        local = name.rpartition(":")[2]
        self._in.append(local)
        if local == "row":
            self._row, self._column = _number(attributes.get("r")) or self._row + 1, 0
            self._require_place()
        elif local == "c":
            self._start_cell(attributes)
        elif local == "f":
            self._formula = True
        elif local == "si":
            self.part.texts.append(0)
        elif local == "sheet":
            link = next((v for k, v in attributes.items() if k.endswith(":id")), "")
            self.part.sheets[attributes.get("name", "")] = link
        elif local == "Relationship":
            self.part.links[attributes.get("Id", "")] = attributes.get("Target", "")

    def _start_cell(self, attributes: dict[str, str]) -> None:
        match = _CELL.fullmatch(attributes.get("r", ""))
        self._column += 1
        if match:
            self._column, self._row = _column_number(match[1]), int(match[2])
        self._require_place()
        self._kind = attributes.get("t", "")
        self._formula, self._value = False, ""

    def _end(self, name: str) -> None:
        local = name.rpartition(":")[2]
        self._in.pop()
        if local == "v" and self._kind == "s":
            self.part.pointers.append(_number(self._value) or 0)
        elif local == "c" and self._is_lost():
            self.part.lost.append((self._row, self._column))

    def _is_lost(self) -> bool:
        """A formula may well give an empty text; a number is always there."""
        no_number = self._formula and not self._value and self._kind != "str"
        return self._kind == "e" or no_number

    def _text(self, text: str) -> None:
        if self._in[-1] == "v":
            self._value += text
        elif self._in[-1] == "t" and self.part.texts:
            self.part.texts[-1] += len(text)

    def _require_place(self) -> None:
        if self._row > MAX_ROWS:
            raise UnsafeWorkbookError(_too_big(f"{MAX_ROWS} rijen"))
        if self._column > MAX_COLUMNS:
            raise UnsafeWorkbookError(_too_big(f"{MAX_COLUMNS} kolommen"))
        self.part.height = max(self.part.height, self._row)
        self.part.width = max(self.part.width, self._column)


def _require_fitting(parts: Mapping[str, _Part]) -> None:
    """Refuse what is small here and big for a reader: empty cells, and texts pointed at often."""
    if sum(part.height * part.width for part in parts.values()) > MAX_CELLS:
        raise UnsafeWorkbookError(_too_big(f"{MAX_CELLS} cellen"))
    texts = max((part.texts for part in parts.values()), key=len, default=[])
    pointers = (pointer for part in parts.values() for pointer in part.pointers)
    if sum(texts[pointer] for pointer in pointers if pointer < len(texts)) > MAX_UNPACKED:
        raise UnsafeWorkbookError(_too_big(f"{MAX_UNPACKED // 1_000_000} MB"))


def _lost_cells(parts: Mapping[str, _Part]) -> dict[str, tuple[Position, ...]]:
    links = parts[_LINKS].links if _LINKS in parts else {}
    found: dict[str, tuple[Position, ...]] = {}
    for sheet, link in parts[_WORKBOOK].sheets.items():
        target = links.get(link, "")
        path = target.removeprefix("/") if target.startswith("/") else f"xl/{target}"
        found[sheet] = tuple(parts[path].lost) if path in parts else ()
    return found


def _refuse_entities(*_declaration: object) -> None:
    raise UnsafeWorkbookError(
        "Dit bestand bevat een documenttype, en dat hoort niet in een XLSX-bestand. "
        "Sla het opnieuw op als XLSX of als CSV."
    )


def _too_big(limit: str) -> str:
    return (
        f"Dit bestand is uitgepakt te groot: meer dan {limit}. Haal lege rijen en kolommen weg, "
        "of deel het op in kleinere bestanden."
    )


def _column_number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def _number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else 0
