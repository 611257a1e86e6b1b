"use strict";
// Pages that follow what is entered elsewhere: as soon as the folder is another, the pages are asked for anew. Those on which the same
// is seen stay as they are; the others are marked, and the first of them comes into sight. Without this script the page is loaded anew.
const preview = document.getElementById("preview");
if (preview) {
  const said = document.getElementById("changes");
  const pages = (root) => [...root.querySelectorAll(".paper > li")];
  const renew = async () => {
    const answer = await fetch(location.href);
    if (!answer.ok) return;
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("preview");
    if (!fresh) return;
    const there = new Map(pages(preview).map((page) => [page.dataset.look, page]));
    const changed = [];
    pages(fresh).forEach((page, index) => {
      const old = there.get(page.dataset.look);
      if (old) {
        old.classList.remove("fresh");
        old.querySelector("span").textContent = page.querySelector("span").textContent;
        old.querySelector("img").alt = page.querySelector("img").alt;
        page.replaceWith(old);
        there.delete(page.dataset.look);
      } else {
        page.classList.add("fresh");
        changed.push(index + 1);
      }
    });
    preview.dataset.digest = fresh.dataset.digest;
    preview.replaceChildren(...fresh.childNodes);
    said.textContent = changed.length === 0 ? "页面没有变" : `变了的页：${changed.join("、")}`;
    // The cover of a draft lists what is lacking, and changes with every answer.
    const [first, next] = preview.querySelectorAll(".fresh");
    const seen = changed[0] === 1 && next ? next : first;
    if (seen) seen.scrollIntoView({ block: "nearest" });
  };
  const ask = async () => {
    try {
      if (!document.hidden) {
        const answer = await fetch(preview.dataset.state);
        if (answer.ok && (await answer.text()) !== preview.dataset.digest) await renew();
      }
    } catch {
      // The program may have been ended; the next time tells.
    }
    setTimeout(ask, 250);
  };
  ask();
}
