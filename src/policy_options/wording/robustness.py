"""How firm a ranking is, in sentences: each is generated from the numbers, and says nothing that they do not."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil, log10
from typing import Final

import numpy as np

from policy_options.analysis.acceptability.results import Acceptability, ExactBasis, SampledBasis
from policy_options.analysis.additive import TIE
from policy_options.analysis.distributions import Uncertainty
from policy_options.analysis.drivers.tornado import Bar
from policy_options.analysis.drivers.value_of_information import InformationValue
from policy_options.analysis.problem import Spread
from policy_options.analysis.robustness import Robustness, RobustnessVerdict
from policy_options.wording.changes import open_sentences
from policy_options.wording.performances import performance_text
from policy_options.wording.phrases import Phrases
from policy_options.wording.sentences import some_of
from policy_options.wording.shares import share_text, unseen_text
from policy_options.wording.titles import node_titles, option_titles

__all__ = [
    "around_sentence",
    "bar_name",
    "bar_peak",
    "bar_range",
    "basis_sentence",
    "basis_sentences",
    "first_most_often",
    "information_sentences",
    "judgement_name",
    "left_out_sentences",
    "level_sentence",
    "low_confidence_sentence",
    "main_basis_sentences",
    "proven_never",
    "reason_sentences",
    "reversal_sentences",
    "rule_sentence",
    "scores_sentence",
    "sentences_on_basis",
    "settled_sentences",
    "shares_sentences",
    "verdict_sentences",
]

_BY_QUADRATURE: Final = 1e-6
"""Value points by which expected values may be inaccurate."""


def verdict_sentences(firm: Robustness, phrases: Phrases) -> list[str]:
    """The verdict with its limits, and the share of weight vectors if the rule did not need one."""
    found = firm.verdict
    said = [_verdict(found, firm, phrases)]
    shares = firm.around_uncertain
    titles = option_titles(firm.ranking.problem)
    most = first_most_often(firm)
    if found.leader not in most:
        said.append(_more_often(most[0], firm, phrases))
    elif len(most) > 1:
        said.append(level_sentence(most, firm, phrases))
    if found.undecided and found.half_width is not None:
        said.append(phrases.say("robustness.verdict.undecided", error=_points(found.half_width, phrases)))
    if firm.scores_vary:
        return said  # the shares, and what they are not, come next
    if found.share is not None:
        said.append(phrases.say("robustness.verdict.not-a-chance"))
    elif found.kind == "tied":
        share = share_text(shares.share_first(found.leader), phrases, shares.basis)
        said.append(phrases.say("robustness.verdict.share", leader=titles[found.leader], share=share))
    return said


def first_most_often(firm: Robustness) -> tuple[str, ...]:
    """The options that no other is first more often than, starting with the leader, in an order that does not depend on
    a sample.
    """
    most = firm.around_uncertain.most_often
    return tuple(option for option in firm.ranking.in_order if option in most)


def level_sentence(options: Sequence[str], firm: Robustness, phrases: Phrases) -> str:
    """State which options are first equally often, within the error, and more often than the others."""
    titles = option_titles(firm.ranking.problem)
    found = firm.around_uncertain
    shares = [found.share_first(option) for option in options]
    key = "exact" if max(shares) - min(shares) <= TIE else "sampled"
    return phrases.say_of("robustness.verdict.level", key, options=some_of([titles[one] for one in options], phrases))


def _more_often(option: str, firm: Robustness, phrases: Phrases) -> str:
    """State that an option is first more often than the leader, and which of the two causes is enough for it."""
    shares = firm.around_uncertain
    found = firm.more_often_because(option)
    key = "certain" if found == "weights" and not firm.scores_vary else found
    return phrases.say_of(
        "robustness.verdict.more-often",
        *((key,) if key else ()),
        option=option_titles(firm.ranking.problem)[option],
        share=share_text(shares.share_first(option), phrases, shares.basis),
    )


def _verdict(found: RobustnessVerdict, firm: Robustness, phrases: Phrases) -> str:
    titles = option_titles(firm.assessment.ranking.problem)
    names: dict[str, object] = {
        "leader": titles[found.leader],
        "second": titles[found.runner_up],
        "lead": phrases.numbers.points(found.lead),
        "close": phrases.numbers.points(found.close_within),
        "robust": phrases.numbers.percent(found.thresholds.robust),
        "fragile": phrases.numbers.percent(found.thresholds.fragile),
        "share": "" if found.share is None else share_text(found.share, phrases, firm.around_uncertain.basis),
        "drawn": "" if firm.spread == "none" else phrases.say_of("robustness.drawn", firm.spread),
    }
    key = found.kind
    if key in ("dominant", "sensitive") and not firm.scores_vary:
        return phrases.say_of("robustness.verdict", f"{key}.certain", **names)
    if key == "tied" and found.lead is not None and found.lead <= TIE:
        level = [found.leader, found.runner_up, *(one for one in firm.level if one != found.runner_up)]
        return phrases.say(
            "robustness.verdict.tied.level", options=some_of([titles[one] for one in level], phrases), **names
        )
    if key == "tied" and found.lead is None:
        return phrases.say("robustness.verdict.tied.open", **names)
    if key == "fragile" and found.open:
        return phrases.say("robustness.verdict.fragile.open", **names)
    if key == "fragile" and found.share is not None and found.share >= found.thresholds.fragile:
        count = found.switching_values or 0
        scores = phrases.say("robustness.one-score" if count == 1 else "robustness.some-scores", count=count)
        return phrases.say("robustness.verdict.fragile.switching", switching_values=scores, **names)
    return phrases.say_of("robustness.verdict", key, **names)


def rule_sentence(firm: Robustness, phrases: Phrases) -> str:
    """The rule of the verdict, with its thresholds."""
    found = firm.verdict
    percent = phrases.numbers.percent
    return phrases.say(
        "robustness.rule" if firm.scores_vary else "robustness.rule.certain",
        close=phrases.numbers.points(found.close_within),
        robust=percent(found.thresholds.robust),
        fragile=percent(found.thresholds.fragile),
    )


def shares_sentences(firm: Robustness, phrases: Phrases) -> list[str]:
    """Shares of weight vectors under which the leader is first, where the doubt comes from, and the lead on cited
    scores.

    The shares are with scores as likely, drawn independently, and drawn together; the lead is without scores that cite
    no source.
    """
    titles = option_titles(firm.ranking.problem)
    leader = firm.leader
    if firm.verdict.kind == "dominant" or not firm.scores_vary:
        # It is first under all of them, or under the same share however scores are taken.
        return _cited_sentences(firm, phrases)
    likely, apart, together = firm.around_at_likely, firm.drawn_apart, firm.drawn_together
    said = [
        phrases.say(
            "robustness.three.open" if firm.settled.contenders else "robustness.three",
            leader=titles[leader],
            likely=share_text(likely.share_first(leader), phrases, likely.basis),
            apart=share_text(apart.share_first(leader), phrases, apart.basis),
            together=share_text(together.share_first(leader), phrases, together.basis),
        ),
        phrases.say("robustness.verdict.not-a-chance"),
    ]
    if firm.doubt is not None:
        said.append(phrases.say_of("robustness.three", firm.doubt))
    said += _setting_sentences(firm, phrases)
    return [*said, *_cited_sentences(firm, phrases)]


def _setting_sentences(firm: Robustness, phrases: Phrases) -> list[str]:
    """That the verdict depends on whether scores are drawn together, with the share and the verdict of the other setting."""
    kind = firm.with_the_other_setting
    if kind is None:
        return []
    together = firm.settings.uncertainty.together
    other = firm.drawn_apart if together else firm.drawn_together
    return [
        phrases.say(
            "robustness.setting.together" if together else "robustness.setting.apart",
            share=share_text(firm.around_uncertain.share_first(firm.leader), phrases, firm.around_uncertain.basis),
            other=share_text(other.share_first(firm.leader), phrases, other.basis),
            verdict=phrases.say_of("index.verdict", kind),
        )
    ]


def _cited_sentences(firm: Robustness, phrases: Phrases) -> list[str]:
    """The lead that remains on the criteria where both scores cite a source."""
    cited = firm.cited_lead
    if cited is None:
        return []
    titles = option_titles(firm.ranking.problem)
    key = "behind" if cited.cited < -TIE else "ahead" if cited.cited > TIE else "level"
    return [
        phrases.say_of(
            "robustness.cited",
            key,
            leader=titles[firm.leader],
            rival=titles[cited.rival],
            lead=phrases.numbers.points(cited.lead),
            cited=phrases.numbers.points(abs(cited.cited)),
        )
    ]


def around_sentence(firm: Robustness, phrases: Phrases) -> str:
    """Which weight vectors were tried, and how scores were drawn."""
    region, uncertainty = firm.around, firm.settings.uncertainty
    band = phrases.numbers.percent(region.band) if region.band is not None else ""
    scores = scores_sentence(uncertainty, phrases, spread=firm.spread)
    return phrases.together((phrases.say_of("robustness.around", region.kind, band=band), scores))


def scores_sentence(uncertainty: Uncertainty, phrases: Phrases, *, spread: Spread) -> str:
    """How scores are drawn, or that they are not."""
    together = phrases.say("robustness.scores.together" if uncertainty.together else "robustness.scores.independent")
    key = {"ranges": uncertainty.shape, "unknown": "unknown", "none": "certain"}[spread]
    return phrases.say_of("robustness.scores", key, together=together)


def reason_sentences(firm: Robustness, phrases: Phrases) -> list[str]:
    """Why scores are drawn together or independently, if the decision says so and they are drawn."""
    reason = firm.settings.uncertainty.reason
    return [phrases.say("robustness.scores.reason", reason=reason)] if reason and firm.scores_vary else []


def left_out_sentences(firm: Robustness, phrases: Phrases) -> list[str]:
    """The options that are left out, and why."""
    titles = option_titles(firm.assessment.ranking.problem)
    said = []
    if firm.assessment.verdict.kind == "none-keeps":
        said.append(phrases.say("robustness.none-keeps"))
    elif firm.assessment.verdict.might_fail:
        said.append(phrases.say("bottom.might-fail", option=titles[firm.leader]))
    if firm.left_out:
        said.append(phrases.say("robustness.left-out", options=phrases.listing([titles[o] for o in firm.left_out])))
    if firm.unknown:
        said.append(phrases.say("robustness.unknown", options=phrases.listing([titles[o] for o in firm.unknown])))
    said += open_sentences(firm, phrases)
    return said


def settled_sentences(firm: Robustness, phrases: Phrases) -> list[str]:
    """State that unknown scores which could make another option lead are taken at their worst in what follows."""
    if not firm.settled.contenders:
        return []
    titles = option_titles(firm.ranking.problem)
    return [phrases.say("robustness.settled", options=phrases.listing([titles[o] for o in firm.settled.contenders]))]


def proven_never(firm: Robustness, found: Acceptability) -> frozenset[str]:
    """The options that a linear program has proven to lead under no weights of a region, at likely scores."""
    if found.scores != "likely":
        # Wherever within their bounds the scores fall, and whatever the weights.
        return frozenset(loser for _, loser in firm.assessment.dominance.by_intervals)
    switching_values = (
        firm.weight_switching_values if found.region.kind == "free" else firm.weight_switching_values_around
    )
    return frozenset(
        tie.option
        for tie in switching_values
        if tie.goal == "leads" and tie.never is not None and tie.option not in firm.settled.contenders
    )


def basis_sentence(found: Acceptability, what: str, phrases: Phrases) -> str:
    """The basis of shares of weight vectors: a closed form, or a sample with its count, seed and error."""
    basis, named = found.basis, phrases.say_of("robustness.what", what)
    if isinstance(basis, ExactBasis):
        # The power of ten above, since the digits of an error depend on the processor.
        digits = f"1e{ceil(log10(max(basis.identity_error, basis.rounding, 1e-16)))}"
        return phrases.say("robustness.shares.exact", what=named, error=digits)
    names: dict[str, object] = {
        "what": named,
        "count": phrases.numbers.fixed(basis.count, 0),
        "seed": basis.seed,
        "error": _points(basis.half_width, phrases),
    }
    if basis.draws == 1:
        return phrases.say("robustness.shares.sampled", **names)
    return phrases.say("robustness.shares.sampled-drawn", draws=basis.draws, **names)


def basis_sentences(found: Acceptability, what: str, firm: Robustness, phrases: Phrases) -> list[str]:
    """The basis of shares of weight vectors: a closed form, or a sample with its error, and the meaning of a sampled zero."""
    proven = frozenset() if found.exact else proven_never(firm, found)
    return sentences_on_basis(found, what, proven, phrases)


def main_basis_sentences(firm: Robustness, phrases: Phrases) -> list[str]:
    """The basis of the shares that the verdict rests on: with scores drawn, or as they are if there is nothing to draw."""
    if firm.scores_vary:
        return basis_sentences(firm.around_uncertain, "around-uncertain", firm, phrases)
    return basis_sentences(firm.around_at_likely, "around-likely", firm, phrases)


def sentences_on_basis(found: Acceptability, what: str, proven: frozenset[str], phrases: Phrases) -> list[str]:
    """The same, where some options are proven never to be first."""
    basis, sentence = found.basis, basis_sentence(found, what, phrases)
    if isinstance(basis, ExactBasis):
        return [sentence]
    said = [sentence]
    if basis.check is not None:
        said.append(phrases.say("robustness.shares.check", check=_points(basis.check, phrases)))
    said += _not_first(found, basis, proven, phrases)
    return [phrases.together(said)]


def _not_first(found: Acceptability, basis: SampledBasis, proven: frozenset[str], phrases: Phrases) -> list[str]:
    titles = option_titles(found.problem)
    unseen = [found.problem.option_ids[row] for row in np.flatnonzero(found.first == 0.0)]
    never = some_of([titles[option] for option in unseen if option in proven], phrases)
    open_ = some_of([titles[option] for option in unseen if option not in proven], phrases)
    where = "uncertain" if found.scores != "likely" else "free" if found.region.kind == "free" else "around"
    said = [phrases.say_of("robustness.shares.proven", where, options=never)] if never else []
    if open_:
        count = phrases.numbers.fixed(basis.count, 0)
        bound = unseen_text(basis.unseen, phrases)
        said.append(phrases.say("robustness.shares.not-first", options=open_, count=count, bound=bound))
    return said


def _points(share: float, phrases: Phrases) -> str:
    """Percentage points to a hundredth; a smaller error is reported as such."""
    return phrases.numbers.fixed(max(100 * share, 0.01), 2)


def information_sentences(firm: Robustness, phrases: Phrases) -> list[str]:
    """The meaning of the value of information, and whether expected values put another option first."""
    if not firm.scores_vary:
        return [phrases.say("robustness.information.certain")]
    best = next((one for one in firm.value_of_information.judgements if one.points > 0.0), None)
    if best is None:
        return [phrases.say("robustness.information.nothing"), *_other_by_expectation(firm, phrases)]
    points = phrases.numbers.fixed(best.points, 2)
    return [
        phrases.say("robustness.information.note"),
        phrases.say("robustness.information.first", judgement=judgement_name(best, firm, phrases), points=points),
        *_other_by_expectation(firm, phrases),
    ]


def _other_by_expectation(firm: Robustness, phrases: Phrases) -> list[str]:
    """State that another option has the largest expected value, and whether it gains by its ranges or the leader loses
    by its own.
    """
    found, ranking = firm.value_of_information, firm.ranking
    expected = dict(zip(found.options, found.expected.tolist(), strict=True))
    if expected[found.leader] - expected[firm.leader] <= _BY_QUADRATURE:
        return []
    titles = option_titles(ranking.problem)
    names = {"leader": titles[found.leader], "other": titles[firm.leader]}
    if firm.unknown:  # there is no likely value for comparison
        return [phrases.say("robustness.information.leader", **names)]
    gained = expected[found.leader] - ranking.value(found.leader)
    lost = ranking.value(firm.leader) - expected[firm.leader]
    names["gained"], names["lost"] = (phrases.numbers.points(abs(change)) for change in (gained, lost))
    # Both changes together overturn the likely lead; one that works against it is not a cause.
    key = "both" if gained > _BY_QUADRATURE < lost else "gains" if gained > lost else "loses"
    return [phrases.say_of("robustness.information.leader", key, **names)]


def bar_name(bar: Bar, firm: Robustness, phrases: Phrases) -> str:
    """What a bar of the tornado moves: a weight, or an option's score on a criterion."""
    criterion = node_titles(firm.known.problem)[bar.criterion]
    if bar.option is None:
        return phrases.say("robustness.tornado.weight", criterion=criterion)
    option = option_titles(firm.known.problem)[bar.option]
    return phrases.say("robustness.tornado.score", option=option, criterion=criterion)


