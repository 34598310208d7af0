from yutang.kernel.text import Text

TEXTS = {
    "workspaces.name_wrong": Text(
        zh="名称不能为空，最多 {longest} 个字符，不含控制字符",
        en="A name has 1 to {longest} characters and no control characters",
    ),
    "workspaces.slug_wrong": Text(
        zh="“{slug}”不能用作网址名：只能用小写字母、数字和连字符，最多 60 个字符",
        en="“{slug}” cannot be an address: lower-case letters, digits and hyphens, at most 60",
    ),
    "workspaces.slug_taken": Text(zh="网址名“{slug}”已被使用", en="The address “{slug}” is taken"),
    "workspaces.timezone_unknown": Text(
        zh="不认识时区“{name}”。请用 IANA 名称，例如 Asia/Shanghai",
        en="Unknown time zone “{name}”. Use an IANA name such as Asia/Shanghai",
    ),
    "workspaces.username_wrong": Text(
        zh="用户名只能用字母、数字和 @ . + - _，最多 150 个字符",
        en="A user name has letters, digits and @ . + - _, at most 150",
    ),
    "workspaces.username_taken": Text(
        zh="用户名“{username}”已被使用", en="The user name “{username}” is taken"
    ),
    "workspaces.password_weak": Text(zh="密码不够安全：{reason}", en="The password is too weak: {reason}"),
    "workspaces.role_unknown": Text(zh="没有“{role}”这个角色", en="There is no role “{role}”"),
    "workspaces.kind_unknown": Text(
        zh="密钥类型只有 write、secret、read，没有“{kind}”", en="A key is write, secret or read, not “{kind}”"
    ),
    "workspaces.key_unknown": Text(zh="没有这个密钥", en="There is no such key"),
    "workspaces.workspace_unnamed": Text(
        zh="没有叫“{name}”的工作区；这里有：{known}", en="No workspace is called “{name}”; here are: {known}"
    ),
    "workspaces.workspace_ambiguous": Text(
        zh="这里有多个工作区：{known}。请用 --workspace 指明一个",
        en="There are several workspaces: {known}; name one with --workspace",
    ),
    "workspaces.workspace_unknown": Text(zh="没有这个工作区", en="There is no such workspace"),
}
