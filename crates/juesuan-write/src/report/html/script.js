"use strict";
// What the page says of itself stands in the attributes of its elements; {几} and {共} are filled in here.
const filled = (text, n, m) => text.replace("{几}", n).replace("{共}", m);

for (const form of document.querySelectorAll(".filter")) {
  const cards = [...form.parentElement.querySelectorAll(".finding:not(.answered)")];
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
    said.textContent = filled(left === cards.length ? said.dataset.all : said.dataset.some, left, cards.length);
  };
  form.addEventListener("input", apply);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.hidden = false;
  apply();
}

// The panel: a figure with its relations.
const panel = document.getElementById("panel");
let opener = null;
// The figures of a relation that are listed with their places.
const OTHERS = 12;
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
  button.type = "button";
  button.setAttribute("aria-label", panel.dataset.close);
  button.addEventListener("click", close);
  const head = add("h2", panel, item.querySelector(".v").textContent + " ");
  head.append(item.querySelector(".s").cloneNode(true));
  add("p", panel, item.querySelector(".w").textContent);
  const links = [...item.querySelectorAll(".r a")];
  if (links.length === 0) add("p", panel, panel.dataset.alone);
  const list = add("ul", panel);
  const order = "buhn";
  const relations = links.map((link) => document.getElementById(link.hash.slice(1))).filter(Boolean);
  relations.sort((a, b) => order.indexOf(a.dataset.s) - order.indexOf(b.dataset.s));
  for (const relation of relations) {
    const line = add("li", list);
    const verdict = relation.closest("details").querySelector("summary .s");
    line.append(verdict.cloneNode(true), " ", ...[...relation.childNodes].map((node) => node.cloneNode(true)));
    const others = [...document.querySelectorAll(`.figures .r a[href="#${relation.id}"]`)].map((link) => link.closest("li")).filter((other) => other !== item);
    const places = others.length ? add("ul", line) : null;
    for (const other of others.slice(0, OTHERS)) {
      const place = add("li", places);
      place.append(other.querySelector(".v").cloneNode(true), " ", other.querySelector(".w").textContent);
    }
    if (others.length > OTHERS) add("li", places, "……");
  }
  panel.hidden = false;
  panel.scrollTop = 0;
  panel.focus({ preventScroll: true });
  return true;
};

// The chosen finding: all its places boxed, and lines from the first of them to the others.
const bar = document.getElementById("chosen");
const said = document.getElementById("said");
let chosen = null;
const lines = document.getElementById("lines");
const isWide = () => matchMedia("(min-width: 64rem)").matches;
const targetOf = (link) => document.getElementById(link.getAttribute("href").slice(1));
const placeOf = (id) => Number(id.slice(id.lastIndexOf("p") + 1));
const tagsOf = (card) => [...document.querySelectorAll(`.tag[href="#${card.id}"]`)].sort((a, b) => placeOf(a.id) - placeOf(b.id));
// In a text the tag stands behind its figure.
const boxOf = (tag) => {
  let before = tag.previousSibling;
  while (before instanceof Element && before.matches(".tag")) before = before.previousSibling;
  return tag.closest(".box") || (before instanceof Element && before.matches("a.m") ? before : tag);
};
const cardsInSight = () => [...document.querySelectorAll(".finding")].filter((card) => !card.hidden && !card.closest("details:not([open])"));

const leave = () => {
  if (!chosen) return;
  for (const element of [chosen.card, ...chosen.boxes]) element.classList.remove("chosen");
  chosen.card.removeAttribute("aria-current");
  chosen = null;
  bar.hidden = true;
  said.textContent = "";
  draw();
};
const choose = (card, near) => {
  leave();
  const around = card.closest("details");
  if (around) around.open = true;
  const tags = tagsOf(card);
  chosen = { card, tags, boxes: [...new Set(tags.map(boxOf))], at: Math.max(tags.indexOf(near), 0) };
  for (const element of [card, ...chosen.boxes]) element.classList.add("chosen");
  card.setAttribute("aria-current", "true");
  const cards = cardsInSight();
  said.textContent = filled(said.dataset.at, cards.indexOf(card) + 1, cards.length);
  bar.querySelector("span").textContent = said.textContent;
  bar.querySelector("[name=place]").disabled = tags.length === 0;
  bar.hidden = false;
  const bring = () => near && boxOf(near).scrollIntoView({ block: "center", inline: "nearest" });
  Object.assign(chosen, { bring, since: performance.now() });
  bring();
  if (isWide()) {
    // The list scrolls by itself; what it moves of the page is put right.
    card.scrollIntoView({ block: "nearest" });
    bring();
  }
  draw();
};
// The finding so many further on, with its page or its card near.
const step = (by, toPlace) => {
  const cards = cardsInSight();
  const from = cards.indexOf(chosen ? chosen.card : document.activeElement.closest(".finding"));
  const card = cards[from < 0 ? (by > 0 ? 0 : cards.length - 1) : Math.min(Math.max(from + by, 0), cards.length - 1)];
  if (!card) return;
  choose(card, toPlace ? tagsOf(card)[0] : null);
  if (!toPlace || !chosen.tags.length) card.scrollIntoView({ block: "nearest" });
  return card;
};

