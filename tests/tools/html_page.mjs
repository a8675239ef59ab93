// Opens a report's page or fragment in Chromium and prints as JSON what axe-core holds against it,
// how far it is wider than the screen, what the browser said, and what it asked the network for.
// node html_page.mjs CHROMIUM PAGE.html [FOLDER for screenshots and the printed page]
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const [executablePath, file, folder] = process.argv.slice(2);
const axe = createRequire(import.meta.url).resolve("axe-core/axe.min.js");
const browser = await chromium.launch({
  executablePath,
  args: ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"],
});
const said = [];
const asked = [];

const open = async (options) => {
  const page = await (await browser.newContext(options)).newPage();
  page.on("console", (message) => said.push(message.text()));
  page.on("pageerror", (error) => said.push(String(error)));
  page.on("dialog", (dialog) => { said.push(dialog.message()); dialog.dismiss(); });
  page.on("request", (request) => asked.push(request.url()));
  await page.goto(pathToFileURL(file).href);
  return page;
};
const judged = async (width, height, picture) => {
  // The policy of the page forbids foreign scripts, axe-core among them: only its run lifts it.
  const page = await open({ viewport: { width, height }, bypassCSP: true });
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth) - width;
  if (folder) await page.screenshot({ path: `${folder}/${picture}.png`, fullPage: true });
  await page.addScriptTag({ path: axe });
  const { violations, passes } = await page.evaluate(() => axe.run(document));
  const found = violations.map(({ id, nodes }) => [id, nodes[0].html]);
  return { violations: found, overflow, passes: passes.map(({ id }) => id) };
};
const printed = async () => {
  const page = await open({ viewport: { width: 1280, height: 900 } });
  const text = await page.evaluate(() => document.body.innerText);
  if (folder) await page.pdf({ path: `${folder}/print.pdf`, preferCSSPageSize: true });
  return text;
};

const result = {
  desktop: await judged(1280, 900, "desktop"),
  phone: await judged(390, 844, "phone"),
  text: await printed(),
  said,
  outside: asked.filter((url) => !url.startsWith("file:") && !url.startsWith("data:")),
};
await browser.close();
console.log(JSON.stringify(result));
