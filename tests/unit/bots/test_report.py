import pytest

from bots.report import Did, ExitCode, PageReport, Report


@pytest.mark.parametrize(
    ("report", "code"),
    [
        (Report(), ExitCode.FINE),
        (Report(stopped="terminated"), ExitCode.FINE),
        (Report((PageReport("A", Did.WRITTEN),)), ExitCode.FINE),
        (Report((PageReport("A", Did.REFUSED),)), ExitCode.PROBLEM),
        (Report((PageReport("A", Did.KNOWS_NOT),)), ExitCode.PROBLEM),
        (Report((PageReport("A", Did.LATER),), problems=("B",)), ExitCode.TRY_LATER),
        (Report(problems=("B",)), ExitCode.PROBLEM),
    ],
)
def test_exit_code_when_pages_went_so_then_says_it(
    report: Report, code: ExitCode
) -> None:
    assert report.exit_code is code


def test_lines_when_pages_are_unchanged_or_written_then_they_are_only_counted() -> None:
    report = Report(
        (
            PageReport("A", Did.UNCHANGED),
            PageReport("B", Did.WRITTEN),
            PageReport("C", Did.REFUSED, "The page is protected.\nReally."),
        )
    )
    assert list(report.lines()) == [
        "refused: C",
        "    The page is protected.",
        "    Really.",
        "1 written, 1 unchanged, 1 refused",
    ]
