from __future__ import annotations

import io
import json
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import pypdf
import pytest

from package_dossiers import with_packages
from policy_options.memo.inputs import canonical
from policy_options.shipped import shipped
from support import SmallDossier

from .conftest import Run


@contextmanager
def carried_by(memo: Path) -> Iterator[dict[str, Any]]:
    """The content of a memo, to be changed in place."""
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(memo.read_bytes()))
    root: Any = writer.root_object
    stream = root["/Names"]["/EmbeddedFiles"]["/Names"][1].get_object()["/EF"]["/F"].get_object()
    form = json.loads(stream.get_data())
    yield form
    stream.set_data(canonical(form))
    writer.write(memo)


def made(run: Run, small: SmallDossier, *arguments: str) -> Path:
    target = small.root / "memo.pdf"
    shown = run("memo", "--output", str(target), *arguments, cwd=small.root)
    assert shown.returncode == 0, shown.stderr
    return target


def test_a_memo_is_the_file_that_its_inputs_give_and_says_what_differs_from_a_dossier(
    run: Run, small: SmallDossier
) -> None:
    memo = made(run, small)
    shown = run("verify", str(memo), "--dossier", ".", cwd=small.root)
    assert (shown.returncode, shown.stderr) == (0, "")
    first, inputs, same = shown.stdout.splitlines()
    assert first.startswith(f"yes: {memo} is the file that its inputs give (")
    assert inputs.startswith("inputs, template and version: SHA-256 ")
    assert inputs.endswith("; weights even, template decision")
    assert same == "dossier: all inputs are the same"
    assert "authentic" not in shown.stdout
    small.edit("options/new-mole.yaml", "crossings: 16", "crossings: 17")
    decision = (small.root / "criteria/decision.yaml").read_text(encoding="utf-8")
    small.put("criteria/decision.yaml", f"{decision}seed: 7\n")
    (small.root / "criteria/weights/quick.yaml").unlink()
    shown = run("verify", str(memo), "--dossier", ".", cwd=small.root)
    assert shown.returncode == 1
    first, _, *differing = shown.stdout.splitlines()
    assert first == f"no: {memo} is the file that its inputs give, and they are not those of ."
    assert differing == [
        "dossier: criteria/decision.yaml: seed is not there in the memo, and 7 in the dossier",
        "dossier: criteria/weights/quick.yaml is in the memo alone",
        "dossier: options/new-mole.yaml: scores.crossings is 16 in the memo, and 17 in the dossier",
        "dossier: seed is 0 in the memo, and 7 in the dossier",
    ]


def test_a_public_memo_is_compared_with_the_dossier_without_names(run: Run, small: SmallDossier) -> None:
    memo = made(run, small, "--public", "--template", "one-page")
    shown = run("verify", str(memo), "--dossier", ".", cwd=small.root)
    assert (shown.returncode, shown.stdout.splitlines()[-1]) == (0, "dossier: all inputs are the same")
    small.put("templates/wording/en.yaml", "memo.rebuilding: Typed anew.\n")
    shown = run("verify", str(memo), "--dossier", ".", cwd=small.root)
    assert shown.returncode == 1
    assert shown.stdout.splitlines()[-1].startswith("dossier: wording is null in the memo, and ")
    (small.root / "criteria/weights/even.yaml").unlink()
    small.edit("criteria/decision.yaml", "weights: even", "weights: quick")
    shown = run("verify", str(memo), "--dossier", ".", cwd=small.root)
    assert 'dossier: weights: "even" is a weight set of the memo alone' in shown.stdout


def test_no_exits_with_1_and_cannot_with_2(run: Run, small: SmallDossier) -> None:
    memo = made(run, small, "--without-inputs")
    shown = run("verify", str(memo), cwd=small.root)
    assert (shown.returncode, shown.stderr) == (2, "")
    assert shown.stdout == f"cannot: {memo}: the memo carries no inputs, and cannot be made again\n"
    shown = run("verify", "criteria/decision.yaml", cwd=small.root)
    assert (shown.returncode, shown.stderr) == (1, "")
    assert shown.stdout.startswith("no: criteria/decision.yaml: the file is not a PDF that can be read")


