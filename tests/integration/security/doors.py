"""Every address of the application, filled with records that are there: a new route comes along."""

from __future__ import annotations

import io
import itertools
import zipfile
from collections.abc import Iterator, Mapping, Sequence

from flask import Flask
from werkzeug.routing import Rule
from werkzeug.routing.converters import AnyConverter, IntegerConverter

#: Sends a browser on to a provider of work accounts, which needs one: has tests of its own.
ELSEWHERE = ("werkaccount.",)


def rules(app: Flask, method: str) -> Iterator[Rule]:
    """Give the rules that answer a method, the files of the site left out."""
    for rule in sorted(app.url_map.iter_rules(), key=lambda one: (one.rule, one.endpoint)):
        file = rule.endpoint == "static" or rule.endpoint.endswith(".static")
        elsewhere = rule.endpoint.startswith(ELSEWHERE)
        if method in (rule.methods or ()) and not (file or elsewhere):
            yield rule


def fill(app: Flask, rule: Rule, ids: Mapping[str, Sequence[str]]) -> Iterator[str]:
    """
    Give the addresses of a rule.

    Parameters
    ----------
    ids
        Values by name of the argument. An argument that nobody thought of gets all of them.
    """
    everything = sorted({one for values in ids.values() for one in values})
    names = sorted(rule.arguments)
    choices = []
    for name in names:
        converter = rule._converters[name]
        if isinstance(converter, AnyConverter):
            choices.append(sorted(converter.items))
        elif isinstance(converter, IntegerConverter):
            choices.append(["1"])
        else:
            choices.append(list(ids.get(name, everything)))
    for values in itertools.product(*choices):
        _, path = rule.build(dict(zip(names, values, strict=True))) or ("", "")
        assert path, rule
        yield path


def words_of(body: bytes) -> str:
    """Give what can be read in an answer; a workbook or other zip is opened first."""
    if body.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(body)) as packed:
            body = b" ".join(packed.read(name) for name in packed.namelist())
    return body.decode(errors="replace")
