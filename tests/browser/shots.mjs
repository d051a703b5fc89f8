// Takes pictures of a built casebook for a person to judge: node shots.mjs HOME OUT [path…]
// Every path at 390 and 1280 pixels, light and dark; FULL=1 takes the whole page.
import { mkdirSync } from 'node:fs';
import { launch, serve } from './site.mjs';

const [home, out, ...paths] = process.argv.slice(2);
mkdirSync(out, { recursive: true });
const site = await serve(home);
const browser = await launch();
for (const path of paths.length ? paths : ['', 'timeline/', 'questions/', 'vendors/', 'about/']) {
  for (const width of [390, 1280]) {
    for (const colorScheme of ['light', 'dark']) {
      const page = await browser.newPage({ viewport: { width, height: 900 }, colorScheme });
      await page.goto(site.address + path);
      const name = (path || 'home').replaceAll('/', '_').replace(/_$/, '');
      await page.screenshot({ path: `${out}/${name}-${width}-${colorScheme}.png`, fullPage: process.env.FULL === '1' });
      await page.close();
    }
  }
}
await browser.close();
site.close();
