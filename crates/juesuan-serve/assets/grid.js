"use strict";
// A table of inputs that behaves like a sheet: arrow keys, a block pasted from a spreadsheet, undo of such a block. Whoever wants to
// know of such a block hears «typed». Without this script the same cells are typed in one by one.
const grid = document.getElementById("grid");
if (grid) {
  const body = grid.tBodies[0];
  const rows = () => [...body.rows].filter((row) => row.querySelector("input"));
  const cells = (row) => [...row.querySelectorAll("input")];
  const at = (input) => {
    const row = input.closest("tr");
    return [rows().indexOf(row), cells(row).indexOf(input)];
  };
  const add = () => {
    const all = rows();
    const last = all[all.length - 1];
    const row = last.cloneNode(true);
    const number = all.length + 1;
    row.querySelector("th").textContent = number;
    for (const then of row.querySelectorAll(".then")) then.replaceChildren();
    for (const input of cells(row)) {
      input.value = "";
      input.classList.remove("torn");
      input.removeAttribute("aria-invalid");
      input.removeAttribute("aria-describedby");
      input.setAttribute("aria-label", input.getAttribute("aria-label").replace(/\d+/, number));
    }
    body.append(row);
    return row;
  };
  const go = (row, column) => {
    const wanted = rows()[row];
    const input = wanted && cells(wanted)[column];
    if (input) {
      input.focus();
      input.select();
    }
  };
  const undone = [];
  grid.addEventListener("keydown", (event) => {
    const input = event.target;
    if (input.tagName !== "INPUT") return;
    const [row, column] = at(input);
    const start = input.selectionStart === 0;
    const end = input.selectionEnd === input.value.length;
    const whole = start && end;
    if (event.key === "ArrowDown" || (event.key === "Enter" && !event.shiftKey)) {
      if (event.key === "Enter" && row === rows().length - 1) add();
      go(row + 1, column);
    } else if (event.key === "ArrowUp" || event.key === "Enter") go(row - 1, column);
    else if (event.key === "ArrowLeft" && (whole || (start && input.selectionEnd === 0))) go(row, column - 1);
    else if (event.key === "ArrowRight" && (whole || (end && input.selectionStart === input.value.length))) go(row, column + 1);
    else if ((event.ctrlKey || event.metaKey) && event.key === "z" && undone.length > 0) {
      for (const [cell, before] of undone.pop()) cell.value = before;
      grid.dispatchEvent(new Event("typed"));
    } else return;
    event.preventDefault();
  });
  // What is typed after a block is undone by the browser, not by us.
  grid.addEventListener("input", () => {
    undone.length = 0;
  });
  // A spreadsheet quotes cells with line breaks, and doubles the quotes in them.
  const parsed = (text) => {
    const table = [[""]];
    let quoted = false;
    for (let i = 0; i < text.length; i += 1) {
      const line = table[table.length - 1];
      const c = text[i];
      if (quoted) {
        if (c === '"' && text[i + 1] === '"') {
          line[line.length - 1] += '"';
          i += 1;
        } else if (c === '"') quoted = false;
        else line[line.length - 1] += c === "\n" ? " " : c;
      } else if (c === '"' && line[line.length - 1] === "") quoted = true;
      else if (c === "\t") line.push("");
      else if (c === "\n") table.push([""]);
      else if (c !== "\r") line[line.length - 1] += c;
    }
    if (table[table.length - 1].length === 1 && table[table.length - 1][0] === "") table.pop();
    return table;
  };
  grid.addEventListener("paste", (event) => {
    const text = event.clipboardData.getData("text/plain");
    if (event.target.tagName !== "INPUT" || event.target.readOnly || !/[\t\n]/.test(text)) return;
    event.preventDefault();
    const [row, column] = at(event.target);
    const changed = [];
    parsed(text).forEach((line, down) => {
      while (rows().length <= row + down) add();
      const target = cells(rows()[row + down]);
      line.forEach((value, right) => {
        const cell = target[column + right];
        if (!cell) return;
        changed.push([cell, cell.value]);
        cell.value = value.trim();
      });
    });
    undone.push(changed);
    grid.dispatchEvent(new Event("typed"));
  });
}
