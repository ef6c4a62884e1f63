"""Sentences in two languages: numbers choose the English form of the words beside them."""

from __future__ import annotations

from decimal import Decimal

import pytest

from instances.messages import Template

STAY = Template("有{count}个场次空缺。", "{count} dated {count:post stays|posts stay} open.")


@pytest.mark.parametrize(
    ("count", "said"),
    [
        (0, "0 dated posts stay open."),
        (1, "1 dated post stays open."),
        (2, "2 dated posts stay open."),
        (Decimal("1.0"), "1 dated post stays open."),
        (Decimal("1.5"), "1.5 dated posts stay open."),
        ("1", "1 dated post stays open."),
    ],
)
def test_one_thing_is_singular_in_english(count: object, said: str) -> None:
    assert STAY(count=count).text("en") == said


def test_chinese_has_one_form() -> None:
    assert STAY(count=1).text("zh") == "有1个场次空缺。"


def test_a_choice_of_forms_is_no_further_placeholder() -> None:
    assert STAY.placeholders == {"count"}


@pytest.mark.parametrize("forms", ["post", "post|posts|more"])
def test_a_choice_has_two_forms(forms: str) -> None:
    with pytest.raises(ValueError, match="two forms"):
        Template("{count}", f"{{count:{forms}}}")
