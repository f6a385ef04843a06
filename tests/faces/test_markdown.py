from __future__ import annotations

from policy_options.faces.markdown import escaped
from policy_options.faces.registry import written
from policy_options.reports.ranking import RankingReport
from policy_options.reports.report import View
from support import SmallDossier


def test_no_text_begins_markup_or_ends_a_cell() -> None:
    assert escaped("a|b*c_d`e<f>[g]#h&i\\j\nk") == "a\\|b\\*c\\_d\\`e\\<f\\>\\[g\\]\\#h\\&i\\\\j k"


def test_the_title_then_tables_then_notes(small: SmallDossier) -> None:
    dossier = small.load()
    report = RankingReport(dossier=dossier, assessment=dossier.assess())
    text = written(report, "markdown").decode()
    first, _, rest = text.partition("\n\n")
    assert first == f"**{escaped(report.title())}**"
    assert rest.startswith("| Rank | Option |")
    (*_, notes) = report.sections(View())
    assert text.endswith("".join(f"- {escaped(note)}\n" for note in notes.notes))