def bar_range(bar: Bar, firm: Robustness, phrases: Phrases) -> tuple[str, str]:
    """Both ends of a bar's range: shares of weight, or performances."""
    if bar.kind == "weight":
        return share_text(bar.low, phrases), share_text(bar.high, phrases)
    axis = next(axis for axis in firm.known.problem.criteria if axis.id == bar.criterion)
    return performance_text(bar.low, axis.levels, phrases), performance_text(bar.high, axis.levels, phrases)


def bar_peak(bar: Bar, phrases: Phrases) -> str:
    """The largest lead inside a range and the weight that gives it; empty where the lead is largest at an end."""
    if bar.peak is None:
        return ""
    lead = phrases.numbers.points(bar.peak.lead, signed=True)
    return phrases.say("robustness.tornado.peak", lead=lead, at=share_text(bar.peak.at, phrases))


def judgement_name(judgement: InformationValue, firm: Robustness, phrases: Phrases) -> str:
    """A judgement as named in a table: an option on a criterion, or all options on it."""
    criterion = node_titles(firm.ranking.problem)[judgement.criterion]
    if judgement.option is None:
        return phrases.say("robustness.information.all", criterion=criterion)
    option = option_titles(firm.ranking.problem)[judgement.option]
    return phrases.say("robustness.tornado.score", option=option, criterion=criterion)


