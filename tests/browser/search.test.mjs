// The search of the published site: the cases of tests/cases/search/ put to its script, and the page in a real browser.
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import vm from 'node:vm';
import { buildSample, launch, serve } from './site.mjs';

const here = import.meta.dirname;
vm.runInThisContext(readFileSync(resolve(here, '../../site/assets/search.js'), 'utf8'));
const { dateWords, parse, find, shown, stem, open, host, QueryError } = globalThis.casebookSearchParts;

/// Reads the index of a site from the disk.
function from(folder) {
  host(async (name) => { vm.runInThisContext(readFileSync(join(folder, 'search/data', `${name}.js`), 'utf8')); });
}

async function answer(query) {
  let request;
  try { request = parse(query); } catch (error) {
    assert(error instanceof QueryError, error.stack);
    return `! ${error.at} ${error.message}`;
  }
  const { ordered, total, notes } = await find(request);
  const { heads } = await open();
  const docs = ordered.flatMap(({ of, list }) => {
    const all = list.map(({ doc }) => doc);
    return all.includes(heads[of]) ? [heads[of], ...all.filter((doc) => doc !== heads[of])] : all;
  });
  assert.equal(docs.length, total);
  const ids = await Promise.all(docs.map(async (doc) => (await shown(doc)).id));
  if (!/sort:|排序:/.test(query)) ids.sort();
  return [ids.length ? ids.join(', ') : 'nothing', ...notes].join('; ');
}

function cases(file) {
  const found = [];
  let inside = false;
  for (const line of readFileSync(file, 'utf8').split('\n')) {
    if (line === '```finds') inside = true;
    else if (line === '```') inside = false;
    else if (inside) { const at = line.indexOf(' =>'); found.push([line.slice(0, at), line.slice(at + 3).trim()]); }
  }
  return found;
}

const record = mkdtempSync(join(tmpdir(), 'casebook-search-'));
before(() => execFileSync('cargo', ['test', '--quiet', '--test', 'it', 'search::published_for_the_browser'],
  { cwd: resolve(here, '../..'), env: { ...process.env, PUBLISH: record }, stdio: 'ignore' }));
after(() => rmSync(record, { recursive: true }));

for (const name of readdirSync(resolve(here, '../cases/search')).filter((n) => n.endsWith('.md') && n !== 'README.md' && n !== 'articles.md')) {
  test(`the script finds what ${name} says`, async () => {
    from(record);
    const faults = [];
    for (const [query, expected] of cases(resolve(here, '../cases/search', name))) {
      const today = await answer(query);
      if (today !== expected) faults.push(`${query}\n  - ${expected}\n  + ${today}`);
    }
    assert.equal(faults.length, 0, `\n${faults.join('\n')}`);
  });
}

test('the script stems like the program', () => {
  const lines = readFileSync(join(record, 'stems.txt'), 'utf8').trim().split('\n').map((line) => line.split(' '));
  assert(lines.length > 1000);
  assert.deepEqual(lines.filter(([word, expected]) => stem(word) !== expected).map(([word, expected]) => `${word}: ${expected}, not ${stem(word)}`), []);
});

