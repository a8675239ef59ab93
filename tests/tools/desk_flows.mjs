// Uses the desk in Chromium as an officer does, and prints as JSON what is seen on the way.
// node desk_flows.mjs CHROMIUM GIVEN.json [FOLDER for screenshots]
// GIVEN: {empty: link, county: link, root: its folder, drop: [[name, path], …], lapsing: [path],
// beside: [program, …], rows, badRows, faulty, asked: names, several: link to a folder of two counties,
// busy: of a county that waits for another program, broken: of one with a faulty style}
import { execFileSync } from "node:child_process";
import { readFileSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { chromium } from "playwright-core";

const [executablePath, given, folder] = process.argv.slice(2);
const { empty, county, several, busy, broken, root, drop, lapsing, beside, rows, badRows, faulty, asked } = JSON.parse(readFileSync(given, "utf-8"));
const axe = createRequire(import.meta.url).resolve("axe-core/axe.min.js");
const browser = await chromium.launch({
  executablePath,
  args: ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"],
});
const said = [], asks = [], seen = {}, out = {};
const LOOKS = [[390, 844, "light"], [1366, 768, "dark"], [1920, 1080, "light"]];

const context = await browser.newContext({ bypassCSP: true, acceptDownloads: true, permissions: [] });
context.setDefaultTimeout(120000); // a busy machine takes long for everything
const watched = (page) => {
  page.on("console", (message) => { if (message.type() === "error") said.push(message.text()); });
  page.on("pageerror", (error) => said.push(String(error)));
  page.on("dialog", (dialog) => dialog.accept());
  page.on("request", (request) => asks.push(request.url()));
  return page;
};
const opened = async (link) => { const page = watched(await context.newPage()); await page.goto(link); return page; };
const judged = async (page, name) => {
  seen[name] = [];
  for (const [width, height, colorScheme] of LOOKS) {
    await page.setViewportSize({ width, height });
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    if (!(await page.evaluate(() => "axe" in window))) await page.addScriptTag({ path: axe });
    const found = await page.evaluate(() => axe.run(document, { resultTypes: ["violations"], iframes: false }));
    const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    if (folder) await page.screenshot({ path: `${folder}/${name}-${width}.png` });
    seen[name].push({ width, over, violations: found.violations.map((v) => [v.id, v.nodes[0].html.slice(0, 160)]) });
  }
  await page.setViewportSize({ width: 1366, height: 768 });
  await page.emulateMedia({ colorScheme: "light" });
};
const at = (page, address) => page.evaluate((a) => document.querySelector(`nav a[href="${a}"]`).click(), address);
const saved = async (page, act) => {
  const waiting = page.waitForEvent("download");
  await act();
  return statSync(await (await waiting).path()).size;
};
const pill = (page, unit) => page.locator(`.list li[data-name*="${unit}"] .pill`).first();
const flow = async (name, work) => { try { out[name] = await work(); } catch (error) { out[name] = { failed: String(error).slice(0, 600) }; } };

// -- an empty folder -------------------------------------------------------------------------
const first = await opened(empty);
await flow("firstDay", async () => {
  await judged(first, "empty");
  await first.fill("[name=county]", "甲县");
  await first.fill("[name=year]", "2024");
  await first.locator("form[data-form='/begin'] button").click();
  await first.locator("a.button[href='/settings']").first().waitFor();
  await judged(first, "first-day");
  await at(first, "/settings");
  const field = first.locator("[name=roster]");
  await field.fill(badRows);
  await first.locator("form.settings button.main").click();
  await first.locator("form.settings .fault:not(:empty)").waitFor();
  const fault = await first.textContent("form.settings .fault");
  await judged(first, "settings-fault");
  await field.fill(rows);
  await first.locator("form.settings button.main").click();
  await first.locator(".plain-table tbody tr").nth(1).waitFor();
  const listed = await first.locator(".plain-table tbody tr").count();
  await at(first, "/");
  const blanks = await saved(first, () => first.locator("a[href='/zip/blanks']").click());
  return { fault, listed, blanks };
});

// -- states that pass ------------------------------------------------------------------------
await flow("states", async () => {
  const choosing = await opened(several);
  await judged(choosing, "several");
  await choosing.locator("[data-post='/choose']").first().click();
  await choosing.locator("a.button[href='/settings']").first().waitFor();
  const waiting = await opened(busy);
  await waiting.locator("#progress progress").waitFor();
  await waiting.locator(".list li[data-group=due] a").first().waitFor();
  await judged(waiting, "building");
  await waiting.locator(".list li[data-group=due] a").first().click();
  await waiting.locator("article.unit").waitFor();
  await judged(waiting, "unit-due");
  await waiting.locator("[data-post='/stop']").click();
  await waiting.locator("#progress [data-post='/build']").waitFor();
  await at(waiting, "/");
  await waiting.locator("body[data-open='/']").waitFor();
  await judged(waiting, "stopped");
  const held = await opened(broken);
  await held.locator(".list li[data-group=held] a").first().click();
  await held.locator("article.unit").waitFor();
  await judged(held, "unit-held");
  await at(held, "/rollup");
  await held.locator("body[data-open='/rollup']").waitFor();
  await judged(held, "rollup-held");
  for (const one of [choosing, waiting, held]) await one.close();
  return { seen: true };
});

// -- a county --------------------------------------------------------------------------------
const page = await opened(county);
const other = watched(await context.newPage());
await other.goto(new URL("/", page.url()).href);
await flow("screens", async () => {
  await judged(page, "home");
  for (const address of ["/notices", "/rollup", "/settings"]) {
    await at(page, address);
    await page.locator(`body[data-open="${address}"]`).waitFor();
    await judged(page, address.slice(1));
  }
  for (const group of ["fix", "ask", "missing"]) {
    const row = page.locator(`.list li[data-group=${group}] a`).first();
    if (!(await row.count())) continue;
    await row.click();
    await page.locator("article.unit").waitFor();
    await judged(page, `unit-${group}`);
  }
  await page.locator(".list li[data-group=fix] a").first().click();
  await page.locator("article.unit [role=tab]").first().waitFor();
  const tabs = await page.locator("article.unit [role=tab]").count();
  for (let tab = 0; tab < tabs; tab += 1) {
    await page.locator("article.unit [role=tab]").nth(tab).click();
    if (tab >= tabs - 2) await page.waitForTimeout(1500);
    await judged(page, `tab-${tab}`);
  }
  return { tabs };
});
await flow("keyboard", async () => {
  await at(page, "/");
  await page.locator("body[data-open='/']").waitFor();
  await page.locator("#pane").focus();
  await page.keyboard.press("ArrowDown");
  await page.locator("article.unit").waitFor();
  const down = await page.evaluate(() => location.pathname);
  await page.keyboard.press("n");
  const on = await page.locator(".finding.on").count();
  await page.keyboard.press("/");
  const field = await page.evaluate(() => document.activeElement.id);
  await page.keyboard.type(faulty.slice(-6));
  await page.keyboard.press("Enter");
  await page.locator("article.unit h1", { hasText: faulty }).waitFor();
  await page.locator("#pane").focus();
  await page.keyboard.press("h");
  await page.locator("body[data-open='/']").waitFor();
  // From the pane on, Tab comes to each thing in it, one after the other.
  const there = await page.locator("#pane").locator("a, button, input").evaluateAll((all) =>
    all.filter((one) => one.checkVisibility() && !one.disabled).map((one) => one.outerHTML));
  await page.locator("#pane").focus();
  const reached = new Set();
  for (let n = 0; n < there.length; n += 1) {
    await page.keyboard.press("Tab");
    reached.add(await page.evaluate(() => document.activeElement.outerHTML));
  }
  const missed = there.filter((one) => !reached.has(one));
  return { down, on, field, there: there.length, missed };
});
// What is asked for arrives late: whoever has gone on typing meanwhile goes on.
await flow("late", async () => {
  let arrive;
  const late = async (act, meanwhile) => {
    const given = new Promise((found) => { arrive = found; });
    await page.route("**/unit/*", async (route) => { await given; await route.continue(); });
    const answered = page.waitForResponse((answer) => answer.url().includes("/unit/"));
    await act();
    await meanwhile();
    arrive();
    await (await answered).finished();
    await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => setTimeout(drawn))));
    await page.unroute("**/unit/*");
  };
  await page.fill("#find", "");
  await page.locator("#pane").focus();
  await late(() => page.keyboard.press("ArrowDown"), async () => { await page.keyboard.press("/"); await page.keyboard.type(asked.slice(0, 4)); });
  await page.locator("article.unit").waitFor();
  await page.keyboard.type(asked.slice(4));
  const found = await page.inputValue("#find");
  await page.keyboard.press("Enter");
  await page.locator("article.unit h1", { hasText: asked }).waitFor();
  const reason = page.locator("form.answer [name=reason]").first();
  await late(() => pill(page, asked).click(), () => reason.fill("属实"));
  const typed = await reason.inputValue();
  await reason.fill("");
  // A field that was clicked into and holds nothing yet takes what is typed then.
  const second = page.locator("form.answer [name=reason]").nth(1);
  await late(() => pill(page, asked).click(), () => second.click());
  await page.keyboard.type("n属实");
  const into = await second.inputValue();
  await second.fill("");
  return { found, typed, into };
});
// What another window answers comes and goes, and the field in hand stays that of its question.
await flow("same", async () => {
  const codes = page.locator("form.answer [name=code]");
  await page.locator("form.answer [name=reason]").nth(1).click();
  const question = await codes.nth(1).inputValue();
  const asking = (n) => page.waitForFunction((count) => document.querySelectorAll("form.answer").length === count, n);
  const inHand = () => page.evaluate(() => document.activeElement.form?.querySelector("[name=code]").value);
  await other.goto(page.url());
  await other.locator("form.answer [name=reason]").first().fill("属实");
  await other.locator("form.answer button").first().click();
  await asking(1);
  const answered = await inHand() === question;
  await other.locator("[data-post^='/withdraw/']").click();
  await asking(2);
  const withdrawn = await inHand() === question;
  // What is typed stays while it is there; taken out again, the page is what it is by now.
  await page.locator("form.answer [name=reason]").nth(1).fill("属");
  await other.locator("form.answer [name=reason]").first().fill("属实");
  await other.locator("form.answer button").first().click();
  await other.locator("[data-post^='/withdraw/']").waitFor();
  await page.waitForFunction(() => document.querySelector(".list [aria-current]") && !document.querySelector("#progress .bar"));
  const kept = await page.locator("form.answer").count();
  await page.locator("form.answer [name=reason]").nth(1).fill("");
  await asking(1);
  await other.locator("[data-post^='/withdraw/']").click();
  await asking(2);
  await at(other, "/");
  return { answered, withdrawn, kept };
});
await flow("answer", async () => {
  await page.fill("#find", "");
  await pill(page, asked).click();
  await page.locator("article.unit h1", { hasText: asked }).waitFor();
  let answers = 0;
  while (await page.locator("form.answer [name=reason]:visible").count()) {
    if (answers > 4) throw new Error("asked again and again");
    const before = await page.locator("form.answer").count();
    await page.locator("form.answer [name=reason]").first().fill("已电话核实，属实");
    if (answers) await page.locator("form.answer button").first().click();
    else await page.keyboard.press("Enter");
    answers += 1;
    await page.waitForFunction((n) => document.querySelectorAll("form.answer").length < n, before);
    if (answers === 1) await page.locator("form.answer [name=reason]:focus").waitFor();
  }
  await page.locator(`.list li[data-name*="${asked}"][data-group=done]`).waitFor({ state: "attached" });
  return { answers, told: await page.locator(".answered").count() };
});
await flow("drop", async () => {
  await page.setInputFiles("#files", drop.map(([name, path]) => ({ name, mimeType: "", buffer: readFileSync(path) })));
  await page.locator("dialog[open] .taken li").nth(drop.length - 1).waitFor();
  const outcomes = await page.$$eval("dialog .taken li", (all) => all.map((one) => one.className));
  await judged(page, "dialog");
  await page.locator("dialog form button").click();
  await page.locator(`.list li[data-name*="${faulty}"][data-group=done]`).waitFor({ state: "attached" });
  const both = other.locator(`.list li[data-name*="${faulty}"][data-group=done]`);
  await both.waitFor({ state: "attached" });
  await page.locator(`.list li[data-group=done] a`).first().click();
  await page.locator("article.unit .pill.g-done").waitFor();
  await judged(page, "unit-done");
  return { outcomes, both: await both.count() };
});
await flow("lapse", async () => {
  await page.setInputFiles("#files", lapsing.map((path) => ({ name: "改过.xlsx", mimeType: "", buffer: readFileSync(path) })));
  await page.locator("dialog[open] .taken li").first().waitFor();
  await page.locator("dialog form button").click();
  await page.locator(`.list li[data-name*="${asked}"][data-group=ask]`).waitFor({ state: "attached" });
  await pill(page, asked).click();
  await page.locator("article.unit h1", { hasText: asked }).waitFor();
  await page.locator("form.answer").first().waitFor();
  return { asked: await page.locator("form.answer").count() };
});
await flow("beside", async () => {
  // The command line takes a form of the unit that was mended: the desk sees it and builds.
  execFileSync(beside[0], beside.slice(1), { cwd: root });
  await page.locator(`.list li[data-name*="${faulty}"][data-group=fix]`).waitFor({ state: "attached" });
  await page.waitForFunction(() => !document.querySelector("#progress .bar"), null);
  return { seen: true };
});
await flow("downloads", async () => {
  await at(page, "/");
  await page.locator("a[href='/zip/reports']").first().waitFor();
  return { reports: await saved(page, () => page.locator("a[href='/zip/reports']").first().click()) };
});
await flow("phone", async () => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.locator(".list li a").first().click();
  await page.locator("article.unit").waitFor();
  const back = await page.locator(".back").isVisible();
  await page.locator(".back").click();
  await page.locator("body[data-open='/']").waitFor();
  await page.setViewportSize({ width: 1366, height: 768 });
  return { back };
});
await flow("quit", async () => {
  await page.locator("[data-post='/quit']").click();
  await page.locator("body.gone").waitFor();
  await judged(page, "gone");
  await other.locator("body.gone").waitFor();
  return { both: true };
});
await browser.close();
const own = [empty, county, several, busy, broken].map((link) => new URL(link).origin);
const outside = asks.filter((url) => !url.startsWith("data:") && !own.includes(new URL(url).origin));
console.log(JSON.stringify({ out, seen, said, outside }));
