"""The documented network is whole against its documents, and holds no name of a person."""

from __future__ import annotations

import csv
import re
import shutil
from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from socialmap.domain.clock import Clock
from socialmap.domain.codes import Niveau
from socialmap.domain.errors import RefusedError
from socialmap.domain.freshness import read_source
from socialmap.domain.privacy import Lezer
from socialmap.editing.verify import find_faults
from socialmap.exchange import embedded
from socialmap.exchange.making import Filling, make_map
from socialmap.geo.load import load_areas
from socialmap.store.engine import Store
from socialmap.store.records import all_actors

ROOT = Path(__file__).parents[2]
DATA = ROOT / "data"
DAY = date(2026, 11, 22)
NAMED = "organisaties_in_bronnen.csv"
GEGEVENS = ROOT / "tests" / "gegevens"

#: Headings of 003 and 004 in order; a section ends where the next one begins.
HEADINGS = {
    "003": (
        "1.3 Begeleiding van de evaluatie",
        "1.4 Aanpak en methodische verantwoording",
        "3 De organisatie van de SWT’s",
        "4 De opdracht van de Sociaal Wijkteams",
        "6 Samenwerking met partners",
        "6.1 De sociale basis",
        "6.2 Zorgaanbieders",
        "6.3 Gemeentelijke afdelingen",
        "6.4 Centrum voor Jeugd en Gezin",
        "7 Organisatie",
        "Bijlage 2",
    ),
    "004": (
        "Vooraf",
        "1.1 Kerntaak sociaal wijkteam",
        "1.2 Kennis, expertise en twee benenprincipe",
        "1.3 Verbinding en positie in de wijk",
        "1.4 Organisatievorm en aansturing",
        "1.5 Wijze van verwerving",
        "2.1 Kerntaak sociaal wijkteam",
        "2.2 Kennis, expertise en twee benenprincipe",
        "2.3 Verbinding en positie in de wijk",
        "2.4 Organisatievorm en aansturing",
        "3.1 Kennis, expertise en twee benenprincipe",
        "3.2 Verbinding en positie in de wijk",
        "3.3 Organisatievorm en aansturing",
        "4.1 Kennis, expertise en twee benenprincipe",
        "4.2 Verbinding en positie in de wijk",
        "4.3 Organisatievorm en aansturing",
        "Samenvatting",
    ),
}
#: Sections outside the chapters that are read here, and the table at the end of 004 that repeats
#: the chapters before it in loose words.
PASSED_OVER = {*(HEADINGS["003"][n] for n in (1, 3, 9)), "Samenvatting"}
ANNEX = "Bijlage 2 Geïnterviewden"

#: Capitals in those sections that name no organisation: laws and an instrument, places, the teams
#: and their group, a partner with the number of a footnote behind it, and heads of sentences.
NO_ORGANISATION = {
    *("Wmo", "Zvw", "Jeugdwet", "Nota", "HG85/rapport", "Veiligheidsindex", "T-shaped"),
    *("Haarlem", "Haarlem-Oost", "Schalkwijk", "Slachthuisbuurt", "Zandvoortse"),
    *("Haarlems", "Haarlemse", "Haarlemmers"),
    *("SWT", "Sociaal", "Wijkteam", "Wijkteams", "Begeleidingsgroep", "RIBW", "K/AM5"),
    *("Vooraf", "Vaststellen", "Reflecteren", "Kerntaak", "Kernopdracht", "Qua"),
}