test('the script writes dates like the program', () => {
  // The cases of src/view/calendar.rs.
  const cases = [...readFileSync(resolve(here, '../../src/view/calendar.rs'), 'utf8').matchAll(/^ +\("([^"]+)", "([^"]+)", "([^"]+)"\),$/gm)];
  assert(cases.length > 8);
  for (const [, edtf, english, chinese] of cases) assert.deepEqual([dateWords(edtf, false), dateWords(edtf, true)], [english, chinese]);
});

test('the page searches without a server, from http and from a disk, in English and in Chinese', async () => {
  const sample = buildSample();
  const browser = await launch();
  try {
    for (const query of ['ban', '禁用', 'vendor:阿里巴巴', 'stance:alleges']) {
      const context = await browser.newContext();
      const page = await context.newPage();
      const said = [];
      page.on('console', (message) => said.push(message.text()));
      page.on('pageerror', (error) => said.push(String(error)));
      await page.goto(`${pathToFileURL(join(sample.home, 'site/public/search/index.html'))}?q=${encodeURIComponent(query)}`);
      await page.waitForSelector('#results .group');
      assert((await page.locator('#results .group').count()) > 0, query);
      assert.deepEqual(said, [], query);
      await context.close();
    }
  } finally {
    await browser.close();
    sample.remove();
  }
});

test('in Chinese, results and what narrows them are told in Chinese, with and without a server', async () => {
  const sample = buildSample();
  const server = await serve(sample.home);
  const browser = await launch();
  try {
    for (const root of [server.address, `${pathToFileURL(join(sample.home, 'site/public'))}/`]) {
      const page = await browser.newPage();
      await page.goto(`${root}zh/search/${root.startsWith('file') ? 'index.html' : ''}?q=ban`);
      await page.waitForSelector('#results .facets li');
      const kinds = await page.locator('#results .kind').allInnerTexts();
      assert(kinds.length && kinds.every((kind) => /^[\u4e00-\u9fff]+$/.test(kind)), kinds.join());
      assert.doesNotMatch(await page.locator('#results time').allInnerTexts().then((all) => all.join()), /[-/]/);
      // Where there are two, the title in the language of the page stands first.
      assert.match(await page.locator('#results .hit-title:has(span:not(.kind)) a').first().innerText(), /[\u4e00-\u9fff]/);
      assert.match(await page.locator('.facets').innerText(), /事件/);
      await page.close();
    }
  } finally {
    await browser.close();
    server.close();
    sample.remove();
  }
});

test('with a server behind it the page asks the server', async () => {
  const sample = buildSample();
  const server = await serve(sample.home);
  const browser = await launch();
  try {
    const page = await browser.newPage();
    const said = [];
    page.on('console', (message) => said.push(message.text()));
    await page.goto(`${server.address}search/`);
    await page.fill('#q', 'distillation');
    await page.waitForSelector('#results .group');
    assert.match(await page.locator('.found-summary').innerText(), /results/);
    await page.goto(`${server.address}search/?q=vendr:x`);
    assert.match(await page.locator('[role=alert]').innerText(), /did you mean/);
    assert.deepEqual(said.filter((text) => !text.includes('400')), []);
  } finally {
    await browser.close();
    server.close();
    sample.remove();
  }
});

test('over ten thousand records the first result needs little and comes at once, in English and in Chinese', async () => {
  const sample = buildSample();
  const { createServer } = await import('node:http');
  const { readFile } = await import('node:fs/promises');
  const site = join(sample.home, 'site/public');
  const server = createServer(async (request, response) => {
    const path = new URL(request.url, 'http://here').pathname.replace(/\/$/, '/index.html');
    const file = path.startsWith('/search/data/') ? join(record, 'many', path) : join(site, path);
    const type = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml' }[file.slice(file.lastIndexOf('.'))];
    const body = await readFile(file).catch(() => null);
    response.writeHead(body ? 200 : 404, { 'content-type': type ?? 'text/plain' }).end(body ?? '');
  });
  await new Promise((done) => { server.listen(0, '127.0.0.1', done); });
  const browser = await launch();
  try {
    const address = `http://127.0.0.1:${server.address().port}/search/`;
    const text = readFileSync(join(record, 'many/search/data/d40.js'), 'utf8');
    const [, english, second] = text.match(/"([a-z]{5,}) ([a-z]{5,}) /);
    const [chinese] = text.match(/[\u4e00-\u9fff]{3}/);
    for (const query of [english, `${english} ${second}`, chinese, 'vendor:槐汀']) {
      const context = await browser.newContext();
      const page = await context.newPage();
      await page.goto(address, { waitUntil: 'networkidle' });
      await page.evaluate((text) => {
        globalThis.began = performance.now();
        const input = document.querySelector('#q');
        input.value = text;
        input.form.requestSubmit();
      }, query);
      await page.waitForFunction(() => performance.getEntriesByName('casebook-results').length > 0);
      const until = (mark) => page.evaluate((mark) => {
        const { startTime: shown } = performance.getEntriesByName(mark)[0];
        const all = [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')];
        const needed = all.filter(({ responseEnd }) => responseEnd <= shown);
        return { bytes: needed.reduce((sum, { encodedBodySize }) => sum + encodedBodySize, 0), ms: Math.round(shown - globalThis.began) };
      }, mark);
      const [first, ten] = [await until('casebook-first'), await until('casebook-results')];
      console.log(`${query}: first ${first.bytes} bytes in all, ${first.ms} ms; ten ${ten.bytes} bytes, ${ten.ms} ms`);
      assert(first.bytes <= 150_000, `${query}: ${first.bytes} bytes`);
      assert(first.bytes <= ten.bytes && ten.bytes < 200_000, `${query}: ${ten.bytes} bytes for ten`);
      await context.close();
    }
  } finally {
    await browser.close();
    server.close();
    sample.remove();
  }
});
