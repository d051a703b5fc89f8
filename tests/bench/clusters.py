#!/usr/bin/env python3
"""clusters.py TRUTH.jsonl RECORD.json - how well incidents match the truth of an invented corpus (BCubed)."""
import collections, json, sys

truth = {t["url"]: t["incident"] or t["url"] for t in map(json.loads, open(sys.argv[1]))}
found = {a["url"]: a["incident"] or a["url"] for a in json.load(open(sys.argv[2]))["articles"]}
gold, made = collections.defaultdict(set), collections.defaultdict(set)
for url, home in truth.items():
    gold[home].add(url)
    made[found.get(url, url)].add(url)
shared = [(len(gold[home] & made[found.get(url, url)]), len(made[found.get(url, url)]), len(gold[home])) for url, home in truth.items()]
precision = sum(both / mine for both, mine, _ in shared) / len(shared)
recall = sum(both / all_ for both, _, all_ in shared) / len(shared)
print(f"BCubed P {precision:.3f} R {recall:.3f} F1 {2 * precision * recall / (precision + recall):.3f}, "
      f"{len(gold)} true, {len(made)} found")
