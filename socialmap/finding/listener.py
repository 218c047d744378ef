"""Hear danger in words that no pattern knows: a sum of weights learned from many phrases.

Pure functions on text and weights; the weights are data (`data/woorden/gevaar_gewichten.csv`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from socialmap.finding.stemming import Stemmer
from socialmap.finding.tokens import fold, tokenise

#: A longer text is heard in pieces of so many words, each half overlapping the one before, so
#: that much harmless text cannot drown one sentence.
PIECE = 30
#: Two words form a pair if at most so many words stand between.
_BETWEEN = 2
_SIZES = (3, 4, 5)
_SHORT_WORD = 4
#: Words that mean much the same here, so that a sentence with other words sounds alike.
_CLASSES = {
    "ik": "ik mij me mijn mn wij ons ikzelf mezelf mijzelf",
    "partner": (
        "man vriend vrouw partner ex vriendin echtgenoot hij zij ze hem haar vriendje gozer "
        "vent broer vader pa papa stiefvader oom zoon schoonzoon"
    ),
    "kind": (
        "kind kinderen baby peuter kleuter zuigeling dochter zoon zoontje dochtertje meisje "
        "jongetje broertje zusje kindje nichtje kleinkind kk leerling tweeling kleintje "
        "kleintjes"
    ),
    "ouder": (
        "moeder mama mam vader papa ouders oma opa tante oom stiefmoeder stiefvader oppas meester"
    ),
    "oud": "oma opa moeder mevrouw mevr mw meneer dhr buurvrouw buurman bejaarde",
    "geweld": (
        "slaat slaan geslagen sloeg schopt schoppen geschopt trapt trappen stompt knijpt "
        "knijpen geknepen duwt duwde gooit gooide gegooid mishandelt mishandelen mishandeld "
        "mept klappen klap wurgt wurgen gewurgd trekt trekken rammelt geschud schudt steekt "
        "gestoken bedreigt bedreigd dreigt verkracht aangerand kopstoot vermoordt "
        "vermoorden slaag"
    ),
    "seks": (
        "seks misbruik misbruikt verkracht aanraken aanraakt aanrand aanranden naaktfoto "
        "naakt kleren geheim vies vieze bed"
    ),
    "wapen": (
        "mes mesjes pistool wapen vuurwapen bijl hamer schaar machete geweer touw strop gas "
        "kogel riem kabel stok"
    ),
    "lijf": "keel hals nek gezicht arm buik hoofd pols rug lip oog neus been borst hart",
    "letsel": (
        "blauw blauwe bloed bloedt bloeden wond wonden striemen gebroken letsel hematoom "
        "hematomen brandwond plekken plek kapot"
    ),
    "dood": (
        "dood doodgaan sterven zelfmoord suicide zelfdoding hemel springen spring ophangen "
        "eind leven bestaan wakker verdwijnen afscheid vaarwel trein spoor brug pillen "
        "overlijden dodelijk"
    ),
    "buiten": (
        "buiten straat eruit weg dakloos uitgezet ontruimd portiek auto tent station park sloten"
    ),
    "slaap": (
        "slapen slaap bed dak onderdak opvang slaapplek overnachten nacht plek kamer terecht huis"
    ),
    "nu": (
        "nu vannacht vanavond vandaag net zo meteen straks ineens opeens gisteravond "
        "gisteren vanochtend vanmiddag acuut spoed direct"
    ),
    "niet": "niet geen niks nooit nergens niemand",
    "bang": "bang durf durft angst verstop verstopt vlucht gevlucht onveilig",
    "dwang": "opgesloten sluit slot mag moet gedwongen dwingt afgepakt controleert trouwen",
    "middel": (
        "pillen medicijnen drugs alcohol drank dronken gebruikt ghb coke heroine wodka "
        "overdosis insuline ingenomen ingeslikt geslikt"
    ),
    "flauw": (
        "wakker reageert bewusteloos flauwgevallen aanspreekbaar suf slap ademt adem lucht "
        "benauwd stikt blauw verward"
    ),
    "koorts": "koorts graden braakt overgeven pijn druk zweet zweten",
    "zoek": (
        "zoek zoeken groep cursus lotgenoten vrijwilliger leren training les maatje praten "
        "samen wil waar wie"
    ),
    "vroeger": "vroeger jaar jaren geleden vorig jeugd toen",
    "zorg": "brief gemeente werk school geld huur buurt buren dokter",
}
#: Two classes form a pair if the words are less than so many places apart, in either order.
_NEAR = 7


class Sound(NamedTuple):
    """What one feature weighs: for danger at all, and for each kind in the order of `soorten`."""

    gevaar: float
    soorten: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Listener:
    """Learned weights, made ready to hear with.

    Attributes
    ----------
    stemmer
        The same one as the weights were learned with.
    soorten
        Codes of the kinds of danger, in the order of `Sound.soorten`.
    sounds
        Weight by feature, see `features`. A feature that is not there weighs nothing.
    begin
        Added to every sum.
    grens
        A piece of text with a sum from here on speaks of danger.
    """

    stemmer: Stemmer
    soorten: tuple[str, ...]
    sounds: Mapping[str, Sound]
    begin: Sound
    grens: float

    def hears(self, text: str) -> str | None:
        """Give the likeliest kind of danger that a text speaks of, or nothing."""
        gevaar, soort = max(
            (self.weigh(piece) for piece in pieces(tokenise(text))),
            key=lambda found: found[0],
            default=(self.grens - 1, ""),
        )
        return soort if gevaar >= self.grens else None

    def weigh(self, words: Sequence[str]) -> tuple[float, str]:
        """Give the sum for danger, and the likeliest kind, of one piece that has words."""
        heard = features(words, self.stemmer)
        share = 1 / len(heard) ** 0.5
        known = [self.sounds[name] for name in heard if name in self.sounds]
        gevaar = self.begin.gevaar + share * sum(sound.gevaar for sound in known)
        kinds = [
            self.begin.soorten[n] + share * sum(sound.soorten[n] for sound in known)
            for n in range(len(self.soorten))
        ]
        return gevaar, self.soorten[kinds.index(max(kinds))]


def pieces(words: Sequence[str]) -> Iterable[Sequence[str]]:
    """Cut words into overlapping pieces of at most `PIECE`; none if there are no words."""
    for start in range(0, max(len(words) - PIECE // 2, min(len(words), 1)), PIECE // 2):
        yield words[start : start + PIECE]


def features(words: Sequence[str], stemmer: Stemmer) -> tuple[str, ...]:
    """
    Give what is heard in words, each feature once, in a fixed order.

    Parameters
    ----------
    words
        Normalised words, see `tokenise`.

    Returns
    -------
    features
        Stems in one spelling (`sla`), pairs of stems close together in their order (`sla mij`),
        pieces of 3 to 5 letters of a word with `_` at its ends (`~_sla`), which are still there
        when a word holds a typing error, and classes of words and pairs of those (`@geweld ik`).
        Every number is `0`.
    """
    folded = ["0" if word.isdigit() else fold(word) for word in words]
    stems = ["0" if word.isdigit() else fold(stemmer.stem(word), whole=True) for word in words]
    found = dict.fromkeys(stems)
    for place, stem in enumerate(stems):
        for other in stems[place + 1 : place + 2 + _BETWEEN]:
            found[f"{stem} {other}"] = None
    for word in folded:
        if len(word) < _SHORT_WORD:
            continue
        whole = f"_{word}_"
        for size in _SIZES:
            for start in range(len(whole) - size + 1):
                found[f"~{whole[start : start + size]}"] = None
    found.update(dict.fromkeys(_classes(folded)))
    return tuple(found)


def _classes(folded: Sequence[str]) -> Iterable[str]:
    """Give the classes of words, and pairs of classes that are near each other."""
    kinds = [_CLASSES_OF.get(word, ()) for word in folded]
    for place, own in enumerate(kinds):
        for first in own:
            yield f"@{first}"
            for others in kinds[place + 1 : place + _NEAR]:
                for second in others:
                    if first != second:
                        yield "@{} {}".format(*sorted((first, second)))


def _classes_of() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for name, words in _CLASSES.items():
        for word in words.split():
            found[fold(word)] = (*found.get(fold(word), ()), name)
    return found


_CLASSES_OF = _classes_of()
