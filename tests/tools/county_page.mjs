// Drives the county's page in Chromium and prints as JSON what a user and axe-core would find.
// node county_page.mjs CHROMIUM PAGE.html [FOLDER for screenshots and the printed page]
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
  // The policy of the page forbids foreign scripts, axe-core among them: only its run lifts it.
  const context = await browser.newContext(options);
  const page = await context.newPage();
  page.on("console", (message) => said.push(message.text()));
  page.on("pageerror", (error) => said.push(String(error)));
  page.on("dialog", (dialog) => { said.push(dialog.message()); dialog.dismiss(); });
  page.on("request", (request) => asked.push(request.url()));
  await page.goto(pathToFileURL(file).href);
  return page;
};
const violations = async (page) => {
  await page.addScriptTag({ path: axe });
  const result = await page.evaluate(() => axe.run(document));
  return result.violations.map(({ id, nodes }) => [id, nodes[0].html]);
};
const judged = async (options, picture) => {
  const page = await open({ ...options, bypassCSP: true });
  await page.evaluate(() => document.querySelectorAll("details").forEach((d) => { d.open = true; }));
  const found = await violations(page);
  const width = await page.evaluate(() => document.documentElement.scrollWidth);
  // What must be moved inside its box to be seen, and how many are told so.
  const cut = await page.$$eval(".scroll", (boxes) => boxes
    .filter((box) => box.scrollWidth > box.clientWidth)
    .map((box) => box.getAttribute("aria-label") ?? document.getElementById(box.getAttribute("aria-labelledby")).textContent));
  const hints = await page.$$eval(".swipe", (all) => all.filter((one) => one.checkVisibility()).length);
  if (folder) await page.screenshot({ path: `${folder}/${picture}.png`, fullPage: true });
  return { violations: found, overflow: width - options.viewport.width, cut, hints };
};
const names = (page) =>
  page.$$eval("#list tbody tr:not([hidden]) th .name", (cells) => cells.map((c) => c.textContent));
const column = (page, at) =>
  page.$$eval("#list tbody tr", (rows, i) => rows.map((r) => r.cells[i].firstChild?.textContent ?? ""), at);

const used = async () => {
  const page = await open({ viewport: { width: 1280, height: 900 } });
  const out = { names: await names(page), told: await page.textContent("#told") };
  const button = (label) => page.locator("#list thead button", { hasText: label }).first();
  out.buttons = await page.locator("#list thead button").count();
  await button("本年新收").focus();
  await page.keyboard.press("Enter");
  out.ascending = await column(page, 3);
  out.sorted = await page.$$eval("th[aria-sort]", (heads) => heads.map((h) => h.getAttribute("aria-sort")));
  await button("本年新收").click();
  out.descending = await column(page, 3);
  await button("单位").click();
  out.byName = await names(page);
  await button("状态").click();
  out.byState = await column(page, 2);
  await button("序号").click();
  out.restored = await names(page);
  if (folder) await page.pdf({ path: `${folder}/print.pdf`, preferCSSPageSize: true });
  await page.fill("#q", out.names[2].slice(-5));
  out.found = await names(page);
  out.toldFound = await page.textContent("#told");
  await page.fill("#q", "没有这样的单位");
  out.toldNothing = await page.textContent("#told");
  await page.fill("#q", "");
  await page.selectOption("#s", "returned");
  out.returned = await column(page, 2).then(() => page.$$eval(
    "#list tbody tr:not([hidden])", (rows) => rows.map((r) => r.dataset.s)));
  await page.locator("#list tbody tr:not([hidden]) a[href^='#f']").first().click();
  out.opened = await page.$$eval("details", (all) => all.filter((d) => d.open).length);
  out.focused = await page.evaluate(() => document.activeElement.tagName);
  return out;
};

const bare = async () => {
  const page = await open({ javaScriptEnabled: false, viewport: { width: 1280, height: 900 } });
  return { rows: (await names(page)).length, controls: await page.isVisible("#controls") };
};

const result = {
  laptop: await judged({ viewport: { width: 1366, height: 768 } }, "laptop"),
  desktop: await judged({ viewport: { width: 1280, height: 900 } }, "desktop"),
  phone: await judged({ viewport: { width: 390, height: 844 } }, "phone"),
  used: await used(),
  bare: await bare(),
  said,
  outside: asked.filter((url) => !url.startsWith("file:") && !url.startsWith("data:")),
};
await browser.close();
console.log(JSON.stringify(result));
