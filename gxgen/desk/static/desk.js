// The desk's one script. Pages are made by the server; this exchanges the pane, sends what is
// dropped, typed and clicked, follows the events, and listens to keys.
"use strict";
const $ = (selector, of = document) => of.querySelector(selector);
const $$ = (selector, of = document) => [...of.querySelectorAll(selector)];
const words = JSON.parse($("#words").textContent);
const pane = $("#pane"), dialog = $("#dialog"), picker = $("#files");
let version = Number(document.body.dataset.version), open = location.pathname + location.search;
let group = "all", gone = false, chosen = null, shown = null, turn = 0, asked = 0, drawn = 0, stale = false;

const toast = (text) => {
  const box = $("#toast");
  box.textContent = text;
  box.classList.add("on");
  clearTimeout(toast.timer);
  toast.timer = setTimeout(() => box.classList.remove("on"), 4000);
};
const away = () => {
  gone = true;
  document.body.classList.add("gone");
  for (const part of $$(".top, #units, #progress")) part.inert = true;
  const box = document.createElement("div"), title = document.createElement("h1"), told = document.createElement("p");
  box.className = "home";
  title.textContent = words.gone;
  told.textContent = words.gone_told;
  box.append(title, told);
  pane.replaceChildren(box);
  if (dialog.open) dialog.close();
};
const ask = async (address, options = {}) => {
  try {
    return await fetch(address, { ...options, headers: { "X-Part": "1", ...options.headers } });
  } catch {
    away();
    return null;
  }
};

