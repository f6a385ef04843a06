"""Data cannot end its script block, and the policy names the parts of a page by their hashes."""

from __future__ import annotations

import json
from base64 import b64encode
from hashlib import sha256

import pytest

from policy_options.web.exported.embedding import content_policy, json_in_script


@pytest.mark.parametrize(
    "text", ["</script>", "<!--<script>", "]]>", "a\u2028b\u2029c", "&lt;", '"quoted" \\ \'', "𝕏 é 中"]
)
def test_any_text_comes_back_and_none_can_end_the_block(text: str) -> None:
    written = json_in_script({text: [text]})
    assert json.loads(written) == {text: [text]}
    assert not set(written) & set("<>&\u2028\u2029")


def test_numbers_that_json_lacks_are_refused() -> None:
    with pytest.raises(ValueError, match="not JSON compliant"):
        json_in_script([float("nan")])


def test_the_policy_fetches_nothing_and_allows_parts_by_hash() -> None:
    policy = content_policy(["let a = 1;"], ["b { color: red }"])
    hashed = b64encode(sha256(b"let a = 1;").digest()).decode()
    assert policy.startswith("default-src 'none'; ")
    assert f"script-src 'sha256-{hashed}';" in policy
    assert "unsafe" not in policy and "http" not in policy
