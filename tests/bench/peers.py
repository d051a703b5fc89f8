#!/usr/bin/env python3
"""peers.py TOOL KIT SPLIT OUT.jsonl - other extractors over a folder of real pages.

Writes one JSON object a page (id, title, byline, date, text) and prints pages, seconds of CPU inside
the tool and peak memory. Only the calls that take a page apart are timed, not reading the files.
"""
import gzip, json, pathlib, resource, sys, time

tool, kit, split, target = sys.argv[1], pathlib.Path(sys.argv[2]), sys.argv[3], sys.argv[4]

if tool == "trafilatura":
    import trafilatura
    def extract(page, url):
        d = trafilatura.bare_extraction(page, url=url, with_metadata=True, include_comments=False)
        d = d.as_dict() if hasattr(d, "as_dict") else d or {}
        return d.get("title"), d.get("author"), d.get("date"), d.get("text")
elif tool == "readability-lxml":
    import lxml.html, readability
    def extract(page, url):
        d = readability.Document(page)
        return d.short_title(), None, None, lxml.html.fromstring(d.summary()).text_content()
elif tool == "newspaper4k":
    import newspaper
    def extract(page, url):
        a = newspaper.Article(url or "https://page.invalid/", fetch_images=False)
        a.download(input_html=page.decode("utf-8", "replace")); a.parse()
        return a.title, ", ".join(a.authors), a.publish_date and a.publish_date.strftime("%Y-%m-%d"), a.text
elif tool == "resiliparse":
    from resiliparse.extract.html2text import extract_plain_text
    from resiliparse.parse.encoding import bytes_to_str, detect_encoding
    from resiliparse.parse.html import HTMLTree
    def extract(page, url):
        tree = HTMLTree.parse(bytes_to_str(page, detect_encoding(page)))
        return tree.title, None, None, extract_plain_text(tree, main_content=True)
else:
    sys.exit(f"no such tool: {tool}")

pages = {}
for f in sorted((kit / split).glob("*/truth.json")):
    for v in json.loads(f.read_text(encoding="utf-8")).values():
        pages.setdefault(v["page"], (v.get("url"), []))[1].append(v["id"])
spent, failed = 0.0, 0
with open(target, "w", encoding="utf-8") as out:
    for page, (url, ids) in pages.items():
        body = gzip.decompress((kit / split / page).read_bytes())
        began = time.process_time()
        try: title, byline, date, text = extract(body, url)
        except Exception: title = byline = date = text = None; failed += 1
        spent += time.process_time() - began
        for i in ids: print(json.dumps({"id": i, "title": title, "byline": byline, "date": date, "text": text or ""}), file=out)
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
print(f"{tool}\t{len(pages)}\t{spent:.2f}\t{peak}\t{failed}")
