"""Without this file click would speak English to whoever reads Chinese."""

import re
from collections.abc import Mapping
from typing import Final

_TEXTS: Final[Mapping[str, str]] = {
    "Usage: ": "用法：",
    "Options": "选项",
    "Commands": "命令",
    "Show this message and exit.": "显示本说明后退出。",
    "Invalid value for {0}: {1}": "{0} 的值无效：{1}",
    "Invalid value: {0}": "值无效：{0}",
    "Missing argument {0}. {1}": "缺少参数 {0}。{1}",
    "Missing argument {0}.": "缺少参数 {0}。",
    "Missing option {0}. {1}": "缺少选项 {0}。{1}",
    "Missing option {0}.": "缺少选项 {0}。",
    "Missing command.": "缺少命令。",
    "No such command {0}. {1}": "没有命令 {0}。{1}",
    "No such command {0}.": "没有命令 {0}。",
    "No such option {0}. {1}": "没有选项 {0}。{1}",
    "No such option {0}.": "没有选项 {0}。",
    "Did you mean {0}?": "是否应为 {0}？",
    "(Did you mean one of: {0}?)": "是否应为其中之一：{0}？",
    "Got unexpected extra argument ({0})": "多余的参数：{0}",
    "Got unexpected extra arguments ({0})": "多余的参数：{0}",
    "Option {0} does not take a value.": "选项 {0} 不带值。",
    "Option {0} requires an argument.": "选项 {0} 须带一个值。",
    "Option {0} requires {1} arguments.": "选项 {0} 须带 {1} 个值。",
    "Choose from:\n\t{0}": "可选：\n\t{0}",
    "{0} is not one of {1}.": "{0} 不在可选值之中：{1}。",
    "{0} is not a valid integer.": "{0} 不是整数。",
    "{0} is not a valid integer range.": "{0} 不是整数。",
    "{0} is not a valid float.": "{0} 不是数。",
    "{0} is not a valid float range.": "{0} 不是数。",
    "{0} is not a valid UUID.": "{0} 不是 UUID。",
    "{0} is not in the range {1}.": "{0} 不在范围 {1} 之内。",
    "{0} does not match the format {1}.": "{0} 不符合格式 {1}。",
    "{0} does not match the formats {1}.": "{0} 不符合任一格式：{1}。",
    "File {0} does not exist.": "文件 {0} 不存在。",
    "File {0} is a directory.": "{0} 是目录，须为文件。",
    "File {0} is not readable.": "文件 {0} 不可读。",
    "Directory {0} does not exist.": "目录 {0} 不存在。",
    "Directory {0} is a file.": "{0} 是文件，须为目录。",
    "Path {0} does not exist.": "路径 {0} 不存在。",
}
"""What click writes itself, and its Chinese; a text within a text is looked up again.

The longer of two that begin alike stands first. What is not here stays as click wrote it.
"""


def _pattern(template: str) -> re.Pattern[str]:
    parts = re.split(r"\{\d\}", template)
    return re.compile("(.+?)".join(re.escape(part) for part in parts), re.DOTALL)


_PATTERNS: Final = [(_pattern(english), chinese) for english, chinese in _TEXTS.items()]


def in_chinese(text: str) -> str:
    """Return what click wrote, in Chinese where it is known; pure."""
    for pattern, chinese in _PATTERNS:
        if found := pattern.fullmatch(text):
            return chinese.format(*(in_chinese(part) for part in found.groups()))
    return text
