"""The words of imports as a whole; those of lines and files are in ``lines/texts.py``."""

from yutang.kernel.text import Text

TEXTS: dict[str, Text] = {
    "import.interrupted": Text(zh="中断了，已由再次导入接着完成", en="interrupted; taken up by a later run"),
    "import.too_many_bad": Text(
        zh="有 {count} 行无法导入，超过了 {most} 行的上限；什么都没有导入",
        en="{count} lines are bad, more than the {most} allowed; nothing was imported",
    ),
    "import.suggestion": Text(
        zh="这些列看起来可以这样映射：\n  {flags}\n先用 --preview 10 看看结果。",
        en="These columns look as if they mean:\n  {flags}\nTry it with --preview 10 first.",
    ),
    "import.columns": Text(zh="{name} 的列：{columns}", en="The columns of {name}: {columns}"),
    "import.summary": Text(
        zh="读取 {lines} 行，{people} 人：新增 {added}，已有 {known}，拒绝 {refused}（{seconds} 秒，每秒 {rate} 行）",
        en="{lines} lines read, {people} people: {added} added, {known} already known, {refused} refused "
        "({seconds} s, {rate} lines/s)",
    ),
    "import.summary_dry": Text(
        zh="试运行，什么都没有写入：读取 {lines} 行，{people} 人：会新增 {added}，已有 {known}，拒绝 {refused}",
        en="Dry run, nothing was written: {lines} lines read, {people} people: {added} would be added, {known} are known, "
        "{refused} refused",
    ),
    "import.kept_out": Text(
        zh="{count} 条属于已删除的用户，没有导入", en="{count} belong to erased people and stay out"
    ),
    "import.rejects_file": Text(zh="被拒绝的行和原因：{path}", en="The refused lines, with reasons: {path}"),
    "import.more_refused": Text(zh="…还有 {count} 行", en="… and {count} more"),
    "import.nothing": Text(zh="没有一行可以导入", en="not one line could be imported"),
    "import.reading": Text(zh="读取", en="Reading"),
}
