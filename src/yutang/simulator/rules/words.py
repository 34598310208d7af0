"""The names, places and goods that simulated people have; invented, and weighted roughly as they occur."""

from __future__ import annotations

SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾萧田董潘袁蔡蒋余"
"""Most frequent first; earlier ones are drawn more often."""

GIVEN = (
    "梓涵", "欣怡", "雨桐", "诗涵", "佳怡", "梦瑶", "思琪", "雅婷", "晓彤", "静怡",
    "丽娜", "秀英", "婷婷", "雪梅", "海燕", "玉兰", "慧敏", "丹丹", "小红", "春燕",
    "子轩", "浩然", "宇航", "俊杰", "志强", "建国", "文博", "晨曦", "嘉豪", "一鸣",
    "若曦", "语嫣", "可欣", "美玲", "凤英", "佩珊", "安琪", "心怡", "晓雯", "敏",
)  # fmt: skip

CITIES: tuple[tuple[str, float], ...] = (
    ("上海", 0.14),
    ("杭州", 0.12),
    ("北京", 0.10),
    ("广州", 0.09),
    ("深圳", 0.09),
    ("成都", 0.09),
    ("武汉", 0.07),
    ("南京", 0.06),
    ("苏州", 0.06),
    ("重庆", 0.05),
    ("西安", 0.05),
    ("长沙", 0.04),
    ("郑州", 0.04),
)

GOODS: tuple[tuple[str, str, int], ...] = (
    ("dress-01", "碎花连衣裙", 299),
    ("dress-02", "真丝连衣裙", 899),
    ("coat-01", "羊毛大衣", 1599),
    ("coat-02", "风衣", 699),
    ("shirt-01", "白衬衫", 199),
    ("shirt-02", "法式衬衫", 259),
    ("skirt-01", "半身裙", 239),
    ("jeans-01", "直筒牛仔裤", 269),
    ("knit-01", "羊绒衫", 599),
    ("knit-02", "针织开衫", 219),
    ("bag-01", "通勤包", 459),
    ("scarf-01", "丝巾", 129),
    ("shoes-01", "乐福鞋", 369),
    ("socks-01", "棉袜三双", 39),
)
"""(sku, title, usual price in yuan)."""

STAFF: tuple[tuple[str, str], ...] = (
    ("staff-01", "林导购"),
    ("staff-02", "陈导购"),
    ("staff-03", "周导购"),
    ("staff-04", "吴店长"),
    ("staff-05", "郑顾问"),
    ("staff-06", "孙顾问"),
    ("staff-07", "何客服"),
    ("staff-08", "罗客服"),
)

WAYS_IN: tuple[tuple[str, float], ...] = (
    ("store_qr", 0.30),
    ("live", 0.28),
    ("referral", 0.14),
    ("moments", 0.12),
    ("douyin", 0.10),
    ("group", 0.06),
)
"""Where somebody was added as a friend: QR in the shop, live room, a friend, moments, Douyin, a WeCom group."""

WAYS_TO_BUY: tuple[tuple[str, float], ...] = (
    ("mini_program", 0.52),
    ("wecom", 0.22),
    ("store", 0.16),
    ("live", 0.10),
)
