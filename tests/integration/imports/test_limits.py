"""Files that ask for gigabytes or for other files are refused in time, and without the memory."""

from __future__ import annotations

import io
import json
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from socialmap.domain.fields import TABLES
from socialmap.exchange.read_files import read_tables
from socialmap.exchange.tables import Findings
from socialmap.exchange.uploads import MAX_FILES, open_uploads

HEADER = ";".join(veld.naam for veld in TABLES["actoren"] if not veld.extra)
_SECONDS, _MEGABYTES = 2.0, 200
#: Reads a file as an import does, in a process of its own, and says what that took.
_MEASURE = """
import json, resource, sys, time
from pathlib import Path
from socialmap.exchange.hsds_files import split_files
from socialmap.exchange.read_files import read_tables
from socialmap.exchange.tables import Findings
from socialmap.exchange.uploads import open_uploads
path, findings = Path(sys.argv[1]), Findings()
data = path.read_bytes()
before, start = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.perf_counter()
rest, _ = split_files(open_uploads([(path.name, data)], findings), findings)
read_tables(rest, findings)
print(json.dumps({
    "seconden": time.perf_counter() - start,
    "megabytes": (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024,
    "fouten": [one.melding for one in findings.fouten],
}))
"""
_SHEET = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
_BOOK = (
    '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
    '<sheets><sheet name="actoren" sheetId="1" r:id="rId1"/></sheets></workbook>'
)
_LINKS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="rId1" Target="worksheets/sheet1.xml"/></Relationships>'
)


def _workbook(sheet: bytes, *, level: int = 6) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=level) as packed:
        packed.writestr("xl/workbook.xml", _BOOK)
        packed.writestr("xl/_rels/workbook.xml.rels", _LINKS)
        packed.writestr("xl/worksheets/sheet1.xml", sheet)
    return made.getvalue()


def _vrt() -> bytes:
    return (
        b"<OGRVRTDataSource><OGRVRTLayer name='x'><SrcDataSource>/vsizip//etc/passwd"
        b"</SrcDataSource></OGRVRTLayer></OGRVRTDataSource>"
    )


def _xml_bomb() -> bytes:
    entities = "".join(f'<!ENTITY e{n + 1} "{f"&e{n};" * 10}">' for n in range(9))
    document = f'<!DOCTYPE x [<!ENTITY e0 "lol">{entities}]>{_SHEET}&e9;</sheetData></worksheet>'
    return _workbook(document.encode())


def _zip_bomb() -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as packed:
        packed.writestr("actoren.csv", HEADER.encode() + b"\n" + b" " * 400_000_000)
    return made.getvalue()


def _packed_sheet() -> bytes:
    return _workbook(_SHEET.encode() + b" " * 300_000_000, level=1)


def _wide_csv() -> bytes:
    names = ";".join(f"kolom{number}" for number in range(30_000))
    return f"{names}\n".encode() + b";" * 29_999


def _many_cells() -> bytes:
    row = "".join(f'<c t="n"><v>{number}</v></c>' for number in range(200))
    return _workbook(f"{_SHEET}{f'<row>{row}</row>' * 50_000}</sheetData></worksheet>".encode())


def _bare_cells() -> bytes:
    row = "<row>" + '<c r="A1"/><c r="B2"/>' * 100 + "</row>"
    return _workbook(f"{_SHEET}{row * 50_000}</sheetData></worksheet>".encode(), level=0)


def _far_cell() -> bytes:
    cell = '<row r="50000"><c r="GR50000"><v>1</v></c></row>'
    return _workbook(f"{_SHEET}{cell}</sheetData></worksheet>".encode())


BOMBS: dict[str, tuple[str, Callable[[], bytes]]] = {
    "vrt": ("plaatsen.geojson", _vrt),
    "vrt als csv": ("actoren.csv", _vrt),
    "xml-bom": ("actoren.xlsx", _xml_bomb),
    "zip-bom": ("actoren.zip", _zip_bomb),
    "ingepakt blad": ("actoren.xlsx", _packed_sheet),
    "30.000 kolommen": ("actoren.csv", _wide_csv),
    "tien miljoen cellen": ("actoren.xlsx", _many_cells),
    "tien miljoen kale cellen": ("actoren.xlsx", _bare_cells),
    "een verre cel": ("actoren.xlsx", _far_cell),
}


@pytest.mark.parametrize("bomb", BOMBS)
def test_it_is_refused_in_time_and_without_the_memory(tmp_path: Path, bomb: str) -> None:
    name, make = BOMBS[bomb]
    path = tmp_path / name
    path.write_bytes(make())
    done = subprocess.run(
        [sys.executable, "-c", _MEASURE, str(path)], capture_output=True, text=True, check=True
    )
    told = json.loads(done.stdout)
    assert told["fouten"], bomb
    assert told["seconden"] < _SECONDS, told
    assert told["megabytes"] < _MEGABYTES, told


def _zip(files: dict[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as packed:
        for name, data in files.items():
            packed.writestr(name, data)
    return made.getvalue()


def test_a_zip_of_csv_is_read_wherever_its_files_say_to_go() -> None:
    row = HEADER.encode()
    packed = {
        "map/": b"",
        "../../map/actoren.csv": row,
        "__MACOSX/._actoren.csv": b"x",
        ".DS_Store": b"x",
    }
    findings = Findings()
    files = open_uploads([("alles.zip", _zip(packed))], findings)
    assert [name for name, _ in files] == ["actoren.csv"]
    assert findings.fouten == []
    assert [table.naam for table in read_tables(files, findings)] == ["actoren"]


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("a.zip", _zip({"a.csv": b"x", "b.exe": b"x"}), "alleen CSV"),
        ("a.zip", _zip({f"{n}.csv": b"x" for n in range(MAX_FILES + 1)}), "te groot"),
        ("a.zip", b"PK\x03\x04 stuk", "beschadigd"),
        ("a.geojson", b'{"type": "FeatureCollection"}', "Kaartbestanden"),
        ("a.xls", b"x", "XLSX"),
        ("a.exe", b"x", "CSV, XLSX"),
        ("a.csv", b" \n", "leeg"),
    ],
)
def test_what_is_no_table_is_refused_by_name(name: str, data: bytes, said: str) -> None:
    findings = Findings()
    assert open_uploads([(name, data)], findings) == []
    (fault,) = findings.fouten
    assert fault.bestand == name
    assert said in fault.melding
