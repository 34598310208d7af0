"""Words of the command line. They are added where the command starts, for most commands never set Django up."""

from yutang.kernel.text import Text

TEXTS = {
    "project.init.made": Text(
        zh="""已建立 {home}
工作区  {name}（{timezone}）
登录    {path}  用户名 {username}  密码 {password}
密钥    write   {write}
        secret  {secret}
        read    {read}
密码和密钥只显示这一次，请现在保存。
下一步：yutang up --home {home}""",
        en="""Made {home}
workspace  {name} ({timezone})
sign in    {path}  user {username}  password {password}
keys       write   {write}
           secret  {secret}
           read    {read}
Password and keys are shown only this once: keep them now.
Next: yutang up --home {home}""",
    ),
    "project.init.again": Text(
        zh="{home} 已经初始化（工作区“{name}”），没有改动。密码和密钥不会再次显示",
        en="{home} is initialised already (workspace “{name}”); nothing was changed. Password and keys are not shown again",
    ),
    "project.verify.chain": Text(
        zh="审计链：{sealed} 环，另有 {unsealed} 条尚未封存；链首 {head}",
        en="Audit chain: {sealed} links, {unsealed} rows not yet sealed; head {head}",
    ),
    "project.verify.whole": Text(zh="✓ 一切完好", en="✓ All is as it was written"),
    "project.up.address": Text(zh="鱼塘已启动：{address}", en="Yutang is up: {address}"),
    "project.up.port_taken": Text(
        zh="端口 {port} 已被占用。请换一个：--port {other}",
        en="Port {port} is taken. Try another: --port {other}",
    ),
    "project.up.host_wrong": Text(
        zh="无法使用地址 {host}：{reason}", en="Cannot use the address {host}: {reason}"
    ),
    "project.up.worker_again": Text(
        zh="后台处理意外退出，已重新启动", en="The worker died and was started again"
    ),
    "project.up.web_died": Text(zh="网页进程意外退出，已停止", en="The web process died; stopping"),
    "project.settle.stuck": Text(
        zh="还有 {pending} 项没有处理完：{step} 一直失败（{reason}）",
        en="{pending} still waiting: {step} keeps failing ({reason})",
    ),
    "project.settle.timeout": Text(
        zh="时间到，还有 {pending} 项没有处理完", en="Time is up and {pending} are still waiting"
    ),
    "project.settle.done": Text(zh="已全部处理完", en="Nothing is left to do"),
    "project.usage": Text(zh="{reason}", en="{reason}"),
    "project.usage.form": Text(zh="用法：{form}", en="Usage: {form}"),
    "project.usage.more": Text(zh="详见 {command} --help", en="Try '{command} --help' for help."),
    "project.command_missing": Text(
        zh="这个命令还没有提供：{name}", en="This command is not there yet: {name}"
    ),
}
