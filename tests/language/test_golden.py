"""What is said about wrong conditions, word for word and column for column."""

import pytest
from tests.language.golden_cases import every_case


@pytest.mark.parametrize("case", every_case(), ids=lambda case: case.path.stem)
def test_a_wrong_condition_is_answered_as_its_golden_file_says(case, request):
    if request.config.getoption("--update-golden", default=False):
        case.write()
        return
    assert case.said("zh") == case.zh
    assert case.said("en") == case.en


def test_every_golden_file_has_something_to_say():
    assert len(every_case()) >= 60
    assert all(case.zh and case.en for case in every_case())
