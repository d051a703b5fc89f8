// The site as its readers meet it: in a browser, without script, on a phone, in the dark, by keyboard and screen reader.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { readFileSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { buildSample, launch, serve } from './site.mjs';
import { faults } from './valid.mjs';

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
async function visit(path, look, options = {}, expected = /^$/, root = site.address) {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const complaints = [];
  page.on('console', (message) => expected.test(message.text()) || complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(String(error)));
  // A request given up for a newer one is no fault.
  page.on('requestfailed', (request) => request.failure()?.errorText === 'net::ERR_ABORTED' || complaints.push(`${request.url()} failed`));
  page.on('response', (response) => response.status() >= 400 && complaints.push(`${response.status()} ${response.url()}`));
  const answer = await page.goto(root + path);
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
      return links[0].replace('./', '');
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
      // What is not on the screen yet has no inner text.
      const asked = await page.locator('main .question').allTextContents();
      assert.ok(asked.some((text) => text.includes('?')), 'a question is asked');
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

  // Every kind of page in both languages; the narrow ones in one language each.
  const kinds = ['', 'timeline/', 'timeline/2025/', 'questions/', 'vendors/', 'vendors/openai/', 'disputes/', 'disputes/anthropic-openai/',
    'types/', 'types/use-ban/', 'products/', 'products/claude-code/', 'people/', 'outlets/', 'outlets/farwire/', 'contradictions/', 'changes/', 'changes/2026-06/', 'data/', 'about/'];
  const pages = (width) => [incident, `zh/${incident}`, ...kinds.map((path, at) => (width === 390 && at % 2 ? `zh/${path}` : path))];
  for (const colorScheme of ['light', 'dark']) {
    for (const width of [390, 1280]) {
      test(`fits ${width} pixels and passes axe, ${colorScheme}`, async () => {
        for (const path of pages(width)) {
          await visit(path, async (page) => {
            const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
            assert.ok(wide <= 0, `${path} is ${wide} pixels too wide`);
            await page.evaluate(axe);
            const { violations } = await page.evaluate(() => window.axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }));
            assert.deepEqual(violations.map((v) => `${v.id}: ${v.nodes[0].html}`), [], `${path} passes axe`);
          }, { viewport: { width, height: 900 }, colorScheme, bypassCSP: true });
        }
      });
    }
  }

  test('is what the HTML standard allows', async () => {
    const all = readdirSync(`${casebook.home}/site/public`, { recursive: true }).filter((name) => name.endsWith('.html'));
    // A fifth of the pages, and every page that stands alone.
    const some = all.sort().filter((name, at) => at % 5 === 0 || name.split('/').length < 3);
    const found = [];
    for (const name of some) found.push(...(await faults(`${casebook.home}/site/public/${name}`)));
    assert.deepEqual(found, []);
  });

  test('is carried in at most 100 kB, style and scripts with it', async () => {
    for (const path of [incident, `zh/${incident}`, '', 'timeline/', 'questions/', 'vendors/', 'vendors/openai/', 'contradictions/', 'changes/']) {
      await visit(path, async (page) => {
        const bytes = await page.evaluate(() => performance.getEntries().reduce((sum, entry) => sum + (entry.transferSize ?? 0), 0));
        assert.ok(bytes > 1000 && bytes <= 100_000, `${path} carries ${bytes} bytes`);
      });
    }
  });

  test('a missing page says so and leads back', async () => {
    const answer = await fetch(site.address + 'no-such-page/');
    assert.equal(answer.status, 404);
    assert.match(await answer.text(), /href="\/?[^"]*"/);
  });
});

