"""The words of the question box."""

from yutang.kernel.text import Text

TEXTS = {
    "audiences.ask": Text(zh="提问", en="Ask"),
    "audiences.ask.lead": Text(
        zh="写一个条件，看看现在谁符合、为什么", en="Write a condition; see who meets it now, and why"
    ),
    "audiences.ask.label": Text(zh="条件", en="Condition"),
    "audiences.ask.do": Text(zh="查询", en="Ask"),
    "audiences.ask.keys": Text(zh="Ctrl + Enter 查询", en="Ctrl + Enter asks"),
    "audiences.ask.empty": Text(
        zh="先写一个条件，或点右边的例子", en="Write a condition first, or pick an example"
    ),
    "audiences.ask.nothing": Text(zh="结果会显示在这里", en="The answer appears here"),
    "audiences.ask.nothing.hint": Text(
        zh="有写错的地方，会在那个词下面指出来。", en="If a word is wrong, the message stands right under it."
    ),
    "audiences.answer.people": Text(zh="人", en="people"),
    "audiences.answer.of": Text(zh="占全部 {population} 人的 {share}", en="{share} of {population} people"),
    "audiences.answer.took": Text(zh="用时 {time}", en="took {time}"),
    "audiences.answer.sample": Text(zh="符合的人", en="Who"),
    "audiences.answer.sample.first": Text(zh="前 {count} 位", en="first {count}"),
    "audiences.answer.none": Text(zh="没有人符合", en="Nobody meets it"),
    "audiences.answer.none.hint": Text(
        zh="在下面输入任何一位用户，看看差在哪一条。", en="Enter anyone below to see which part fails."
    ),
    "audiences.wrong": Text(zh="这个条件还不能查询", en="This condition cannot be asked yet"),
    "audiences.wrong.line": Text(zh="第 {line} 行", en="line {line}"),
    "audiences.warning": Text(zh="请留意", en="Worth a look"),
    "audiences.why": Text(zh="原因", en="Why"),
    "audiences.why.any": Text(zh="查任何一位用户的原因", en="Why, for anyone"),
    "audiences.why.person": Text(zh="用户 ID、手机号等", en="ID, phone, …"),
    "audiences.why.do": Text(zh="看原因", en="Show why"),
    "audiences.why.unknown": Text(zh="没有“{person}”这个用户", en="There is nobody called “{person}”"),
    "audiences.why.nobody": Text(zh="请输入一位用户", en="Enter a person"),
    "audiences.why.for": Text(zh="{key} 的每一步", en="{key}, part by part"),
    "audiences.why.yes": Text(zh="是", en="yes"),
    "audiences.why.no": Text(zh="否", en="no"),
    "audiences.why.missing": Text(zh="无值", en="missing"),
    "audiences.why.meets": Text(zh="符合", en="meets it"),
    "audiences.why.fails": Text(zh="不符合", en="does not"),
    "audiences.examples": Text(zh="例子", en="Examples"),
    "audiences.example.often": Text(zh="近 30 天至少 3 次", en="At least three times in 30 days"),
    "audiences.example.lapsed": Text(zh="有过，但近 90 天没有", en="Once, but not in the last 90 days"),
    "audiences.example.once": Text(zh="只有过一次", en="Exactly once"),
    "audiences.example.quiet": Text(zh="上次已是 30 天以前", en="Last time more than 30 days ago"),
    "audiences.cheats": Text(zh="写法速查", en="Cheat sheet"),
    "audiences.cheat.count": Text(zh="次数", en="how often"),
    "audiences.cheat.sum": Text(zh="合计（avg、min、max 同理）", en="total (avg, min, max alike)"),
    "audiences.cheat.did": Text(
        zh="有没有发生过；.* 表示一类事件", en="did it happen; .* is a family of events"
    ),
    "audiences.cheat.last": Text(zh="最近一次的属性", en="property of the latest"),
    "audiences.cheat.sequence": Text(zh="先后发生，7 天之内", en="one after the other, within 7 days"),
    "audiences.cheat.streak": Text(zh="连续天数", en="days in a row"),
    "audiences.cheat.trait": Text(zh="资料", en="traits"),
    "audiences.cheat.tag": Text(zh="标签", en="tags"),
    "audiences.cheat.days": Text(zh="过去多少天", en="days since"),
    "audiences.cheat.where": Text(zh="只算满足条件的事件", en="only events that …"),
    "audiences.cheat.missing": Text(zh="有没有值", en="is there a value"),
}
