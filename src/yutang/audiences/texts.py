"""Words of this room's problems and of the command ``ask``."""

from yutang.kernel.text import Text

TEXTS = {
    "audiences.polled": Text(
        zh="这个条件随时间一直在变，推不出下一次变化的时刻，会每 15 分钟重新问一次",
        en="this condition moves with the clock and has no next moment of change; it is asked again every 15 minutes",
    ),
    "audiences.nobody_named": Text(
        zh="文件里没有叫 {person} 的人；请核对 --person 的写法，或去掉它看第一个命中的人",
        en="nobody in the files is called {person}; check --person, or leave it out to see the first who matches",
    ),
    "audiences.no_time": Text(
        zh="文件里没有带时间的事实，请用 --at 指定时刻",
        en="no fact in the files has a time; say the moment with --at",
    ),
    "audiences.bad_moment": Text(
        zh="看不懂时刻 {value}；请写成 2026-01-31、2026-01-31T10:00 或 2026-01-31T10:00:00+08:00",
        en="{value} is no moment; write 2026-01-31, 2026-01-31T10:00 or 2026-01-31T10:00:00+08:00",
    ),
    "audiences.bad_zone": Text(
        zh="没有叫 {value} 的时区；请写 IANA 名称，例如 Asia/Shanghai",
        en="there is no zone {value}; write an IANA name such as Asia/Shanghai",
    ),
    "audiences.bad_lines": Text(
        zh="有 {count} 行读不了（见上）。改好再问，或加 --skip-bad 跳过这些行",
        en="{count} lines could not be read (above). Mend them, or leave them out with --skip-bad",
    ),
    "audiences.nobody": Text(
        zh="没有命中任何人，也没有可解释的人", en="nobody matches, and there is nobody to explain"
    ),
}
