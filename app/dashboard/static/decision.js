// Deciding about a conflict: one dialog, from the list and from the conflict's own page.

import { Problem, patch } from "./api.js";
import { el } from "./dom.js";

const DECISIONS = [
  { status: "acknowledged", verb: "Acknowledge", key: "a", means: "Somebody is on it.", from: ["open"] },
  { status: "resolved", verb: "Resolve", key: "r", means: "It is settled who is right, or that both are.", from: ["open", "acknowledged", "dismissed"] },
  { status: "dismissed", verb: "Dismiss", key: "d", means: "It is no conflict, or none that matters here.", from: ["open", "acknowledged", "resolved"] },
  { status: "open", verb: "Reopen", key: "o", means: "It needs looking at again.", from: ["acknowledged", "resolved", "dismissed"] },
];
const NOTE_CHARS = 2000;
const drafts = new Map(); // notes not saved yet, by conflict: closing the dialog loses no words

/** What may be decided about a conflict now. */
export function offered({ status, next_statuses: next }) {
  return DECISIONS.filter((decision) => (next ? next.includes(decision.status) && decision.status !== status : decision.from.includes(status)));
}

/** The decision that a key stands for, or undefined. */
export function decisionOf(key) {
  return DECISIONS.find((decision) => decision.key === key);
}

let dialog = null;

function build() {
  const title = el("h2", { id: "decision-title" }, "Decide");
  const about = el("p", { class: "lead", dir: "auto" });
  const choices = el("fieldset", { class: "choices" });
  const note = el("textarea", { id: "decision-note", maxlength: NOTE_CHARS, rows: 3, dir: "auto", "aria-describedby": "decision-hint" });
  const error = el("p", { class: "error", role: "alert" });
  const save = el("button", { type: "submit", class: "primary" }, "Save");
  const cancel = el("button", { type: "button", onclick: () => dialog.node.close() }, "Cancel");
  const form = el(
    "form",
    {},
    el("div", {}, title, about),
    choices,
    el("div", {}, el("label", { for: "decision-note" }, "Note ", el("span", { class: "aside" }, "(optional)")), note, el("p", { id: "decision-hint", class: "hint" }, el("kbd", {}, "Ctrl"), " ", el("kbd", {}, "Enter"), " saves. The note is kept in the conflict’s history.")),
    error,
    el("div", { class: "buttons" }, cancel, save),
  );
  const node = el("dialog", { class: "decision", "aria-labelledby": "decision-title" }, form);
  document.body.append(node);
  note.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit();
  });
  node.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !event.isComposing) node.close();
  });
  return { node, form, about, choices, note, error, save };
}

function showChoices(options, status) {
  const legend = el("legend", {}, "New status");
  const labels = options.map(({ status: to, verb, means }) =>
    el("label", {}, el("input", { type: "radio", name: "status", value: to, checked: to === status, required: true }), el("span", {}, el("strong", {}, verb), el("span", { class: "aside" }, ` ${means}`))),
  );
  dialog.choices.replaceChildren(legend, ...labels);
}

/** Asks for a status and a note, and saves them. Answers the conflict as it then is, or null when the reader thought better of it.
 *
 * A refusal is said in the dialog, which stays open with the note in it.
 */
export function decide(conflict, status) {
  dialog ??= build();
  const { node, form, about, note, error, save } = dialog;
  const options = offered(conflict);
  about.textContent = conflict.headline;
  note.value = drafts.get(conflict.id) ?? "";
  error.textContent = "";
  save.removeAttribute("aria-disabled");
  showChoices(options, options.some((option) => option.status === status) ? status : options[0].status);
  const before = document.activeElement;
  return new Promise((done) => {
    let saved = null;
    let saving = false;
    form.onsubmit = async (event) => {
      event.preventDefault();
      if (saving) return;
      saving = true;
      save.setAttribute("aria-disabled", "true");
      error.textContent = "";
      const words = note.value.trim();
      const to = new FormData(form).get("status");
      try {
        saved = await patch(`/v1/conflicts/${encodeURIComponent(conflict.id)}`, words ? { status: to, note: words } : { status: to });
        note.value = "";
        node.close();
      } catch (failure) {
        error.textContent = failure instanceof Problem ? `Not saved. ${failure.message}` : "Not saved: the service is unreachable. Your note is still here.";
        save.removeAttribute("aria-disabled");
      }
      saving = false;
    };
    node.onclose = () => {
      if (note.value) drafts.set(conflict.id, note.value);
      else drafts.delete(conflict.id);
      if (before?.isConnected) before.focus();
      done(saved);
    };
    node.showModal();
    note.focus();
  });
}