#: What document 001 leaves empty on the factsheets and in the state of affairs.
SILENT = {
    "Beverwijk": {"aantal_teams_gepland"},
    "Heemskerk": {"aantal_teams_gepland"},
    "Heerhugowaard": {"aantal_teams_gepland"},
    "Hilversum": {"aantal_teams_gepland"},
    "Langedijk": {"aantal_teams_gepland", "bereik_team", "monitoring", "doel"},
    "Velsen": {"bereik_team"},
    "Zaanstad": {"bereik_team"},
}
#: Questions of the factsheets, as printed (letters that stand apart closed up), and the field.
QUESTIONS = {
    "Aantal en type wijken": "type_wijken",
    "Indicatief model": "indicatief_model",
    "Type professionals": "type_professionals",
    "Relatie met toegang": "relatie_met_toegang",
    "Status sociale teams": "status_sociale_teams",
    "Ambitie": "ambitie",
    "Schil om het team": "schil_om_het_team",
    "Registratie": "registratie",
    "Doelgroep": "doelgroep",
    "Kernpartners": "kernpartners",
    "Aansturing en coördinatie": "aansturing_en_coordinatie",
    "Monitoring": "monitoring",
    "Wie bepaalt inrichting?": "wie_bepaalt_inrichting",
    "Positionering team?": "positionering_team",
    "Mate van verbinding met 0de lijn?": "verbinding_nulde_lijn",
    "Rol gemeente in uitvoering ?": "rol_gemeente_in_uitvoering",
    "Welke doelgroepen?": "welke_doelgroepen",
    "Welk type professional in team?": "type_professional_in_team",
    "Verbinding met basiszorg?": "verbinding_basiszorg",
    "Relatie met de toegang ?": "positionering_toegang",
    "Mate regie van de cliënt/burger?": "regie_client",
    "Handelingsbevoegdheid professionals?": "handelingsbevoegdheid",
    "Mate van integratie met CJG/jeugdnetwerken?": "integratie_cjg_jeugd",
}

#: An interviewee of 003: form of address, initials, particles, surname.
PERSON = re.compile(
    r"(?:Mevr|Dhr|Mw)\. *(?:[A-Z]\.? +)+(?:(?:van|de|den|der|v\.|vd|El) )*(?P<naam>[A-Z]\w+)"
)
#: Words that the patterns find and that may stand in the data. In 003: an ordinary word at the head
#: of a sentence, and an adjective in the name of an invented foundation. In the sentences of 001
#: that say who was spoken: words of titles, places, and the organisations people work for.
NO_SURNAME = {
    *("Kracht", "Nieuwe", "Indrukken", "Sociale", "Teams"),
    *("Beverwijk", "Haarlem", "Heemskerk", "Heerhugowaard", "Langedijk", "Purmerend"),
    *("Wormerveer", "Centrum"),
    *("Evean", "Kern8", "Kontext", "Sherpa", "Welschap", "Wering", "Zorgbalans"),
}


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))


def text_of(shared: Path, document: str) -> str:
    (path,) = (shared / "bronnen").glob(f"{document}_*.txt")
    return path.read_text(encoding="utf-8")


def collapsed(text: str) -> str:
    return " ".join(text.split())


def sections(shared: Path, document: str) -> dict[str, str]:
    """Cut a document at its headings; the annex has its full name as key."""
    text = collapsed(text_of(shared, document))
    starts = [0]
    for heading in HEADINGS[document]:
        starts.append(text.index(heading, starts[-1]))
    # "Vooraf" opens 004 and "Bijlage 2" ends 003: what is left on either side is passed over.
    ends = [*starts[2:], len(text)]
    cut = zip(HEADINGS[document], starts[1:], ends, strict=True)
    return {ANNEX if h == "Bijlage 2" else h: text[start:end] for h, start, end in cut}


def faults_in_rows(data: Path) -> list[str]:
    """Look for a row without its own prefix or source, or with a day on which it was checked."""
    documents = {row["id"] for row in rows(data / "netwerk" / "bronnen.csv")}
    faults = []
    for path in sorted((data / "netwerk").glob("*/*.csv")):
        names = ("van_id", "naar_id") if path.stem == "relaties" else ("id",)
        for n, row in enumerate(rows(path), start=2):
            where = f"{path.parent.name}/{path.name}:{n}"
            faults += [f"{where} {row[k]}" for k in names if not row[k].startswith("N-")]
            source = read_source(row["bron"])
            if source is None or source.document not in documents:
                faults.append(f"{where} bron {row['bron']}")
            if row["gecontroleerd_op"]:
                faults.append(f"{where} gecontroleerd_op {row['gecontroleerd_op']}")
    return faults


