"""What differs between a memo's inputs and a dossier: nothing that a stranger wrote is printed as if it were the tool's."""

from __future__ import annotations

import pytest

from memos import document_of
from policy_options.memo.input_differences import differing_inputs
from support import SmallDossier

FORGED = "all inputs are the same; yes"


def test_equal_inputs_differ_in_nothing(small: SmallDossier) -> None:
    assert differing_inputs(document_of(small.load()).inputs, small.root) == []


@pytest.mark.parametrize("where", [("top",), ("files", "criteria/decision.yaml"), ("wording",)])
def test_a_key_that_is_a_sentence_is_printed_in_quotes(small: SmallDossier, where: tuple[str, ...]) -> None:
    inputs = dict(document_of(small.load()).inputs)
    if where == ("top",):
        inputs[FORGED] = 1
    elif where == ("wording",):
        inputs["wording"] = {FORGED: {FORGED: 1}}
    else:
        inputs["files"] = {**inputs["files"], where[1]: inputs["files"][where[1]] | {FORGED: 1}}
    lines = [line for line in differing_inputs(inputs, small.root) if FORGED in line]
    assert len(lines) == 1
    assert f'"{FORGED}"' in lines[0].replace('\\"', '"')
    assert f" {FORGED} " not in lines[0]
    assert not lines[0].startswith(FORGED)
