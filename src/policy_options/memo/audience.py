"""A dossier for readers who are not to learn who took part."""

from __future__ import annotations

from policy_options.api import Dossier
from policy_options.wording.phrases import Phrases

__all__ = ["without_names"]


def without_names(dossier: Dossier, phrases: Phrases) -> Dossier:
    """The dossier with words of its language in place of the names of participants and scorers."""
    from policy_options.dossier.without_names import contents_without_names

    words = {"participant": phrases.say("public.participant"), "scorer": phrases.say("public.scorer")}
    return Dossier(contents_without_names(dossier.contents, **words))