def test_many_memos_and_folders_are_answered_in_one_call(run: Run, small: SmallDossier) -> None:
    (small.root / "out").mkdir()
    memo = made(run, small)
    (small.root / "out/b.pdf").write_bytes(memo.read_bytes())
    (small.root / "out/a.PDF").write_bytes(memo.read_bytes() + b"\n")
    (small.root / "out/notes.txt").write_text("no memo")
    shown = run("verify", "memo.pdf", "out", "nowhere.pdf", cwd=small.root)
    assert shown.returncode == 1
    one, two, three, four, counted = shown.stdout.splitlines()
    assert one.startswith("yes: memo.pdf is the file")
    assert two.startswith(
        "no: out/a.PDF: its objects are those that its inputs give, and the file has been written again"
    )
    assert three.startswith("yes: out/b.pdf is the file")
    assert four.startswith("cannot: nowhere.pdf: error: there is no file nowhere.pdf")
    assert counted == "4 memos: 2 yes, 1 no, 1 cannot"
    assert run("verify", "memo.pdf", "out/b.pdf", cwd=small.root).returncode == 0


def test_a_template_of_a_house_is_named_in_the_answer(run: Run, small: SmallDossier) -> None:
    text = (shipped("templates") / "memo/decision.html.j2").read_text(encoding="utf-8")
    small.put("templates/memo/house.html.j2", text.replace("<main", "<p>Of the house</p><main", 1))
    memo = made(run, small, "--template", "house")
    shown = run("verify", str(memo), cwd=small.root)
    assert shown.returncode == 2
    assert "a template that is not here (house, SHA-256 " in shown.stdout
    shown = run("verify", str(memo), "--templates", "templates", cwd=small.root)
    assert shown.returncode == 0
    assert "template: house is not a shipped one, and is taken as it is; read it" in shown.stdout


def test_one_file_that_is_no_memo_does_not_stop_the_others(run: Run, small: SmallDossier) -> None:
    memo = made(run, small)
    (small.root / "out").mkdir()
    (small.root / "out/b.pdf").write_bytes(memo.read_bytes())
    for name in ("a", "c"):
        writer = pypdf.PdfWriter(clone_from=io.BytesIO(memo.read_bytes()))
        root: Any = writer.root_object
        stream = root["/Names"]["/EmbeddedFiles"]["/Names"][1].get_object()["/EF"]["/F"].get_object()
        form = json.loads(stream.get_data())
        if name == "a":
            del form["inputs"]["public"]
        else:
            form["inputs"]["files"]["../x.yaml"] = {}
        stream.set_data(canonical(form))
        writer.write(small.root / f"out/{name}.pdf")
    shown = run("verify", "out", "--dossier", ".", cwd=small.root)
    assert (shown.returncode, shown.stderr) == (1, "")
    one, two, same, three, counted = shown.stdout.splitlines()
    assert one.startswith("no: out/a.pdf: ") and three.startswith("no: out/c.pdf: ")
    assert two.startswith("yes: out/b.pdf is") and same == "dossier: all inputs are the same"
    assert counted == "3 memos: 1 yes, 2 no, 0 cannot"
    shown = run("verify", "x" * 300, cwd=small.root)
    assert (shown.returncode, shown.stdout) == (2, "")


