"use strict";
// What would be read with the columns as they are chosen appears while somebody chooses: the same form is sent with `do=look`, which
// saves nothing. Without this script its button does the same.
const main = document.getElementById("main");
let latest = 0;
const shown = async (form, chosen) => {
  latest += 1;
  const own = latest;
  const fields = new URLSearchParams(new FormData(form));
  if (!fields.get("kind")) return;
  fields.set("do", "look");
  try {
    const answer = await fetch(form.action, { method: "POST", body: fields });
    if (!answer.ok || own !== latest) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const found = page.getElementById(form.id);
    if (own !== latest || !found) return;
    if ("whole" in chosen.dataset) {
      // Other columns stand there now, or may be other things.
      form.replaceChildren(...found.childNodes);
      const again = document.getElementById(chosen.id);
      if (again) again.focus();
    } else form.querySelector(".read").replaceChildren(...found.querySelector(".read").childNodes);
    document.getElementById("problems").replaceChildren(...page.getElementById("problems").childNodes);
    form.classList.add("changed");
    form.querySelector(".unsaved").hidden = false;
  } catch {
    // The button still works.
  }
};
main.addEventListener("change", (event) => {
  const form = event.target.closest("form.assign");
  if (form) shown(form, event.target);
});