def low_confidence_sentence(firm: Robustness, phrases: Phrases) -> str:
    """The number of scores of low confidence that change the order, or the leader, at an end of their range.

    Empty if no score has one: another sentence says so.
    """
    found = firm.low_confidence
    if not firm.scores_vary:
        return ""
    if not found:
        return phrases.say("robustness.low-confidence.none")
    order, leader = sum(one.order_changes for one in found), sum(one.leader_changes for one in found)
    return phrases.say("robustness.low-confidence", count=len(found), order=order, leader=leader)


def reversal_sentences(firm: Robustness, phrases: Phrases) -> list[str]:
    """Whether an option's presence could reorder the others."""
    found = firm.reversals
    titles = option_titles(firm.ranking.problem)
    if found.impossible:
        return [phrases.say("robustness.reversal.impossible")]
    nodes = node_titles(firm.ranking.problem)
    criteria = phrases.listing([nodes[name] for name in found.local])
    said = [
        phrases.say(
            "robustness.reversal.some",
            criteria=criteria,
            option=titles[one.without],
            after=phrases.series([titles[option] for option in one.after]),
        )
        for one in found.found
    ] or [phrases.say("robustness.reversal.none", criteria=criteria)]
    if found.undefined:
        said.append(
            phrases.say("robustness.reversal.undefined", options=phrases.listing([titles[o] for o in found.undefined]))
        )
    return said
