"""The contact of an actor as a vCard 4.0 (RFC 6350), for an address book."""

from __future__ import annotations

from socialmap.domain.model import Actor
from socialmap.domain.vocabulary import Vocabulary
from socialmap.exchange.hsds_words import hsds_id

#: Most bytes on a line (RFC 6350, 3.2), without its end.
_LINE = 75


def make_vcard(actor: Actor, vocabulary: Vocabulary) -> bytes:
    """
    Write the contact of an actor, as the reader sees it.

    Returns
    -------
    data
        vCard 4.0 in UTF-8; what is not known is left out. The UID is that of the organisation in
        HSDS.
    """
    lines = [
        "BEGIN:VCARD",
        "VERSION:4.0",
        "KIND:org",
        f"UID:urn:uuid:{hsds_id('organization', actor.id)}",
        f"FN:{_escape(actor.naam)}",
        f"ORG:{_escape(actor.naam)}",
    ]
    if actor.telefoon:
        lines.append(f"TEL;VALUE=text:{_escape(actor.telefoon)}")
    if actor.email:
        lines.append(f"EMAIL:{_escape(actor.email)}")
    if actor.website:
        # An address is a value of its own kind: a comma in it is part of it.
        lines.append(f"URL:{_one_line(actor.website)}")
    if actor.adres or actor.postcode or actor.plaats:
        street, town, code = map(_escape, (actor.adres, actor.plaats, actor.postcode))
        lines.append(f"ADR:;;{street};{town};;{code};Nederland")
    if actor.lon is not None and actor.lat is not None:
        lines.append(f"GEO:geo:{actor.lat},{actor.lon}")
    if actor.themas:
        names = (_escape(vocabulary.label(code)) for code in actor.themas)
        lines.append(f"CATEGORIES:{','.join(names)}")
    if actor.omschrijving:
        lines.append(f"NOTE:{_escape(actor.omschrijving)}")
    if actor.gecontroleerd_op:
        lines.append(f"REV:{actor.gecontroleerd_op:%Y%m%d}T000000Z")
    lines.append("END:VCARD")
    return "".join(f"{_fold(line)}\r\n" for line in lines).encode()


def _escape(text: str) -> str:
    """Write text as a value: no sign of it can end the value or the line."""
    marked = text.replace("\\", "\\\\").replace(",", "\\,").replace(";", "\\;")
    return "\\n".join(marked.splitlines())


def _one_line(text: str) -> str:
    return "".join(text.split())


def _fold(line: str) -> str:
    """Break a line at most 75 bytes long, never inside a character."""
    parts, size = [""], 0
    for sign in line:
        width = len(sign.encode())
        if size + width > _LINE:
            parts.append(" ")
            size = 1
        parts[-1] += sign
        size += width
    return "\r\n".join(parts)
