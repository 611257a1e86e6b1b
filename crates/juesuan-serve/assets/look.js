"use strict";
// A form with `data-live` asks while somebody types, and puts the part of the answer with that id in its place. Without this script the
// same form is sent with its button.
for (const form of document.querySelectorAll("form[data-live]")) {
  let latest = 0;
  let waiting;
  const ask = async () => {
    latest += 1;
    const own = latest;
    const address = `${form.getAttribute("action")}?${new URLSearchParams(new FormData(form))}`;
    try {
      const answer = await fetch(address);
      if (!answer.ok || own !== latest) return;
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const found = page.getElementById(form.dataset.live);
      if (own === latest && found) document.getElementById(form.dataset.live).replaceChildren(...found.childNodes);
    } catch {
      // The button still works.
    }
  };
  form.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(ask, 150);
  });
}
