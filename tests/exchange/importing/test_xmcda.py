"""XMCDA of three major versions: each feature of valid files, with samples that the published schemas accept."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from importlib.resources import files as resources

import pytest
from lxml import etree

from policy_options.dossier.in_memory import InMemory
from policy_options.dossier.loading import load_contents
from policy_options.errors import Fault, PolicyOptionsError
from policy_options.exchange.importing.asked import Asked
from policy_options.exchange.importing.dossier_files import files_of
from policy_options.exchange.importing.matrix import ImportedMatrix
from policy_options.exchange.importing.registry import read_matrix
from workbooks import likely

ASKED = Asked(less_is_better=())
NAMESPACES = {
    "2.0.0": "http://www.decision-deck.org/2009/XMCDA-2.0.0",
    "2.2.2": "http://www.decision-deck.org/2017/XMCDA-2.2.2",
    "3.0.0": "http://www.decision-deck.org/2013/XMCDA-3.0.0",
    "3.1.1": "http://www.decision-deck.org/2019/XMCDA-3.1.1",
    "4.0.0": "http://www.decision-deck.org/2021/XMCDA-4.0.0",
}
ALTERNATIVES = (
    '<alternatives><alternative id="a1" name="East quay"/>'
    '<alternative id="a2"><type>real</type><active>true</active></alternative></alternatives>'
)
CRITERIA = '<criteria><criterion id="cost"/><criterion id="reach"/></criteria>'
NUMBER = {"a1": "<real>12.5</real>", "a2": "<integer>30</integer>"}
REACH = {
    "a1": "<integer>3</integer>",
    "a2": "<rational><numerator>1</numerator><denominator>4</denominator></rational>",
}


def value(kind: str, version: str = "3.1.1", times: int = 1) -> str:
    inner = f"<value>{kind}</value>" * times
    return inner if version[0] == "2" else f"<values>{inner}</values>"


def table(version: str = "3.1.1", cost: dict[str, str] = NUMBER, reach: dict[str, str] = REACH) -> str:
    rows = "".join(
        f"<alternativePerformances><alternativeID>{one}</alternativeID>"
        f"<performance><criterionID>cost</criterionID>{value(cost[one], version)}</performance>"
        f"<performance><criterionID>reach</criterionID>{value(reach[one], version)}</performance></alternativePerformances>"
        for one in ("a1", "a2")
    )
    return f"<performanceTable>{rows}</performanceTable>"


def scale(inner: str, version: str = "3.1.1", criterion: str = "cost") -> str:
    name = "criterionScales" if version[0] == "4" else "criterionScale"
    return f"<criteriaScales><{name}><criterionID>{criterion}</criterionID><scales>{inner}</scales></{name}></criteriaScales>"


def weights(version: str = "3.1.1", attributes: str = 'id="weights"', cost: str = "<real>0.3</real>") -> str:
    name = "criterionValues" if version[0] == "4" else "criterionValue"
    both = {"cost": cost, "reach": "<integer>2</integer>"}
    inner = "".join(f"<{name}><criterionID>{id}</criterionID>{value(w, version)}</{name}>" for id, w in both.items())
    return f"<criteriaValues {attributes}>{inner}</criteriaValues>"


def document(*blocks: str, version: str = "3.1.1", attributes: str = "") -> bytes:
    inner, space = "".join(blocks), NAMESPACES.get(version, version)
    if version[0] == "4":
        return f'<?xml version="1.0"?>\n<xmcda xmlns="{space}" {attributes}>{inner}</xmcda>'.encode()
    return f'<?xml version="1.0"?>\n<x:XMCDA xmlns:x="{space}" {attributes}>{inner}</x:XMCDA>'.encode()


def read(raw: bytes, asked: Asked = ASKED, valid: str | None = "3.1.1") -> ImportedMatrix:
    if valid is not None:
        schema = etree.fromstring((resources("xmcda") / "xsd" / f"XMCDA-{valid}.xsd").read_bytes())
        etree.XMLSchema(schema).assertValid(etree.fromstring(raw))
    return read_matrix([("a.xml", raw)], asked)


def faults(raw: bytes, asked: Asked = ASKED, valid: str | None = "3.1.1") -> tuple[Fault, ...]:
    try:
        read(raw, asked, valid)
    except PolicyOptionsError as error:
        return error.faults
    return ()


def fault(raw: bytes, asked: Asked = ASKED, valid: str | None = "3.1.1") -> Fault:
    found = faults(raw, asked, valid)
    assert len(found) == 1, [(one.code, one.message) for one in found]
    assert found[0].place is not None and found[0].remedy
    return found[0]


@pytest.mark.parametrize("version", list(NAMESPACES))
def test_every_version_gives_the_same_matrix(version: str) -> None:
    raw = document(ALTERNATIVES, CRITERIA, table(version), weights(version), version=version)
    matrix = read(raw, valid=None if version[0] == "2" else version)
    assert likely(matrix) == [[12.5, 3], [30, 0.25]]
    assert [(one.id, one.title) for one in matrix.options] == [("a1", "East quay"), ("a2", "a2")]
    assert matrix.weights[0].answers == {"judgements": {"cost": 0.3, "reach": 2}}
    assert any(version in line for line in matrix.read)
    load_contents(InMemory(files_of(matrix, "a", date(2026, 1, 1))))


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (document(version="http://www.decision-deck.org/2031/XMCDA-5.0.0"), "XMCDA-5.0.0"),
        (document(version="http://www.decision-deck.org/2005/XMCDA-1.0.0"), "XMCDA-1.0.0"),
        (b"<XMCDA/>", "no namespace"),
        (document(ALTERNATIVES, CRITERIA, table("2.2.2")), "version 2"),
        (document(ALTERNATIVES, CRITERIA, table(), weights("4.0.0")), "criterionValues"),
        (document(scale("<scale/>"), version="4.0.0"), "criterionScale "),
        (
            document(
                ALTERNATIVES,
                attributes=f'xmlns:i="http://www.w3.org/2001/XMLSchema-instance" i:schemaLocation="{NAMESPACES["2.2.2"]} x"',
            ),
            "schemaLocation version 2",
        ),
    ],
)  # fmt: skip
def test_versions_that_are_not_read_or_not_what_they_say(raw: bytes, said: str) -> None:
    found = faults(raw, valid=None)
    assert {one.code for one in found} == {"xmcda-version"}
    assert said in found[0].message


def test_other_xml_is_named() -> None:
    assert fault(b"<html/>", valid=None).code == "not-xmcda"


def test_several_files_are_joined_by_id() -> None:
    parts = {
        "alternatives.xml": ALTERNATIVES,
        "criteria.xml": CRITERIA,
        "performance_table.xml": table(),
        "weights.xml": weights(attributes=""),
    }
    matrix = read_matrix([(name, document(block)) for name, block in parts.items()], ASKED)
    assert likely(matrix) == [[12.5, 3], [30, 0.25]]
    assert matrix.weights


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("<criterionID>reach", "<criterionID>raech", '"raech" is no criterion'),
        ("<alternativeID>a2", "<alternativeID>a3", '"a3" is no alternative'),
    ],
)
def test_a_misspelt_id_is_refused_by_line_and_not_taken_for_a_new_one(old: str, new: str, said: str) -> None:
    found = faults(document(ALTERNATIVES, CRITERIA, table().replace(old, new)))
    assert {one.code for one in found} == {"unknown-id"}
    assert said in found[0].message
    assert found[0].place is not None and found[0].place.line == 2


def test_ids_that_are_used_twice_or_differ_in_case_only() -> None:
    twice = ALTERNATIVES.replace('"a2"', '"a1"')
    assert "id-twice" in [one.code for one in faults(document(twice, CRITERIA, table()))]
    case = ALTERNATIVES.replace('"a2"', '"A1"')
    found = faults(document(case, CRITERIA, table().replace(">a2<", ">A1<")))
    assert [one.code for one in found] == ["names-alike"]


def test_ids_with_blanks_are_mapped_and_said() -> None:
    matrix = read(document(ALTERNATIVES.replace('"a2"', '"a 2"'), CRITERIA, table().replace(">a2<", ">a 2<")))
    assert [(one.id, one.title) for one in matrix.options][1] == ("a-2", "a 2")
    assert any('"a 2" is a-2' in line for line in matrix.read)


def test_booleans_are_trimmed_and_empty_ones_have_the_default() -> None:
    blocks = (
        '<alternatives><alternative id="a1"><active/></alternative><alternative id="a2"><active> true </active></alternative>'
        '<alternative id="a3"><active> 0 </active></alternative><alternative id="p"><type>fictive</type></alternative></alternatives>'  # noqa: E501
    )
    matrix = read(document(blocks, CRITERIA, table()), valid=None)
    assert [one.id for one in matrix.options] == ["a1", "a2"]
    assert matrix.left_out[:2] == (
        'alternative "a3": not active',
        'alternative "p": fictive, so a profile and no option',
    )


def test_a_version_2_cell_may_have_no_value_and_name_an_attribute() -> None:
    cells = (
        table("2.2.2")
        .replace("<criterionID>reach", "<attributeID>reach", 1)
        .replace("reach</criterionID>", "reach</attributeID>", 1)
    )
    cells = cells.replace(value(NUMBER["a2"], "2.2.2"), "")
    ends = "<scale><quantitative><minimum><real>0</real></minimum><maximum><real>40</real></maximum></quantitative></scale>"
    criteria = CRITERIA.replace('<criterion id="cost"/>', f'<criterion id="cost">{ends}</criterion>')
    matrix = read(document(ALTERNATIVES, criteria, cells, version="2.2.2"), valid=None)
    assert likely(matrix) == [[12.5, 3], [None, 0.25]]


def test_na_and_missing_cells_are_unknown_and_never_a_value() -> None:
    more = ALTERNATIVES.replace("</alternatives>", '<alternative id="a4"/></alternatives>')
    row = f"<alternativePerformances><alternativeID>a4</alternativeID><performance><criterionID>cost</criterionID>{value('<NA/>')}</performance></alternativePerformances>"  # noqa: E501
    extra = table().replace("</performanceTable>", row + "</performanceTable>")
    matrix = read(document(more, CRITERIA, extra, table("3.1.1").replace("alternativePerformances", "x")), valid=None)
    assert likely(matrix)[2] == [None, None]


def test_intervals_are_ranges_whose_middle_is_a_todo() -> None:
    interval = '<interval><lowerBound><real>1</real></lowerBound><upperBound open="true"><real>4</real></upperBound></interval>'
    matrix = read(document(ALTERNATIVES, CRITERIA, table(cost={**NUMBER, "a1": interval})))
    score = matrix.scores[0][0]
    assert (score.low, score.likely, score.high) == (1, 2.5, 4)
    assert score.note is not None and score.note.startswith("TODO ")
    assert any("open bounds" in line for line in matrix.read)


FUZZY = "<fuzzyNumber><constant><real>1</real></constant></fuzzyNumber>"


@pytest.mark.parametrize(
    ("kind", "code"),
    [
        (FUZZY, "value-refused"),
        ("<interval><lowerBound><real>1</real></lowerBound></interval>", "interval-open-ended"),
        (
            "<interval><lowerBound><real>4</real></lowerBound><upperBound><real>1</real></upperBound></interval>",
            "range-order",
        ),
        ("<label>good</label>", "label-without-scale"),
        ("<real>INF</real>", "value-unreadable"),
        ("<rational><numerator>1</numerator><denominator>0</denominator></rational>", "value-unreadable"),
    ],
)
def test_what_no_number_can_be_taken_of_is_refused_by_cell(kind: str, code: str) -> None:
    found = fault(document(ALTERNATIVES, CRITERIA, table(cost={**NUMBER, "a1": kind})), valid=None)
    assert found.code == code
    assert ('"a1"' in found.message and '"cost"' in found.message) or code == "value-unreadable"


def test_several_values_in_one_cell_are_refused() -> None:
    raw = document(ALTERNATIVES, CRITERIA, table().replace(value(NUMBER["a1"]), value(NUMBER["a1"], times=2)))
    assert fault(raw).code == "value-several"


def test_the_same_cell_twice_is_refused() -> None:
    assert "cell-twice" in [one.code for one in faults(document(ALTERNATIVES, CRITERIA, table(), table()))]


LABELS = "".join(
    f"<valuedLabel><label>{label}</label><value><integer>{number}</integer></value></valuedLabel>"
    for label, number in (("good", 5), ("bad", 0), ("fair", 4))
)
QUALITATIVE = f"<scale><qualitative><preferenceDirection>max</preferenceDirection><valuedLabels>{LABELS}</valuedLabels></qualitative></scale>"  # noqa: E501


@pytest.mark.parametrize("version", ["3.1.1", "4.0.0"])
def test_labels_follow_the_order_of_their_scale(version: str) -> None:
    cells = table(version, cost={"a1": "<label>fair</label>", "a2": "<label>good</label>"})
    blocks = (ALTERNATIVES, CRITERIA, cells, scale(QUALITATIVE, version))
    matrix = read(document(*blocks, version=version), valid=version)
    assert [level.id for level in matrix.criteria[0].levels] == ["bad", "fair", "good"]
    assert [row[0] for row in likely(matrix)] == ["fair", "good"]
    files = files_of(matrix, "a", date(2026, 1, 1))
    contents = load_contents(InMemory(files))
    assert [level.value for level in contents.leaves["cost"][0].scale.levels] == [0, 80, 100]


def test_a_label_that_its_scale_does_not_have_is_refused() -> None:
    cells = table(cost={"a1": "<label>god</label>", "a2": "<label>good</label>"})
    assert fault(document(ALTERNATIVES, CRITERIA, cells, scale(QUALITATIVE))).code == "unknown-label"


def test_a_scale_may_be_defined_elsewhere_in_the_block_of_version_4() -> None:
    named = QUALITATIVE.replace("<scale>", '<scale id="s">')
    both = (
        f"<criteriaScales><criterionScales><criterionID>cost</criterionID><scales>{named}"
        "</scales></criterionScales><criterionScales><criterionID>reach</criterionID><scales><scaleID>s</scaleID></scales>"
        "</criterionScales></criteriaScales>"
    )
    labels = {"a1": "<label>fair</label>", "a2": "<label>good</label>"}
    raw = document(ALTERNATIVES, CRITERIA, table("4.0.0", labels, labels), both, version="4.0.0")
    assert [len(one.levels) for one in read(raw, valid="4.0.0").criteria] == [3, 3]
    assert "unknown-id" in [one.code for one in faults(raw.replace(b"<scaleID>s", b"<scaleID>t"), valid="4.0.0")]


def test_a_direction_that_is_not_there_is_asked_for_and_never_max() -> None:
    ends = "<scale><quantitative><minimum><integer>0</integer></minimum><maximum><integer>40</integer></maximum></quantitative></scale>"  # noqa: E501
    raw = document(ALTERNATIVES, CRITERIA, table("4.0.0"), scale(ends, "4.0.0"), version="4.0.0")
    assert fault(raw, Asked(), "4.0.0").code == "direction-unknown"
    matrix = read(raw, Asked(less_is_better=("cost",)), "4.0.0")
    assert [(one.direction, one.low, one.high) for one in matrix.criteria] == [
        ("less-is-better", 0, 40),
        ("more-is-better", None, None),
    ]


def test_which_values_are_the_weights_is_asked() -> None:
    several = (weights(attributes='id="first"'), weights(attributes='mcdaConcept="importance"', cost="<real>5</real>"))
    raw = document(ALTERNATIVES, CRITERIA, table(), *several)
    found = fault(raw)
    assert (found.code, '"first", "importance"' in found.message) == ("weights-which", True)
    assert read(raw, replace(ASKED, weights="importance")).weights[0].answers["judgements"]["cost"] == 5
    assert read(raw, replace(ASKED, weights="none")).weights == ()
    assert (
        fault(document(ALTERNATIVES, CRITERIA, table(), weights(attributes='mcdaConcept="utility"'))).code
        == "weights-which"
    )


@pytest.mark.parametrize(
    ("block", "code"),
    [
        (weights(cost="<NA/>"), "weight-unreadable"),
        (weights(cost="<real>-1</real>"), "weight-unreadable"),
        (weights().replace(">cost<", ">cots<"), "unknown-id"),
        (weights().replace(">cost<", ">reach<"), "id-twice"),
    ],
)
def test_weights_that_are_not_whole(block: str, code: str) -> None:
    assert code in [one.code for one in faults(document(ALTERNATIVES, CRITERIA, table(), block))]


def test_the_hierarchy_gives_groups() -> None:
    criteria = CRITERIA.replace("<criteria>", '<criteria><criterion id="money" name="Money"/>')
    node = "<node><criterionID>{}</criterionID>{}</node>"
    tree = f"<criteriaHierarchy><nodes>{node.format('money', '<nodes>' + node.format('cost', '') + '</nodes>')}{node.format('reach', '')}</nodes></criteriaHierarchy>"  # noqa: E501
    matrix = read(document(ALTERNATIVES, criteria, table(), tree))
    assert [(one.id, one.title) for one in matrix.groups] == [("money", "Money")]
    assert [one.groups for one in matrix.criteria] == [("money",), ()]
    assert (
        "criteria:" in files_of(matrix, "a", date(2026, 1, 1))["criteria/criteria.yaml"].decode().partition("money")[2]
    )


def functions(segments: str, attributes: str = 'mcdaConcept="value functions"') -> str:
    return (
        f"<criteriaFunctions {attributes}><criterionFunction><criterionID>cost</criterionID><functions><function>"
        f"<piecewiseLinear>{segments}</piecewiseLinear></function></functions></criterionFunction></criteriaFunctions>"
    )


def segment(*ends: tuple[float, float]) -> str:
    inner = "".join(
        f"<{name}><abscissa><real>{at}</real></abscissa><ordinate><real>{value}</real></ordinate></{name}>"
        for name, (at, value) in zip(("head", "tail"), ends, strict=True)
    )
    return f"<segment>{inner}</segment>"


TO_100 = scale(
    "<scale><quantitative><preferenceDirection>min</preferenceDirection><minimum><integer>0</integer></minimum>"
    "<maximum><integer>100</integer></maximum></quantitative></scale>"
)


def test_corners_of_value_functions_are_read_and_run_from_0_to_100() -> None:
    lines = segment((0, 1), (40, 0.25)) + segment((40, 0.25), (100, 0))
    matrix = read(document(ALTERNATIVES, CRITERIA, table(), functions(lines), TO_100))
    assert matrix.criteria[0].points == ((0.0, 100.0), (40.0, 25.0), (100.0, 0.0))
    assert 'the value function of "cost" has 3 corners' in matrix.read


@pytest.mark.parametrize(
    ("block", "why"),
    [
        (functions(segment((0, 1), (100, 0)), 'id="preference"'), "its names do not say that it holds value functions"),
        (functions(segment((0, 1), (40, 0)) + segment((50, 0), (100, 0))), "not one line of connected segments"),
        (functions(segment((0, 1), (90, 0))), "it does not run from one end of the scale to the other"),
        (functions(segment((0, 0), (100, 1))), "it does not run from the worst performance to the best"),
    ],
)
def test_other_functions_are_left_out_aloud(block: str, why: str) -> None:
    matrix = read(document(ALTERNATIVES, CRITERIA, table(), block, TO_100))
    assert matrix.criteria[0].points == ()
    assert any(why in line for line in matrix.left_out), matrix.left_out


def test_a_function_without_a_direction_is_left_out() -> None:
    ends = segment((0, 1), (100, 0))
    matrix = read(document(ALTERNATIVES, CRITERIA, table(), functions(ends)))
    assert any("does not say which direction is better" in line for line in matrix.left_out)


def test_what_a_dossier_has_no_place_for_is_left_out_aloud() -> None:
    more = "<criteriaThresholds><criterionThreshold><criterionID>cost</criterionID><thresholds><threshold><constant><real>1</real></constant></threshold></thresholds></criterionThreshold></criteriaThresholds>"  # noqa: E501
    assert (
        "criteriaThresholds: a dossier has no place for it"
        in read(document(ALTERNATIVES, CRITERIA, table(), more), valid=None).left_out
    )


def test_scales_of_version_2_are_in_the_criterion() -> None:
    inside = "<scale><quantitative><preferenceDirection>min</preferenceDirection><minimum><real>0</real></minimum><maximum><real>40</real></maximum></quantitative></scale>"  # noqa: E501
    criteria = CRITERIA.replace('<criterion id="cost"/>', f'<criterion id="cost">{inside}</criterion>')
    matrix = read(document(ALTERNATIVES, criteria, table("2.2.2"), version="2.2.2"), valid=None)
    assert (matrix.criteria[0].direction, matrix.criteria[0].high) == ("less-is-better", 40)
