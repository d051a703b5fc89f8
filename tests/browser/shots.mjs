// Takes pictures of the site for a person to judge: node shots.mjs FOLDER OUT [path…]
// Every path at 390 and 1280 pixels, light and dark.
import { mkdirSync } from 'node:fs';
import { serveFolder, launch } from './site.mjs';

const [folder, out, ...paths] = process.argv.slice(2);
mkdirSync(out, { recursive: true });
const site = await serveFolder(folder);
const browser = await launch();
for (const path of paths.length ? paths : ['', 'timeline/', 'questions/', 'vendors/', 'about/']) {
  for (const width of [390, 1280]) {
    for (const scheme of ['light', 'dark']) {
      const page = await browser.newPage({ viewport: { width, height: 900 }, colorScheme: scheme });
      await page.goto(site.address + path);
      const name = (path || 'home').replaceAll('/', '_').replace(/_$/, '');
      await page.screenshot({ path: `${out}/${name}-${width}-${scheme}.png`, fullPage: process.env.FULL === '1' });
      await page.close();
    }
  }
}
await browser.close();
site.close();
