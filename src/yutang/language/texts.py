"""Every problem of the language in Chinese and English: one sentence each, and for many a hint on what to write instead."""

from __future__ import annotations

from collections.abc import Mapping
from string import Formatter
from typing import Any

from yutang.language.problem import Problem

Pair = tuple[str, str]

# fmt: off
TEXTS: dict[str, Pair] = {
    # what stands there
    "language.empty": ("这里还没有写条件", "There is no condition here"),
    "language.too_long": ("条件太长：{size} 字节，上限是 {limit} 字节",
                          "The condition is too long: {size} bytes of at most {limit}"),
    "language.too_deep": ("嵌套太深，最多 {limit} 层", "Nested too deep: at most {limit} levels"),
    "language.syntax": ("这里读不懂", "This cannot be read here"),
    "language.stray": ("条件里不能用 {written}", "{written} has no place in a condition"),
    "language.character": ("文本里不能有字符 {written}", "A text cannot hold the character {written}"),
    "language.escape": ("不认识转义 {written}", "Unknown escape {written}"),
    "language.full_width": ("这里是全角字符 {written}", "This is the full-width character {written}"),
    "language.curly_quotes": ("文本要用英文引号", "A text stands between straight quotes"),
    "language.unclosed_text": ("引号 {quote} 没有闭合", "The quote {quote} is never closed"),
    "language.text_prefix": ("文本前面不能有 {prefix}", "A text takes no prefix {prefix}"),
    "language.triple_quotes": ("文本不能用三个引号", "A text cannot stand between triple quotes"),
    "language.unclosed": ("括号 {bracket} 没有闭合", "The bracket {bracket} is never closed"),
    "language.unopened": ("多出一个 {bracket}", "There is a {bracket} too many"),
    "language.crossed": ("括号不配对：这里应该是 {wanted}，而不是 {bracket}",
                         "Brackets do not match: {wanted} is due here, not {bracket}"),
    "language.write_instead": ("这里不能写 {written}", "{written} cannot be written here"),
    "language.missing_operator": ("{before} 前面少了 and、or 或比较符", "An operator is missing before {before}"),
    "language.missing_comma": ("{before} 前面少了逗号", "A comma is missing before {before}"),
    "language.missing_value_after": ("{operator} 后面缺少内容", "Something is missing after {operator}"),
    "language.missing_value_before": ("{operator} 前面缺少内容", "Something is missing before {operator}"),
    # numbers and durations
    "language.number_shape": ("{written} 不是数字的写法", "{written} is not how a number is written"),
    "language.thousands": ("数字里不能有千分位逗号", "Numbers have no thousands separators"),
    "language.number_size": ("数字 {written} 太大，绝对值要小于 10¹²",
                             "The number {written} is too large: it must be below 10¹²"),
    "language.number_decimals": ("数字 {written} 的小数超过 6 位", "The number {written} has more than 6 decimals"),
    "language.bare_duration": ("时长要写在引号里", "A duration is written in quotes"),
    "language.duration": ("{written} 不是时长", "{written} is not a duration"),
    # Python that is no condition
    "language.no_lambda": ("条件里没有 lambda", "There is no lambda in conditions"),
    "language.no_ternary": ("条件里没有 if … else", "There is no if … else in conditions"),
    "language.no_loop": ("条件里没有循环和推导式", "There are no loops or comprehensions in conditions"),
    "language.no_await": ("条件里没有 {written}", "There is no {written} in conditions"),
    "language.no_power": ("条件里没有乘方 **", "There is no power ** in conditions"),
    "language.no_floor_division": ("条件里没有整除 //", "There is no // in conditions"),
    "language.no_remainder": ("条件里没有取余 %", "There is no remainder % in conditions"),
    "language.no_braces": ("条件里没有花括号", "There are no braces in conditions"),
    "language.no_plus": ("正号 + 是多余的", "A leading + is not needed"),
    "language.no_methods": ("值没有 .{name}() 这样的方法", "Values have no methods such as .{name}()"),
    "language.no_subscript": ("条件里不能用方括号取值", "Values cannot be taken out with brackets"),
    "language.call": ("这里不能调用", "This cannot be called"),
    "language.reserved": ("{written} 是保留字，这里不能用", "{written} is a reserved word"),
    "language.none": ("缺失不能用来比较", "Missing is not something to compare with"),
    "language.is": ("条件里没有 is", "There is no is in conditions"),
    "language.tuple": ("圆括号里不能用逗号列出多个值", "Values cannot be listed in round brackets"),
    "language.list_only_in": ("列表只能写在 in 或 not in 的右边", "A list stands only to the right of in or not in"),
    "language.list_item": ("列表里只能写文本、数字、True 或 False", "A list holds only texts, numbers, True and False"),
    "language.in_tuple": ("in 的右边要用方括号", "A list is written in square brackets"),
    "language.in_list": ("in 的右边要写一个列表", "To the right of in stands a list"),
    "language.chain_in_chain": ("连续比较里面不能再有连续比较", "A chain of comparisons cannot hold another one"),
    # names
    "language.unknown_name": ("不认识 {name}", "Unknown name {name}"),
    "language.unknown_scope": ("不认识 {name}", "Unknown name {name}"),
    "language.bare_scope": ("{name} 后面要写是哪一项", "{name} needs the name of what is asked"),
    "language.bare_function": ("{name} 是函数，要带括号", "{name} is a function and takes brackets"),
    "language.dot": ("点只能用在 person、event、entry、it 后面", "A dot follows only person, event, entry and it"),
    "language.unknown_function": ("没有函数 {name}", "There is no function {name}"),
    "language.unknown_keyword": ("{function} 没有参数 {name}", "{function} takes no {name}="),
    "language.no_keywords": ("{function} 的参数不带名字", "{function} takes no named arguments"),
    "language.positional": ("{function} 的参数 {name} 不写名字，直接写值", "{function} takes {name} without its name"),
    "language.repeated_keyword": ("参数 {name} 写了两次", "{name}= is given twice"),
    "language.arguments": ("{name} 要 {wanted} 个参数，这里有 {given} 个", "{name} takes {wanted} arguments, here are {given}"),
    "language.quoted": ("{function} 的 {name} 要直接写成引号里的文本", "The {name} of {function} must be a quoted text"),
    "language.empty_text": ("{function} 的 {name} 不能为空", "The {name} of {function} cannot be empty"),
    "language.long_text": ("{name} 太长，最多 {limit} 个字", "The {name} is too long: at most {limit} characters"),
    "language.unit": ("{written} 不是日历单位", "{written} is not a calendar unit"),
    "language.whole_number": ("{function} 的 {name} 要直接写成 {least} 到 {most} 的整数",
                              "The {name} of {function} must be a whole number from {least} to {most}, written out"),
    # questions over events
    "language.it_outside": ("it 只能用在 where= 里面", "it has a meaning only inside where="),
    "language.question_inside": ("where= 里面不能再问事件", "where= cannot hold another question over events"),
    "language.steps": ("sequence 要 {least} 到 {most} 步，这里有 {given} 步",
                       "A sequence has {least} to {most} steps, here are {given}"),
    "language.step_outside": ("step 只能写在 sequence 里面", "step stands only inside sequence"),
    "language.sequence_within": ("sequence 必须写 within=", "A sequence needs within="),
    "language.sequence_calendar": ("sequence 的 within 要写时长，不能是 {written}",
                                   "The within= of a sequence is a duration, not {written}"),
    "language.no_event": ("这里没有触发事件，不能用 {name}", "There is no trigger here to have {name}"),
    "language.no_entry": ("这里不在旅程里，不能用 {name}", "There is no journey here to have {name}"),
    # types
    "language.not_boolean": ("这里要一个条件，而这个值不一定是真或假",
                             "A condition is due here; this value need not be true or false"),
    "language.not_condition": ("这里要一个条件，而这是{type}", "A condition is due here, this is {type}"),
    "language.not_number": ("{type}不能做算术", "There is no arithmetic with {type}"),
    "language.not_iso": ("和时间比较的文本要写成 ISO 日期，{written} 不是",
                         "A text compared with a time must be an ISO date, {written} is not"),
    "language.not_time": ("{keyword}= 要一个时间，而这是{type}", "{keyword}= takes a time, this is {type}"),
    # warnings
    "language.always_false": ("{left}和{right}类型不同，这个比较永远不成立",
                              "Types differ, {left} and {right}: this comparison is never true"),
    "language.always_true": ("{left}和{right}类型不同，只要有值，这个比较永远成立",
                             "Types differ, {left} and {right}: this is true of every value"),
    "language.never_in": ("{left}和{right}类型不同，永远不会相等", "Types differ, {left} and {right}: these are never equal"),
    "language.boolean_order": ("布尔值不分大小，{operator} 永远不成立", "Booleans have no order: {operator} is never true"),
    "language.empty_list": ("列表是空的", "The list is empty"),
    "language.empty_window": ("时长 {written} 里不会有任何事件", "No event can lie within {written}"),
    "language.never_time": ("{written} 不是 ISO 日期，结果永远缺失",
                            "{written} is not an ISO date: the result is always missing"),
    "language.not_date": ("date() 的结果形如 2026-01-31，永远不会等于 {written}",
                          "date() looks like 2026-01-31 and never equals {written}"),
    "language.wrong_argument": ("{function} 要{wanted}，而这是{type}，结果永远缺失",
                                "{function} takes {wanted}, this is {type}: the result is always missing"),
    "language.unknown_zone": ("没有时区 {written}", "There is no time zone {written}"),
    "language.kind_star": ("{written} 里的 * 不是通配符", "The * in {written} stands for itself"),
    "language.unknown_kind": ("数据里没有事件 {written}", "The data has no event {written}"),
    "language.unknown_property": ("数据里没有事件属性 {written}", "The data has no event property {written}"),
    "language.unknown_trait": ("数据里没有用户属性 {written}", "The data has no trait {written}"),
    "language.unknown_tag": ("数据里没有标签 {written}", "The data has no tag {written}"),
    "language.unknown_relation": ("数据里没有关系 {written}", "The data has no relation {written}"),
    "language.reads_history": ("要读 {days} 天以前的全部历史，会走慢车道",
                               "Reads all history, beyond {days} days: runs in the slow lane"),
    # JSON
    "language.json_object": ("这里要一个 JSON 对象", "A JSON object is due here"),
    "language.json_node": ("不认识的节点 {written}", "Unknown node {written}"),
    "language.json_key": ("多余的键", "This key has no place here"),
    "language.json_missing": ("缺少键 {key}", "The key {key} is missing"),
    "language.json_list": ("这里要一个列表，至少 {least} 项", "A list of at least {least} is due here"),
    "language.json_text": ("这里要一个非空的文本", "A text that is not empty is due here"),
    "language.json_boolean": ("这里要 true 或 false", "true or false is due here"),
    "language.json_choice": ("这里只能是：{allowed}", "This must be one of: {allowed}"),
    "language.json_value": ("值要写成 text、boolean、number 之一", "A value has one of text, boolean, number"),
    "language.json_path": ("{written} 不能作为名字", "{written} cannot be a name"),
    "language.json_choices": ("列表里只能是值", "Only values can be choices"),
    "language.json_duration": ("这里要时长，如 \"30d\"", "A duration is due here, such as \"30d\""),
    "language.json_too_big": ("JSON 太大：最多 {depth} 层、{nodes} 个节点",
                              "The JSON is too big: at most {depth} levels and {nodes} nodes"),
    "language.json_other": ("这个 JSON 写成文字会变成别的意思：{text}",
                            "Written as text, this JSON means something else: {text}"),
}