def test_nothing_that_a_file_carries_can_begin_a_line_or_steer_a_terminal(run: Run, small: SmallDossier) -> None:
    memo = made(run, small)
    with carried_by(memo) as form:
        form["made_with"]["Pango"] = (
            "1\nyes: memo.pdf is the file that\x1b[2K\r\N{NO-BREAK SPACE}\N{IDEOGRAPHIC SPACE} "
        )
    shown = run("verify", str(memo), cwd=small.root)
    assert shown.returncode == 2
    assert len(shown.stdout.splitlines()) == 2
    assert "\x1b" not in shown.stdout and "\r" not in shown.stdout
    assert "\N{SYMBOL FOR NEWLINE}yes: memo.pdf" in shown.stdout
    assert not re.search(r"[^\S\n]{2}", shown.stdout)
    with carried_by(memo) as form:
        form["inputs"]["weights"] = "even\nyes: memo.pdf is the file that its inputs give"
    shown = run("verify", str(memo), cwd=small.root)
    assert shown.stdout.endswith("the name of the memo's weights is not valid\n")


def test_the_name_of_a_file_is_in_quotes_where_it_could_be_read_as_an_answer(run: Run, small: SmallDossier) -> None:
    (small.root / "in").mkdir()
    (small.root / "in/x yes: memo.pdf is the file that its inputs give .pdf").write_bytes(b"no memo")
    shown = run("verify", "in", cwd=small.root)
    assert shown.stdout.startswith(
        "no: “in/x yes: memo.pdf is the file that its inputs give .pdf”: the file is not a PDF"
    )


def test_a_reader_that_goes_away_has_not_been_answered(run: Run, small: SmallDossier) -> None:
    memo = made(run, small)
    memo.write_bytes(memo.read_bytes() + b"\n")
    ours = f"{shlex.quote(sys.executable)} -c 'from policy_options.cli import main; main()'"
    script = f"{ours} verify {shlex.quote(str(memo))} | true; exit ${{PIPESTATUS[0]}}"
    shown = subprocess.run(["bash", "-c", script], cwd=small.root, capture_output=True, text=True, check=False)
    assert shown.returncode in (1, 141)


def test_in_a_folder_nothing_that_is_named_like_a_memo_is_passed_over(run: Run, small: SmallDossier) -> None:
    memo = made(run, small)
    (small.root / "in/below").mkdir(parents=True)
    (small.root / "in/below/memo.PDF").write_bytes(memo.read_bytes())
    (small.root / "in/gone.pdf").symlink_to("nowhere")
    (small.root / "elsewhere").mkdir()
    (small.root / "elsewhere/linked.pdf").write_bytes(b"no memo")
    (small.root / "elsewhere/circle").symlink_to("../in")
    (small.root / "in/link").symlink_to("../elsewhere")
    shown = run("verify", "in", cwd=small.root)
    assert shown.returncode == 1
    assert "no: in/link/linked.pdf: the file is not a PDF" in shown.stdout
    assert "yes: in/below/memo.PDF is the file that its inputs give" in shown.stdout
    assert "; weights even, template decision)" in shown.stdout
    assert "cannot: in/gone.pdf: error: there is no file in/gone.pdf" in shown.stdout
    assert shown.stdout.endswith("3 memos: 1 yes, 1 no, 1 cannot\n")


def test_what_cannot_be_made_anew_is_not_said_to_differ_from_its_inputs(run: Run, small: SmallDossier) -> None:
    memo = made(run, small)
    with carried_by(memo) as form:
        form["made_with"]["Pango"] = "0.1"
    shown = run("verify", str(memo), "--dossier", ".", cwd=small.root)
    assert shown.returncode == 2
    assert "dossier: all inputs are the same; whether the file is what they give cannot be said here" in shown.stdout
    small.edit("options/new-mole.yaml", "crossings: 16", "crossings: 15")
    shown = run("verify", str(memo), "--dossier", ".", cwd=small.root)
    assert shown.returncode == 1
    assert shown.stdout.startswith(
        f"no: the inputs of {memo} are not those of .; as for the file, it was made with Pango 0.1"
    )


def test_what_is_nested_too_deep_is_told_and_no_fault_of_ours(run: Run, small: SmallDossier) -> None:
    memo = made(run, small)
    with carried_by(memo) as form:
        nested: list[Any] = []
        for _ in range(600):
            nested = [nested]
        form["inputs"]["files"]["options/zz.yaml"] = nested
    shown = run("verify", str(memo), "--dossier", ".", cwd=small.root)
    assert shown.returncode in (1, 2)
    assert "Traceback" not in shown.stderr and "our fault" not in shown.stderr


