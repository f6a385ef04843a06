"""``problem.json`` of mcda-elicitation-web: criteria with data sources, alternatives, and effects of one on the other.

Reading follows its published schema and its program's upgrade code. An effect's ``value`` is taken, never its
``input``, which is stored as typed. Percentages are stored as shown up to version 1.4.5, and as decimals from 1.4.6 on.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, NoReturn

from policy_options.dossier.plain_words import quoted
from policy_options.dossier.validation import did_you_mean
from policy_options.errors import Fault, PolicyOptionsError
from policy_options.exchange.importing.archives import refuse_too_many_bytes
from policy_options.exchange.importing.asked import Asked, counted, listed
from policy_options.exchange.importing.ids import ids_of, title_of
from policy_options.exchange.importing.matrix import (
    UNKNOWN_SCORE,
    At,
    Direction,
    ImportedCriterion,
    ImportedMatrix,
    ImportedOption,
    ImportedScore,
)
from policy_options.exchange.importing.numbers import exact_number, times
from policy_options.exchange.importing.plain_data import refuse_too_many_nodes

__all__ = ["read_problem"]

_DECIMALS_FROM: Final = (1, 4, 6)
_LAST_KNOWN: Final = (1, 4, 7)
_DIRECTIONS: Final[dict[str, Direction]] = {"increasing": "more-is-better", "decreasing": "less-is-better"}


@dataclass(slots=True)
class _Source:
    """A criterion's data source, to which scores belong. ``factor`` is 100 if percentages are stored as decimals."""

    criterion: str
    id: str
    title: str
    at: At
    data: Mapping[str, Any]
    unit: str | None
    factor: int = 1


@dataclass(slots=True)
class _Reading:
    file: str
    faults: list[Fault] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    assumed: list[str] = field(default_factory=list)

    def at(self, *path: str) -> At:
        return At(self.file, "/".join(path))


def read_problem(raw: bytes, file: str, asked: Asked) -> ImportedMatrix:
    """Read the decision in a problem.

    Raises:
        PolicyOptionsError: it is not JSON or not a problem, a criterion has several data sources or relative effects,
            an id is undeclared, or a score occurs twice.
    """
    data = _parsed(raw, file)
    reading = _Reading(file)
    version = _version(data, reading)
    alternatives = _titled(data.get("alternatives"), "alternatives", reading)
    sources = _sources(data, version, asked, reading)
    cells = _cells(data, alternatives, sources, reading)
    rows = {id: title for id, title in alternatives.items() if not asked.leaves_out(id, title)}
    reading.left_out += [
        f"alternative {quoted(t)}: as --leave-out says" for id, t in alternatives.items() if id not in rows
    ]
    option_ids, notes, faults = ids_of(
        [(title, reading.at("alternatives", id)) for id, title in rows.items()], "option"
    )
    criterion_ids, more, others = ids_of([(one.title, one.at) for one in sources], "criterion")
    reading.faults += [*faults, *others]
    criteria = [_criterion(one, id, reading) for one, id in zip(sources, criterion_ids, strict=True)]
    scores = [tuple(cells.get((id, one.criterion), UNKNOWN_SCORE) for one in sources) for id in rows]
    unknown = sum(score is UNKNOWN_SCORE for row in scores for score in row)
    if unknown:
        reading.assumed.append(counted(unknown, "is empty or missing, so it is", "are empty or missing, so they are"))
    if not reading.faults and (not rows or not sources):
        reading.faults.append(
            At(file).fault("no-matrix", "there are no alternatives, or no criteria", "export the problem again")
        )
    if reading.faults:
        raise PolicyOptionsError(reading.faults)
    said = "without a version" if version is None else f"version {'.'.join(map(str, version))}"
    title = data.get("title")
    return ImportedMatrix(
        file,
        "a problem of mcda-elicitation-web",
        tuple(
            ImportedOption(new, title, reading.at("alternatives", id))
            for new, (id, title) in zip(option_ids, rows.items(), strict=True)
        ),
        tuple(criteria),
        tuple(scores),
        title=title_of(title, At(file, "title")) if isinstance(title, str) and title.strip() else None,
        read=(f"{file}: {said}", *reading.notes, *notes, *more),
        left_out=tuple(dict.fromkeys(reading.left_out)),
        assumed=tuple(reading.assumed),
    )


def _parsed(raw: bytes, file: str) -> Mapping[str, Any]:
    refuse_too_many_bytes(raw, file)

    def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(pairs)
        if len(found) < len(pairs):
            raise ValueError("a key is there twice")
        return found

    def number(text: str) -> float:
        found = exact_number(text)
        return found if found is not None else refuse(quoted(text))

    def refuse(word: str) -> NoReturn:
        raise ValueError(f"{word} is no number")

    try:
        data = json.loads(raw, object_pairs_hook=once, parse_constant=refuse, parse_float=number)
    except json.JSONDecodeError as error:
        raise PolicyOptionsError(
            At(file, "", error.lineno, error.colno).fault(
                "not-json", f"this is not JSON: {error.msg}", "export it again"
            )
        ) from None
    except (ValueError, RecursionError) as error:
        why = "it is too deep" if isinstance(error, RecursionError) else str(error)
        raise PolicyOptionsError(
            At(file).fault("not-json", f"the file is not read: {why}", "export it again")
        ) from None
    refuse_too_many_nodes(data, file)
    if not isinstance(data, dict) or not {"criteria", "alternatives", "performanceTable"} <= data.keys():
        raise PolicyOptionsError(
            At(file).fault(
                "not-a-problem",
                "this is no problem of mcda-elicitation-web, which has criteria, alternatives and performanceTable",
                "export the problem there",
            )
        )
    return data


