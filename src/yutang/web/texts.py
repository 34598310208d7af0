"""The frame's own words."""

from yutang.kernel.text import Text

TEXTS = {
    "web.product": Text(zh="鱼塘", en="Yutang"),
    "web.skip": Text(zh="跳到正文", en="Skip to content"),
    "web.navigation": Text(zh="主导航", en="Main navigation"),
    "web.search": Text(zh="搜索用户：ID、手机号…", en="Find people by ID, phone…"),
    "web.reader": Text(zh="账号与显示", en="Account and display"),
    "web.language": Text(zh="语言", en="Language"),
    "web.theme": Text(zh="外观", en="Appearance"),
    "web.theme.system": Text(zh="跟随系统", en="System"),
    "web.theme.light": Text(zh="浅色", en="Light"),
    "web.theme.dark": Text(zh="深色", en="Dark"),
    "web.sign_out": Text(zh="退出登录", en="Sign out"),
    "web.dismiss": Text(zh="关闭", en="Dismiss"),
    "web.copy": Text(zh="复制", en="Copy"),
    "web.copied": Text(zh="已复制", en="Copied"),
    "web.lost": Text(zh="没有成功，请稍后再试", en="That did not work; please try again"),
    "web.pages": Text(zh="翻页", en="Pages"),
    "web.first_page": Text(zh="回到第一页", en="First page"),
    "web.next_page": Text(zh="下一页", en="Next page"),
    "web.more": Text(zh="加载更多", en="Show more"),
    "web.all": Text(zh="全部", en="All"),
    "web.cancel": Text(zh="取消", en="Cancel"),
    "web.loading": Text(zh="读取中…", en="Loading…"),
    "web.error.home": Text(zh="返回工作台", en="Back to home"),
    "web.error.reference": Text(zh="反馈问题时请附上编号", en="If you report this, quote"),
    "web.error.stale": Text(zh="页面已过期", en="This page has expired"),
    "web.error.stale.hint": Text(
        zh="为安全起见，提交前请刷新页面再试一次。", en="For safety, reload the page and submit again."
    ),
    "web.error.400": Text(zh="请求无法识别", en="That request makes no sense to us"),
    "web.error.400.hint": Text(
        zh="链接可能不完整，或者提交的内容过大。",
        en="The link may be incomplete, or what was sent is too large.",
    ),
    "web.error.403": Text(zh="没有权限", en="Not for your role"),
    "web.error.403.hint": Text(
        zh="你的角色不能查看这一页，需要时请联系工作区管理员。",
        en="Your role may not see this page; ask the workspace's owner if you need it.",
    ),
    "web.error.404": Text(zh="找不到这一页", en="There is no such page"),
    "web.error.404.hint": Text(
        zh="它可能已被删除，或属于你不在其中的工作区。",
        en="It may be gone, or belong to a workspace you are not a member of.",
    ),
    "web.error.503": Text(zh="现在处理不了", en="Not possible just now"),
    "web.error.503.hint": Text(zh="过一会儿再试一次。", en="Try again in a moment."),
    "web.error.refused": Text(zh="没有完成", en="That was not done"),
    "web.error.refused.hint": Text(zh="请返回检查后再试。", en="Go back, check, and try again."),
    "web.error.500": Text(zh="服务器出错了", en="Something went wrong on our side"),
    "web.error.500.hint": Text(
        zh="已经记录下来，数据没有受影响。稍后重试，仍不行请联系管理员。",
        en="It has been recorded; your data is untouched. Try again, and tell your administrator if it persists.",
    ),
}