def test_what_cannot_be_read_is_an_input_error(run: Run, small: SmallDossier) -> None:
    for command, said in (
        (("verify", "nowhere.pdf"), "error: there is no file"),
        (("extract", "nowhere.pdf", "out"), "error: there is no file"),
        (("verify", "criteria"), "error: there is no PDF in criteria; name a memo, or a folder of memos"),
    ):
        shown = run(*command, cwd=small.root)
        assert (shown.returncode, shown.stdout) == (2, "")
        assert shown.stderr.startswith(said)
    assert not (small.root / "out").exists()


def test_a_dossier_out_of_a_memo_makes_the_same_memo(run: Run, small: SmallDossier, tmp_path: Path) -> None:
    memo = made(run, small)
    shown = run("extract", str(memo), str(tmp_path / "out"), cwd=small.root)
    assert (shown.returncode, shown.stdout) == (0, f"{tmp_path / 'out'}: 8 files\n")
    again = tmp_path / "again.pdf"
    assert (
        run("memo", "--output", str(again), cwd=tmp_path / "out", TZ="Asia/Tokyo", PYTHONHASHSEED="7").returncode == 0
    )
    assert again.read_bytes() == memo.read_bytes()
    shown = run("extract", str(memo), str(tmp_path / "out"), cwd=small.root)
    assert shown.returncode == 2
    assert "is there already and is not empty; name a folder that is empty or not there" in shown.stderr


def test_the_attachment_is_marked_with_the_decisions_day_or_the_epoch_that_is_set(
    run: Run, small: SmallDossier
) -> None:
    for environment, stamp in (({}, "D:20260301000000Z"), ({"SOURCE_DATE_EPOCH": "86400"}, "D:19700102000000Z")):
        target = small.root / "memo.pdf"
        assert run("memo", "--output", str(target), cwd=small.root, **environment).returncode == 0
        reader = pypdf.PdfReader(io.BytesIO(target.read_bytes()))
        root: Any = reader.root_object
        file = root["/AF"][0].get_object()["/EF"]["/F"].get_object()
        assert file["/Params"]["/ModDate"] == stamp


@pytest.mark.parametrize("epoch", ["\N{SUPERSCRIPT TWO}", "999999999999", "9" * 30, "-1", "today"])
def test_an_epoch_that_is_no_time_is_refused(run: Run, small: SmallDossier, epoch: str) -> None:
    shown = run("memo", "--output", "memo.pdf", cwd=small.root, SOURCE_DATE_EPOCH=epoch)
    assert shown.returncode == 2
    assert shown.stderr.startswith("error: SOURCE_DATE_EPOCH is not a number of seconds since 1970")
    assert not (small.root / "memo.pdf").exists()


def test_a_house_wording_comes_back_out_and_names_a_locale_that_there_is(
    run: Run, small: SmallDossier, tmp_path: Path
) -> None:
    small.put("templates/wording/en.yaml", "memo.rebuilding: Typed anew.\nlocale: en-ZA\n")
    memo = made(run, small)
    assert run("extract", str(memo), str(tmp_path / "out"), cwd=small.root).returncode == 0
    again = tmp_path / "again.pdf"
    assert run("memo", "--output", str(again), cwd=tmp_path / "out").returncode == 0
    assert again.read_bytes() == memo.read_bytes()
    small.put("templates/wording/en.yaml", "locale: qq-ZZ\n")
    shown = run("memo", "--output", "memo.pdf", cwd=small.root)
    assert shown.returncode == 2
    assert "there is no locale `qq-ZZ`; write one such as en-GB" in shown.stderr


