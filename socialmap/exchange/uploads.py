"""Judge files as somebody sent them, before anything reads them: kind, size, and what is packed."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterable
from pathlib import PurePosixPath

from socialmap.domain.errors import Fout
from socialmap.exchange.tables import Findings

NamedBytes = tuple[str, bytes]
#: Bytes of one upload as it is sent.
MAX_BYTES = 25_000_000
MAX_FILES = 20
#: Bytes that a ZIP of CSV files may come to, and how many times its own size.
MAX_UNPACKED = 60_000_000
MAX_RATIO = 100
#: Below this a ratio says nothing: a table of empty cells packs well.
_SMALL = 5_000_000
_KINDS = (".csv", ".xlsx", ".xlsm", ".json")
_CHUNK = 1 << 16
_LONGEST_NAME = 100


def open_uploads(files: Iterable[NamedBytes], findings: Findings) -> list[NamedBytes]:
    """
    Take ZIP files apart, and refuse what is no file of the exchange format or of HSDS.

    Parameters
    ----------
    files
        Name and content; a folder in the name is left out. No path in them is ever opened.
    findings
        Gets a fault for each file that is refused.

    Returns
    -------
    files
        CSV, XLSX and JSON files, at most `MAX_FILES`.
    """
    given = [(without_folder(name), data) for name, data in files]
    found: list[NamedBytes] = []
    for name, data in given:
        kind = PurePosixPath(name).suffix.lower()
        if kind == ".zip":
            found += _unzip(name, data, findings)
        elif kind not in _KINDS:
            findings.fouten.append(Fout(name, 0, "", _refusal(kind)))
        elif not data.strip():
            findings.fouten.append(Fout(name, 0, "", "Dit bestand is leeg. Kies een ander."))
        else:
            found.append((name, data))
    if len(found) > MAX_FILES:
        melding = f"Dit zijn meer dan {MAX_FILES} bestanden. Lever er minder tegelijk in."
        findings.fouten.append(Fout("import", 0, "", melding))
        return []
    return found


def _refusal(kind: str) -> str:
    if kind in (".geojson", ".gpkg", ".shp", ".vrt", ".kml"):
        return (
            "Kaartbestanden worden hier niet ingelezen. Sla de tabel op als CSV of XLSX, met de "
            "plek in de kolommen lon en lat."
        )
    if kind in (".xls", ".ods"):
        return "Dit soort rekenblad wordt niet gelezen. Sla het op als XLSX of als CSV."
    return "Dit soort bestand wordt niet gelezen. Kies CSV, XLSX, of een ZIP met CSV-bestanden."


def _unzip(name: str, data: bytes, findings: Findings) -> list[NamedBytes]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            return _members(packed, len(data))
    except _TooBigError:
        melding = (
            f"Dit bestand is uitgepakt te groot: meer dan {MAX_UNPACKED // 1_000_000} MB, of meer "
            f"dan {MAX_RATIO} keer zo groot als ingepakt. Lever de CSV-bestanden los in."
        )
    except _OtherKindError:
        melding = "In dit ZIP-bestand zit iets anders dan CSV. Doe er alleen CSV-bestanden in."
    except (zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError, EOFError):
        melding = "Dit ZIP-bestand is beschadigd of zit op slot. Maak het opnieuw."
    findings.fouten.append(Fout(name, 0, "", melding))
    return []


class _TooBigError(Exception):
    pass


class _OtherKindError(Exception):
    pass


def _members(packed: zipfile.ZipFile, size: int) -> list[NamedBytes]:
    """Unpack the CSV files, without trusting what the ZIP says of its size."""
    infos = [info for info in packed.infolist() if not _is_clutter(info)]
    if len(infos) > MAX_FILES:
        raise _TooBigError
    if any(not info.filename.lower().endswith(".csv") for info in infos):
        raise _OtherKindError
    found: list[NamedBytes] = []
    total = 0
    for info in infos:
        unpacked = io.BytesIO()
        with packed.open(info) as stream:
            while chunk := stream.read(_CHUNK):
                total += len(chunk)
                if is_bomb(total, size, MAX_UNPACKED):
                    raise _TooBigError
                unpacked.write(chunk)
        found.append((without_folder(info.filename), unpacked.getvalue()))
    return found


def is_bomb(unpacked: int, packed: int, limit: int) -> bool:
    """Tell whether so many bytes are too many, or too many for a file of this size."""
    return unpacked > limit or (unpacked > _SMALL and unpacked > packed * MAX_RATIO)


def _is_clutter(info: zipfile.ZipInfo) -> bool:
    """Some programs add folders, and files about themselves."""
    path = PurePosixPath(info.filename)
    return info.is_dir() or "__MACOSX" in path.parts or path.name.startswith(".")


def without_folder(name: str) -> str:
    """Some browsers send the folder of the sender along, with the bars of that machine."""
    return name.replace("\\", "/").rpartition("/")[2][-_LONGEST_NAME:]
