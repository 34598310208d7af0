from yutang.kernel.text import Text

TEXTS = {
    "door.key_reused": Text(
        zh="这个幂等键已经用于另一个请求：{key}",
        en="This idempotency key was used for another request: {key}",
    ),
    "door.key_wrong": Text(
        zh="幂等键必须是 1 到 {longest} 个字符，不含 NUL",
        en="An idempotency key has 1 to {longest} characters and no NUL",
    ),
    "kernel.disk_full": Text(
        zh="磁盘已满，什么都没有保存。请腾出空间后重试",
        en="The disk is full and nothing was saved. Free some space and try again",
    ),
    "kernel.busy": Text(
        zh="数据库正忙，什么都没有保存。请稍后重试",
        en="The database is busy and nothing was saved. Try again in a moment",
    ),
    "home.missing": Text(
        zh="{home} 还没有初始化。请先运行：yutang init --home {home}",
        en="{home} is not initialised. Run first: yutang init --home {home}",
    ),
    "home.not_writable": Text(zh="无法写入 {home}：{reason}", en="Cannot write to {home}: {reason}"),
    "database.unreachable": Text(zh="无法连接数据库：{reason}", en="Cannot reach the database: {reason}"),
    "database.address": Text(
        zh="数据库地址必须以 postgresql:// 开头", en="The database address must start with postgresql://"
    ),
    "database.behind": Text(
        zh="数据库的结构不是当前版本。请运行：yutang init --home {home}",
        en="The database does not have this version's tables. Run: yutang init --home {home}",
    ),
    "audit.gap": Text(zh="审计链在第 {position} 环缺失", en="The audit chain has no link {position}"),
    "audit.row_missing": Text(
        zh="审计链第 {position} 环所封的记录 {row} 不见了",
        en="The audit row {row}, sealed by link {position}, is missing",
    ),
    "audit.row_changed": Text(
        zh="审计记录 {row}（第 {position} 环）的内容被改动过",
        en="The content of audit row {row} (link {position}) has been changed",
    ),
    "audit.link_wrong": Text(
        zh="审计链第 {position} 环（记录 {row}）与内容不符",
        en="Link {position} of the audit chain (row {row}) does not fit what it seals",
    ),
}
TEXTS |= {
    "api.field": Text(zh="这个字段不对：{reason}", en="This field is wrong: {reason}"),
    "api.no_access": Text(zh="需要有效的密钥或登录", en="A valid key or a session is needed"),
    "api.refused": Text(zh="无法处理：{reason}", en="Refused: {reason}"),
}
