"use strict";
// A table judged while it is typed: what is wrong in which cell at once, what hangs on it in the whole folder a little later. Both are
// asked of the program, by what reads the saved table; nothing is judged here. The focus stays where it is. Without this script the
// table is judged when it is saved.
const typed = document.getElementById("grid");
if (typed && typed.dataset.address) {
  const REST = 150;
  const LONGER = 600;
  const form = typed.closest("form");
  const status = document.getElementById("judged");
  const others = document.getElementById("others");
  const beside = document.getElementById("weighed");
  const rows = () => [...typed.tBodies[0].rows].filter((row) => row.querySelector("input"));
  const inputs = (row) => [...row.querySelectorAll("input")];
  const heads = () => [...typed.tHead.rows[0].cells].filter((cell) => !cell.classList.contains("then")).slice(1);
  const words = (column) => heads()[column].firstChild.textContent.trim();
  const element = (name, text, kind) => {
    const one = document.createElement(name);
    one.textContent = text;
    if (kind) one.className = kind;
    return one;
  };
  // One question at a time of each kind: a newer one calls the older off.
  const asking = {};
  const ask = async (what, more) => {
    if (asking[what]) asking[what].abort();
    const own = new AbortController();
    asking[what] = own;
    const fields = new URLSearchParams();
    for (const field of form.querySelectorAll("input[name=csrf], input[name=file], input[name=version], input[name=c]")) fields.append(field.name, field.value);
    for (const [name, value] of Object.entries(more || {})) fields.append(name, value);
    const answer = await fetch(`${typed.dataset.address}/${what}`, { method: "POST", body: fields, signal: own.signal });
    if (!answer.ok) throw new Error(String(answer.status));
    return answer;
  };
  const say = (text) => {
    if (status.textContent !== text) status.textContent = text;
  };
  const failed = (fault) => {
    if (fault.name === "AbortError") return false;
    return fault.message === "409" ? "这张表在别处改过或移走了；保存时会把两边不一样的地方列出来。" : "没有判断成：程序可能已经退出。";
  };
  const mark = (found) => {
    const all = rows();
    const by = new Map();
    for (const one of found) by.set(one.row, [...(by.get(one.row) || []), one]);
    all.forEach((row, number) => {
      const wrong = by.get(number) || [];
      const id = `wrong-${number + 1}`;
      const told = document.getElementById(id);
      const lines = wrong.map((one) => [one.column === null ? one.message : `${words(one.column)}：${one.message}`, one.is_error ? "error" : "warning"]);
      inputs(row).forEach((input, column) => {
        const bad = wrong.some((one) => one.column === column && one.is_error);
        if (bad) input.setAttribute("aria-invalid", "true");
        else input.removeAttribute("aria-invalid");
        if (wrong.length > 0) input.setAttribute("aria-describedby", id);
        else input.removeAttribute("aria-describedby");
      });
      const before = told ? [...told.querySelectorAll("p")].map((p) => p.textContent).join("\n") : "";
      if (before === lines.map(([text]) => text).join("\n")) return;
      if (told) told.remove();
      if (lines.length === 0) return;
      const below = element("tr", "", "wrong");
      below.id = id;
      const cell = document.createElement("td");
      cell.colSpan = typed.tHead.rows[0].cells.length - 1;
      cell.append(...lines.map(([text, kind]) => element("p", text, kind)));
      below.append(document.createElement("td"), cell);
      row.after(below);
    });
  };
  // Of a row in which something is wrong nobody knows what stands beside it: there it stays.
  const remember = (known, wrong) => {
    const by = new Map(known.map((one) => [`${one.row} ${one.column}`, one]));
    rows().forEach((row, number) => {
      if (wrong.some((one) => one.row === number)) return;
      for (const then of row.querySelectorAll(".then")) {
        const one = by.get(`${number} ${then.dataset.column}`);
        if (one) then.replaceChildren(element("span", one.value), " ", element("small", one.says));
        else then.replaceChildren();
      }
    });
  };
  const judge = async () => {
    const began = performance.now();
    try {
      const answer = await (await ask("judged")).json();
      mark(answer.marks);
      if (answer.then) remember(answer.then, answer.marks);
      others.replaceChildren(...answer.others.map((text) => element("li", text, "error")));
      const wrong = answer.marks.length + answer.others.length;
      say(wrong === 0 ? "每一格都读得懂。" : `有 ${wrong} 处要看：${answer.marks.slice(0, 1).map((one) => `第${one.row + 1}行`).join("")}${answer.others.length === wrong ? "整张表" : ""}`);
      typed.dataset.took = String(Math.round(performance.now() - began));
    } catch (fault) {
      const text = failed(fault);
      if (text) say(text);
    }
  };
  const weigh = async () => {
    const input = document.activeElement;
    const row = input && input.closest ? input.closest("#grid tr") : null;
    const at = row && input.tagName === "INPUT" ? { row: rows().indexOf(row), column: inputs(row).indexOf(input) } : {};
    beside.setAttribute("aria-busy", "true");
    try {
      const answer = await (await ask("weighed", at)).text();
      beside.replaceChildren(...new DOMParser().parseFromString(answer, "text/html").body.childNodes);
      beside.removeAttribute("aria-busy");
    } catch (fault) {
      // A newer question has taken its place, in this window or in another one: what stands there is of before.
      if (failed(fault)) beside.removeAttribute("aria-busy");
    }
  };
  let soon;
  let later;
  const rest = () => {
    clearTimeout(later);
    later = setTimeout(weigh, LONGER);
  };
  const changed = () => {
    clearTimeout(soon);
    soon = setTimeout(judge, REST);
    rest();
  };
  typed.addEventListener("input", changed);
  typed.addEventListener("typed", changed);
  typed.addEventListener("focusin", rest);
}
