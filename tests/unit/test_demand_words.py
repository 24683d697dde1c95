"""Which words of a text are topics."""

import subprocess
import sys

from replay.demand_words import count_words, words_method
from tests.programs import ROOT


def test_topics_are_counted_and_courtesy_is_not() -> None:
    """Nouns and verbs of the matter stay; address, names, numbers and set phrases go."""
    words = count_words(["尊敬的领导您好，张小明反映小区停车位不足，电话13800138000，小区没人管"])
    assert words == {"停车位": 1, "小区": 2}


def test_word_the_dictionary_takes_for_a_name_stays_a_word() -> None:
    """红绿灯 and 许可证 carry a name's tag in the dictionary, and are no persons."""
    assert set(count_words(["路口红绿灯坏了，许可证办不下来"])) >= {"红绿灯", "许可证"}
    assert "王秀英" not in count_words(["王秀英家的幼儿园"])


def test_latin_words_are_folded_to_lower_case() -> None:
    """English petitions have topics too; codes with digits and short words have none."""
    assert count_words(["The PARKING of A7 is full, parking now"]) == {
        "full": 1,
        "now": 1,
        "parking": 2,
    }


def test_method_names_everything_that_words_depend_on() -> None:
    """Our rules, the dictionary and the lists each have their version."""
    rules, dictionary, lists = words_method().split()
    assert rules == "words@1"
    assert dictionary.startswith("rjieba@")
    assert len(lists.removeprefix("lists@")) == 8


def test_neither_dictionary_nor_statistics_are_loaded_with_the_api() -> None:
    """A process that serves people imports them when it is asked for words, or never."""
    probe = (
        "import sys, api.app, replay.demand_similar, commands.demand; "
        "print([name for name in ('rjieba', 'statsmodels', 'pandas', 'numpy') "
        "if name in sys.modules])"
    )
    shown = subprocess.run(
        [sys.executable, "-c", probe], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert shown.stdout == "[]\n"
