"""The interface of an elicitation method: what it reads, derives, asks and stores, and the keys of its phrases."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, ClassVar

from policy_options.analysis.elicitation.answers import Answers, Interval, Settings

if TYPE_CHECKING:
    from policy_options.analysis.elicitation.questions import Answer, Interim, Question
    from policy_options.analysis.elicitation.results import NodeWeights

__all__ = ["Asked", "Method"]

Asked = Mapping[str, "Answer"]
"""Answers by the keys of their questions."""


class Method(ABC):
    """A method of eliciting weights. It has no state; ``methods.METHODS`` has one object of each.

    ``name`` is the value of ``method:``, and the end of the keys of its phrases: ``method.NAME``, ``method.NAME.how``,
    and ``ask.intro.NAME`` where it can be asked in the terminal. ``takes`` lists the kinds of answer that it reads
    (``answers.KINDS``), ``settings`` the settings. ``rates`` says that each judgement is a number in proportion to a
    share, so that a changed share can be written back as one, and ``whole`` is the sum of such numbers unless the set
    gives another. ``proportional`` says that shares have the proportions of the numbers judged, so that a workbook can
    calculate with them and give them back. ``ranks`` says that its order names all children, so that each has a place.
    ``most`` is how many children of a node it can take, where there is a limit.
    """

    name: ClassVar[str]
    takes: ClassVar[tuple[str, ...]]
    settings: ClassVar[tuple[str, ...]] = ()
    rates: ClassVar[bool] = False
    whole: ClassVar[float | None] = None
    proportional: ClassVar[bool] = False
    ranks: ClassVar[bool] = False
    most: ClassVar[int | None] = None
    interviews: ClassVar[bool] = False
    """Whether it can be asked in the terminal, by the functions below."""

    @abstractmethod
    def derive(self, children: tuple[str, ...], answers: Answers, settings: Settings) -> NodeWeights:
        """Derive the shares of one node's children.

        Raises:
            PolicyOptionsError: the answers give no weights; each fault has a path into them.
        """

    def words(self, *, rated: bool) -> str:
        """The key of the phrase for how judgements were given; ``rated`` says that some are numbers or intervals."""
        return f"method.{self.name}.how"

    # In the terminal, one node at a time; none is called where ``interviews`` is false -----------------------------

    def questions(self, node: str, children: tuple[str, ...], answers: Asked) -> Iterator[Question]:
        """Yield the questions of a node with several children. Each is read only when those before it are answered."""
        raise NotImplementedError

    def collect(self, node: str, children: tuple[str, ...], given: Sequence[tuple[Question, Answer]]) -> Answers:
        """The answers of a node with every question answered, for ``derive``."""
        raise NotImplementedError

    def of_one(self, child: str) -> Answers:
        """The answers of a node with one child, about which nothing is asked."""
        return Answers()

    def refuse(
        self, question: Question, answer: Answer, children: tuple[str, ...], answers: Asked, settings: Settings
    ) -> None:
        """Refuse an answer that the method cannot accept as soon as it is given, with the message of ``derive``.

        Raises:
            PolicyOptionsError: the answer is unacceptable.
        """
        return

    def interim(
        self,
        question: Question,
        children: tuple[str, ...],
        answers: Asked,
        settings: Settings,
    ) -> Interim | None:
        """What an answer shows of consistency before its node is complete; ``None`` if nothing can be concluded yet."""
        return None

    def compared_again(self, ranked: Sequence[str]) -> tuple[str, str] | None:
        """Choose two of a node's children, heaviest first, for a redundant question: first the one that is judged.

        ``None`` where too few carry weight: then two from different groups are compared.
        """
        return (ranked[2], ranked[1]) if len(ranked) > 2 else None

    def other_way(self, first: str, second: str) -> tuple[str, str]:
        """The only two children, the heavier first, in the reverse of the direction that the method asked."""
        return second, first

    def allowed(self, answers: Answers, of: str, beside: str, implied: float) -> tuple[float, float]:
        """The bounds from the answers on 100 times the ratio of two siblings, which they imply to be ``implied``."""
        judged = [answers.judgements.get(name) for name in (of, beside)]
        if not any(isinstance(answer, Interval) for answer in judged):
            return implied, implied
        (of_low, of_high), (low, high) = (
            (answer.low, answer.high) if isinstance(answer, Interval) else (answer or 0.0, answer or 0.0)
            for answer in judged
        )
        return 100 * of_low / high, 100 * of_high / low if low > 0 else float("inf")
