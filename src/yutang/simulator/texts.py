from yutang.kernel.text import Text

TEXTS = {
    "simulator.end": Text(
        zh="看不懂截止时间“{text}”。写日期（2026-10-31）或时间（2026-10-31T20:00:00+08:00）",
        en="The end “{text}” is neither a day (2026-10-31) nor a time (2026-10-31T20:00:00+08:00)",
    ),
}
