// Drops onto an open desk what people drop, and prints as JSON what they are told.
// node desk_drops.mjs CHROMIUM LINK FOLDER: its files 表.xlsx and 大.xlsx, its folder 一包
import { unlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { chromium } from "playwright-core";

const [executablePath, link, folder] = process.argv.slice(2);
const browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu"] });
const page = await browser.newPage({ viewport: { width: 1366, height: 768 } });
const errors = [], posts = [];
page.on("pageerror", (error) => errors.push(String(error)));
page.on("request", (request) => { if (request.method() === "POST") posts.push(new URL(request.url()).pathname); });
await page.goto(link);
await page.locator(".list li").first().waitFor({ timeout: 60000 });
const mouse = await page.context().newCDPSession(page);
const drop = async (names, between = () => {}) => {
  const data = { items: [], files: names.map((name) => join(folder, name)), dragOperationsMask: 1 };
  for (const type of ["dragEnter", "dragOver"]) await mouse.send("Input.dispatchDragEvent", { type, x: 700, y: 400, data });
  between();
  await mouse.send("Input.dispatchDragEvent", { type: "drop", x: 700, y: 400, data });
};
const told = async (count) => {
  await page.locator("dialog[open] .taken li").nth(count - 1).waitFor({ timeout: 90000 });
  await page.waitForTimeout(200);
  const found = await page.evaluate(() => ({
    gone: document.body.classList.contains("gone"),
    fault: document.querySelector("dialog .fault")?.textContent ?? "",
    files: [...document.querySelectorAll("dialog .taken li")].map((one) => [one.className, one.textContent]),
  }));
  await page.locator("dialog form button").click();
  await page.waitForFunction(() => !document.querySelector("dialog[open]"));
  return found;
};

const odd = "\u202exslx.\u200b🙂\"'.xlsx";
for (const name of [odd, "拿走了的.xlsx"]) writeFileSync(join(folder, name), "x");
await drop(["表.xlsx", "大.xlsx", "拿走了的.xlsx", odd], () => unlinkSync(join(folder, "拿走了的.xlsx")));
const mixed = await told(2);
await drop(["一包"]);
const packed = await told(200);
posts.length = 0;
await page.locator("nav a[href='/rollup']").click();
await page.locator("body[data-open='/rollup']").waitFor();
await page.evaluate(() => { const button = document.querySelector("#pane [data-post='/build']"); button.click(); button.click(); });
await page.waitForTimeout(500);
await browser.close();
console.log(JSON.stringify({ mixed, packed: { ...packed, files: packed.files.length }, posts, errors }));