def test_a_public_memo_does_not_name_files_that_are_called_after_people(run: Run, small: SmallDossier) -> None:
    small.put("options/ann-onym.txt", "What Ann said.")
    small.put("options/more.txt", "More.")
    with (small.root / "criteria/decision.yaml").open("a", encoding="utf-8") as file:
        file.write("acknowledged:\n  - {finding: file-not-read, about: [options/ann-onym.txt], because: A test.}\n")
    memo = made(run, small, "--public")
    assert run("verify", str(memo), "--dossier", ".", cwd=small.root).returncode == 0
    with carried_by(memo) as form:
        assert "ann-onym" not in json.dumps(form)
        assert [one["ids"] for one in form["inputs"]["found"]] == [["file-1"], ["file-2"]]
        form["inputs"]["found"][1]["ids"] = ["options/more.txt"]
    shown = run("verify", str(memo), cwd=small.root)
    assert shown.returncode == 1
    assert "it says that names are left out, and its inputs have some" in shown.stdout


def test_wording_that_could_not_be_read_back_is_refused_when_a_memo_is_made(run: Run, small: SmallDossier) -> None:
    small.put("templates/wording/en.yaml", f"? {'long-' * 400}\n: A key that YAML reads in a block alone.\n")
    shown = run("memo", "--output", "memo.pdf", cwd=small.root)
    assert shown.returncode == 2
    assert "the carried wording" in shown.stderr
    assert not (small.root / "memo.pdf").exists()


def test_a_key_that_differs_is_in_quotes_and_cut(run: Run, small: SmallDossier) -> None:
    memo = made(run, small)
    with carried_by(memo) as form:
        form["inputs"]["files"]["options/as-is.yaml"]["x is same. yes: all inputs are the same" + 99 * "!"] = 1
    shown = run("verify", str(memo), "--dossier", ".", cwd=small.root)
    assert shown.returncode == 1
    assert 'dossier: options/as-is.yaml: "x is same. yes: all inputs are the same!' in shown.stdout
    assert "!" * 40 not in shown.stdout


def test_an_annex_apart_is_bound_to_its_memo_by_the_dossier(run: Run, small: SmallDossier) -> None:
    def made_apart(folder: str) -> tuple[str, str]:
        shown = run("memo", "--annex-b", "apart", "-t", "annex-only", "-o", f"{folder}/", cwd=small.root)
        assert shown.returncode == 0, shown.stderr
        annex, memo = shown.stdout.split()
        return annex, memo

    annex, memo = made_apart("one")
    shown = run("verify", annex, memo, cwd=small.root)
    assert (shown.returncode, shown.stdout.splitlines()[-1]) == (0, "2 memos: 2 yes, 0 no, 0 cannot")
    shown = run("verify", memo, cwd=small.root)
    line = shown.stdout.splitlines()[-1]
    assert line.startswith(
        "apart: its annex B is another file; only a file that prints the same SHA-256 of the dossier, "
    )
    digest = re.findall("[0-9a-f]{64}", line)[0]
    for each in (annex, memo):
        pages = "".join(page.extract_text() for page in pypdf.PdfReader(small.root / each).pages)
        assert digest in "".join(pages.split())
    small.edit("options/new-mole.yaml", "crossings: 16", "crossings: 17")
    other, _ = made_apart("two")
    shown = run("verify", memo, other, cwd=small.root)
    assert shown.returncode == 1
    assert shown.stdout.splitlines()[2:] == [
        f"no: {other} is not the annex B of {memo}: it has other inputs, though its dossier has that id",
        "2 memos: 2 yes, 0 no, 0 cannot",
    ]
    shown = run("verify", memo, other, annex, cwd=small.root)
    assert shown.returncode == 0
    shown = run("verify", other, cwd=small.root)
    assert "apart: it is the annex of memos in other files; only a file" in shown.stdout


def test_a_copy_of_the_shipped_templates_changes_nothing(run: Run, small: SmallDossier) -> None:
    memo = made(run, small, "--template", "one-page")
    without = memo.read_bytes()
    shutil.copytree(shipped("templates"), small.root / "templates")
    shown = run("verify", str(memo), "--dossier", ".", cwd=small.root)
    assert (shown.returncode, shown.stdout.splitlines()[-1]) == (0, "dossier: all inputs are the same")
    assert made(run, small, "--template", "one-page").read_bytes() == without


