"use strict";
// Files that are dropped anywhere are sent as the form would send them; progress is asked for while a job is at work. Without this
// script the same pages work: files are chosen, and the page of a job loads itself anew.
//
// The program answers as soon as there is news of the job, or after a second.
const watch = (progress, isNew) => {
  const isOpen = () => progress.querySelector("[data-open]") !== null;
  const arrive = () => {
    const one = progress.querySelector("[data-only]");
    if (one) location.replace(one.dataset.only);
  };
  const ask = async () => {
    try {
      const answer = await fetch(`${progress.dataset.address}?news`);
      // Who is let in no more sees that, and does not ask on.
      if (answer.status === 401) return location.reload();
      if (!answer.ok) throw new Error(answer.status);
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      progress.replaceChildren(...page.body.childNodes);
    } catch {
      // The program may have been ended; the next time tells.
      await new Promise((done) => setTimeout(done, 500));
    }
    if (isOpen()) setTimeout(ask, 50);
    else arrive();
  };
  if (isOpen()) ask();
  else if (isNew) arrive();
};

const drop = document.getElementById("drop");
if (drop) {
  const said = document.getElementById("sending");
  drop.querySelector(".folder").hidden = false;
  const send = async (files) => {
    if (files.length === 0) return;
    const form = new FormData();
    for (const field of drop.elements) if (field.name && field.type !== "file") form.append(field.name, field.value);
    for (const [path, file] of files) form.append("files", file, path);
    said.textContent = `正在传送 ${files.length} 个文件……`;
    try {
      const answer = await fetch(drop.action, { method: "POST", body: form });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const job = page.getElementById("progress");
      if (answer.redirected && !job) {
        location.href = answer.url;
        return;
      }
      if (answer.ok) {
        // The page of a job is here already: it takes the place of this one, without being loaded once more.
        if (job) {
          history.pushState(null, "", answer.url);
          // Who goes back has the page loaded that was here before.
          addEventListener("popstate", () => location.href === answer.url || location.reload());
        }
        const main = page.querySelector("main");
        document.querySelector("main").replaceWith(main);
        document.title = page.title;
        main.tabIndex = -1;
        main.focus();
        scrollTo(0, 0);
        if (job) watch(job, true);
        return;
      }
      said.textContent = [...page.querySelectorAll("main h1, main p:not(:last-child)")].map((e) => e.textContent).join(" ");
    } catch {
      said.textContent = "没有传成：程序可能已经退出。请重新启动程序后再试。";
    }
  };
  const walk = async (entry, front, into) => {
    if (entry.isFile) {
      into.push([front + entry.name, await new Promise((done, fail) => entry.file(done, fail))]);
      return;
    }
    const reader = entry.createReader();
    for (;;) {
      const some = await new Promise((done, fail) => reader.readEntries(done, fail));
      if (some.length === 0) return;
      for (const inner of some) await walk(inner, `${front}${entry.name}/`, into);
    }
  };
  let depth = 0;
  addEventListener("dragenter", (event) => {
    event.preventDefault();
    depth += 1;
    document.body.classList.add("over");
  });
  addEventListener("dragleave", () => {
    depth -= 1;
    if (depth <= 0) document.body.classList.remove("over");
  });
  addEventListener("dragover", (event) => event.preventDefault());
  addEventListener("drop", async (event) => {
    event.preventDefault();
    depth = 0;
    document.body.classList.remove("over");
    const entries = [...event.dataTransfer.items].map((item) => item.webkitGetAsEntry && item.webkitGetAsEntry()).filter(Boolean);
    const files = [];
    if (entries.length > 0) for (const entry of entries) await walk(entry, "", files);
    else for (const file of event.dataTransfer.files) files.push([file.name, file]);
    await send(files);
  });
  drop.addEventListener("submit", (event) => {
    event.preventDefault();
    const inputs = [...drop.querySelectorAll("input[type=file]")];
    const files = inputs.flatMap((input) => [...input.files]).map((file) => [file.webkitRelativePath || file.name, file]);
    if (files.length === 0) said.textContent = "请先选择文件。";
    send(files);
  });
}

const progress = document.getElementById("progress");
if (progress) watch(progress, false);
