"""The words for lines and files that cannot be read. What is wrong with a value has its words in ``events/texts.py``."""

from yutang.kernel.text import Text

TEXTS: dict[str, Text] = {
    "event.undecodable": Text(
        zh="第 {byte} 个字节 {value} 不是 {encoding} 编码；请用 --encoding 指明文件的编码",
        en="byte {byte} ({value}) is not {encoding}; name the file's encoding with --encoding",
    ),
    "event.line_too_long": Text(
        zh="这一行太长，最多 {most} 字节", en="the line is too long: at most {most} bytes"
    ),
    "event.line_not_an_object": Text(
        zh='每行应该是一个 JSON 对象：{{"person": …, "kind": …, "at": …}}',
        en='a line should be one JSON object: {{"person": …, "kind": …, "at": …}}',
    ),
    "event.not_a_line": Text(zh="这不是事件行", en="this is not an event line"),
    "event.says_nothing": Text(
        zh="这一行什么也没说：请写上其中之一：{fields}", en="the line says nothing: give one of {fields}"
    ),
    "event.says_two_things": Text(
        zh="一行只能说一件事，这里有 {fields}；请拆成几行",
        en="a line says one thing, this one has {fields}; make them lines of their own",
    ),
    "event.unknown_field": Text(
        zh="不认识的字段“{field}”；可以用 {known}（其他内容放进 props）",
        en="the field “{field}” is unknown; there are {known} (anything else goes into props)",
    ),
    "event.unknown_field_near": Text(
        zh="不认识的字段“{field}”，是不是“{near}”？",
        en="the field “{field}” is unknown: did you mean “{near}”?",
    ),
    "event.wants_text": Text(
        zh="“{field}”应该是文本，这里是 {found}；请加上引号",
        en="“{field}” should be a text and is {found}; put it in quotes",
    ),
    "event.wants_object": Text(
        zh="“{field}”应该是 JSON 对象，这里是 {found}", en="“{field}” should be an object and is {found}"
    ),
    "event.wants_pair": Text(
        zh='“{field}”应该是两个人：["u1", "u2"]', en='“{field}” should name two people: ["u1", "u2"]'
    ),
    "event.wants_targets": Text(
        zh="relate 里每个关系应该指向一个人（文本），或用 null 结束",
        en="each relation in relate should name a person (a text), or null to end it",
    ),
    "event.person_missing": Text(
        zh="缺少 person：“{field}”说的是谁？", en="person is missing: whom is “{field}” about?"
    ),
    "event.field_misplaced": Text(
        zh="“{said}”的行不能有“{field}”；请去掉它", en="a line with “{said}” has no “{field}”; leave it out"
    ),
    "event.at_missing": Text(
        zh="缺少 at（什么时候）；只有 traits 可以没有时间", en="at is missing; only traits may have no time"
    ),
    "event.field_empty": Text(zh="“{field}”是空的", en="“{field}” is empty"),
    "event.field_too_long": Text(
        zh="“{field}”太长，最多 {most} 个字符", en="“{field}” is too long: at most {most} characters"
    ),
    "event.same_person": Text(
        zh="两边都是“{person}”：合并需要两个不同的标识",
        en="both are “{person}”: a merge needs two different ones",
    ),
    "event.not_a_number": Text(
        zh="“{value}”不是数值；请改正，或把这一列映射为 text",
        en="“{value}” is not a number; correct it, or map the column as text",
    ),
    "event.not_a_boolean": Text(
        zh="“{value}”不是真假值（true/false、yes/no、1/0、是/否）",
        en="“{value}” is not a boolean (true/false, yes/no, 1/0)",
    ),
    "import.cannot_open": Text(zh="打不开文件：{reason}", en="the file cannot be opened: {reason}"),
    "import.broken_gzip": Text(
        zh="gzip 压缩已损坏：{reason}；请重新取得文件",
        en="the gzip packing is broken: {reason}; fetch the file again",
    ),
    "import.unknown_encoding": Text(
        zh="不支持编码“{name}”；可以用 {known}", en="the encoding “{name}” is not read; there are {known}"
    ),
    "import.utf16": Text(
        zh="文件是 UTF-16 编码；请另存为“CSV UTF-8”再导入",
        en="the file is UTF-16; save it as CSV UTF-8 and try again",
    ),
    "import.unknown_format": Text(
        zh="不认识的格式“{name}”；可以用 {known}", en="the format “{name}” is unknown; there are {known}"
    ),
    "import.unknown_zone": Text(
        zh="不认识的时区“{name}”；请用 IANA 名称，例如 Asia/Shanghai",
        en="the zone “{name}” is unknown; use an IANA name such as Asia/Shanghai",
    ),
    "import.mapping_missing": Text(
        zh="表格需要说明各列的含义，例如 --person 列 --kind order.paid --at 列 --prop amount:number=列",
        en="a table needs to be told what its columns mean: --person COL --kind order.paid --at COL --prop amount:number=COL",
    ),
    "import.empty_file": Text(zh="文件是空的", en="the file is empty"),
    "import.ragged": Text(
        zh="这一行有 {found} 列，应该有 {wanted} 列；请检查分隔符和引号",
        en="the row has {found} cells and should have {wanted}; look at separators and quotes",
    ),
    "import.open_quote": Text(
        zh="这一行的引号没有闭合；请补上，或把内容里的引号写成两个",
        en="a quote opened on this line is never closed; close it, or double a quote that is part of the text",
    ),
    "import.bad_quotes": Text(
        zh="引号后面还有内容；内容里的引号要写成两个",
        en="there is text after a closing quote; double a quote that is part of the text",
    ),
    "import.no_such_column": Text(
        zh="没有“{column}”这一列（最接近的是“{near}”）。文件的列：{columns}。如果第一行不是表头，请用 --no-header --columns",
        en="there is no column “{column}” (nearest: “{near}”). The file has: {columns}. If its first line is no header, "
        "use --no-header --columns",
    ),
    "import.not_parquet": Text(
        zh="这不是可读的 Parquet 文件：{reason}", en="this is not a readable Parquet file: {reason}"
    ),
    "import.parquet_stdin": Text(
        zh="Parquet 不能从标准输入读取；请给出文件",
        en="Parquet cannot be read from standard input; give a file",
    ),
    "import.map_person": Text(
        zh="缺少 person：哪一列标识这个人？", en="person is missing: which column names the person?"
    ),
    "import.map_kind": Text(
        zh="缺少 kind（事件名或列名）；只导入特征时请给出 traits",
        en="kind is missing (a kind of event, or a column); to import traits only, give traits",
    ),
    "import.map_at": Text(zh="缺少 at：哪一列是时间？", en="at is missing: which column is the time?"),
    "import.map_delimiter": Text(
        zh="分隔符“{delimiter}”应该是一个字符", en="the delimiter “{delimiter}” should be one character"
    ),
    "import.map_type": Text(
        zh="不认识的类型“{type}”；可以用 {known}", en="the type “{type}” is unknown; there are {known}"
    ),
    "import.map_field": Text(
        zh="“{text}”应该写成 名称:类型=列，例如 amount:number=金额",
        en="“{text}” should be name:type=column, for example amount:number=Total",
    ),
    "import.map_yaml": Text(zh="映射文件有误：{reason}", en="the mapping is not right: {reason}"),
    "import.map_word": Text(
        zh="映射里不认识“{word}”；最接近的是 {near}", en="the mapping has no “{word}”; nearest: {near}"
    ),
    "import.map_value": Text(zh="映射里“{word}”的写法不对", en="the mapping's “{word}” has the wrong shape"),
    "import.map_widths": Text(
        zh="固定宽度的文本需要 --widths，例如 6,9,3,8",
        en="text of fixed width needs --widths, for example 6,9,3,8",
    ),
}
