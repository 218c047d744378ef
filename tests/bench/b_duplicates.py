"""Duplicates among some thousand invented organisations: how many are found, and how fast."""

from __future__ import annotations

import logging
import time
import warnings
from collections.abc import Iterator
from statistics import median
from typing import Any

import pandas as pd
import splink.comparison_library as cl
from splink import DuckDBAPI, Linker, SettingsCreator, block_on

from socialmap.domain.model import Actor
from socialmap.editing.duplicates import find_duplicates
from socialmap.store.rows import search_name
from tests.bench.noisy_names import make_records
from tests.bench.result import Result

COUNT, SEED, ROUNDS = 3000, 20261122, 3
F1, PRECISION, FASTER = 0.94, 0.98, 20


def run() -> Iterator[Result]:
    """Measure what is found, then both times in turn on the same records."""
    records, true = make_records(COUNT, SEED)
    found = {(pair.een, pair.ander) for pair in find_duplicates(records)}
    right = len(found & true)
    yield _share("duplicates-f1", len(records), 2 * right / (len(found) + len(true)), F1)
    yield _share("duplicates-precision", len(records), right / len(found), PRECISION)
    ours: list[float] = []
    theirs: list[float] = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        find_duplicates(records)
        ours.append(time.perf_counter() - start)
        start = time.perf_counter()
        by_splink(records)
        theirs.append(time.perf_counter() - start)
    yield Result(
        name="duplicates-time",
        n=len(records),
        ours=median(ours),
        reference=median(theirs),
        unit="s",
        limit=FASTER,
    )


def by_splink(records: list[Actor]) -> set[tuple[str, str]]:
    """Do it as the manual of splink does: settings, training, and pairs above one half."""
    settings = SettingsCreator(
        link_type="dedupe_only",
        comparisons=[
            cl.JaroWinklerAtThresholds("naam", [0.95, 0.88, 0.75]),
            cl.LevenshteinAtThresholds("adres", [2, 5]),
            cl.DistanceInKMAtThresholds("lat", "lon", [0.1, 0.5, 1]),
        ],
        blocking_rules_to_generate_predictions=[
            block_on("postcode"),
            block_on("substr(naam, 1, 6)"),
            block_on("laatste"),
        ],
    )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        backend = DuckDBAPI()
        linker = Linker(backend.register(_frame(records)), settings, log_level=logging.ERROR)
        training: Any = linker.training
        training.estimate_probability_two_random_records_match([block_on("naam")], recall=0.5)
        training.estimate_u_using_random_sampling(max_pairs=1e6, seed=SEED)
        training.estimate_parameters_using_expectation_maximisation(block_on("postcode"))
        training.estimate_parameters_using_expectation_maximisation(block_on("naam"))
        predicted: Any = linker.inference.predict(threshold_match_probability=0.5)
        pairs = predicted.as_pandas_dataframe()
    ids = zip(pairs["unique_id_l"], pairs["unique_id_r"], strict=True)
    return {(min(pair), max(pair)) for pair in ids}


def _frame(records: list[Actor]) -> pd.DataFrame:
    rows = [
        {
            "unique_id": one.id,
            "naam": search_name(one.naam),
            "laatste": search_name(one.naam).split()[-1],
            "adres": search_name(one.adres) or None,
            "postcode": one.postcode or None,
            "lon": one.lon,
            "lat": one.lat,
        }
        for one in records
    ]
    return pd.DataFrame(rows)


def _share(name: str, n: int, ours: float, least: float) -> Result:
    return Result(name=name, n=n, ours=ours, reference=least, unit="", limit=1, more=True)