def faults_in_team_areas(data: Path) -> list[str]:
    """Look for a team area without one team of its own, and a buurt that is not in one area."""
    areas = load_areas(DATA / "wijken")
    known = {a.code for a in areas if a.code.startswith(("BU0392", "BU0473"))}
    listed = rows(data / "wijken" / "teamgebieden.csv")
    times = Counter(row["buurtcode"] for row in listed)
    faults = [f"buurt {code}: {times[code]}" for code in known | set(times) if times[code] != 1]
    faults += [f"buurt {code} bestaat niet" for code in set(times) - known]
    actors = rows(data / "netwerk" / "haarlem-zandvoort" / "actoren.csv")
    teams = Counter(a["werkgebied"] for a in actors if a["soort"] == "wijkteam")
    names = {row["teamgebied"] for row in listed}
    faults += [f"teamgebied {name}: {teams[name]} teams" for name in names if teams[name] != 1]
    return faults if len(names) == 9 else [*faults, f"{len(names)} teamgebieden"]


def faults_in_municipalities(data: Path) -> list[str]:
    """Look for a field that is empty where 001 fills it, or filled where 001 is silent."""
    table = rows(data / "netwerk" / "gemeenten.csv")
    faults = [] if len(table) == 9 else [f"{len(table)} gemeenten"]
    for row in table:
        empty = {field for field, value in row.items() if not value} - {"opmerking"}
        wrong = empty ^ SILENT.get(row["naam"], set())
        faults += [f"{row['naam']}: {field}" for field in sorted(wrong)]
    return faults


def faults_in_named(data: Path) -> list[str]:
    """Look for an organisation named in the documents whose id is not in the network."""
    folder = data / "netwerk" / "haarlem-zandvoort"
    ids = {row["id"] for name in ("actoren", "aanbod") for row in rows(folder / f"{name}.csv")}
    return [row["id"] for row in rows(GEGEVENS / NAMED) if row["id"] not in ids]


def unnamed(shared: Path, named: list[dict[str, str]]) -> list[str]:
    """Look for a word with a capital that is left when all that is named is struck out."""
    left = []
    for document in HEADINGS:
        whole = set(re.findall(r"[^\W\d_][\w/-]*", text_of(shared, document)))
        for section, text in sections(shared, document).items():
            if section in PASSED_OVER or section == ANNEX:
                continue
            names = {r["zoals_genoemd"] for r in named if r["document"] == document}
            for name in sorted(names, key=len, reverse=True):
                text = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", "~", text)
            for word in re.findall(r"(?<![.!?] )(?<!\w)[A-Z][\w&/-]+", text):
                bare = word.strip("-/")
                # A word that the document also writes without a capital is an ordinary word.
                if bare not in NO_ORGANISATION and bare.lower() not in whole:
                    left.append(f"{document} {section}: {bare}")
    return left


def unnamed_in_annex(shared: Path, named: list[dict[str, str]]) -> list[str]:
    """Look for an interviewee whose line ends in an organisation that is not named."""
    names = {row["zoals_genoemd"] for row in named if row["sectie"] == ANNEX}
    text = text_of(shared, "003")
    lines = text[text.index("Bijlage 2: ") :].splitlines()
    left = []
    for line in (collapsed(line) for line in lines):
        # The team members stand three in a row, without an organisation behind their names.
        if len(re.findall(r"(?:Mevr|Dhr|Mw)\.", line)) != 1:
            continue
        person = PERSON.match(line)
        if person is None:
            left.append("regel zonder naam")
            continue
        tails = [line.partition(name)[2].strip() for name in names if name in line]
        # A practice may carry the surname of who was spoken, which is not named here.
        if not any(tail in ("", person["naam"]) for tail in tails):
            left.append(line[person.end() :].strip())
    return left