def _version(data: Mapping[str, Any], reading: _Reading) -> tuple[int, ...] | None:
    said = data.get("schemaVersion")
    if said is None:
        return None
    parts = str(said).split(".")
    if not all(part.isdecimal() and len(part) < 6 for part in parts):
        reading.faults.append(
            At(reading.file, "schemaVersion").fault("version", f"{quoted(str(said))} is no version", "correct it")
        )
        return None
    version = tuple(int(part) for part in parts)
    if version[:2] > _LAST_KNOWN[:2]:
        reading.faults.append(
            At(reading.file, "schemaVersion").fault(
                "version", f"version {said} is newer than 1.4.7, the last that is read", "export it in an older version"
            )
        )
    return version


def _titled(data: Any, key: str, reading: _Reading) -> dict[str, str]:
    """The titles by id in an object of objects."""
    found = {}
    if not isinstance(data, dict):
        reading.faults.append(
            At(reading.file, key).fault("not-a-problem", f"{key} is not an object by id", "export it again")
        )
        return {}
    for id, one in data.items():
        title = one.get("title") if isinstance(one, dict) else None
        try:
            found[id] = title_of(title if isinstance(title, str) and title.strip() else id, reading.at(key, id))
        except PolicyOptionsError as error:
            reading.faults.extend(error.faults)
    return found


def _sources(
    data: Mapping[str, Any], version: tuple[int, ...] | None, asked: Asked, reading: _Reading
) -> list[_Source]:
    """The one data source of each criterion that is read."""
    titles = _titled(data["criteria"], "criteria", reading)
    made = []
    for id, title in titles.items():
        one = data["criteria"][id]
        at = reading.at("criteria", id)
        if asked.leaves_out(id, title):
            reading.left_out.append(f"criterion {quoted(title)}: as --leave-out says")
            continue
        listed_sources = one.get("dataSources")
        known = [s for s in listed_sources if isinstance(s, dict)] if isinstance(listed_sources, list) else [one]
        kept = [s for s in known if not asked.leaves_out(str(s.get("id", "")))]
        reading.left_out += [
            f"data source {quoted(str(s.get('id')))} of {quoted(title)}: as --leave-out says"
            for s in known
            if s not in kept
        ]
        if len(kept) != 1:
            reading.faults.append(
                at.fault(
                    "sources-several",
                    f"{quoted(title)} has {len(kept)} data sources: {listed(str(s.get('id')) for s in kept)}",
                    "leave out all but one, each with --leave-out ID",
                )
            )
            continue
        made.append(_source(id, title, at, kept[0], version, reading))
    return made


def _source(
    criterion: str, title: str, at: At, data: Mapping[str, Any], version: tuple[int, ...] | None, reading: _Reading
) -> _Source:
    unit = data.get("unitOfMeasurement")
    kind, label = (unit.get("type"), unit.get("label")) if isinstance(unit, dict) else (None, unit)
    percent = kind == "percentage" or label == "%"
    factor = 100 if percent and version is not None and version >= _DECIMALS_FROM and kind == "percentage" else 1
    if percent:
        how = "as decimals, as since 1.4.6" if factor == 100 else "as they are shown, as before 1.4.6"
        reading.notes.append(f"the percentages of {quoted(title)} are read {how}")
    written = " ".join(label.split()) if isinstance(label, str) and label.strip() else None
    return _Source(criterion, str(data.get("id", "")), title, at, data, "per cent" if percent else written, factor)


def _times(number: Any, factor: int) -> float | None:
    if isinstance(number, bool) or not isinstance(number, int | float):
        return None
    try:
        return times(float(number), factor)
    except (OverflowError, ArithmeticError):  # an integer of hundreds of digits
        return None


