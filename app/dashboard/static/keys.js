// Single-key commands, with a page of help. They can be switched off: some people's keys are pressed by their voice.

import { el } from "./dom.js";

const OFF = "parallax-keys-off";
const SIGNS = { ArrowDown: "↓", ArrowUp: "↑" };

function off() {
  return localStorage.getItem(OFF) !== null;
}

/** A dialog that lists `commands` ({keys, does}) and switches them off and on. */
function helpDialog(commands) {
  const box = el("input", { type: "checkbox", id: "keys-on", onchange: () => (box.checked ? localStorage.removeItem(OFF) : localStorage.setItem(OFF, "")) });
  const close = el("button", { type: "button", class: "primary", onclick: () => node.close() }, "Close");
  const rows = commands.map(({ keys, does }) => el("div", {}, el("dt", {}, keys.map((key) => el("kbd", {}, SIGNS[key] ?? key))), el("dd", {}, does)));
  const node = el(
    "dialog",
    { class: "help", "aria-labelledby": "help-title" },
    el("h2", { id: "help-title" }, "Keys on this page"),
    el("dl", {}, rows),
    el("p", { class: "switch" }, box, el("label", { for: "keys-on" }, "Single keys are commands")),
    el("div", { class: "buttons" }, close),
  );
  document.body.append(node);
  return {
    show() {
      box.checked = !off();
      node.showModal();
      close.focus();
    },
  };
}

/** Runs `commands` ({keys, does, run}) on their keys, but not while somebody writes or a dialog is open; "?" lists them.
 *
 * `run(event)` answers false to leave the key to the browser. `button` opens the list by pointer.
 */
export function listenToKeys(commands, button) {
  const all = [...commands, { keys: ["?"], does: "Show these keys", run: () => help.show() }];
  const help = helpDialog(all);
  button.addEventListener("click", () => help.show());
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.target.closest?.("input, select, textarea, dialog, [contenteditable]") || document.querySelector("dialog[open]")) return;
    if (off() && event.key.length === 1) return;
    const command = all.find(({ keys }) => keys.includes(event.key));
    if (command?.run && command.run(event) !== false) event.preventDefault();
  });
}
