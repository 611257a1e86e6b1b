"use strict";
for (const form of document.querySelectorAll(".filter")) {
  const cards = [...form.parentElement.querySelectorAll(".finding")];
  const said = form.querySelector("output");
  const apply = () => {
    const severities = new Set([...form.elements].filter((e) => e.name === "severity" && e.checked).map((e) => e.value));
    const code = form.elements.code.value;
    const words = form.elements.words.value.trim().toLowerCase().split(/\s+/).filter(Boolean);
    let left = 0;
    for (const card of cards) {
      const text = card.textContent.toLowerCase();
      const fits = severities.has(card.dataset.severity) && (!code || card.dataset.code === code) && words.every((w) => text.includes(w));
      card.hidden = !fits;
      left += fits ? 1 : 0;
    }
    said.textContent = left === cards.length ? `共 ${left} 条` : `${cards.length} 条中的 ${left} 条`;
  };
  form.addEventListener("input", apply);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.hidden = false;
  apply();
}

const panel = document.getElementById("panel");
let opener = null;
const close = () => {
  panel.hidden = true;
  if (opener) {
    opener.classList.remove("now");
    opener.focus({ preventScroll: true });
  }
  opener = null;
};
const open = (mark) => {
  const item = document.getElementById(mark.hash.slice(1));
  if (!item) return false;
  if (opener) opener.classList.remove("now");
  opener = mark;
  mark.classList.add("now");
  panel.replaceChildren();
  const add = (name, into, text) => {
    const element = document.createElement(name);
    if (text) element.textContent = text;
    into.append(element);
    return element;
  };
  const button = add("button", panel, "×");
  button.setAttribute("aria-label", "关闭");
  button.addEventListener("click", close);
  const head = add("h2", panel, item.querySelector(".v").textContent + " ");
  head.append(item.querySelector(".s").cloneNode(true));
  add("p", panel, item.querySelector(".w").textContent);
  const links = [...item.querySelectorAll(".r a")];
  if (links.length === 0) add("p", panel, "没有关系用到这个数。");
  const list = add("ul", panel);
  const order = "buhn";
  const relations = links.map((link) => document.getElementById(link.hash.slice(1))).filter(Boolean);
  relations.sort((a, b) => order.indexOf(a.dataset.s) - order.indexOf(b.dataset.s));
  const word = { b: "不成立", u: "无法识别", h: "成立", n: "不适用" };
  for (const relation of relations) {
    const line = add("li", list);
    add("span", line, word[relation.dataset.s]).className = `s ${relation.dataset.s}`;
    line.append(" ", ...[...relation.childNodes].map((node) => node.cloneNode(true)));
  }
  panel.hidden = false;
  panel.scrollTop = 0;
  panel.focus({ preventScroll: true });
  return true;
};
document.addEventListener("click", (event) => {
  const mark = event.target.closest("a.m");
  if (mark && open(mark)) event.preventDefault();
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && !panel.hidden) close();
  const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
  const mark = event.target.closest ? event.target.closest("a.m") : null;
  if (!step || !mark) return;
  const marks = [...mark.closest(".page, .text").querySelectorAll("a.m")];
  const next = marks[marks.indexOf(mark) + step];
  if (next) {
    next.focus();
    event.preventDefault();
  }
});
