"""What pages call the namespaces of identities."""

from yutang.kernel.text import Text

TEXTS: dict[str, Text] = {
    "people.namespace.user_id": Text(zh="用户 ID", en="User ID"),
    "people.namespace.anonymous_id": Text(zh="匿名 ID", en="Anonymous ID"),
    "people.namespace.phone": Text(zh="手机号", en="Phone"),
    "people.namespace.email": Text(zh="邮箱", en="Email"),
    "people.namespace.unionid": Text(zh="微信 UnionID", en="WeChat UnionID"),
    "people.namespace.external_userid": Text(zh="企业微信客户 ID", en="WeCom contact ID"),
}
