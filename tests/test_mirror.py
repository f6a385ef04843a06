"""The tests mirror the package: a module is tested in the file of its name, or in one that is listed here.

A module that is a step of something larger, such as a reader's grammar or a page's part, is tested through what it is a
step of. The list says where, so that whoever changes it finds its tests.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

THROUGH: Final[dict[str, str]] = {
    "analysis/packages/test_properties.py": """
        analysis/packages/adding analysis/packages/best analysis/packages/branching analysis/packages/dominance
        analysis/packages/extreme_points analysis/packages/frontier analysis/packages/many
        analysis/packages/performances analysis/packages/prices analysis/packages/problem
        analysis/packages/programme analysis/packages/rules analysis/packages/shares analysis/packages/table
    """,
    "analysis/packages/test_more_of_many.py": """
        analysis/packages/frontier_of_many
    """,
    "cli/test_packages.py": """
        charts/frontier_steps exchange/packages memo/sections/packages reports/packages wording/packages
    """,
    "dossier/checking/test_packages.py": """
        dossier/checking/package_findings dossier/models/packages dossier/packaging
    """,
    "analysis/scenarios/test_scenario_cases.py": """
        analysis/scenarios/intervals analysis/scenarios/likelihoods analysis/scenarios/regret
    """,
    "cli/test_scenarios.py": """
        charts/scenario_values exchange/scenarios reports/scenarios wording/scenario_packages
    """,
    "analysis/scenarios/test_packages_in_scenarios.py": """
        analysis/scenarios/hedging analysis/scenarios/packages
    """,
    "dossier/checking/test_scenarios.py": """
        dossier/futures dossier/models/scenario dossier/models/signpost
    """,
    "memo/test_languages.py": """
        memo/sections/scenarios wording/scenarios
    """,
    "analysis/acceptability/test_sampled.py": """
        analysis/acceptability/results
    """,
    "analysis/acceptability/test_workers.py": """
        analysis/acceptability/tasks
    """,
    "analysis/comparison/test_comparing.py": """
        analysis/comparison/changes
    """,
    "analysis/crosscheck/test_checking.py": """
        analysis/crosscheck/results
    """,
    "analysis/crosscheck/test_methods.py": """
        analysis/crosscheck/method
    """,
    "analysis/elicitation/test_deriving.py": """
        analysis/elicitation/answers analysis/elicitation/results
    """,
    "analysis/elicitation/test_interview.py": """
        analysis/elicitation/questions analysis/elicitation/stored
    """,
    "analysis/elicitation/test_methods.py": """
        analysis/elicitation/method
    """,
    "analysis/switching/test_weight_values.py": """
        analysis/switching/weights
    """,
    "analysis/test_region.py": """
        analysis/elicitation/bounds
    """,
    "charts/test_fonts.py": """
        charts/typefaces charts/primitives
    """,
    "charts/test_path_lines.py": """
        charts/lines
    """,
    "charts/test_sets.py": """
        charts/rank_map charts/set_columns
    """,
    "charts/test_value_spans.py": """
        charts/value_curve
    """,
    "cli/test_cross_check.py": """
        exchange/cross_check memo/annex/cross_check reports/cross_check wording/cross_check
    """,
    "cli/test_diff.py": """
        dossier/origins dossier/revisions
    """,
    "cli/test_memo.py": """
        memo/audience
    """,
    "cli/test_new.py": """
        dossier/checking/unfinished dossier/new_files
    """,
    "cli/test_other_commands.py": """
        cli/options cli/schema
    """,
    "cli/test_screens.py": """
        cli/progress cli/results
    """,
    "cli/test_source.py": """
        dossier/adding
    """,
    "cli/test_targets.py": """
        exchange/exporting/registry
        cli/running
    """,
    "cli/test_weights_commands.py": """
        cli/weights/changes cli/weights/diagnose cli/weights/edit cli/weights/listing cli/weights/new
        cli/weights/refresh cli/weights/show
    """,
    "cli/test_weights_elicit.py": """
        cli/weights/elicit cli/weights/terminal_interview dossier/answer_files
    """,
    "cli/test_workbook.py": """
        cli/import_ dossier/taking exchange/workbook/addresses exchange/workbook/cell_values
        exchange/workbook/cells exchange/workbook/derived_sheets
        exchange/workbook/input_sheets exchange/workbook/inputs
        exchange/workbook/planning exchange/workbook/reference_sheets exchange/workbook/writing
        reports/workbook_blocks
    """,
    "dossier/test_characters.py": """
        dossier/scalars
    """,
    "dossier/test_eliciting.py": """
        dossier/models/weight_set dossier/weights_around
    """,
    "dossier/test_evidence_kinds.py": """
        dossier/checking/sources dossier/models/places dossier/models/source
    """,
    "dossier/test_loading.py": """
        dossier/contents dossier/files dossier/limits
    """,
    "dossier/test_models.py": """
        dossier/models/base dossier/models/criteria dossier/models/decision dossier/models/distribution
    """,
    "dossier/test_reading.py": """
        dossier/plain_words
    """,
    "dossier/test_texts.py": """
        dossier/texts/docx_text dossier/texts/html_text dossier/texts/pdf_text dossier/texts/plain_text
        dossier/texts/reading dossier/texts/text
    """,
    "dossier/test_validation.py": """
        dossier/models/option errors
    """,
    "dossier/test_without_names.py": """
        dossier/acknowledged_names
    """,
    "exchange/exporting/test_xmcda.py": """
        exchange/exporting/xmcda_omissions
    """,
    "exchange/importing/test_ahp.py": """
        exchange/importing/ahp_preferences exchange/importing/ahp_yaml
    """,
    "exchange/importing/test_csv.py": """
        exchange/importing/csv_files
    """,
    "exchange/importing/test_hostile.py": """
        exchange/importing/archives exchange/importing/limits exchange/importing/registry
        exchange/importing/safe_xml
    """,
    "exchange/importing/test_problem_json.py": """
        exchange/importing/plain_data
    """,
    "exchange/importing/test_tables.py": """
        dossier/in_memory exchange/importing/asked exchange/importing/blank exchange/importing/dossier_files
        exchange/importing/grid exchange/importing/ids exchange/importing/matrix exchange/importing/settling
        exchange/importing/sheets exchange/importing/summary exchange/importing/table_scores
        exchange/importing/table_shape exchange/importing/words
    """,
    "exchange/importing/test_xmcda.py": """
        exchange/importing/sources exchange/importing/xmcda_files exchange/importing/xmcda_functions
        exchange/importing/xmcda_values exchange/importing/xmcda_weights
    """,
    "exchange/test_schemas.py": """
        exchange/comparison exchange/forms exchange/no_preferences exchange/robustness
        exchange/robustness_forms exchange/weight_sets
        memo/content_schemas
    """,
    "exchange/workbook/test_formulas.py": """
        exchange/workbook/applying exchange/workbook/building exchange/workbook/differences
        exchange/workbook/reading exchange/workbook/value_formulas exchange/workbook/weight_formulas
    """,
    "faces/test_registry.py": """
        faces/docx faces/json faces/pages faces/pdf
    """,
    "memo/docx/test_command.py": """
        memo/docx/annex_a memo/docx/annex_b memo/docx/body memo/docx/choosing memo/docx/comparison
        memo/docx/layouts memo/docx/opening memo/docx/pages memo/docx/recognising memo/docx/styles
        memo/docx/tables memo/docx/widths memo/docx/writing
    """,
    "memo/docx/test_hostile_text.py": """
        memo/docx/addresses memo/docx/blocks memo/docx/footnotes memo/docx/markup memo/docx/package
        memo/docx/scripts memo/docx/story
    """,
    "memo/docx/test_word_files.py": """
        memo/pdf/pictures
    """,
    "memo/pdf/test_archival.py": """
        memo/pdf/conversion
    """,
    "memo/pdf/test_canary.py": """
        memo/pdf/embedding memo/pdf/objects memo/pdf/page_drawings memo/pdf/text_libraries
    """,
    "memo/test_batch.py": """
        memo/indexing
    """,
    "memo/test_budget.py": """
        memo/making memo/sections/robustness
    """,
    "memo/test_citing.py": """
        wording/citing
    """,
    "memo/test_comparison_content.py": """
        memo/comparison_note memo/rendering reports/comparison_figures
    """,
    "memo/test_fitting.py": """
        memo/condensing_levels memo/content memo/moved_to_annex memo/overrun
    """,
    "memo/test_memo.py": """
        memo/building memo/figures memo/subject memo/templates
    """,
    "memo/test_notes.py": """
        memo/pdf/drawing
    """,
    "memo/test_sections.py": """
        memo/annex/closing memo/annex/performances memo/annex/scales memo/annex/scenarios memo/annex/sets
        memo/annex/sources memo/annex/weights memo/sections/dissent memo/sections/opening memo/sections/options
        memo/sections/outlook memo/sections/ranking
    """,
    "memo/test_verifying.py": """
        dossier/carried memo/attachment memo/attachment_reading memo/environment memo/extracting
        memo/inputs memo/pdf/file_differences memo/pdf/file_reading memo/remaking
        memo/verdict
    """,
    "reports/test_languages.py": """
        reports/check reports/comparison reports/no_preferences reports/option reports/ranking
        reports/rankings reports/report reports/robustness reports/weight_set reports/weight_sets
        wording/weight_sets wording/derivations
    """,
    "reports/test_reports.py": """
        reports/across reports/comparison_bottom reports/diagnostics reports/ranking_figures
        reports/weight_changes reports/weight_rows reports/weight_tables
    """,
    "test_api_examples.py": """
        api
    """,
    "test_atomic_folders.py": """
        leftovers
    """,
    "web/test_app.py": """
        web/asking web/explore_page web/live web/marking web/place web/screen web/state
    """,
    "web/test_details.py": """
        web/pairs web/results
    """,
    "web/test_keeping.py": """
        web/desk
    """,
    "web/test_serving.py": """
        cli/explore
    """,
    "web/test_workshops.py": """
        web/people
    """,
    "web/exported/test_page.py": """
        web/exported/content
    """,
    "wording/test_advice.py": """
        analysis/switching/nearest wording/counts wording/titles
    """,
    "wording/test_evidence.py": """
        wording/sentences
    """,
    "wording/test_lines.py": """
        wording/plain
    """,
    "wording/test_robustness.py": """
        analysis/drivers/more_often reports/robustness_figures wording/shares wording/switching
    """,
    "wording/test_robustness_parts.py": """
        reports/robustness_opening reports/robustness_parts wording/changes
    """,
    "wording/test_with_unit.py": """
        wording/performances
    """,
}
"""By test file: the modules that it tests besides the one of its name."""


def test_each_module_has_its_tests_in_the_file_of_its_name_or_in_one_that_is_listed(root: Path) -> None:
    package, tests = root / "src/policy_options", root / "tests"
    modules = {
        path.relative_to(package).with_suffix("").as_posix()
        for path in package.rglob("*.py")
        if path.stem != "__init__"
    }
    own = {module for module in modules if (tests / module).with_name(f"test_{Path(module).name}.py").exists()}
    listed = [module for those in THROUGH.values() for module in those.split()]
    assert [file for file in THROUGH if not (tests / file).is_file()] == [], "these test files are not there"
    assert sorted({module for module in listed if listed.count(module) > 1}) == [], "these are listed twice"
    assert sorted(set(listed) - modules) == [], "these modules are not there"
    assert sorted(set(listed) & own) == [], "these have a file of their name: take them off the list"
    missing = sorted(modules - own - set(listed))
    assert missing == [], "write tests/…/test_NAME.py for these, or say in THROUGH which file tests them"
