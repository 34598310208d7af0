"""The words of sign-in, home and people."""

from yutang.kernel.text import Text

TEXTS = {
    "console.sign_in": Text(zh="登录", en="Sign in"),
    "console.sign_in.lead": Text(zh="看清鱼塘里的每一个人", en="See who is in your pond, and why"),
    "console.sign_in.username": Text(zh="用户名", en="User name"),
    "console.sign_in.password": Text(zh="密码", en="Password"),
    "console.sign_in.wrong": Text(zh="用户名或密码不对", en="That user name and password do not match"),
    "console.sign_in.held": Text(
        zh="尝试次数过多，请 15 分钟后再试", en="Too many attempts; try again in 15 minutes"
    ),
    "console.nowhere": Text(zh="你还不在任何工作区里", en="You are in no workspace yet"),
    "console.nowhere.hint": Text(
        zh="请工作区管理员把你加进来，之后重新打开这一页。", en="Ask a workspace's owner to add you, then open this page again."
    ),
    "console.home": Text(zh="工作台", en="Home"),
    "console.home.events_today": Text(zh="今日事件", en="Events today"),
    "console.home.events_yesterday": Text(
        zh="昨日全天 {count}，昨日此时 {before}", en="Yesterday {count}; by this time {before}"
    ),
    "console.home.events_week": Text(zh="近 7 天事件", en="Events, 7 days"),
    "console.home.events_week.note": Text(zh="含今天", en="Today included"),
    "console.home.people": Text(zh="累计用户", en="People"),
    "console.home.new_people": Text(zh="今日新增 {count}", en="{count} new today"),
    "console.home.waiting": Text(zh="待入库", en="Waiting to be recorded"),
    "console.home.waiting.none": Text(zh="全部已入库", en="Everything is recorded"),
    "console.home.waiting.some": Text(zh="正在处理，请稍候", en="Being worked on"),
    "console.home.refused": Text(zh="今日导入拒收 {count} 行", en="{count} lines refused by imports today"),
    "console.home.trend": Text(zh="近 14 天事件量", en="Events, last 14 days"),
    "console.home.trend.bar": Text(zh="{day}：{count} 个事件", en="{day}: {count} events"),
    "console.home.latest": Text(zh="最新事件", en="Latest events"),
    "console.home.latest.none": Text(zh="还没有事件", en="No events yet"),
    "console.home.imports": Text(zh="最近导入", en="Recent imports"),
    "console.home.imports.none": Text(zh="还没有导入过文件", en="No file has been imported yet"),
    "console.home.imports.all": Text(zh="全部导入", en="All imports"),
    "console.home.start": Text(zh="先把数据接进来", en="Bring your data in"),
    "console.home.start.lead": Text(
        zh="有了事件，就能问清楚谁该得到什么、什么时候、为什么。",
        en="With events in, you can ask who should get what, when, and why.",
    ),
    "console.home.start.import": Text(zh="导入历史数据", en="Import your history"),
    "console.home.start.import.hint": Text(
        zh="订单、行为或会员名单，CSV、TSV、JSONL、Parquet 都可以。同一个文件导两次不会重复。",
        en="Orders, behaviour or a list of members, as CSV, TSV, JSONL or Parquet. The same file twice adds nothing.",
    ),
    "console.home.start.import.do": Text(zh="选择文件", en="Choose a file"),
    "console.home.start.send": Text(zh="发送第一个事件", en="Send a first event"),
    "console.home.start.send.hint": Text(
        zh="接口与 Segment 兼容，现有的 SDK 直接可用。把写入密钥换成初始化时显示的那一个（开头是 {hint}）。",
        en="The API is Segment's, so the SDK you have works. Use the write key shown at set-up (it starts with {hint}).",
    ),
    "console.home.start.send.no_key": Text(
        zh="接口与 Segment 兼容，现有的 SDK 直接可用。先用命令 yutang init 生成写入密钥。",
        en="The API is Segment's, so the SDK you have works. Make a write key with yutang init first.",
    ),
    "console.home.start.ask": Text(zh="提第一个问题", en="Ask a first question"),
    "console.home.start.ask.hint": Text(
        zh="例如：最近 30 天买过三次以上的人是谁。", en="For example: who bought at least three times in the last 30 days."
    ),
    "console.time": Text(zh="时间", en="Time"),
    "console.event": Text(zh="事件", en="Event"),
    "console.person": Text(zh="用户", en="Person"),
    "console.people": Text(zh="用户", en="People"),
    "console.people.search": Text(zh="按 ID、手机号等的开头或结尾搜索", en="Start or end of an ID, phone, …"),
    "console.people.search.do": Text(zh="搜索", en="Search"),
    "console.people.count": Text(zh="共 {count} 人", en="{count} people"),
    "console.people.key": Text(zh="用户", en="Person"),
    "console.people.origins": Text(zh="已合并身份", en="Merged"),
    "console.people.origins.note": Text(zh="{count} 个身份合并", en="{count} identities, one person"),
    "console.people.events": Text(zh="事件数", en="Events"),
    "console.people.first": Text(zh="首次出现", en="First seen"),
    "console.people.last": Text(zh="最近活跃", en="Last active"),
    "console.people.none": Text(zh="还没有用户", en="Nobody here yet"),
    "console.people.none.hint": Text(
        zh="导入一个文件或发送事件，用户会自动出现。", en="Import a file or send events; people appear by themselves."
    ),
    "console.people.no_match": Text(zh="没有匹配的用户", en="No one matches"),
    "console.people.no_match.hint": Text(
        zh="搜索比对身份的开头和结尾，换几个字符试试。", en="Search compares the start and the end of identities."
    ),
    "console.people.clear": Text(zh="清除搜索", en="Clear search"),
    "console.person.traits": Text(zh="资料", en="Traits"),
    "console.person.traits.none": Text(zh="没有资料", en="No traits"),
    "console.person.tags": Text(zh="标签", en="Tags"),
    "console.person.tags.none": Text(zh="没有标签", en="No tags"),
    "console.person.relations": Text(zh="关系", en="Relations"),
    "console.person.names": Text(zh="身份", en="Identities"),
    "console.person.timeline": Text(zh="时间线", en="Timeline"),
    "console.person.timeline.zone": Text(zh="时区 {zone}", en="Times in {zone}"),
    "console.person.show.events": Text(zh="事件", en="Events"),
    "console.person.show.traits": Text(zh="资料变更", en="Traits"),
    "console.person.show.tags": Text(zh="标签", en="Tags"),
    "console.person.show.merges": Text(zh="身份合并", en="Merges"),
    "console.person.timeline.none": Text(zh="这里没有记录", en="Nothing here"),
    "console.person.always": Text(zh="一直已知（无时间）", en="Always known (no time)"),
    "console.person.gone": Text(zh="已于 {at} 撤回", en="retracted {at}"),
    "console.person.events": Text(zh="{count} 个事件", en="{count} events"),
    "console.person.ask": Text(zh="按条件提问", en="Ask a question"),
    "console.fact.event": Text(zh="事件", en="Event"),
    "console.fact.traits": Text(zh="资料变更", en="Traits set"),
    "console.fact.tag": Text(zh="打标签", en="Tagged"),
    "console.fact.untag": Text(zh="移除标签", en="Tag removed"),
    "console.fact.relate": Text(zh="关系变更", en="Relation set"),
    "console.fact.merge": Text(zh="身份合并", en="Identities merged"),
    "console.fact.unmerge": Text(zh="身份拆分", en="Identities split"),
    "console.namespace.user_id": Text(zh="用户 ID", en="User ID"),
    "console.namespace.anonymous_id": Text(zh="匿名 ID", en="Anonymous ID"),
    "console.namespace.phone": Text(zh="手机号", en="Phone"),
    "console.namespace.email": Text(zh="邮箱", en="Email"),
    "console.namespace.unionid": Text(zh="微信 UnionID", en="WeChat UnionID"),
    "console.namespace.external_userid": Text(zh="企业微信客户 ID", en="WeCom contact ID"),
}