HINTS: dict[str, Pair] = {
    "language.empty": ('例如：count("order.paid", within="30d") >= 3', 'For example: count("order.paid", within="30d") >= 3'),
    "language.too_deep": ("拆成几个条件，或去掉多余的括号", "Split it, or leave out brackets that are not needed"),
    "language.syntax": ("检查这里前后的符号", "Look at the signs around this place"),
    "language.escape": ("反斜杠要写成 \\\\", "A backslash is written \\\\"),
    "language.full_width": ("换成英文的 {instead}", "Write {instead}"),
    "language.curly_quotes": ("写成 {instead}", "Write {instead}"),
    "language.unclosed_text": ("在文本末尾补上 {quote}", "Close the text with {quote}"),
    "language.text_prefix": ("去掉 {prefix}，只留引号里的文本", "Leave out {prefix}"),
    "language.triple_quotes": ('写成 "文本"', 'Write "text"'),
    "language.unclosed": ("在后面补上 {close}", "Close it with {close}"),
    "language.unopened": ("去掉它，或在前面补上另一半", "Leave it out, or open it before"),
    "language.write_instead": ("写成 {instead}", "Write {instead}"),
    "language.number_shape": ("只用数字和小数点，如 1500 或 2.5；号码要写成文本",
                              "Use digits and a point: 1500, 2.5; codes are texts in quotes"),
    "language.number_decimals": ("数据里的数字最多 6 位小数", "Numbers in the data have at most 6 decimals"),
    "language.bare_duration": ("写成 {instead}", "Write {instead}"),
    "language.duration": ("写成 {instead}；单位有 s m h d w，或 today、this_week、this_month",
                          "Write {instead}; units are s m h d w, or today, this_week, this_month"),
    "language.no_ternary": ("用 and、or 组合，或用 coalesce()", "Combine with and, or; or use coalesce()"),
    "language.no_loop": ("问事件用 count、did、sum 等函数", "Ask over events with count, did, sum"),
    "language.no_power": ("写成连乘", "Multiply instead"),
    "language.no_floor_division": ("写成 floor(a / b)", "Write floor(a / b)"),
    "language.no_remainder": ('分组用 hash_bucket("盐", 100)；余数是 a - floor(a / b) * b',
                              'Groups: hash_bucket("salt", 100); a remainder is a - floor(a / b) * b'),
    "language.no_braces": ("列表用方括号 [ ]", "A list is written [ ]"),
    "language.no_methods": ("写成 {instead}", "Write {instead}"),
    "language.no_subscript": ("对象里的值用点：person.address.city；列表用 contains()",
                              "Objects: person.address.city; lists: contains()"),
    "language.none": ("写成 {instead}", "Write {instead}"),
    "language.is": ("写成 {instead}", "Write {instead}"),
    "language.tuple": ("列表用方括号 [ ]；数字里不加千分位逗号", "A list is written [ ]; numbers have no thousands separators"),
    "language.list_only_in": ('例如：person.city in ["上海", "杭州"]', 'For example: person.city in ["Shanghai", "Hangzhou"]'),
    "language.in_tuple": ("把圆括号换成 [ ]", "Use [ ] for the round brackets"),
    "language.in_list": ("写成 {item} in [...]；列表或文本里有没有，用 contains({other}, {item})",
                         "Write {item} in [...]; for what a list or text holds, contains({other}, {item})"),
    "language.chain_in_chain": ("用 and 分开写", "Write them apart, with and"),
    "language.unknown_name": ("是不是想写 {instead}？", "Did you mean {instead}?"),
    "language.unknown_scope": ("是不是想写 {instead}？", "Did you mean {instead}?"),
    "language.bare_scope": ("例如：{name}.city", "For example: {name}.city"),
    "language.bare_function": ("写成 {instead}", "Write {instead}"),
    "language.unknown_function": ("是不是想写 {instead}？", "Did you mean {instead}?"),
    "language.unknown_keyword": ("是不是想写 {instead}？", "Did you mean {instead}?"),
    "language.no_keywords": ("写法：{instead}", "It is written {instead}"),
    "language.positional": ("写法：{instead}", "It is written {instead}"),
    "language.arguments": ("写法：{instead}", "It is written {instead}"),
    "language.quoted": ("写成 {instead}", "Write {instead}"),
    "language.unit": ('只有 "day"、"week"、"month"', 'There are "day", "week", "month"'),
    "language.it_outside": ('例如：count("order.paid", where=it.amount > 100)',
                            'For example: count("order.paid", where=it.amount > 100)'),
    "language.question_inside": ("用 and 放到外面", "Put it outside, with and"),
    "language.step_outside": ('例如：sequence("page.viewed", step("order.paid", where=it.amount > 100), within="7d")',
                              'For example: sequence("page.viewed", step("order.paid", where=it.amount > 100), within="7d")'),
    "language.sequence_within": ('例如：within="7d"，最后一步离第一步最多 7 天',
                                 'For example within="7d": from the first step to the last'),
    "language.sequence_calendar": ('例如：within="7d"', 'For example within="7d"'),
    "language.no_event": ("在自动规则里才能用 event", "event is there in a policy"),
    "language.no_entry": ("在旅程里才能用 entry", "entry is there in a journey"),
    "language.not_boolean": ("写成 {instead}", "Write {instead}"),
    "language.not_condition": ("例如：{instead}", "For example: {instead}"),
    "language.not_number": ("写成 {instead}", "Write {instead}"),
    "language.not_iso": ('例如："2026-01-31" 或 "2026-01-31T20:00:00+08:00"',
                         'For example "2026-01-31" or "2026-01-31T20:00:00+08:00"'),
    "language.always_false": ("按日期比：{instead}", "By dates: {instead}"),
    "language.always_true": ("按日期比：{instead}", "By dates: {instead}"),
    "language.not_time": ('写 now、event.at、first("…") 或 "2026-01-31"', 'Write now, event.at, first("…") or "2026-01-31"'),
    "language.never_time": ('例如："2026-01-31"', 'For example "2026-01-31"'),
    "language.unknown_zone": ("是不是想写 {instead}？", "Did you mean {instead}?"),
    "language.kind_star": ('通配只有一种写法：结尾的 .*，如 "live.*"', 'Only a trailing .* stands for more: "live.*"'),
    "language.unknown_kind": ("是不是想写 {instead}？", "Did you mean {instead}?"),
    "language.unknown_property": ("是不是想写 {instead}？", "Did you mean {instead}?"),
    "language.unknown_trait": ("是不是想写 {instead}？", "Did you mean {instead}?"),
    "language.unknown_tag": ("是不是想写 {instead}？", "Did you mean {instead}?"),
    "language.unknown_relation": ("是不是想写 {instead}？", "Did you mean {instead}?"),
    "language.reads_history": ('加上 within="{days}d" 之类的时间范围就会快', 'A range such as within="{days}d" makes it quick'),
    "language.json_key": ("这里可以有：{allowed}", "There may be: {allowed}"),
}