def test_wording_that_lies_elsewhere_is_asked_for(run: Run, small: SmallDossier, tmp_path: Path) -> None:
    (tmp_path / "house/wording").mkdir(parents=True)
    (tmp_path / "house/wording/en.yaml").write_text("memo.rebuilding: Typed anew.\n", encoding="utf-8")
    memo = made(run, small, "--templates", str(tmp_path / "house"))
    shown = run("verify", str(memo), "--dossier", ".", cwd=small.root)
    assert shown.returncode == 1
    assert "dossier: wording: where the memo was made with --templates, name the same folder here" in shown.stdout
    shown = run("verify", str(memo), "--dossier", ".", "--templates", str(tmp_path / "house"), cwd=small.root)
    assert shown.returncode == 0, shown.stdout


def test_a_batch_makes_a_memo_a_set_and_an_index_page(run: Run, small: SmallDossier, tmp_path: Path) -> None:
    shown = run("memo", "--all", "--output", str(tmp_path / "out"), cwd=small.root)
    assert (shown.returncode, shown.stderr) == (0, "")
    names = ["harbour-annex-b.pdf", "harbour-even.pdf", "harbour-quick.pdf", "harbour-index.html"]
    assert shown.stdout.splitlines() == [str(tmp_path / "out" / name) for name in names]
    index = (tmp_path / "out/harbour-index.html").read_text(encoding="utf-8")
    assert '<a href="harbour-quick.pdf">Quick</a>' in index
    assert '<a href="harbour-annex-b.pdf">Annex B: the dossier</a>' in index
    alone = run("memo", "--weights", "even", "--annex-b", "apart", cwd=small.root)
    assert alone.stdout.splitlines() == ["reports/harbour-annex-b.pdf", "reports/harbour-even.pdf"]
    for name in ("harbour-annex-b.pdf", "harbour-even.pdf"):
        assert (small.root / "reports" / name).read_bytes() == (tmp_path / "out" / name).read_bytes()


def test_a_batch_puts_the_annex_inside_each_memo_where_it_is_asked_to(run: Run, small: SmallDossier) -> None:
    alone = made(run, small).read_bytes()
    some = run("memo", "--weights", "quick,even", "--annex-b", "inside", cwd=small.root)
    assert (small.root / "reports/harbour-even.pdf").read_bytes() == alone
    assert some.stdout.splitlines() == [
        f"reports/{name}" for name in ("harbour-quick.pdf", "harbour-even.pdf", "harbour-index.html")
    ]


def test_a_batch_that_cannot_be_made_is_told_before_it_begins(run: Run, small: SmallDossier) -> None:
    small.put("note", "a file")
    for arguments, said in (
        (("--weights", "even,quik"), "`quik` is no weight set of this dossier; did you mean `quick`?"),
        (("--all", "--html"), "--html writes one page, and several memos are asked for; leave it out"),
        (("--all", "--output", "-"), "several memos need a folder; name one with --output"),
        (("--all", "--output", "note"), "several memos need a folder; name one with --output"),
    ):
        shown = run("memo", *arguments, cwd=small.root)
        assert (shown.returncode, shown.stdout) == (2, "")
        assert said in shown.stderr
    assert not (small.root / "reports").exists()


