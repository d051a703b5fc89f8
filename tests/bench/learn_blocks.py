#!/usr/bin/env python3
"""learn_blocks.py KIT SPLIT BLOCKS.jsonl [OUT.toml] - learns the weights of data/lexicon/weights/.

KIT/SPLIT/*/truth.json labels pages: `text` (main text), or `with` and `without` (snippets), `site`.
BLOCKS.jsonl is what `casebook annotate KIT.warc.gz --format blocks` printed for the same pages, whose
addresses are those of the truth. Needs numpy and lightgbm.

A block is text if most of its four-word runs stand in the page's true text; a shorter one if the runs
over its edges do. A block weighs as much as its share of the true text, so that every page counts the
same. Five-fold cross-validation by site prints precision, recall and F1 of blocks; then one model is
learned from all pages and written with whole-number leaves.
"""
import collections, glob, hashlib, json, math, re, sys, zlib
import lightgbm, numpy

TREES, FOLDS, BIAS = 120, 5, 400
PARAMETERS = dict(objective="binary", num_leaves=24, max_depth=7, learning_rate=0.1, min_data_in_leaf=40,
                  feature_fraction=0.4, bagging_fraction=0.8, bagging_freq=1, lambda_l2=5, verbose=-1,
                  min_sum_hessian_in_leaf=1e-3, num_threads=2, seed=1, deterministic=True)
words = re.compile(r"\w+").findall
joined = lambda text: re.sub(r"\s+", " ", text).strip()


def truths(folder):
    """Labelled pages by address, in the order of the archive."""
    pages = {}
    for name in sorted(glob.glob(folder + "/*/truth.json")):
        for t in json.load(open(name, encoding="utf-8")).values():
            unnamed = "https://kit.invalid/" + hashlib.sha256(t["page"].encode()).hexdigest()[:16]
            pages.setdefault(t["page"], ((t.get("url") or "").replace(" ", "%20") or unnamed, []))[1].append(t)
    waiting = collections.defaultdict(list)
    for address, rows in pages.values(): waiting[address].append(rows)
    return waiting


def by_text(texts, true):
    """Share of each block that is true text."""
    known = words(true)
    runs = set(zip(known, known[1:], known[2:], known[3:]))
    lines = {" ".join(words(line)) for line in true.split("\n")}
    blocks = [words(text) for text in texts]
    flat = [word for block in blocks for word in block]
    hit = [tuple(flat[i:i + 4]) in runs for i in range(max(0, len(flat) - 3))]
    labels, at = numpy.zeros(len(blocks)), 0
    for i, block in enumerate(blocks):
        n = len(block)
        if n >= 4:
            covered = numpy.zeros(n, bool)
            for k in range(n - 3):
                if hit[at + k]: covered[k:k + 4] = True
            labels[i] = covered.mean()
        elif n:
            over = hit[max(0, at - 3):min(len(hit), at + n)]
            labels[i] = 1.0 if over and all(over) else 0.9 if " ".join(block) in lines else 0.0
        at += n
    # What stands twice on the page and once in the text is text where the rest of the text is.
    sure = [i for i in range(len(blocks)) if labels[i] > 0.6 and len(blocks[i]) >= 8]
    if sure:
        spread = numpy.repeat(sure, [len(blocks[i]) for i in sure])
        middle, (low, high) = numpy.median(spread), numpy.percentile(spread, [2, 98])
        alike = collections.defaultdict(list)
        for i, block in enumerate(blocks):
            if labels[i] > 0.5: alike[" ".join(block)].append(i)
            if len(block) < 4 and not low - 2 <= i <= high + 2: labels[i] = 0.0
        whole = " ".join(known)
        for text, places in alike.items():
            inside = [i for i in places if low - 1 <= i <= high + 1]
            most = max(1, whole.count(text)) if len(text) > 15 else len(inside) or 1
            places.sort(key=lambda i: (not low <= i <= high, abs(i - middle)))
            for i in places[most:]: labels[i] = 0.0
    return labels, numpy.array([len(block) for block in blocks]) / max(20, len(known))


def by_snippets(texts, truth):
    """Labels where a snippet stands, none elsewhere."""
    labels = numpy.full(len(texts), numpy.nan)
    for value, snippets in ((1.0, truth["with"]), (0.0, truth.get("without") or [])):
        for snippet in map(joined, snippets):
            places = [i for i, text in enumerate(texts) if snippet in joined(text) and numpy.isnan(labels[i])]
            labels[places[:1] if value else places] = value
    return labels, numpy.full(len(texts), 0.04)


def load(folder, dump):
    waiting, names, parts = truths(folder), None, []
    for line in open(dump, encoding="utf-8"):
        page = json.loads(line)
        if not waiting.get(page["requested"]): continue
        rows = waiting[page["requested"]].pop(0)
        full = next((t for t in rows if t.get("text")), None)
        some = next((t for t in rows if t.get("with")), None)
        if not page["blocks"] or not (full or some): continue
        names = page["numbers"]
        texts = [block["text"] for block in page["blocks"]]
        labels, weights = by_text(texts, full["text"]) if full else by_snippets(texts, some)
        fold = zlib.crc32((rows[0].get("site") or page["requested"]).encode()) % FOLDS
        numbers = numpy.array([block["numbers"] for block in page["blocks"]])
        parts.append((numbers, labels, numpy.clip(weights, 0.002, 0.3), numpy.full(len(texts), fold)))
    return names, [numpy.concatenate(part) for part in zip(*parts)], len(parts)


def learn(numbers, labels, weights):
    return lightgbm.train(PARAMETERS, lightgbm.Dataset(numbers, labels, weight=weights), TREES)


def nodes(node, names):
    if "leaf_value" in node: return [str(round(node["leaf_value"] * 1000))]
    split = f"{names[node['split_feature']]}<={math.floor(node['threshold'])}"
    return [split] + nodes(node["left_child"], names) + nodes(node["right_child"], names)


def main(kit, split, dump, target=None):
    names, (numbers, labels, weights, folds), pages = load(f"{kit}/{split}", dump)
    known = ~numpy.isnan(labels)
    numbers, weights, folds = numbers[known], weights[known] / weights[known].mean(), folds[known]
    labels = (labels[known] > 0.5).astype(int)
    score = numpy.zeros(len(labels))
    for fold in range(FOLDS):
        model = learn(numbers[folds != fold], labels[folds != fold], weights[folds != fold])
        score[folds == fold] = model.predict(numbers[folds == fold], raw_score=True)
    chosen = score + BIAS / 1000 > 0
    right = (weights * (chosen & (labels == 1))).sum()
    precision, recall = right / (weights * chosen).sum(), right / (weights * labels).sum()
    print(f"{pages} pages, {len(labels)} blocks; by site: precision {precision:.3f} recall {recall:.3f} "
          f"F1 {2 * precision * recall / (precision + recall):.3f}")
    if not target: return
    trees = learn(numbers, labels, weights).dump_model()["tree_info"]
    with open(target, "w", encoding="utf-8") as out:
        out.write("# Weights that tell text from furniture, learned from labelled pages by tests/bench/learn_blocks.py.\n"
                  "# Do not edit by hand. A row with the id of one of these replaces it; the sum of all trees decides.\n\n"
                  f'[[tree]]\nid = "bias"\nnodes = "{BIAS}"\n')
        for i, tree in enumerate(trees):
            out.write(f'\n[[tree]]\nid = "{i:03}"\nnodes = "{" ".join(nodes(tree["tree_structure"], names))}"\n')


if __name__ == "__main__": main(*sys.argv[1:])