def _cells(
    data: Mapping[str, Any], alternatives: Mapping[str, str], sources: Iterable[_Source], reading: _Reading
) -> dict[tuple[str, str], ImportedScore]:
    source_of = {one.criterion: one for one in sources}
    criteria = data["criteria"] if isinstance(data["criteria"], dict) else {}
    cells: dict[tuple[str, str], ImportedScore] = {}
    table = data["performanceTable"]
    for index, entry in enumerate(table if isinstance(table, list) else []):
        at = reading.at("performanceTable", str(index))
        if not isinstance(entry, dict):
            reading.faults.append(at.fault("not-a-problem", "an entry is no object", "export it again"))
            continue
        criterion, alternative = str(entry.get("criterion", "")), entry.get("alternative")
        if criterion not in criteria:
            reading.faults.append(
                at.fault(
                    "unknown-id", f"{quoted(criterion)} is no criterion of the file", did_you_mean(criterion, criteria)
                )
            )
            continue
        source = source_of.get(criterion)
        if source is None or str(entry.get("dataSource", source.id)) != source.id:
            continue
        performance = entry.get("performance")
        if not isinstance(alternative, str) or not isinstance(performance, dict) or _is_relative(performance):
            reading.faults.append(
                at.fault(
                    "relative",
                    f"the effects on {quoted(source.title)} are relative to a baseline, and a dossier has absolute scores",
                    f"leave the criterion out with --leave-out {criterion}, or export absolute effects",
                )
            )
        elif alternative not in alternatives:
            reading.faults.append(
                at.fault(
                    "unknown-id",
                    f"{quoted(alternative)} is no alternative of the file",
                    did_you_mean(alternative, alternatives),
                )
            )
        elif (alternative, criterion) in cells:
            reading.faults.append(
                at.fault("cell-twice", f"{quoted(alternative)} has two scores on {quoted(source.title)}", "keep one")
            )
        else:
            cells[alternative, criterion] = _score(performance, source, at, reading)
    return cells


def _is_relative(performance: Any) -> bool:
    if not isinstance(performance, dict):
        return False
    kinds = [performance, *(part for part in performance.values() if isinstance(part, dict))]
    return any("relative" in str(one.get("type", "")) for one in kinds)


def _score(performance: Mapping[str, Any], source: _Source, at: At, reading: _Reading) -> ImportedScore:
    """The value of an effect; if it has only a distribution, the middle, which is reported."""
    effect = performance.get("effect", performance if "type" in performance else None)
    distribution = performance.get("distribution")
    if isinstance(effect, dict) and effect.get("type") != "empty":
        value = _times(effect.get("value"), source.factor)
        if value is not None:
            if isinstance(distribution, dict) and distribution.get("type") not in (None, "empty", "exact"):
                reading.left_out.append(
                    f"distributions on {quoted(source.title)}: their effects are read; declare them by hand"
                )
            return ImportedScore(value)
    if isinstance(distribution, dict) and distribution.get("type") not in (None, "empty"):
        effect = distribution
    if not isinstance(effect, dict) or effect.get("type") in (None, "empty", "text"):
        return UNKNOWN_SCORE
    parameters = effect.get("parameters")
    known: Mapping[str, Any] = {**effect, **(parameters if isinstance(parameters, dict) else {})}
    low, high = (_times(known.get(key), source.factor) for key in ("lowerBound", "upperBound"))
    if low is not None and high is not None and low <= high:
        return ImportedScore(
            (low + high) / 2, low, high, "TODO say what is likely. The file gives a range, of which this is the middle."
        )
    value = _times(known.get("value", known.get("mu")), source.factor)
    if value is not None:
        if "mu" in known:
            reading.left_out.append(
                f"distributions on {quoted(source.title)}: their means are read; declare them by hand"
            )
        return ImportedScore(value)
    reading.faults.append(
        at.fault(
            "effect-unreadable",
            f"the effect on {quoted(source.title)} is {quoted(str(effect.get('type')))}, of which no number is read",
            f"leave the criterion out with --leave-out {source.criterion}",
        )
    )
    return UNKNOWN_SCORE


def _criterion(source: _Source, id: str, reading: _Reading) -> ImportedCriterion:
    pvf = source.data.get("pvf")
    pvf = pvf if isinstance(pvf, dict) else {}
    direction = _DIRECTIONS.get(str(pvf.get("direction")))
    low, high = (
        _range(pvf.get("range"), source.factor) or _range(source.data.get("scale"), source.factor) or (None, None)
    )
    points: tuple[tuple[float, float], ...] = ()
    cutoffs, values = pvf.get("cutoffs"), pvf.get("values")
    if (
        direction
        and low is not None
        and high is not None
        and isinstance(cutoffs, list)
        and isinstance(values, list)
        and cutoffs
    ):
        inner = [(_times(c, source.factor), _times(v, 100)) for c, v in zip(cutoffs, values, strict=False)]
        if len(cutoffs) != len(values) or any(c is None or v is None for c, v in inner):
            reading.faults.append(
                source.at.fault(
                    "pvf", f"the cutoffs and values of {quoted(source.title)} do not match", "export it again"
                )
            )
        else:
            start, end = (0.0, 100.0) if direction == "more-is-better" else (100.0, 0.0)
            points = ((low, start), *((c, v) for c, v in inner if c is not None and v is not None), (high, end))
    return ImportedCriterion(id, source.title, source.at, source.unit, direction, low, high, points=points)


def _range(given: Any, factor: int) -> tuple[float, float] | None:
    """Two ends; none if one of them is null, meaning unbounded."""
    if not isinstance(given, list) or len(given) != 2:
        return None
    low, high = (_times(one, factor) for one in given)
    return (low, high) if low is not None and high is not None and low < high else None