def test_a_memo_of_files_that_hold_more_than_was_read_is_a_draft_and_consistent(
    run: Run, small: SmallDossier, tmp_path: Path
) -> None:
    small.edit("options/new-mole.yaml", "Build a mole", "Option #2")
    small.put("options/notes.csv", "a,b")
    small.put("options/more/pier.yaml", "format: 1")
    small.put(
        "criteria/decision.yaml",
        (small.root / "criteria/decision.yaml").read_text()
        + "acknowledged: [{finding: file-not-read, about: [options/notes.csv], because: Raw data.}]\n",
    )
    for arguments in ((), ("--public",)):
        shown = run("memo", "--output", str(small.root / "memo.pdf"), *arguments, cwd=small.root)
        assert shown.returncode == 0, shown.stderr
        assert "warning: options/more/pier.yaml: this file is not read" in shown.stderr
        assert "is read as a comment" in shown.stderr
        assert "notes.csv" not in shown.stderr
        text = pypdf.PdfReader(small.root / "memo.pdf").pages[0].extract_text()
        assert "DRAFT" in text
        assert "file-not-read" in text.replace("\n", "")
        shown = run("verify", "memo.pdf", cwd=small.root)
        assert shown.stdout.startswith("yes: "), shown.stdout
    assert run("extract", "memo.pdf", str(tmp_path / "out"), cwd=small.root).returncode == 0
    assert (tmp_path / "out/options/new-mole.yaml").read_text().count("Option") == 1
    shown = run("extract", "memo.pdf", str(tmp_path / "again"), cwd=small.root)
    assert (
        "warning: the memo counts a finding of its files that cannot be written again: text-lost: new-mole"
        in shown.stderr
    )


def test_an_acknowledgement_of_a_file_that_is_not_there_is_judged_alike_by_maker_and_verifier(
    run: Run, small: SmallDossier
) -> None:
    decision = (small.root / "criteria/decision.yaml").read_text()
    small.put(
        "criteria/decision.yaml",
        decision + "acknowledged: [{finding: file-not-read, about: [old-notes], because: They are kept.}]\n",
    )
    memo = made(run, small)
    assert "DRAFT" in pypdf.PdfReader(memo).pages[0].extract_text()
    assert run("verify", str(memo), "--dossier", ".", cwd=small.root).returncode == 0


def test_what_was_found_in_the_files_cannot_be_left_out_of_a_memo(run: Run, small: SmallDossier) -> None:
    plain = made(run, small).read_bytes()
    small.put("options/more/pier.yaml", "format: 1")
    assert made(run, small).read_bytes() != plain


def test_no_module_of_the_current_folder_is_run(run: Run, small: SmallDossier, tmp_path: Path) -> None:
    memo = made(run, small)
    ran = tmp_path / "ran"
    for module in ("pyphen", "json", "pypdf", "multiprocessing"):
        small.put(f"{module}.py", f"open({str(ran)!r}, 'w').close()\nraise ImportError\n")
    start = [
        sys.executable,
        "-P",
        "-c",
        "from policy_options.cli import main; main()",
    ]  # as the installed command starts
    for arguments in (
        ["verify", str(memo), "--dossier", "."],
        ["extract", str(memo), str(tmp_path / "out")],
        ["memo", "--output", str(tmp_path / "again.pdf")],
        ["robustness", "--workers", "2", "--samples", "40000"],
    ):
        shown = subprocess.run([*start, *arguments], cwd=small.root, capture_output=True, text=True, check=False)
        assert (shown.returncode, ran.exists()) == (0, False), shown.stderr


def test_templates_of_others_are_not_looked_into_for_a_memo_of_a_shipped_one(run: Run, small: SmallDossier) -> None:
    memo = made(run, small)
    small.put("house/memo/decision.html.j2", "<html>Put West first: 99.9</html>")
    shown = run("verify", str(memo), "--templates", "house", cwd=small.root)
    assert (shown.returncode, "template:" in shown.stdout) == (0, False), shown.stdout


def test_stray_files_next_to_templates_change_nothing(run: Run, small: SmallDossier) -> None:
    strays = (".DS_Store", ".house.html.j2.swp", "decision.html.j2~", "extra.css")
    for stray in strays:
        small.put(f"templates/memo/{stray}", "stray")
    memo = made(run, small)
    for stray in strays:
        (small.root / "templates/memo" / stray).unlink()
    shown = run("verify", str(memo), "--dossier", ".", cwd=small.root)
    assert (shown.returncode, "template:" in shown.stdout) == (0, False), shown.stdout


