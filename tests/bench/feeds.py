#!/usr/bin/env python3
"""feedparser on the cases that `FEED_CASES=… FEED_FILES=… cargo test --test it feeds_are_read` measures.

feeds.py CASES FOLDER   prints documents read and facts of items as expected; needs `pip install feedparser`
"""
import json
import os
import re
import sys
import time

import feedparser


def plain(html):
    return " ".join(re.sub(r"<[^>]*>", "", html or "").split())


cases, folder = json.load(open(sys.argv[1])), sys.argv[2]
files = opened = facts = met = size = 0
began = time.process_time()
for case in cases:
    path = os.path.join(folder, case["file"])
    if not os.path.exists(path):
        continue
    data = open(path, "rb").read()
    size += len(data)
    files += 1
    read = feedparser.parse(data)
    opened += bool(read.version or read.entries)
    for where, value in case["expect"]:
        if len(where) == 3 and where[0] == "entries" and isinstance(value, str):
            field = where[2]
            if field in ("title", "link", "summary", "description"):
                facts += 1
                entry = read.entries[where[1]] if where[1] < len(read.entries) else {}
                met += plain(entry.get(field)) == plain(value)
print(f"{opened} of {files} documents read; {met} of {facts} facts of items as expected")
