
"use strict";
(() => {
  const details = [...document.querySelectorAll("details")];
  const reveal = () => {
    const target = location.hash && document.getElementById(location.hash.slice(1));
    const home = target && target.closest("details");
    if (home) {
      home.open = true;
      home.firstElementChild.focus({ preventScroll: true });
      home.scrollIntoView();
    }
  };
  window.addEventListener("hashchange", reveal);
  document.addEventListener("click", (event) => {
    const link = event.target.closest && event.target.closest("a[href^='#f']");
    if (link && link.hash === location.hash) reveal();
  });
  reveal();

  let closed = [];
  window.addEventListener("beforeprint", () => {
    closed = details.filter((one) => !one.open);
    closed.forEach((one) => { one.open = true; });
  });
  window.addEventListener("afterprint", () => closed.forEach((one) => { one.open = false; }));

  const list = document.getElementById("list");
  if (!list) return;
  const body = list.tBodies[0];
  const rows = [...body.rows];
  const heads = [...list.tHead.querySelectorAll("th[data-c]")];
  const query = document.getElementById("q");
  const state = document.getElementById("s");
  const told = document.getElementById("told");
  const words = new Intl.Collator("zh-CN", { numeric: true });
  let order = "";

  const fold = (text) => text.normalize("NFKC").toLowerCase().replace(/\s+/g, "");
  const names = new Map(rows.map((row) => [row, fold(row.querySelector("th").textContent)]));

  const content = (row, column) => {
    const cell = row.cells[column];
    return cell.dataset.v || (cell.firstChild ? cell.firstChild.textContent : "");
  };
  const compare = (column, numeric, sign) => (one, other) => {
    const [a, b] = [content(one, column), content(other, column)];
    if (!numeric) return sign * words.compare(a, b);
    const [x, y] = [parseFloat(a), parseFloat(b)];
    if (isNaN(x) || isNaN(y)) return isNaN(x) - isNaN(y);
    return sign * (x - y);
  };

  const tell = () => {
    const shown = rows.filter((row) => !row.hidden).length;
    const count = shown ? `显示 ${shown} 个，共 ${rows.length} 个单位` : "没有符合条件的单位";
    told.textContent = count + order + "。";
  };
  const filter = () => {
    const wanted = fold(query.value);
    rows.forEach((row) => {
      const named = names.get(row).includes(wanted);
      row.hidden = !named || (state.value !== "" && row.dataset.s !== state.value);
    });
    tell();
  };
  const sort = (head) => {
    const down = head.getAttribute("aria-sort") === "ascending";
    heads.forEach((one) => one.removeAttribute("aria-sort"));
    head.setAttribute("aria-sort", down ? "descending" : "ascending");
    const column = Number(head.dataset.c);
    rows.sort(compare(0, true, 1)).sort(compare(column, head.dataset.t === "n", down ? -1 : 1));
    body.append(...rows);
    order = `，按“${head.textContent}”${down ? "从大到小" : "从小到大"}排列`;
    tell();
  };

  heads.forEach((head) => {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => sort(head));
  });
  query.addEventListener("input", filter);
  state.addEventListener("change", filter);
  document.getElementById("controls").hidden = false;
  filter();
})();
