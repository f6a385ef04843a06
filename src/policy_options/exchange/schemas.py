"""JSON Schemas of the dossier's files and of the published forms, generated from the models themselves."""

from __future__ import annotations

import json
from typing import Any, Final

from pydantic import BaseModel, TypeAdapter

from policy_options.dossier.models.criteria import CriteriaFile
from policy_options.dossier.models.decision import Decision
from policy_options.dossier.models.option import Option
from policy_options.dossier.models.packages import PackagesFile
from policy_options.dossier.models.scenario import Scenario
from policy_options.dossier.models.source import Source
from policy_options.dossier.models.weight_set import WeightSet
from policy_options.exchange.comparison import ComparisonForm
from policy_options.exchange.cross_check import CrossCheckResultForm
from policy_options.exchange.forms import (
    CheckForm,
    DiagnosticsForm,
    OptionForm,
    RankingForm,
    RankingsForm,
    WeightSetsForm,
    WeightsForm,
)
from policy_options.exchange.no_preferences import NoPreferencesForm
from policy_options.exchange.packages import PackagesForm
from policy_options.exchange.robustness_forms import RobustnessForm
from policy_options.exchange.scenarios import ScenariosForm

__all__ = ["schema_text", "schema_texts"]

_DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"
_FILES: Final[dict[str, type[BaseModel]]] = {
    "decision": Decision,
    "criteria": CriteriaFile,
    "weight-set": WeightSet,
    "option": Option,
    "packages": PackagesFile,
    "source": Source,
    "scenario": Scenario,
}
_FORMS: Final[dict[str, Any]] = {
    "ranking": RankingForm,
    "rankings": RankingsForm,
    "option-result": OptionForm,
    "check": CheckForm,
    "weight-sets": WeightSetsForm,
    "weights": WeightsForm,
    "diagnostics": DiagnosticsForm,
    "robustness": RobustnessForm,
    "no-preferences": NoPreferencesForm,
    "packages-result": PackagesForm,
    "cross-check": CrossCheckResultForm,
    "comparison": ComparisonForm,
    "scenarios": ScenariosForm,
}


def schema_texts() -> dict[str, str]:
    """File name to JSON text of every schema."""
    schemas = {name: model.model_json_schema() for name, model in _FILES.items()}
    schemas |= {name: TypeAdapter(form).json_schema() for name, form in _FORMS.items()}
    return {f"{name}.schema.json": schema_text(schema) for name, schema in schemas.items()}


def schema_text(schema: dict[str, Any]) -> str:
    """A schema as the text of its file."""
    return json.dumps({"$schema": _DIALECT, **schema}, indent=2, ensure_ascii=False) + "\n"