def surnames(shared: Path) -> set[str]:
    """Collect the names of persons that a pattern finds in the documents."""
    people = {m["naam"] for m in PERSON.finditer(collapsed(text_of(shared, "003")))}
    sentences = re.findall(r"^([^\n]+)\n+\s*Versie ", text_of(shared, "000"), re.MULTILINE)
    spaced = text_of(shared, "001")
    sentences += re.findall(r"([^\n]+)\s*\n\s*Oktober 2014", spaced)
    closed = collapsed(re.sub(r"-\s*\n\s*", "", spaced).replace("i j", "ij"))
    sentences += re.findall(r"[^.?!]*\b(?:spreken|gaat om|bedanken)\b[^.?!]*", closed)
    for sentence in sentences:
        people |= set(re.findall(r"(?<=[a-zë] )[A-Z]\w+", sentence))
    return {name for name in people if len(name) >= 5} - NO_SURNAME


def names_in(folder: Path, names: set[str]) -> list[str]:
    """Look for a name as a whole word in any file of a folder, or in one file."""
    files = (
        [folder]
        if folder.is_file()
        else sorted(p for p in folder.rglob("*") if p.is_file() and p.suffix != ".png")
    )
    found = []
    for path in files:
        words = set(re.findall(r"\w+", path.read_text(encoding="utf-8")))
        # The place and not the name: a message of a test is kept, and a name must go nowhere.
        found += [path.name] * len(words & names)
    return found


CHECKS: dict[str, Callable[[Path], list[str]]] = {
    "rijen": faults_in_rows,
    "teamgebieden": faults_in_team_areas,
    "gemeenten": faults_in_municipalities,
    "genoemd": faults_in_named,
}


@pytest.mark.parametrize("check", CHECKS)
def test_the_network_is_sound(check: str) -> None:
    assert CHECKS[check](DATA) == []


HZ = "netwerk/haarlem-zandvoort"


@pytest.mark.parametrize(
    ("check", "file", "old", "new"),
    [
        ("rijen", f"{HZ}/aanbod.csv", "\nN-O-SOEPBUS;", "\nO-SOEPBUS;"),
        ("rijen", f"{HZ}/relaties.csv", ";N-SWT;", ";SWT;"),
        ("rijen", f"{HZ}/actoren.csv", ";003, 6.1 De sociale basis, 2020;", ";003;"),
        ("rijen", "netwerk/noord-holland/relaties.csv", ";001, ", ";009, "),
        ("rijen", f"{HZ}/relaties.csv", ";feitelijk;;", ";feitelijk;2026-10-31;"),
        ("teamgebieden", "wijken/teamgebieden.csv", ";BU03920102;", ";BU03920101;"),
        ("teamgebieden", "wijken/teamgebieden.csv", ";BU03920102;", ";BU03929999;"),
        ("teamgebieden", f"{HZ}/actoren.csv", ";swt-zandvoort;", ";GM0473;"),
        ("gemeenten", "netwerk/gemeenten.csv", ";Vooral kwetsbare inwoners (15%);", ";;"),
        ("gemeenten", "netwerk/gemeenten.csv", ";2;;", ";2;3;"),
        ("genoemd", f"{HZ}/actoren.csv", "\nN-TANDEM;", "\nN-TAN;"),
    ],
)
def test_a_fault_put_in_is_found(tmp_path: Path, check: str, file: str, old: str, new: str) -> None:
    for part in ("netwerk", "wijken"):
        shutil.copytree(DATA / part, tmp_path / part)
    path = tmp_path / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    assert CHECKS[check](tmp_path)


