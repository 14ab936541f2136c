// Open pages as a browser does, at three widths and in print, and tell what axe finds and what is wider than the page.
//
// npm install --no-save playwright-core axe-core; node tools/look_pages.mjs FOLDER/*.html
//
// Needs Debian's chromium; not part of .ci/run. Leaves FILE-390.png, FILE-850.png, FILE-1280.png and FILE-print.pdf
// beside each page, and fails where axe finds something serious.
import fs from 'node:fs';
import { createRequire } from 'node:module';
import { resolve } from 'node:path';

const found = createRequire(`${process.cwd()}/`);
const { chromium } = found('playwright-core');
const axe = fs.readFileSync(found.resolve('axe-core/axe.min.js'), 'utf8');
const args = ['--no-sandbox', '--disable-dev-shm-usage', '--disable-gpu'];
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args });
let serious = 0;
for (const file of process.argv.slice(2)) {
  for (const width of [390, 850, 1280, 'print']) {
    const print = width === 'print';
    const page = await browser.newPage({ viewport: { width: print ? 794 : width, height: 900 } });
    if (print) await page.emulateMedia({ media: 'print' });
    await page.goto(`file://${resolve(file)}`);
    await page.evaluate(axe); // script-src does not stop this
    const { violations } = await page.evaluate(() => axe.run());
    const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    serious += violations.filter((one) => ['serious', 'critical'].includes(one.impact)).length;
    const told = violations.map((one) => `${one.impact} ${one.id} ${one.nodes.length} times, first ${one.nodes[0].target}`);
    console.log(`${file} ${width}: ${told.join('; ') || 'nothing'}; ${over} px too wide`);
    const to = file.replace(/\.html$/, `-${width}`);
    if (print) await page.pdf({ path: `${to}.pdf`, format: 'A4' });
    else await page.screenshot({ path: `${to}.png`, fullPage: true });
    await page.close();
  }
}
await browser.close();
process.exit(serious ? 1 : 0);
