from yutang.kernel.text import Text

TEXTS = {
    "simulator.end": Text(
        zh="看不懂截止时间“{text}”。写日期（2026-10-31）或时间（2026-10-31T20:00:00+08:00）",
        en="The end “{text}” is neither a day (2026-10-31) nor a time (2026-10-31T20:00:00+08:00)",
    ),
    "simulator.imported": Text(
        zh="模拟完成：{lines} 行，{people} 个用户；新增 {added} 条，已有 {known} 条，拒绝 {refused} 行",
        en="Simulated: {lines} lines, {people} people; {added} added, {known} known already, {refused} refused",
    ),
}