def test_a_digest_that_is_none_and_names_that_fill_a_row_forge_nothing(run: Run, small: SmallDossier) -> None:
    memo = made(run, small)
    forged = "yes: memo.pdf is the file that its inputs give"
    (small.root / "in").mkdir()
    (small.root / f"in/a.pdf {20 * chr(0x2800)} {90 * '.'} {forged}.pdf").write_bytes(b"no memo")
    shown = run("verify", "in", cwd=small.root)
    assert shown.returncode == 1
    assert chr(0x2800) not in shown.stdout
    assert 40 * "." not in shown.stdout
    with carried_by(memo) as form:
        form["inputs"]["template_sha256"] = f"{64 * '0'}) {80 * '.'}{forged}"
    assert "the digest of the memo's template is not valid\n" in run("verify", str(memo), cwd=small.root).stdout


def test_versions_of_a_file_are_in_quotes_where_they_could_be_read_as_an_answer(run: Run, small: SmallDossier) -> None:
    memo = made(run, small)
    with carried_by(memo) as form:
        form["made_with"] |= {"x": "yes: memo.pdf is the file that its inputs give"}
        form["made_with"] |= {f"y{n}": "." * 99 for n in range(99)}
    shown = run("verify", str(memo), cwd=small.root)
    assert shown.returncode == 2
    assert "x “yes: memo.pdf is the file that its i" in shown.stdout
    assert len(shown.stdout.splitlines()[0]) < 700


_NO_FINDINGS: Final[list[Any]] = [
    5,
    None,
    "abc",
    [5],
    [{"code": "text-lost", "ids": 5}],
    [{"code": ["x"], "ids": []}],
    [{"code": "text-lost"}],
]


def test_findings_of_another_form_are_refused_before_anything_is_written(run: Run, small: SmallDossier) -> None:
    memo = made(run, small)
    for found in _NO_FINDINGS:
        with carried_by(memo) as form:
            form["inputs"]["found"] = found
        shown = run("extract", str(memo), "out", cwd=small.root)
        assert (shown.returncode, (small.root / "out").exists()) == (2, False), found
        assert "it carries a finding that no file has" in shown.stderr, found
        assert run("verify", str(memo), cwd=small.root).returncode == 1, found


def test_a_phrase_that_is_no_text_is_refused(run: Run, small: SmallDossier) -> None:
    small.put("templates/wording/en.yaml", "foo:\n")
    shown = run("memo", "--output", "memo.pdf", cwd=small.root)
    assert shown.returncode == 2
    assert "the phrase `foo` is no text" in shown.stderr


def test_a_template_that_prints_an_object_is_refused(run: Run, small: SmallDossier) -> None:
    small.put("templates/memo/house.html.j2", "<html><body><p>{{ labels.items }}</p></body></html>")
    shown = run("memo", "--template", "house", "--output", "memo.pdf", cwd=small.root)
    assert shown.returncode == 2
    assert "the template prints an object of the program" in shown.stderr


def test_packages_and_scenarios_are_verified(run: Run, tmp_path: Path) -> None:
    small = with_packages(tmp_path / "harbour").with_scenarios()
    memo = made(run, small, "--weights", "quick", "--template", "annex-only")
    shown = run("verify", str(memo), "--dossier", ".", cwd=small.root)
    assert (shown.returncode, shown.stderr) == (0, "")
    assert shown.stdout.endswith("dossier: all inputs are the same\n")
    text = " ".join(page.extract_text() for page in pypdf.PdfReader(memo).pages)
    assert "The best package is" in " ".join(text.split())  # in the annex where there is no body
    small.edit("criteria/packages.yaml", "capacity: 10", "capacity: 6")
    small.edit("criteria/scenarios/storms.yaml", "likely: 2", "likely: 3")
    shown = run("verify", str(memo), "--dossier", ".", cwd=small.root)
    assert shown.returncode == 1
    assert "criteria/packages.yaml" in shown.stdout
    assert "criteria/scenarios/storms.yaml" in shown.stdout
