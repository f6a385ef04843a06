"""The inputs of a memo as canonical JSON (sorted keys, no spaces, UTF-8): equal inputs are equal bytes and have one SHA-256."""

from __future__ import annotations

import json
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

from policy_options.api import Dossier
from policy_options.dossier.carried import carried_files, carried_findings, refuse_too_large
from policy_options.memo.environment import toolkit_version
from policy_options.memo.templates import template_digest
from policy_options.wording.phrases import Phrases, phrases_carried

__all__ = ["canonical", "dossier_digest", "inputs_digest", "memo_inputs"]

_OF_ONE_MEMO = frozenset(("weights", "template", "template_sha256", "annex_apart"))


def canonical(form: Any) -> bytes:
    """JSON with sorted keys and no spaces, in UTF-8."""
    return json.dumps(form, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False).encode()


def inputs_digest(inputs: Mapping[str, Any]) -> str:
    """SHA-256 of inputs."""
    return sha256(canonical(inputs)).hexdigest()


def dossier_digest(inputs: Mapping[str, Any]) -> str:
    """SHA-256 of what all memos of a dossier have in common, which binds them to an annex in another file.

    Weights and template are left out, which differ between memo and annex.
    """
    return inputs_digest({key: value for key, value in inputs.items() if key not in _OF_ONE_MEMO})


def memo_inputs(
    dossier: Dossier,
    weights: str,
    phrases: Phrases,
    *,
    template: str,
    folders: tuple[Path, ...],
    public: bool,
    annex_apart: bool,
) -> dict[str, Any]:
    """Everything that a memo is made from, with the version of this toolkit and a digest of the template.

    The digest printed in a memo covers all of it. ``wording`` has the user's own phrases, if any, and ``annex_apart``
    says that another file has annex B. ``found`` is present only if checking the files found something that their data
    do not show: a memo counts it.

    Raises:
        PolicyOptionsError: the attachment could not be read again.
    """
    findings = carried_findings(dossier.contents)
    files = carried_files(dossier.contents)
    refuse_too_large(files)
    own = dict(phrases.own) if phrases.own is not None else None
    if own is not None:
        phrases_carried(phrases.language, own)
    return {
        "files": files,
        "weights": weights,
        "template": template,
        "template_sha256": template_digest(template, folders),
        "toolkit": toolkit_version(),
        "public": public,
        "annex_apart": annex_apart,
        "seed": dossier.contents.decision.model.seed,
        "wording": own,
        **({"found": findings} if findings else {}),
    }