// -- the pane --------------------------------------------------------------------------------
const show = async (address, { push = true, keep = false } = {}) => {
  // The page that was asked for last is the one that is shown, whatever arrives when; and of one
  // page never what was asked for before that which is shown.
  const mine = keep ? turn : turn += 1, number = asked += 1, from = sameAs(held()), typed = !keep && dirty();
  const answer = await ask(address);
  if (!answer) return;
  if (answer.status === 401) { location.reload(); return; }
  const text = await answer.text();
  if (mine !== turn || number < drawn || (keep && address !== open)) return;
  if (!answer.ok) { toast(said(text)); return; }
  const before = keep ? { view: chosen, top: $(".view:not([hidden])")?.scrollTop, finding: $(".finding.on")?.id, found: $(".found")?.scrollTop } : null;
  // What was typed while the answer was on its way stays, and whoever went elsewhere stays there.
  if ((keep && text === shown) || (address === open && !typed && dirty())) return;
  const elsewhere = held() !== document.body && !pane.contains(held()) && sameAs(held()) !== from;
  const focused = address === open && pane.contains(held()) ? sameAs(held()) : null;
  pane.innerHTML = shown = text;
  drawn = number;
  open = address;
  if (push) history.pushState({}, "", address);
  mark();
  if (!before) {
    chosen = null;
    pane.scrollTop = 0;
    if (!elsewhere && !refocused(focused)) pane.focus({ preventScroll: true });
    const first = $(".finding[data-finding]", pane);
    if (first) point(first.dataset.finding, { focus: false });
  } else {
    if (before.view) view(before.view);
    if ($(".view:not([hidden])")) $(".view:not([hidden])").scrollTop = before.top ?? 0;
    if ($(".found")) $(".found").scrollTop = before.found ?? 0;
    if (before.finding) $("#" + before.finding)?.classList.add("on");
    refocused(focused);
  }
};
const held = () => document.activeElement ?? document.body;
// What tells an element from all others, so that it is found again after the pane has been drawn
// anew: of several questions each has a field of the same name, but not the same question.
const sameAs = (one) => JSON.stringify([
  one.tagName, one.classList[0],
  ...["id", "href", "name", "data-post", "data-body", "data-copy", "data-show", "data-view", "data-of"].map((name) => one.getAttribute(name)),
  ...(one.form ? $$("input[type=hidden]", one.form).map((field) => field.value) : []),
]);
const refocused = (what) => {
  const same = what && $$("a, button, input, select, textarea, summary, [tabindex]", pane).find((one) => sameAs(one) === what);
  same?.focus({ preventScroll: true });
  return Boolean(same);
};
const said = (text) => { try { return JSON.parse(text).said || words.failed; } catch { return text || words.failed; } };
const mark = () => {
  const here = open.split("?")[0];
  document.body.classList.toggle("in-unit", here.startsWith("/unit/"));
  document.body.dataset.open = here;
  for (const link of $$("nav a[data-pane], .list a")) {
    if (link.getAttribute("href") === here) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
};
const dirty = () => $$("input:not([type=hidden]), textarea, select", pane).some((field) =>
  field.id !== "keys-on" && (field.type === "checkbox" ? field.checked !== field.defaultChecked
    : field.tagName === "SELECT" ? [...field.options].some((o) => o.selected !== o.defaultSelected)
    : field.value !== field.defaultValue));

// -- the list --------------------------------------------------------------------------------
const filtered = () => {
  const field = $("#find");
  const wanted = (field?.value ?? "").trim().toLowerCase();
  let seen = 0;
  for (const row of $$(".list li")) {
    const fits = (group === "all" || row.dataset.group === group) && row.dataset.name.toLowerCase().includes(wanted);
    row.hidden = !fits;
    seen += fits;
  }
  for (const button of $$("[data-filter]")) button.setAttribute("aria-pressed", String(button.dataset.filter === group));
  const none = $("#units .none");
  if (none && $(".list")) none.hidden = seen > 0;
  return seen;
};
const relist = (html) => {
  const aside = $("#units"), list = $(".list");
  const order = open.startsWith("/unit/") ? $$(".list li").map((row) => row.dataset.id) : [];
  const top = list?.scrollTop ?? 0, typed = $("#find")?.value ?? "", focused = document.activeElement;
  const was = focused?.closest?.("#units") ? (focused.id ? "#" + focused.id : focused.getAttribute("href") ? `#units a[href="${focused.getAttribute("href")}"]` : focused.dataset.filter ? `[data-filter="${focused.dataset.filter}"]` : null) : null;
  aside.innerHTML = html;
  const now = $(".list");
  if (now && order.length) {
    // While a unit is open its row does not move, even if its state changes.
    const rows = new Map($$("li", now).map((row) => [row.dataset.id, row]));
    for (const id of order) if (rows.has(id)) now.append(rows.get(id));
    for (const [id, row] of rows) if (!order.includes(id)) now.append(row);
  }
  if ($("#find")) $("#find").value = typed;
  filtered();
  mark();
  if ($(".list")) $(".list").scrollTop = top;
  if (was) $(was)?.focus();
};
const step = (by) => {
  const rows = $$(".list li").filter((row) => !row.hidden);
  const at = rows.findIndex((row) => $("a", row).getAttribute("href") === open.split("?")[0]);
  const next = rows[at < 0 ? (by > 0 ? 0 : rows.length - 1) : at + by];
  if (next) { $("a", next).scrollIntoView({ block: "nearest" }); show($("a", next).getAttribute("href")); }
};

// -- a unit ----------------------------------------------------------------------------------
const view = (name) => {
  chosen = name;
  for (const tab of $$("[role=tab]", pane)) {
    const on = tab.dataset.view === name;
    tab.setAttribute("aria-selected", String(on));
    tab.tabIndex = on ? 0 : -1;
  }
  for (const panel of $$("[role=tabpanel]", pane)) {
    panel.hidden = panel.id !== "v" + name;
    if (!panel.hidden && panel.dataset.src && !$("iframe", panel)) {
      const frame = document.createElement("iframe");
      frame.title = panel.dataset.title;
      frame.setAttribute("sandbox", "");
      frame.src = panel.dataset.src;
      panel.prepend(frame);
      toast(words.loading);
    }
  }
};
const point = (number, { focus = true } = {}) => {
  for (const one of $$(".on", pane)) one.classList.remove("on");
  const card = $("#f" + number, pane);
  card?.classList.add("on");
  const places = $$("[data-of]", pane).filter((one) => one.dataset.of.split(" ").includes(number));
  const own = places.filter((one) => one.classList.contains("at") && one.dataset.of.split(" ").includes(number));
  const first = own.find((one) => Number($(".no", one)?.textContent) === Number(number) + 1) ?? own[0] ?? places[0];
  if (first) {
    view(first.closest("[role=tabpanel]").id.slice(1));
    for (const one of places) one.classList.add("on");
    first.scrollIntoView({ block: "center", inline: "center" });
  }
  card?.scrollIntoView({ block: "nearest" });
  if (focus) card?.focus({ preventScroll: true });
};
const nextProblem = () => {
  const cards = $$(".finding[data-finding]:not(.note)", pane), at = cards.findIndex((one) => one.classList.contains("on"));
  if (cards.length && at < cards.length - 1) point(cards[at + 1].dataset.finding);
  else if ($("[data-next]", pane)) show($("[data-next]", pane).getAttribute("href"));
  else if (!open.startsWith("/unit/")) {
    const row = $$(".list li").find((one) => ["fix", "held", "ask"].includes(one.dataset.group));
    if (row) show($("a", row).getAttribute("href"));
  }
};

// -- sending ---------------------------------------------------------------------------------
const sending = new Set();
const post = async (address, body = {}) => {
  // Clicked twice it is sent once.
  const said = JSON.stringify(body), what = address + said;
  if (sending.has(what)) return null;
  sending.add(what);
  try { return await sent(address, said); } finally { sending.delete(what); }
};
const sent = async (address, body) => {
  const answer = await ask(address, { method: "POST", headers: { "Content-Type": "application/json" }, body });
  if (!answer) return null;
  if (answer.status === 401) { location.reload(); return null; }
  let found;
  try { found = await answer.json(); } catch { found = {}; }
  if (answer.ok && found.said) toast(found.said);
  if (!answer.ok && !found.fault) toast(found.said || words.failed);
  if (found.dialog) opened(found.dialog);
  if (found.go) await show(found.go);
  return { ok: answer.ok, ...found };
};
const opened = (html) => {
  $("div", dialog).innerHTML = html;
  $("#toast").classList.remove("on");
  if (!dialog.open) dialog.showModal();
  $("form button", dialog)?.focus();
};
const take = async (files) => {
  if (!files.length) return;
  toast(words.taking);
  const staged = [], refused = [];
  for (const file of files) {
    const why = await stage(file, staged);
    if (gone) return;
    if (why) refused.push(`${file.name}：${why}`);
  }
  if (staged.length) await post("/take", { files: staged });
  if (!refused.length || gone) return;
  if (!dialog.open) { toast(refused.join("\n")); return; }
  const told = document.createElement("p");
  told.className = "fault";
  told.setAttribute("role", "alert");
  told.textContent = refused.join("\n");
  $("h1", dialog).after(told);
};
// Why a file is not taken; one that nobody can read is no sign that the desk has ended.
const stage = async (file, staged) => {
  if (file.size > 20000000) return words.too_large;
  let body;
  try { body = await file.arrayBuffer(); } catch { return words.no_reading; }
  const answer = await ask("/stage?name=" + encodeURIComponent(file.name.toWellFormed?.() ?? file.name), { method: "PUT", body });
  if (!answer) return words.failed;
  if (answer.status === 401) { location.reload(); return words.failed; }
  let found;
  try { found = await answer.json(); } catch { return words.failed; }
  if (!answer.ok) return found.said || words.failed;
  staged.push(found.file);
  return "";
};
// What lies in a folder that is dropped, but for what programs keep there for themselves.
const within = async (entry) => {
  if (entry.isFile) return [await new Promise((found) => entry.file(found, () => found(new File([], entry.name))))];
  const reader = entry.createReader(), inner = [];
  for (let some = [0]; some.length;) {
    some = await new Promise((found) => reader.readEntries(found, () => found([])));
    for (const one of some) if (!/^(~\$|\.)/.test(one.name)) inner.push(...await within(one));
  }
  return inner;
};
const dropped = async (transfer) => {
  const files = [...(transfer?.files ?? [])];
  const entries = [...(transfer?.items ?? [])].map((item) => item.webkitGetAsEntry?.());
  if (!entries.some((one) => one?.isDirectory)) return files;
  return (await Promise.all(entries.filter(Boolean).map(within))).flat();
};
const copy = async (text) => {
  try { await navigator.clipboard.writeText(text); toast(words.copied); } catch { toast(words.not_copied); }
};
const entered = (form) => {
  const given = {};
  for (const field of form.elements) {
    if (!field.name) continue;
    if (field.type === "checkbox" && field.name === "formats") (given.formats ??= []).push(...(field.checked ? [field.value] : []));
    else given[field.name] = field.type === "checkbox" ? field.checked : field.value;
  }
  return given;
};

document.addEventListener("click", async (event) => {
  const target = event.target.closest("a, button, [data-of]");
  if (!target) return;
  const data = target.dataset;
  if (data.close !== undefined && dialog.open) dialog.close();
  if (target.matches("a[data-pane]") && !event.ctrlKey && !event.metaKey && !event.shiftKey) { event.preventDefault(); show(target.getAttribute("href")); }
  else if (target.getAttribute("aria-disabled") === "true") event.preventDefault();
  else if (data.choose !== undefined) picker.click();
  else if (data.filter) { group = data.filter; toast(words.found.replace("{}", filtered())); }
  else if (data.copy) { const answer = await ask(data.copy); if (answer) { const text = await answer.text(); answer.ok ? copy(text) : toast(said(text)); } }
  else if (data.copyText !== undefined) copy($(".pre", target.closest("section, .finding, div")).textContent);
  else if (data.post) { if (!data.ask || confirm(data.ask)) { await post(data.post, data.body ? JSON.parse(data.body) : {}); if (data.post === "/quit") away(); } }
  else if (data.view) view(data.view);
  else if (data.show) point(data.show);
  else if (data.all !== undefined) { for (const row of $$("[hidden]", target.closest("ul"))) row.hidden = false; target.closest("li").remove(); }
  else if (data.of && !target.matches("a, button")) point(data.of.split(" ")[0], { focus: false });
});
document.addEventListener("submit", async (event) => {
  const form = event.target, address = form.dataset.form;
  if (!address) return;
  event.preventDefault();
  const fault = $(".fault", form), found = await post(address, entered(form));
  if (found && fault) { fault.textContent = found.fault ?? ""; if (found.fault) fault.scrollIntoView({ block: "nearest" }); }
  if (found?.ok && !found.go) {
    const typing = form.contains(held()) && held().matches("input");
    form.reset();
    await show(open, { push: false, keep: true });
    // Whoever ended a reason with Enter goes on with the next question.
    if (typing && held() === document.body) $("form.answer [name=reason]", pane)?.focus();
  }
});
picker.addEventListener("change", async () => { const files = [...picker.files]; picker.value = ""; await take(files); });
document.addEventListener("input", (event) => {
  if (event.target.id === "find") filtered();
  // What was new while something was typed is shown once nothing is.
  else if (stale && !dirty()) { stale = false; show(open, { push: false, keep: true }); }
});
addEventListener("popstate", () => show(location.pathname + location.search, { push: false }));

// The whole window takes what is dropped.
let over = 0;
addEventListener("dragenter", (event) => { if (event.dataTransfer?.types.includes("Files")) { over += 1; document.body.classList.add("over"); } });
addEventListener("dragleave", () => { over = Math.max(over - 1, 0); if (!over) document.body.classList.remove("over"); });
addEventListener("dragover", (event) => event.preventDefault());
addEventListener("drop", (event) => { event.preventDefault(); over = 0; document.body.classList.remove("over"); dropped(event.dataTransfer).then(take); });

// -- keys ------------------------------------------------------------------------------------
const keysOn = () => { try { return localStorage.getItem("keys") !== "off"; } catch { return true; } };
document.addEventListener("change", (event) => {
  if (event.target.id === "keys-on") { try { localStorage.setItem("keys", event.target.checked ? "on" : "off"); } catch { /* not kept */ } }
});
document.addEventListener("keydown", (event) => {
  const field = event.target.matches("input, textarea, select");
  if (event.target.id === "find" && event.key === "Enter") { const row = $$(".list li").find((one) => !one.hidden); if (row) show($("a", row).getAttribute("href")); return; }
  if (event.target.id === "find" && event.key === "Escape") { event.target.value = ""; filtered(); event.target.blur(); return; }
  if (event.target.matches("[role=tab]") && ["ArrowLeft", "ArrowRight", "Home", "End"].includes(event.key)) {
    const tabs = $$("[role=tab]", pane), at = tabs.indexOf(event.target);
    const to = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: tabs.length - 1 }[event.key];
    const next = tabs[(to + tabs.length) % tabs.length];
    view(next.dataset.view); next.focus(); event.preventDefault(); return;
  }
  if (field || dialog.open || event.ctrlKey || event.metaKey || event.altKey || !keysOn()) return;
  const inView = event.target.closest?.(".view, .scroll");
  if ((event.key === "ArrowDown" || event.key === "ArrowUp") && !inView) step(event.key === "ArrowDown" ? 1 : -1);
  else if (event.key === "/") $("#find")?.focus();
  else if (event.key.toLowerCase() === "n") nextProblem();
  else if (event.key.toLowerCase() === "h") show("/");
  else return;
  event.preventDefault();
});

