"""The running interview that elicits weights: prints each question, reads what is typed, saves every answer
immediately.

The interview goes to stderr, since stdout is for the path of the saved file. The analysis decides which question is
next and what the answers give, ``wording`` has the words, and ``dossier.answer_files`` the file of answers.
"""

from __future__ import annotations

import shlex
import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal, TypeVar

import typer

from policy_options.cli.running import ANSWER_IS_NO, say
from policy_options.errors import PolicyOptionsError

if TYPE_CHECKING:
    from policy_options.analysis.elicitation.interview import Interview
    from policy_options.analysis.elicitation.questions import Answer, Question
    from policy_options.api import Dossier
    from policy_options.dossier.answer_files import GivenAnswers
    from policy_options.wording.interview import Asking

__all__ = ["TerminalInterview"]

Taken = TypeVar("Taken")
Told = Literal["holder", "title", "rationale"]
TOLD: Final[tuple[Told, ...]] = ("holder", "title", "rationale")


class _Left(Exception):  # noqa: N818 - it is not an error
    """The person leaves, or there is no more input."""


class _Back(Exception):  # noqa: N818
    """The person wants to return to the previous question."""


@dataclass
class TerminalInterview:
    """A running interview: its state, the details of its holder, and the file that stores both."""

    id: str
    dossier: Dossier
    folder: Path
    asking: Asking
    interview: Interview
    day: date | None
    path: Path
    told: dict[Told, str] = field(default_factory=dict)
    fixed: set[Told] = field(default_factory=set)
    kept: bytes | None = None
    shown_node: str | None = None
    summed_up: Mapping[str, Answer] | None = None
    leads: str = ""

    @property
    def target(self) -> Path:
        """The file of the weight set."""
        from policy_options.dossier.contents import WEIGHTS

        return self.folder / WEIGHTS / f"{self.id}.yaml"

    def options(self, holder: str | None, title: str | None, because: str | None) -> None:
        """Take over the details given as options, which are then not asked."""
        from policy_options.dossier.answer_files import checked_text

        for name, text in zip(TOLD, (holder, title, because), strict=True):
            if text is not None:
                self.told[name] = checked_text(name, text)
                self.fixed.add(name)

    def resume(self, given: GivenAnswers) -> None:
        """Take over the answers of a file; details given as options take precedence over those in the file."""
        from policy_options.dossier.answer_files import replayed

        self.interview = replayed(self.interview, given)
        self.kept = given.raw
        head = given.head
        for name, text in zip(TOLD, (head.holder, head.title, head.because), strict=True):
            if text is not None:
                self.told.setdefault(name, text)

    # Without asking ----------------------------------------------------------------------------------------------------

    def by_file(self, file: str) -> None:
        """Save the answers of a file, or refuse it for the first thing missing."""
        from policy_options.analysis.elicitation.interview import next_question

        question = next_question(self.interview)
        if question is not None:
            about = ", ".join(f"`{name}`" for name in question.choices or question.about)
            raise PolicyOptionsError.of(
                "answer-missing",
                f"{file} has no answer to `{question.key}` ({about})",
                self.asking.form(question).replace("\n", " ").rstrip("."),
                ids=question.about,
            )
        for name, option in (("holder", "--holder"), ("rationale", "--because")):
            if name not in self.told:
                raise PolicyOptionsError.of("answer-missing", f"no {name} is given", f"give it with {option}")
        self.told.setdefault("title", self._default_title())
        self._sum_up()
        self._save()

    # With a person -----------------------------------------------------------------------------------------------------

    def by_person(self) -> None:
        """Ask until everything is answered and saved, or the person leaves."""
        from policy_options.analysis.elicitation.interview import progress

        if sys.stdin is not None and hasattr(sys.stdin, "reconfigure"):
            sys.stdin.reconfigure(errors="replace")  # input that is not text is refused as an answer, and asked again
        say(self.asking.intro(self.interview.method))
        if self.kept is not None:
            done = progress(self.interview)
            phrases = self.asking.phrases
            method = phrases.say_of("method", self.interview.method)
            say("\n" + self.asking.text("ask.resumed", answered=done.answered, of=done.of, method=method))
        try:
            while not self._step():
                pass
        except _Left:
            self._say_how_to_go_on()
            raise typer.Exit(ANSWER_IS_NO) from None
        except KeyboardInterrupt:
            if self.interview.answers:
                with suppress(
                    PolicyOptionsError
                ):  # it came while an answer was being written, which may have completed
                    self._keep()
            self._say_how_to_go_on()
            raise

    def _step(self) -> bool:
        """Ask one thing; return whether everything is done."""
        from policy_options.analysis.elicitation.interview import next_question

        question = next_question(self.interview)
        if question is not None:
            self._ask(question)
            return False
        if self.summed_up != self.interview.answers:
            self._sum_up()
        open_ = next((name for name in TOLD if name not in self.told), None)
        if open_ is None:
            return self._ask_to_save()
        self._ask_told(open_)
        return False

    def _ask(self, question: Question) -> None:
        from policy_options.analysis.elicitation.interview import answered, interim_of_last, progress

        if question.kind != "check" and self.shown_node != question.node:
            say("\n" + self.asking.node(self.interview, question.node))
            self.shown_node = question.node
        asked = self.asking.question(self.interview, question, progress(self.interview))

        def show() -> None:
            say("\n" + asked)

        def help_again() -> None:
            say("\n" + self.asking.whole(question.choices or question.about))
            show()

        show()
        try:
            self.interview = self._until_taken(
                lambda line: answered(self.interview, line), help_again, lambda: self.asking.form(question)
            )
        except _Back:
            self._go_back()
            return
        self._keep()
        interim = interim_of_last(self.interview)
        if interim is not None:
            say("\n" + self.asking.interim(self.interview, interim))

    def _ask_told(self, name: Told) -> None:
        from policy_options.dossier.answer_files import checked_text

        texts = {
            "holder": self.asking.text("ask.holder"),
            "title": self.asking.text("ask.title", title=self._default_title()),
            "rationale": self.asking.text("ask.because"),
        }

        def show() -> None:
            say("\n" + texts[name])

        def taken(line: str) -> str:
            return checked_text(name, line or (self._default_title() if name == "title" else ""))

        show()
        try:
            self.told[name] = self._until_taken(taken, show, lambda: "")
        except _Back:
            self._go_back(TOLD[: TOLD.index(name)])
            return
        self._keep()

    def _ask_to_save(self) -> bool:
        def taken(line: str) -> bool:
            if line.lower() in ("y", "yes", "n", "no"):
                return line.lower() in ("y", "yes")
            raise PolicyOptionsError.of("answer-form", self.asking.phrases.say("ask.save.again"))

        def show() -> None:
            say("\n" + self.asking.text("ask.save", path=self.target))

        show()
        try:
            agreed = self._until_taken(taken, show, lambda: "")
        except _Back:
            self._go_back(TOLD)
            return False
        if not agreed:
            raise _Left
        self._save()
        self._forget()
        return True

    def _until_taken(
        self, take: Callable[[str], Taken], show_help: Callable[[], None], form: Callable[[], str]
    ) -> Taken:
        """Read lines until one is accepted; each refused one is answered with the error message."""
        while True:
            line = _line()
            if line in ("q", "quit"):
                raise _Left
            if line in ("b", "back"):
                raise _Back
            if line == "?":
                show_help()
                continue
            try:
                return take(line)
            except PolicyOptionsError as error:
                for fault in error.faults:
                    say(f"{fault.message}.")
                if hint := form():
                    say(hint)

    def _go_back(self, asked_before: tuple[Told, ...] = ()) -> None:
        """Take back the last thing asked: one of the details other than answers, or else the last answer."""
        from policy_options.analysis.elicitation.interview import back, last_question
        from policy_options.analysis.elicitation.questions import as_text

        last = next((name for name in reversed(asked_before) if name in self.told and name not in self.fixed), None)
        if last is not None:
            was = self.told.pop(last)
        else:
            question = last_question(self.interview)
            if question is None:
                say(self.asking.text("ask.at-the-beginning"))
                return
            was = as_text(self.interview.answers[question.key])
            self.interview = back(self.interview)
        self._keep()
        say("\n" + self.asking.text("ask.before", answer=was))

    # What is stored and saved ------------------------------------------------------------------------------------------

    def _keep(self) -> None:
        """Write the state, so that a kill at any moment loses no accepted answer."""
        from policy_options.atomic import write_atomically
        from policy_options.dossier.answer_files import state_text

        text = state_text(
            self.dossier.contents,
            self.id,
            self.interview,
            holder=self.told.get("holder"),
            title=self.told.get("title"),
            because=self.told.get("rationale"),
            day=self.day,
        ).encode()
        write_atomically(self.path, text, replacing=self.kept, new=self.kept is None)
        self.kept = text

    def _forget(self) -> None:
        self.path.unlink(missing_ok=True)
        self.kept = None

    def _say_how_to_go_on(self) -> None:
        from policy_options.analysis.elicitation.interview import progress

        if self.target.exists():  # interrupted when everything was done
            return
        if not self.path.exists():
            say("\n" + self.asking.text("ask.left.nothing"))
            return
        where = [] if self.folder == Path() else ["--dossier", str(self.folder)]
        how = shlex.join(["policy-options", "weights", "elicit", self.id, *where])
        done = progress(self.interview)
        say("\n" + self.asking.text("ask.left", count=done.answered, of=done.of) + f"\n  {how}")

    def _default_title(self) -> str:
        return self.asking.phrases.say("ask.title.default", holder=self.told.get("holder", ""))

    def _sum_up(self) -> None:
        """The weights, how consistent the judgements are, the redundant comparison, and who leads."""
        from policy_options.analysis.assessment import assess
        from policy_options.analysis.elicitation.interview import derive, gap_of
        from policy_options.faces.terminal_table import Screen, table_text
        from policy_options.wording.advice import bottom_line
        from policy_options.wording.interview import weights_table
        from policy_options.wording.titles import option_titles

        problem, phrases, decision = self.dossier.problem, self.asking.phrases, self.dossier.contents.decision.model
        elicited = derive(self.interview)
        encoding = (getattr(sys.stderr, "encoding", "") or "").lower().replace("-", "")
        screen = Screen(self.asking.columns, False, encoding.startswith("utf"))
        table = table_text(weights_table(elicited.weights, problem, phrases), phrases, screen, formats=False)
        threshold = decision.thresholds.too_close_to_call
        assessment = assess(problem, elicited.weights, baseline=decision.baseline, threshold=threshold)
        titles = option_titles(problem)
        leads = self.asking.wrapped(
            bottom_line(assessment, phrases, titles, phrases.say("ask.these"), asks=decision.asks)
        )
        say("\n".join(("", self.asking.text("ask.weights"), "", table)))
        gap = gap_of(self.interview)
        doubts = [*self.asking.doubts(self.interview, elicited), *([self.asking.gap(gap)] if gap else [])]
        if doubts:
            say("\n".join(doubts))
        self.leads = leads  # shown once the judgements are saved: nobody is to be led to or away from a result
        self.summed_up = self.interview.answers

    def _save(self) -> None:
        """Write the weight set as a new file, and have the dossier read it.

        Raises:
            PolicyOptionsError: it exists by now, or the dossier cannot be read with it.
        """
        from policy_options.analysis.elicitation.interview import judgements_of
        from policy_options.api import Dossier
        from policy_options.atomic import write_atomically
        from policy_options.cli.weights.changes import checked_draft

        text = checked_draft(
            self.dossier.contents,
            self.id,
            title=self.told["title"],
            holder=self.told["holder"],
            status="elicited",
            rationale=self.told["rationale"],
            day=self.day or date.today(),
            method=self.interview.method,
            across=self.interview.across,
            answers=judgements_of(self.interview),
        )
        write_atomically(self.target, text.encode(), new=True)
        Dossier.load(self.folder)
        where = [] if self.folder == Path() else ["--dossier", str(self.folder)]
        how = shlex.join(["policy-options", "weights", "show", self.id, *where])
        say("\n" + self.asking.text("ask.saved") + f"\n  {how}\n\n{self.leads}")


def _line() -> str:
    """Read one line typed by a person.

    Raises:
        _Left: there is no more input.
    """
    if sys.stderr is not None:
        sys.stderr.write("> ")
        sys.stderr.flush()
    line = sys.stdin.readline() if sys.stdin is not None else ""
    if not line.endswith("\n"):  # the end, or half a line before it
        if sys.stderr is not None:
            sys.stderr.write("\n")
        if not line:
            raise _Left
    return line.strip()
