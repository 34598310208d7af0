"""The words of this room's problems."""

from yutang.kernel.text import Text

TEXTS: dict[str, Text] = {
    "people.title": Text(zh="用户", en="People"),
    "people.never_names": Text(zh="“{value}”不能用来标识一个人", en="“{value}” never identifies a person"),
    "people.key_too_long": Text(
        zh="标识太长，最多 {limit} 个字符", en="an identity has at most {limit} characters"
    ),
    "people.key_nul": Text(zh="标识里有空字符（NUL）", en="an identity contains a NUL character"),
}
