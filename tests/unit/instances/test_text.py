"""Names, numbers, shares, yes and no, and words, as they are typed."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from instances import problem_texts as texts
from instances.problems import Fault
from instances.text import (
    Misread,
    fold,
    nearest,
    read_decimal,
    read_integer,
    read_integers,
    read_share,
    read_text,
    read_texts,
    read_word,
    spellings,
    split_list,
    tidy,
)
from instances.words import Family, Form, Kind, Level, Parity, Role, Rota, TeamKind, Word
from instances.workbook.sheet import DateKind, YesNo

ALL_WORDS = [Level, Kind, Role, Family, Parity, Rota, TeamKind, Form, YesNo, DateKind]


def fault_of(reader: object, value: object, *rest: object) -> Fault:
    with pytest.raises(Misread) as caught:
        reader(value, *rest)  # type: ignore[operator]
    return caught.value.fault


@pytest.mark.parametrize(
    ("typed", "tidied"),
    [
        ("王　芳", "王芳"),
        (" Wang  Fang ", "Wang Fang"),
        ("三 （1） 班", "三（1）班"),
        ("一 A", "一 A"),
    ],
)
def test_tidy(typed: str, tidied: str) -> None:
    assert tidy(typed) == tidied


@given(st.text())
def test_tidy_and_fold_are_settled(text: str) -> None:
    assert tidy(tidy(text)) == tidy(text)
    assert fold(tidy(text)) == fold(text)


@pytest.mark.parametrize(
    ("typed", "items"),
    [
        (
            "语文、数学，英语,科学；体育;音乐/美术\n劳动",
            "语文 数学 英语 科学 体育 音乐 美术 劳动".split(),
        ),
        ("指导教师（足球、体育）、助教", ["指导教师（足球、体育）", "助教"]),
        ("、、", []),
        ("甲）、乙", ["甲）", "乙"]),
    ],
)
def test_split_list(typed: str, items: list[str]) -> None:
    assert split_list(typed) == items


@pytest.mark.parametrize(
    ("typed", "number"),
    [(45, 45), ("45人", 45), ("４５ 个", 45), ("两次", 2), ("十", 10), ("-3", -3), (3.0, 3)],
)
def test_integer(typed: object, number: int) -> None:
    assert read_integer(typed) == number


@pytest.mark.parametrize(
    ("typed", "fault"),
    [
        ("四十五", texts.NOT_A_NUMBER),
        ("nan", texts.NOT_A_NUMBER),
        ("inf", texts.NOT_A_NUMBER),
        ("约45", texts.NOT_A_NUMBER),
        (True, texts.NOT_A_NUMBER),
        (dt.date(2026, 1, 1), texts.NOT_A_NUMBER),
        ("45.5", texts.NOT_WHOLE),
    ],
)
def test_no_integer(typed: object, fault: Fault) -> None:
    assert fault_of(read_integer, typed) is fault


@given(st.integers(-(10**9), 10**9))
def test_every_integer_comes_back(number: int) -> None:
    assert (
        read_integer(number) == read_integer(str(number)) == read_integer(f" {number} 人") == number
    )


@given(st.decimals(-1000, 1000, places=2))
def test_every_decimal_comes_back(number: Decimal) -> None:
    assert read_decimal(float(number)) == read_decimal(f"{number:f}") == number


def test_words_separated_by_spaces() -> None:
    assert read_texts("语文 足球、read aloud") == ("语文", "足球", "read aloud")


def test_week_numbers() -> None:
    assert read_integers("3-5、10，第12周") == (3, 4, 5, 10, 12)
    assert read_integers("1-8周") == (1, 2, 3, 4, 5, 6, 7, 8)
    assert read_integers("3,5,7") == (3, 5, 7)
    assert read_integers("第1-8周（单）、10-13周双周、15") == (1, 3, 5, 7, 10, 12, 15)
    assert fault_of(read_integers, "单") is texts.NOT_WEEK_NUMBERS
    assert fault_of(read_integers, "4-4周（单）") is texts.NOT_WEEK_NUMBERS
    assert fault_of(read_integers, "5-3") is texts.RANGE_BACKWARDS
    assert fault_of(read_integers, dt.datetime(2026, 3, 8)) is texts.TURNED_INTO_DATE


@pytest.mark.parametrize("typed", [0.9, "90%", "90 ％", 90, "0.9"])
def test_share(typed: object) -> None:
    assert read_share(typed) == Decimal("0.9")


@pytest.mark.parametrize(
    ("typed", "fault"),
    [
        (1.5, texts.SHARE_UNCLEAR),
        (-0.1, texts.NOT_A_SHARE),
        (101, texts.NOT_A_SHARE),
        ("101%", texts.NOT_A_SHARE),
        ("九成", texts.NOT_A_NUMBER),
    ],
)
def test_no_share(typed: object, fault: Fault) -> None:
    assert fault_of(read_share, typed) is fault


@given(st.decimals(0, 1, places=3))
def test_every_share_comes_back(share: Decimal) -> None:
    assert read_share(float(share)) == read_share(f"{share * 100:f}%") == share


def test_text() -> None:
    assert read_text(301.0) == "301"
    assert read_text("  a  b ") == "a b"
    assert fault_of(read_text, dt.time(15, 30)) is texts.TURNED_INTO_DATE
    assert fault_of(read_text, "长" * 81) is texts.TOO_LONG


@pytest.mark.parametrize("choices", ALL_WORDS, ids=lambda choices: choices.__name__)
def test_words_are_read_in_both_languages(choices: type[Word]) -> None:
    for word in choices:
        for spelling in (word.zh, word.en, word.en.upper(), f" {word.zh} ", word.value):
            assert read_word(spelling, choices) is word


@pytest.mark.parametrize("choices", ALL_WORDS, ids=lambda choices: choices.__name__)
def test_no_spelling_means_two_words(choices: type[Word]) -> None:
    from instances.wordings import AMBIGUOUS, WORDINGS

    for word in choices:
        for spelling in WORDINGS.get(word, ()):
            assert spellings(choices)[fold(spelling)] is word
            assert fold(spelling) not in AMBIGUOUS.get(choices, ())


@pytest.mark.parametrize("typed", ["?", "看情况", "无", "1", "-"])
def test_answers_that_say_too_little(typed: str) -> None:
    assert fault_of(read_word, typed, Level) is texts.WORD_UNCLEAR


def test_nearest_is_offered() -> None:
    with pytest.raises(Misread) as caught:
        read_word("作业看户", Kind)
    assert caught.value.facts["near"] == [Kind.CARE]
    assert nearest("音乐事", ["操场", "音乐室"]) == ["音乐室"]
    assert nearest("游泳馆", ["操场", "音乐室"]) == []