describe('with script', () => {
  test('a list can be filtered, and the filter is part of the address', async () => {
    await visit('timeline/', async (page) => {
      const shown = () => page.locator('[data-filter] > li:visible').count();
      const all = await shown();
      await page.getByLabel('Kind').selectOption('use_ban');
      const bans = await shown();
      assert.ok(bans > 0 && bans < all, `${bans} of ${all} are bans`);
      assert.match(page.url(), /kind=use_ban/);
      await page.reload();
      assert.equal(await shown(), bans, 'the address keeps the filter');
      await page.getByRole('button', { name: 'Show all' }).click();
      await page.waitForFunction((count) => document.querySelectorAll('[data-filter] > li:not([hidden])').length === count, all);
    });
  });

  test('the record of a past day hides what became known later', async () => {
    await visit(incident, async (page) => {
      const shown = () => page.locator('[data-known]:visible').count();
      const slider = page.getByRole('slider');
      const now = await shown();
      await slider.focus();
      await page.keyboard.press('Home');
      const first = await shown();
      assert.ok(first < now, `${first} lines on the first day, ${now} today`);
      const day = await slider.getAttribute('aria-valuetext');
      assert.match(day, /\d{4}/, 'the day is said in words');
      await page.reload();
      assert.equal(await shown(), first, 'the address keeps the day');
      await page.getByRole('slider').focus();
      await page.keyboard.press('End');
      assert.equal(await shown(), now);
    });
  });

  test('a past day shows nothing that became known later, and counts what it shows', async () => {
    await visit(incident, async (page) => {
      const slider = page.getByRole('slider');
      const whole = await page.locator('main').textContent();
      const days = Number(await slider.getAttribute('max'));
      for (let at = days - 1; at >= 0; at -= 1) {
        await slider.fill(String(at));
        const found = await page.evaluate(() => {
          const today = new URL(location.href).searchParams.get('asof');
          const seen = [...document.querySelectorAll('main *')].filter((part) => !part.closest('[data-later], [data-today]'));
          const is = (selector) => seen.filter((part) => part.matches(selector));
          const numbers = (text) => (text.match(/\d+/g) ?? []).map(Number);
          return {
            late: is('[data-known]').filter((part) => part.dataset.known > today).length,
            quotes: is('blockquote').filter((quote) => !quote.dataset.known).length,
            moved: is('.question').filter((question) => question.querySelector('.meta[data-known]:not([data-later])') === null && /answered/.test(question.className)).length,
            empty: is('section, details, .ledger').filter((part) => part.querySelector('[data-known]') && !part.querySelector('[data-known]:not([data-later])')).length,
            dead: is('.jump a').filter((link) => document.getElementById(link.hash.slice(1)).closest('[data-later]')).length,
            articles: [numbers(document.querySelector('.standing [data-counts]').textContent)[0], is('tr[data-source]').length],
            grown: is('[data-counts="reports"]').filter((number) => { const [n] = numbers(number.textContent); return n < 1 || n > Number(number.dataset.of); }).length,
            said: document.querySelector('.asof .today').checkVisibility(),
          };
        });
        assert.deepEqual([found.late, found.quotes, found.moved, found.empty, found.dead, found.grown], [0, 0, 0, 0, 0, 0], JSON.stringify(found));
        assert.equal(found.articles[0], found.articles[1], 'articles are counted anew');
        assert.ok(found.said, 'what cannot be taken back is named');
      }
      await slider.fill(String(days));
      assert.equal(await page.locator('main').textContent(), whole, 'the last day is the whole record');
      assert.equal(await page.locator('[data-later]').count(), 0);
    });
  });

  test('a citation can be copied', async () => {
    await visit(incident, async (page) => {
      await page.getByRole('button', { name: 'Copy' }).click();
      // Only then is it on the clipboard.
      await page.getByRole('button', { name: 'Copied' }).waitFor();
      const copied = await page.evaluate(() => navigator.clipboard.readText());
      assert.match(copied, /record of \d+ \w+ \d{4}/);
    }, { permissions: ['clipboard-read', 'clipboard-write'] });
  });

  test('the keyboard leads from the skip link to the words of a source', async () => {
    await visit(incident, async (page) => {
      await page.keyboard.press('Tab');
      assert.equal(await page.evaluate(() => document.activeElement.className), 'skip');
      await page.keyboard.press('Enter');
      for (let steps = 0; steps < 60; steps += 1) {
        await page.keyboard.press('Tab');
        if (await page.evaluate(() => document.activeElement.matches('.entry summary'))) break;
      }
      await page.keyboard.press('Enter');
      const open = await page.evaluate(() => document.activeElement.parentElement.open);
      assert.ok(open, 'Enter opens what is folded');
      await page.keyboard.press('Tab');
      assert.match(await page.evaluate(() => document.activeElement.href ?? ''), /^https?:/);
      const outline = await page.evaluate(() => getComputedStyle(document.activeElement).outlineStyle);
      assert.notEqual(outline, 'none', 'the focus can be seen');
    });
  });

  test('nothing of another origin is asked for, and no other script would run', async () => {
    await visit('', async (page) => {
      const ran = await page.evaluate(() => {
        const script = document.createElement('script');
        script.textContent = 'window.ran = true';
        document.head.append(script);
        return Boolean(window.ran);
      }).catch(() => false);
      assert.equal(ran, false);
    }, {}, /Content Security Policy/);
  });
});

