// Takes the manual's pictures of a desk that is open.
// node desk_pictures.mjs CHROMIUM LINK FOLDER FILES…
import { chromium } from "playwright-core";

const [executablePath, link, folder, ...files] = process.argv.slice(2);
const browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu"] });
const page = await browser.newPage({ viewport: { width: 1366, height: 768 } });
const settled = () => page.waitForFunction(
  () => !document.querySelector("#progress .bar") && document.querySelectorAll(".list li").length
    && !document.querySelector(".list li[data-group=due]"), null, { timeout: 120000 });
const shot = async (name) => {
  await page.waitForFunction(() => !document.querySelector("#toast.on"));
  await page.screenshot({ path: `${folder}/desk-${name}.png` });
};
await page.goto(link);
await settled();
await shot("home");
await page.setInputFiles("#files", files);
await page.waitForSelector("dialog[open]");
await shot("taken");
await page.click("dialog form button");
await settled();
const rows = page.locator(".list li[data-group=fix] a");
for (let at = 0; at < await rows.count(); at += 1) {
  await rows.nth(at).click();
  await page.waitForSelector(".finding");
  if (await page.locator(".view:not([hidden]) td.at").count()) break;
}
await shot("unit");
await browser.close();
