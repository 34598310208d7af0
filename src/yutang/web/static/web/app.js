// The console's few manners. Every page works without this file.
"use strict";

const body = document.body;
document.documentElement.classList.add("with-script");

function toast(text, kind) {
  const box = document.createElement("div");
  box.className = "toast " + (kind || "");
  box.setAttribute("role", "status");
  box.textContent = text;
  document.getElementById("toasts").append(box);
  setTimeout(() => box.remove(), 4000);
}

document.addEventListener("click", (event) => {
  const copy = event.target.closest("[data-copy]");
  if (copy) {
    const text = document.getElementById(copy.dataset.copy).textContent;
    navigator.clipboard?.writeText(text).then(() => toast(body.dataset.copied));
  }
  event.target.closest("[data-dismiss]")?.parentElement.remove();
  const fill = event.target.closest("[data-fill]");
  if (fill) {
    const field = document.getElementById(fill.dataset.fill);
    field.value = fill.querySelector("code").textContent;
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.focus();
    field.form.requestSubmit();
  }
  document.querySelectorAll("details[data-menu][open]").forEach((menu) => {
    if (!menu.contains(event.target)) menu.open = false;
  });
});

document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input, textarea, select, [contenteditable]");
  if (event.key === "Enter" && (event.metaKey || event.ctrlKey) && typing?.form) {
    event.preventDefault();
    typing.form.requestSubmit();
  }
  if (event.key === "Escape") {
    document.querySelectorAll("details[data-menu][open]").forEach((menu) => { menu.open = false; });
  }
  if (!typing && !event.metaKey && !event.ctrlKey && !event.altKey) {
    const target = [...document.querySelectorAll("[data-hotkey]")].find((each) => each.dataset.hotkey === event.key);
    if (target) { event.preventDefault(); target.focus(); }
  }
});

// The question box: the wrong words are underlined where they stand, until the text changes.
function underline(editor) {
  const area = editor.querySelector("textarea");
  const behind = editor.querySelector(".backdrop");
  const found = document.querySelectorAll("[data-wrong-start]");
  behind.replaceChildren();
  let done = 0;
  const points = [...area.value];
  for (const each of found) {
    const start = Number(each.dataset.wrongStart), end = Number(each.dataset.wrongEnd);
    if (start < done || end <= start) continue;
    const mark = document.createElement("mark");
    mark.textContent = points.slice(start, end).join("");
    behind.append(points.slice(done, start).join(""), mark);
    done = end;
  }
  behind.append(points.slice(done).join("") + "\n");
  behind.scrollTop = area.scrollTop;
}

function dress(root) {
  root.querySelectorAll("[data-editor]").forEach((editor) => {
    if (editor.dataset.dressed) return;
    editor.dataset.dressed = "yes";
    const area = editor.querySelector("textarea");
    area.addEventListener("input", () => editor.querySelector(".backdrop").replaceChildren());
    area.addEventListener("scroll", () => { editor.querySelector(".backdrop").scrollTop = area.scrollTop; });
    underline(editor);
  });
  root.querySelectorAll("[data-drop]").forEach((drop) => {
    const input = drop.querySelector("input[type=file]");
    for (const name of ["dragover", "dragenter"]) {
      drop.addEventListener(name, (event) => { event.preventDefault(); drop.classList.add("over"); });
    }
    for (const name of ["dragleave", "drop"]) drop.addEventListener(name, () => drop.classList.remove("over"));
    drop.addEventListener("drop", (event) => {
      event.preventDefault();
      if (event.dataTransfer.files.length) {
        input.files = event.dataTransfer.files;
        drop.closest("form").requestSubmit();
      }
    });
    input.addEventListener("change", () => { if (input.files.length) drop.closest("form").requestSubmit(); });
  });
  root.querySelectorAll("[data-reveal]").forEach((select) => {
    const show = () => document.querySelectorAll(`[data-when="${select.id}"]`).forEach((each) => {
      each.hidden = !each.dataset.is.split(" ").includes(select.value);
    });
    select.addEventListener("change", show);
    show();
  });
}

document.addEventListener("htmx:afterSwap", () => document.querySelectorAll("[data-editor]").forEach(underline));
document.addEventListener("htmx:responseError", () => toast(body.dataset.lost, "error"));
document.addEventListener("htmx:sendError", () => toast(body.dataset.lost, "error"));
dress(document);
