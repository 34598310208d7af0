"""The words of this room's problems."""

from yutang.kernel.text import Text

TEXTS: dict[str, Text] = {
    "events.title": Text(zh="事件", en="Events"),
    "event.not_json": Text(zh="不是有效的 JSON：{reason}", en="this is not valid JSON: {reason}"),
    "event.not_finite": Text(zh="NaN 和无穷大不是数值", en="NaN and Infinity are not numbers"),
    "event.number_too_large": Text(
        zh="数值 {number} 太大：绝对值必须小于 10¹²",
        en="the number {number} is too large: it must be below 10¹² either way",
    ),
    "event.not_a_value": Text(zh="{type} 不能作为属性的值", en="a {type} cannot be a property's value"),
    "event.nul": Text(zh="文本里有空字符（NUL）", en="a text contains a NUL character"),
    "event.bad_unicode": Text(
        zh="文本不是有效的 Unicode（单独的代理字符）", en="a text is not valid Unicode (a lone surrogate)"
    ),
    "event.key_too_long": Text(
        zh="属性名“{key}”太长，最多 {most} 个字符",
        en="the property name “{key}” is too long: at most {most} characters",
    ),
    "event.too_deep": Text(zh="嵌套太深，最多 {most} 层", en="nested too deep: at most {most} levels"),
    "event.props_too_long": Text(
        zh="属性太大：{bytes} 字节，最多 {most} 字节",
        en="the properties are too large: {bytes} bytes, at most {most}",
    ),
    "event.props_not_an_object": Text(
        zh="这里应该是 JSON 对象：{{…}}", en="this should be a JSON object: {{…}}"
    ),
    "event.reserved_key": Text(zh="“{key}” 是保留的属性名", en="“{key}” is a reserved property name"),
    "event.bad_time": Text(
        zh="“{value}”不是时间；请用 ISO 8601，例如 2026-01-01T10:00:00+08:00",
        en="“{value}” is not a time; use ISO 8601, for example 2026-01-01T10:00:00+08:00",
    ),
    "event.too_old": Text(
        zh="{value} 早于 1980 年，像是没有校准过的时钟",
        en="{value} is before 1980: it looks like an unset clock",
    ),
    "event.too_far_ahead": Text(
        zh="时间比收到时晚了 24 小时以上", en="the time is more than 24 hours ahead of when it was received"
    ),
    "ingest.only_post": Text(zh="请用 POST", en="use POST here"),
    "ingest.bad_key": Text(
        zh="写入密钥无效：请放在 Basic 认证的用户名里，或放在 writeKey 字段里",
        en="this is not a valid write key: give it as the Basic user name or as writeKey in the body",
    ),
    "ingest.too_busy": Text(
        zh="等待处理的事件太多，什么都没有保存，请稍后重试",
        en="too many events are waiting; nothing was taken, try again in a moment",
    ),
    "ingest.unavailable": Text(
        zh="数据库暂时不可用，什么都没有保存，请稍后重试",
        en="the database is not available; nothing was saved, try again in a moment",
    ),
    "ingest.unknown_encoding": Text(
        zh="不认识的内容编码 {encoding}，只支持 gzip",
        en="the content encoding {encoding} is unknown: only gzip is",
    ),
    "ingest.bad_gzip": Text(zh="gzip 内容已损坏：{reason}", en="the gzip content is broken: {reason}"),
    "ingest.body_too_large": Text(
        zh="请求太大，最多 {limit} 字节（解压后）",
        en="the call is too large: at most {limit} bytes, unpacked",
    ),
    "ingest.item_too_large": Text(
        zh="这一条太大，最多 {limit} 字节", en="this item is too large: at most {limit} bytes"
    ),
    "ingest.no_batch": Text(zh="缺少 batch 列表", en="there is no batch list"),
    "ingest.too_many": Text(zh="一批最多 {limit} 条", en="a batch has at most {limit} items"),
    "ingest.unknown_type": Text(
        zh="不认识的类型“{type}”，应该是其中之一：{known}",
        en="the type “{type}” is unknown; it is one of {known}",
    ),
    "ingest.wrong_type": Text(zh="应该是 {expected}，却是 {got}", en="expected {expected}, found {got}"),
    "ingest.too_long": Text(
        zh="太长，最多 {limit} 个字符", en="this is too long: at most {limit} characters"
    ),
    "ingest.nobody": Text(
        zh="没有说明是谁：需要有效的 userId 或 anonymousId",
        en="this says nobody: a userId or an anonymousId that identifies someone is needed",
    ),
    "ingest.no_event": Text(zh="缺少事件名 event", en="the event's name is missing"),
    "ingest.no_group": Text(zh="缺少 groupId", en="the groupId is missing"),
    "ingest.no_previous": Text(
        zh="缺少有效的 previousId", en="a previousId that identifies someone is missing"
    ),
    "ingest.same_previous": Text(zh="previousId 和 userId 相同", en="the previousId is the userId"),
    "events.compacted": Text(
        zh="移入历史 {moved} 条；日志里还有 {log} 条，历史文件 {files} 个",
        en="{moved} facts moved into history; {log} are still in the log, history has {files} files",
    ),
    "events.history_broken": Text(
        zh="历史文件 {path} 不见了或已损坏：请从备份恢复",
        en="the history file {path} is gone or damaged: restore it from a backup",
    ),
    "events.set_aside": Text(
        zh="有 {count} 条已收下的事件无法入库，已单独存放：{reason}",
        en="{count} accepted items could not be admitted and were set aside: {reason}",
    ),
}