describe('opened from a disk', () => {
  const fromDisk = (path, look, options) => visit(`${path}index.html`, look, options, /^$/, `file://${casebook.home}/site/public/`);

  test('scripts run, and the console stays quiet', async () => {
    await fromDisk('timeline/', async (page) => {
      await page.getByLabel('Kind').selectOption('use_ban');
      const list = page.locator('[data-filter] > li');
      assert.ok((await list.filter({ visible: true }).count()) < (await list.count()), 'the list is filtered');
    });
    await fromDisk(incident, async (page) => {
      const slider = page.getByRole('slider');
      await slider.focus();
      await page.keyboard.press('Home');
      assert.ok(await page.locator('[data-later]').count(), 'a past day is shown');
      await page.getByRole('button', { name: 'Copy' }).click();
      // Only then is it on the clipboard.
      await page.getByRole('button', { name: 'Copied' }).waitFor();
      await page.getByRole('button', { name: 'Copied' }).waitFor();
    }, { permissions: ['clipboard-read', 'clipboard-write'] });
  });
});

describe('in Chinese', () => {
  test('the interface speaks Chinese, dates are written the Chinese way, and each page leads to its twin', async () => {
    await visit('zh/', async (page) => {
      assert.equal(await page.locator('html').getAttribute('lang'), 'zh-Hans');
      assert.match(await page.locator('main').textContent(), /\d{4}年\d{1,2}月/);
      assert.ok((await texts(page, 'nav')).join('').includes('时间线'));
      await page.getByRole('link', { name: 'English' }).click();
      assert.equal(await page.locator('html').getAttribute('lang'), 'en');
    });
    await visit(`zh/${incident}`, async (page) => {
      const foreign = await page.locator('h1').getAttribute('lang');
      assert.ok(foreign === null || foreign === 'en', 'a headline in the other language says so');
      await page.getByRole('link', { name: 'English' }).click();
      assert.ok(page.url().endsWith(incident), 'the twin is the same incident');
    });
  });
});

describe('on paper', () => {
  test('navigation goes, what is folded opens, sources show their address', async () => {
    await visit(incident, async (page) => {
      await page.emulateMedia({ media: 'print' });
      assert.equal(await page.locator('.masthead nav').isVisible(), false);
      assert.equal(await page.locator('.asof').isVisible(), false);
      const words = page.locator('.entry blockquote').first();
      assert.ok(await words.isVisible(), 'the words of the first entry are printed');
      const after = await page.locator('[aria-labelledby="h-sources"] th a[href^="http"]').first().evaluate((a) => getComputedStyle(a, '::after').content);
      assert.match(after, /http/);
      const number = await words.locator('footer').evaluate((footer) => getComputedStyle(footer, '::after').content);
      assert.match(number, /\[S/, 'a quotation names its source by number');
      // What is drawn is printed too: the row of links and the picture of who has it from whom share a word.
      for (const picture of await page.locator('main svg.picture').all()) assert.ok(await picture.isVisible(), 'pictures are printed');
    });
  });
});