OTHERWISE: dict[str, Pair] = {
    "language.duration": ('例如 "30d"；单位有 s m h d w，或 today、this_week、this_month',
                          'For example "30d"; units are s m h d w, or today, this_week, this_month'),
    "language.none": ("有没有值用 exists(…)，没有用 not exists(…)", "Ask exists(…) or not exists(…)"),
    "language.unknown_name": ('用户属性写 person.{name}，文本写 "{name}"', 'A trait is person.{name}, a text is "{name}"'),
    "language.unknown_scope": ("只有 person、event、entry、it", "There are person, event, entry and it"),
    "language.unknown_function": ("可用的函数见语言手册", "The reference of the language lists all functions"),
    "language.unknown_keyword": ("可用的有 within=、since=、until=、where=", "There are within=, since=, until=, where="),
    "language.not_number": ("算术只能用数字；时间差用 days_since()、hours_since()",
                            "Arithmetic takes numbers; between times there are days_since(), hours_since()"),
}
"""Hints for when the usual one has nothing to suggest."""

WORDS: dict[str, Pair] = {
    "number": ("数字", "a number"), "text": ("文本", "a text"), "boolean": ("布尔值", "a boolean"), "time": ("时间", "a time"),
    "list": ("列表", "a list"), "any": ("任意值", "any value"), "text or list": ("文本或列表", "a text or a list"),
}
# fmt: on

_TYPED = frozenset({"type", "left", "right", "wanted"})


def words(problem: Problem, lang: str) -> str:
    """One sentence, without the place. ``lang``: anything that begins with ``en``, else Chinese."""
    pair = TEXTS.get(problem.code, (problem.code, problem.code))
    return _fill(_chosen(pair, lang), problem.params, lang)


def hint(problem: Problem, lang: str) -> str:
    """What to write instead, or ""."""
    for table in (HINTS, OTHERWISE):
        template = _chosen(table.get(problem.code, ("", "")), lang)
        if template and all(problem.params.get(name) for name in _names(template)):
            return _fill(template, problem.params, lang)
    return ""


def _chosen(pair: Pair, lang: str) -> str:
    return pair[1] if lang.startswith("en") else pair[0]


def _names(template: str) -> tuple[str, ...]:
    return tuple(name for _, name, _, _ in Formatter().parse(template) if name)


def _fill(template: str, params: Mapping[str, Any], lang: str) -> str:
    said = {
        key: _chosen(WORDS[value], lang) if key in _TYPED and value in WORDS else value
        for key, value in params.items()
    }
    return template.format_map(said)
