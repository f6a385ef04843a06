"""The small dossier in other languages: titles, questions and texts, so that a memo has no English except in its sources."""

from __future__ import annotations

from policy_options.wording.phrases import load_phrases
from support import SmallDossier

__all__ = ["LANGUAGES", "in_language"]

LANGUAGES = ("en", "ja", "ru", "zh")

_KEYS = (
    ("criteria/decision.yaml", "Where to build the ferry landing"),
    ("criteria/decision.yaml", "Which landing serves the islands best?"),
    ("criteria/decision.yaml", "The islands' council"),
    ("criteria/decision.yaml", "Summer of 2030"),
    ("criteria/decision.yaml", "Harbour office"),
    ("criteria/decision.yaml", "audience: Council"),
    ("criteria/criteria.yaml", "title: Service"),
    ("criteria/criteria.yaml", "title: Crossings a day"),
    ("criteria/criteria.yaml", "title: Waiting"),
    ("criteria/criteria.yaml", "title: Money"),
    ("criteria/criteria.yaml", "title: Outlay"),
    ("criteria/weights/even.yaml", "title: Even"),
    ("criteria/weights/quick.yaml", "title: Quick"),
    ("options/as-is.yaml", "Leave the landing where it is"),
    ("options/east-quay.yaml", "Move to the east quay"),
    ("options/east-quay.yaml", "It lies nearest to the islands."),
    ("options/east-quay.yaml", "It is cut off in a storm from the east."),
    ("options/new-mole.yaml", "Build a mole"),
)
_TEXTS = {
    "zh": (
        "渡轮码头选址",
        "哪个码头最能服务各岛？",
        "各岛议会",
        "2030年夏季",
        "港务局",
        "audience: 议会",
        "title: 服务",
        "title: 每日班次",
        "title: 等候时间",
        "title: 经费",
        "title: 支出",
        "title: 均衡",
        "title: 便捷",
        "维持原址",
        "迁至东码头",
        "离各岛最近。",
        "东风暴时交通中断。",
        "修建防波堤",
    ),
    "ja": (
        "渡船乗り場の位置",
        "どの乗り場が島々に最も役立つか",
        "島議会",
        "2030年夏",
        "港湾事務所",
        "audience: 議会",
        "title: サービス",
        "title: 一日の便数",
        "title: 待ち時間",
        "title: 経費",
        "title: 支出",
        "title: 均等",
        "title: 速さ",
        "現在地に残す",
        "東岸壁へ移す",
        "島々に最も近い。",
        "東からの嵐で孤立する。",
        "防波堤を築く",
    ),
    "ru": (
        "Где строить паромный причал",
        "Какой причал лучше служит островам?",
        "Совет островов",
        "Лето 2030 года",
        "Портовая контора",
        "audience: Совет",
        "title: Обслуживание",
        "title: Рейсов в день",
        "title: Ожидание",
        "title: Деньги",
        "title: Расходы",
        "title: Поровну",
        "title: Быстро",
        "Оставить причал на месте",
        "Перенести к восточной набережной",
        "Он ближе всего к островам.",
        "В шторм с востока он отрезан.",
        "Построить мол",
    ),
}


def in_language(small: SmallDossier, language: str) -> SmallDossier:
    """The dossier in a language, together with its wording."""
    load_phrases(language)
    if language != "en":
        for (name, old), new in zip(_KEYS, _TEXTS[language], strict=True):
            small.edit(name, old, new)
        small.edit("criteria/decision.yaml", "weights: even\n", f"weights: even\nlanguage: {language}\n")
    return small