def test_what_is_named_stands_in_its_section(shared: Path) -> None:
    cut = {document: sections(shared, document) for document in HEADINGS}
    named = rows(GEGEVENS / NAMED)
    assert len(named) == len({tuple(row.values()) for row in named}) > 150
    for row in named:
        assert row["zoals_genoemd"] in cut[row["document"]][row["sectie"]], row


def test_no_organisation_of_the_documents_is_left_out(shared: Path) -> None:
    named = rows(GEGEVENS / NAMED)
    assert unnamed(shared, named) == []
    assert unnamed_in_annex(shared, named) == []


@pytest.mark.parametrize("name", ["Pluspunt", "GGD", "Pasmatch", "Geloven in de stad"])
def test_an_organisation_that_is_left_out_is_found(shared: Path, name: str) -> None:
    named = [row for row in rows(GEGEVENS / NAMED) if row["zoals_genoemd"] != name]
    assert name.split()[0] in {line.rpartition(" ")[2] for line in unnamed(shared, named)}


@pytest.mark.parametrize("name", ["Tandem", "Ecosol Effect", "Huisartsenpraktijk", "Coach CJG"])
def test_an_interviewed_organisation_that_is_left_out_is_found(shared: Path, name: str) -> None:
    named = [row for row in rows(GEGEVENS / NAMED) if row["zoals_genoemd"] != name]
    assert any(name in line for line in unnamed_in_annex(shared, named))


def test_every_municipality_and_question_of_the_document_is_there(shared: Path) -> None:
    text = text_of(shared, "001")
    heads = re.findall(r"^G e m e e n t e  (.+?)  -  (.+?)  i n w o n e r s", text, re.MULTILINE)
    close = [(a.replace(" ", ""), b.replace(" ", "").replace(".", "")) for a, b in heads]
    table = rows(DATA / "netwerk" / "gemeenten.csv")
    assert close == [(row["naam"], row["inwoners"]) for row in table]
    text = text.replace("l i jn", "lijn").replace("cl iënt", "cliënt")
    lines = [collapsed(line) for line in text.splitlines()]
    times = Counter(line.removesuffix(" in team") for line in lines)
    for question, field in QUESTIONS.items():
        assert (question, times[question]) == (question, 9)
        assert field in table[0]


def test_no_name_of_a_person_is_kept(shared: Path) -> None:
    names = surnames(shared)
    assert len(names) > 90
    for place in (DATA, ROOT / "docs", ROOT / "README.md", GEGEVENS / NAMED):
        assert names_in(place, names) == []


def test_a_name_put_in_is_found(shared: Path, tmp_path: Path) -> None:
    names = surnames(shared)
    for name in names:
        (tmp_path / "actoren.csv").write_text(f"N-X;Praktijk {name};partner", encoding="utf-8")
        assert names_in(tmp_path, names) == ["actoren.csv"]


def test_a_tie_to_nobody_makes_no_map(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data = tmp_path / "data"
    shutil.copytree(DATA, data)
    path = data / HZ / "actoren.csv"
    path.write_text(
        path.read_text(encoding="utf-8").replace("\nN-TANDEM;", "\nN-TAN;"), encoding="utf-8"
    )
    monkeypatch.setattr(embedded, "data_folder", lambda: data)
    with pytest.raises(RefusedError) as refused:
        make_map(f"sqlite:///{tmp_path / 'kaart.db'}", Clock(DAY), Filling.NETWORK)
    assert {"N-TANDEM" in fault.melding for fault in refused.value.fouten} == {True}


def test_the_network_makes_a_map_without_a_fault(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'kaart.db'}"
    make_map(url, Clock(DAY), Filling.NETWORK)
    store = Store.open(url)
    with store.reading() as conn:
        assert find_faults(conn) == []
        held = [record.id for record in all_actors(conn, Lezer(Niveau.TEAM), DAY)]
    store.close()
    files = [DATA / "netwerk" / name / "actoren.csv" for name in embedded.NETWORK]
    assert sorted(held) == sorted(row["id"] for path in files for row in rows(path))