// Lines lie over the pages of the document whose finding it is.
const draw = () => {
  lines.replaceChildren();
  const paper = chosen && chosen.boxes.length > 1 && chosen.card.closest(".document").querySelector(".paper");
  if (!paper) return;
  const origin = paper.getBoundingClientRect();
  const places = chosen.boxes.map((box) => {
    const own = box.getBoundingClientRect();
    const around = (box.closest(".scroll") || paper).getBoundingClientRect();
    const within = (x) => Math.min(Math.max(x, around.left), around.right) - origin.left;
    const place = { left: within(own.left), right: within(own.right), top: own.top - origin.top, bottom: own.bottom - origin.top };
    return { ...place, x: (place.left + place.right) / 2, y: (place.top + place.bottom) / 2 };
  });
  lines.setAttribute("class", chosen.card.dataset.severity);
  // Where the straight way from one middle to the other leaves a box.
  const edge = (from, to) => {
    const [dx, dy] = [to.x - from.x, to.y - from.y];
    const share = Math.min((from.right - from.left) / 2 / Math.abs(dx), (from.bottom - from.top) / 2 / Math.abs(dy), 0.5);
    return [from.x + dx * share, from.y + dy * share].map(Math.round);
  };
  const [first, ...others] = places;
  others.forEach((other, number) => {
    let way;
    if (Math.abs(first.y - other.y) < 4) {
      // On one line: below the words.
      const below = Math.round(Math.max(first.bottom, other.bottom)) + 7;
      way = `M${Math.round(first.x)},${Math.round(first.bottom)}V${below}H${Math.round(other.x)}V${Math.round(other.bottom)}`;
    } else if (Math.abs(first.y - other.y) < innerHeight * 0.4) {
      way = `M${edge(first, other)}L${edge(other, first)}`;
    } else {
      // Far apart: below the words out to the edge of the paper, and along it.
      const side = Math.round(origin.width) - 4 - (number % 4) * 5;
      way = `M${Math.round(first.right)},${Math.round(first.bottom)}H${side}V${Math.round(other.bottom)}H${Math.round(other.right)}`;
    }
    for (const kind of ["around", "line"]) {
      const path = document.createElementNS(lines.namespaceURI, "path");
      path.setAttribute("class", kind);
      path.setAttribute("d", way);
      lines.append(path);
    }
  });
  paper.append(lines);
};
let due = 0;
const redraw = () => {
  cancelAnimationFrame(due);
  due = requestAnimationFrame(draw);
};
addEventListener("resize", redraw);
document.addEventListener("scroll", (event) => {
  if (event.target instanceof Element && event.target.matches(".scroll")) redraw();
}, true);
// Pages that are laid out only now push away what was just chosen: it is brought back, unless somebody has scrolled.
const SETTLING_MS = 5000;
const watcher = new ResizeObserver(() => {
  if (chosen && performance.now() - chosen.since < SETTLING_MS) chosen.bring();
  redraw();
});
for (const kind of ["wheel", "touchmove", "keydown"]) {
  addEventListener(kind, () => { if (chosen) chosen.since = -SETTLING_MS; }, { capture: true, passive: true });
}
for (const paper of document.querySelectorAll(".paper")) watcher.observe(paper);

const goTo = (tag) => {
  choose(targetOf(tag), tag);
  tag.focus({ preventScroll: true });
};
const goBack = (card) => {
  choose(card);
  card.scrollIntoView({ block: "nearest" });
  card.focus({ preventScroll: true });
};
bar.addEventListener("click", (event) => {
  const { card, tags, at } = chosen;
  switch (event.target.name) {
    case "previous": return void step(-1, true);
    case "next": return void step(1, true);
    case "place": return choose(card, tags[(at + 1) % tags.length]);
    case "card": return goBack(card);
    case "leave": card.focus({ preventScroll: true }); return leave();
  }
});

const ACTIVE = "a, button, input, select, textarea, label, summary, form, [contenteditable]";
document.addEventListener("click", (event) => {
  if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  const link = event.target.closest("a");
  const card = event.target.closest(".finding");
  if (link && link.matches(".m")) {
    if (open(link)) event.preventDefault();
  } else if (link && link.matches(".finding a.to")) {
    goTo(targetOf(link));
    event.preventDefault();
  } else if (link && link.matches("a.tag")) {
    goBack(targetOf(link));
    event.preventDefault();
  } else if (card && isWide() && !event.target.closest(ACTIVE) && getSelection().isCollapsed) {
    choose(card, tagsOf(card)[0]);
  }
});

// Single keys can be switched off: they are in the way of who speaks to the computer.
const switches = [...document.querySelectorAll("input[name=keys]")];
for (const one of switches) {
  one.addEventListener("change", () => switches.forEach((other) => { other.checked = one.checked; }));
}
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || !(event.target instanceof Element)) return;
  const isTyping = event.target.matches("input:not([type=checkbox], [type=radio]), select, textarea, [contenteditable], [contenteditable] *");
  if (event.key === "Escape") {
    if (!panel.hidden) return close();
    if (!chosen) return;
    const { card } = chosen;
    leave();
    if (!isTyping) card.focus({ preventScroll: true });
  } else if (event.key === "Enter" && event.target.matches(".finding")) {
    choose(event.target, tagsOf(event.target)[0]);
    event.preventDefault();
  } else if ((event.key === "j" || event.key === "k") && !isTyping && switches.some((one) => one.checked)) {
    const card = step(event.key === "j" ? 1 : -1, isWide());
    if (card) card.focus({ preventScroll: true });
  } else {
    arrow(event);
  }
});
// The arrow keys go from mark to mark.
const arrow = (event) => {
  const by = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
  const mark = event.target.closest("a.m, a.tag");
  const around = mark && mark.closest(".sheet, .text");
  if (!by || !around) return;
  const marks = [...around.querySelectorAll("a.m, a.tag")];
  const next = marks[marks.indexOf(mark) + by];
  if (next) {
    next.focus();
    event.preventDefault();
  }
};
// Who comes by an address that names a finding or one of its places has it before him.
const arrive = () => {
  const target = document.getElementById(location.hash.slice(1));
  if (target && target.matches(".finding")) choose(target);
  if (target && target.matches("a.tag")) choose(targetOf(target), target);
};
addEventListener("hashchange", arrive);
arrive();
