"""The console's drawings: one 16-pixel stroke path each, after no one's set."""

PATHS = {
    "home": "M2.5 7 8 2.5 13.5 7v6.5h-4V9.5h-3v4h-4z",
    "people": (
        "M6 7.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5ZM1.5 13.5c0-2.5 2-4 4.5-4s4.5 1.5 4.5 4"
        "M10.5 2.8a2.5 2.5 0 0 1 0 4.4M12 9.9c1.6.6 2.5 1.9 2.5 3.6"
    ),
    "person": (
        "M8 7.5a2.75 2.75 0 1 0 0-5.5 2.75 2.75 0 0 0 0 5.5ZM2.5 14c0-2.8 2.4-4.5 5.5-4.5s5.5 1.7 5.5 4.5"
    ),
    "ask": (
        "M2.5 3h11v8h-5.5l-3 2.5V11h-2.5zM6.4 5.8c.2-1 .9-1.3 1.6-1.3.9 0 1.6.6 1.6 1.3 0 1-1.6 1.1-1.6 2.1"
        "M8 9.4v.1"
    ),
    "imports": "M8 2v7.5M5 6.8 8 9.8l3-3M2.5 11v2.5h11V11",
    "upload": "M8 10V2.5M5 5.2l3-3 3 3M2.5 10.5v3h11v-3",
    "search": "M7 11.5a4.5 4.5 0 1 0 0-9 4.5 4.5 0 0 0 0 9ZM10.4 10.4l3.3 3.3",
    "menu": "M2.5 4.5h11M2.5 8h11M2.5 11.5h11",
    "down": "M4 6.2 8 10l4-3.8",
    "up": "M4 9.8 8 6l4 3.8",
    "left": "M10 3.5 5.5 8l4.5 4.5",
    "right": "M6 3.5 10.5 8 6 12.5",
    "check": "m3 8.5 3.2 3.2L13 4.8",
    "no": "M4 4l8 8M12 4l-8 8",
    "alert": "M8 2.5 14.5 13.5h-13zM8 6.5v3.2M8 11.6v.1",
    "info": "M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12ZM8 7.3V11M8 5v.1",
    "copy": "M5.5 5.5h8v8h-8zM3.5 10.5h-1v-8h8v1",
    "event": "M8.8 2 4 9h3.5l-.8 5L12 7H8.2z",
    "trait": "M2.5 3.5h11M2.5 8h7M2.5 12.5h9",
    "tag": "M2.5 2.5h5l6 6-5 5-6-6zM5.2 5.3v-.1",
    "untag": "M2.5 2.5h5l6 6-5 5-6-6zM6 6l3.5 3.5",
    "relate": (
        "M6.5 9.5l3-3M7 4.5l1.5-1.5a2.5 2.5 0 0 1 4.5 3.5L11 8.5M9 11.5 7.5 13A2.5 2.5 0 0 1 3 9.5L5 7.5"
    ),
    "merge": "M4 2.5V5c0 2 4 2 4 4.5v4M12 2.5V5c0 2-4 2-4 4.5",
    "unmerge": "M4 13.5V11c0-2 4-2 4-4.5v-4M12 13.5V11c0-2-4-2-4-4.5",
    "retract": "M3 6h7a3.5 3.5 0 0 1 0 7H6M5.8 3 3 6l2.8 3",
    "clock": "M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12ZM8 4.8V8l2.3 1.5",
    "file": "M3.5 2h6l3 3v9h-9zM9.5 2v3h3",
    "key": "M5 11.5a2.75 2.75 0 1 0 0-5.5 2.75 2.75 0 0 0 0 5.5ZM7.5 7.5 13 2.5M11 4.5l1.5 1.5",
    "out": "M6 2.5H2.5v11H6M10 5l3 3-3 3M13 8H6",
    "dot": "M8 9a1 1 0 1 0 0-2 1 1 0 0 0 0 2Z",
}

LOGO = (
    '<svg viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.8" stroke-linecap="round" aria-hidden="true">'
    '<ellipse cx="12" cy="15" rx="10" ry="5.5"/><ellipse cx="12" cy="15" rx="5.5" ry="2.8"/>'
    '<path d="M12 15V4M12 7.5c2.2 0 3.6-1.2 3.9-3.5C13.5 4 12 5.3 12 7.5Z"/></svg>'
)


def drawing(name: str) -> str:
    """The SVG element for ``name``; an unknown name draws a dot."""
    path = PATHS.get(name, PATHS["dot"])
    return f'<svg class="icon" viewBox="0 0 16 16" aria-hidden="true"><path d="{path}"/></svg>'