// -- what is new -----------------------------------------------------------------------------
let source = null, working = false, again = false, listed = 0;
const follow = async (told) => {
  if (told.quit) { source?.close(); away(); return; }
  if (told.version === version) return;
  if (working) { again = told; return; }
  working = true;
  try { await followed(told); } finally { working = false; }
  if (again) { const next = again; again = false; follow(next); }
};
const followed = async (told) => {
  version = told.version;
  const whole = !told.job || Date.now() - listed > 2000;
  const answer = await ask("/frame" + (whole ? "?units=1" : ""));
  if (answer?.ok) {
    const now = await answer.json();
    for (const part of ["head", "progress"]) if ($("#" + part).innerHTML !== now[part]) $("#" + part).innerHTML = now[part];
    if (now.units !== undefined) { listed = Date.now(); relist(now.units); }
    mark();
  }
  if (told.job || open.split("?")[0] === "/settings") return;
  stale = dirty();
  if (!stale) await show(open, { push: false, keep: true });
};
const listen = () => {
  if (document.hidden || gone) { source?.close(); source = null; return; }
  if (source && source.readyState !== EventSource.CLOSED) return;
  source = new EventSource("/events");
  source.onmessage = (event) => follow(JSON.parse(event.data));
  source.onerror = () => setTimeout(async () => {
    if (source?.readyState === EventSource.CLOSED) { source = null; listen(); }
    else if (source) { try { await fetch("/frame"); } catch { away(); } }
  }, 1500);
};
document.addEventListener("visibilitychange", listen);
if ($("#keys-on")) $("#keys-on").checked = keysOn();
mark();
const first = $(".finding[data-finding]", pane);
if (first) point(first.dataset.finding, { focus: false });
listen();
