"""The JSON Schemas of what templates receive, made from the models: the content of a memo, and of a comparison note."""

from __future__ import annotations

from pydantic import TypeAdapter

from policy_options.exchange.schemas import schema_text
from policy_options.memo.comparison_content import ComparisonContent
from policy_options.memo.content import MemoContent

__all__ = ["content_schema_texts"]


def content_schema_texts() -> dict[str, str]:
    """File name to JSON text of both schemas."""
    return {
        "memo-content.schema.json": schema_text(TypeAdapter(MemoContent).json_schema()),
        "comparison-content.schema.json": schema_text(TypeAdapter(ComparisonContent).json_schema()),
    }
