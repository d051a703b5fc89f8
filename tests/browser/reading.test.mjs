// The site as its readers meet it: in a browser, without script, on a phone, in the dark, by keyboard and screen reader.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { buildSample, launch, serve } from './site.mjs';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
let casebook, site, browser, incident;

before(async () => {
  casebook = buildSample();
  site = await serve(casebook.home);
  browser = await launch();
});
after(async () => {
  await browser?.close();
  site?.close();
  casebook?.remove();
});

/// Opens a page, runs `look` on it, and fails on anything the console or the network complains of.
async function visit(path, look, options = {}) {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const complaints = [];
  page.on('console', (message) => complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('requestfailed', (request) => complaints.push(`${request.url()} failed`));
  page.on('response', (response) => response.status() >= 400 && complaints.push(`${response.status()} ${response.url()}`));
  const answer = await page.goto(site.address + path);
  const found = await look(page, answer);
  await context.close();
  assert.deepEqual(complaints, [], `${path} is quiet`);
  return found;
}

const texts = (page, selector) => page.locator(selector).allInnerTexts();

describe('without script', () => {
  const noScript = { javaScriptEnabled: false };

  test('the front page leads to a captured incident', async () => {
    incident = await visit('', async (page) => {
      assert.ok((await texts(page, 'h1')).length === 1, 'one heading of the first order');
      const links = await page.locator('a[href*="incidents/p-"]').evaluateAll((all) => all.map((a) => a.getAttribute('href')));
      assert.ok(links.length > 0, 'an incident read from captured pages is linked');
      return links[0];
    }, noScript);
  });

  test('the incident shows its timeline with dates and the words it rests on', async () => {
    await visit(incident, async (page) => {
      const days = await texts(page, '.entries .when');
      assert.ok(days.length >= 3, `three dated entries or more, not ${days.length}`);
      const quotes = await page.locator('.entries blockquote').count();
      assert.ok(quotes >= days.length, 'every entry can be asked: says who?');
      const sources = await page.locator('.entries a[href^="http"]').evaluateAll((all) => all.map((a) => a.href));
      assert.ok(sources.some((href) => href.includes('#:~:text=')), 'a source link lands on the sentence');
    }, noScript);
  });

  test('open questions stand on their board with who asked', async () => {
    await visit('questions/', async (page) => {
      assert.ok((await page.locator('main').innerText()).includes('?'), 'a question is asked');
    }, noScript);
  });
});

describe('every page', () => {
  test('is reached without a dead link or a dead anchor', async () => {
    const seen = new Map();
    const anchors = [];
    const waiting = [''];
    while (waiting.length) {
      const path = waiting.pop();
      if (seen.has(path)) continue;
      const answer = await fetch(site.address + path);
      assert.equal(answer.status, 200, `${path} answers`);
      const body = await answer.text();
      const ids = new Set([...body.matchAll(/ id="?([^"\s>]+)/g)].map((match) => match[1]));
      seen.set(path, ids);
      if (!(answer.headers.get('content-type') ?? '').includes('html')) continue;
      for (const [, href] of body.matchAll(/ (?:href|src)="([^"]+)"/g)) {
        const target = new URL(href.replaceAll('&amp;', '&'), site.address + path);
        if (target.origin + '/' !== site.address) continue;
        const next = target.pathname.slice(1);
        if (target.hash && !target.hash.startsWith('#:~:')) anchors.push([path, next, decodeURIComponent(target.hash.slice(1))]);
        waiting.push(next);
      }
    }
    assert.ok(seen.size > 100, `the starter casebook has many pages, not ${seen.size}`);
    for (const [from, path, id] of anchors) assert.ok(seen.get(path)?.has(id), `${from} links to ${path}#${id}`);
  });

  for (const colorScheme of ['light', 'dark']) {
    for (const width of [390, 1280]) {
      test(`fits ${width} pixels and passes axe, ${colorScheme}`, async () => {
        for (const path of ['', incident, 'timeline/', 'questions/', 'vendors/', 'vendors/openai/', 'disputes/', 'about/']) {
          await visit(path, async (page) => {
            const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
            assert.ok(wide <= 0, `${path} is ${wide} pixels too wide`);
            await page.evaluate(axe);
            const { violations } = await page.evaluate(() => window.axe.run());
            assert.deepEqual(violations.map((v) => `${v.id}: ${v.nodes[0].html}`), [], `${path} passes axe`);
          }, { viewport: { width, height: 900 }, colorScheme, bypassCSP: true });
        }
      });
    }
  }

  test('a missing page says so and leads back', async () => {
    const answer = await fetch(site.address + 'no-such-page/');
    assert.equal(answer.status, 404);
    assert.match(await answer.text(), /href="\/?[^"]*"/);
  });
});
