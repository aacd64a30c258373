"use strict";
for (const button of document.querySelectorAll("[data-copy]")) {
  const idle = button.textContent;
  button.hidden = false;
  button.ariaLive = "polite";
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(button.dataset.copy);
    } catch {
      const box = document.createElement("textarea");
      box.value = button.dataset.copy;
      button.after(box);
      box.select();
      document.execCommand("copy");
      box.remove();
      button.focus();
    }
    button.textContent = button.dataset.copied;
    setTimeout(() => { button.textContent = idle; }, 2000);
  });
}
for (const table of document.querySelectorAll("[data-sortable]")) {
  const body = table.tBodies[0];
  table.querySelectorAll("thead th").forEach((head, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = head.textContent;
    head.replaceChildren(button);
    button.addEventListener("click", () => {
      const rising = head.getAttribute("aria-sort") !== "ascending";
      const key = (row) => row.cells[column].dataset.key ?? row.cells[column].textContent;
      const rows = [...body.rows].sort((a, b) => key(a).localeCompare(key(b), document.documentElement.lang) * (rising ? 1 : -1));
      for (const other of table.querySelectorAll("thead th")) other.removeAttribute("aria-sort");
      head.setAttribute("aria-sort", rising ? "ascending" : "descending");
      body.replaceChildren(...rows);
    });
  });
}
const shut = [];
addEventListener("beforeprint", () => {
  for (const part of document.querySelectorAll("details:not([open])")) {
    part.open = true;
    shut.push(part);
  }
});
addEventListener("afterprint", () => {
  for (const part of shut.splice(0)) part.open = false;
});
const opened = () => {
  const target = document.getElementById(location.hash.slice(1));
  let part = target?.closest("details:not([open])");
  if (!part) return;
  for (; part; part = part.parentElement?.closest("details")) part.open = true;
  target.scrollIntoView();
};
addEventListener("hashchange", opened);
opened();
