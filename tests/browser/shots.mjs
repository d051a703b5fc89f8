// Takes pictures of a built casebook for a person to judge: node shots.mjs HOME OUT [path…]
// Every path at four widths, light and dark, and as a sheet of paper; FULL=1 takes the whole page.
import { mkdirSync } from 'node:fs';
import { launch, serve } from './site.mjs';

const [home, out, ...paths] = process.argv.slice(2);
const kinds = ['', 'timeline/', 'disputes/', 'questions/', 'vendors/', 'vendors/openai/', 'outlets/', 'contradictions/', 'changes/', 'about/', 'zh/', 'zh/timeline/'];
const widths = (process.env.WIDTHS ?? '390,768,1280,1920').split(',').map(Number);
mkdirSync(out, { recursive: true });
const site = await serve(home);
const browser = await launch();
for (const path of paths.length ? paths : kinds) {
  const name = (path || 'home').replaceAll('/', '_').replace(/_$/, '');
  for (const width of widths) {
    for (const colorScheme of ['light', 'dark']) {
      const page = await browser.newPage({ viewport: { width, height: 900 }, colorScheme });
      await page.goto(site.address + path);
      await page.screenshot({ path: `${out}/${name}-${width}-${colorScheme}.png`, fullPage: process.env.FULL === '1' });
      await page.close();
    }
  }
  const page = await browser.newPage();
  await page.goto(site.address + path);
  await page.pdf({ path: `${out}/${name}.pdf`, format: 'A4' });
  await page.close();
}
await browser.close();
site.close();
