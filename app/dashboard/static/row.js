// One conflict in the list: what it is about, who stands against whom, why, and where it is with the desk.

import { counted, el, timeOfDay } from "./dom.js";
import { KINDS, letterView, reasonsOf, severityView, severityWord, shortList, statusView, whoTakes } from "./words.js";

const SHOWN_POSITIONS = 3;

function sides({ positions = [], between }) {
  const shown = positions.slice(0, SHOWN_POSITIONS).map((position, i) => {
    const { names, through } = whoTakes(position, between);
    const who = names.length ? shortList(names) : "somebody";
    const via = between === "sources" && through && el("span", { class: "aside" }, ` in ${shortList((position.outlets ?? []).map((outlet) => outlet.name ?? outlet.id))}`);
    return el("span", { class: "who" }, i > 0 && el("span", { class: "unseen" }, " against "), letterView(i), el("span", {}, el("bdi", {}, who), via));
  });
  const rest = positions.length - shown.length;
  return el("p", { class: "sides" }, shown, rest > 0 && el("span", { class: "aside" }, `and ${counted(rest, "more position")}`));
}

/** A row. `node` stays the same while `update` changes what it shows. */
export class Row {
  #link;
  #button;

  constructor(conflict, { decide, isNew = false }) {
    this.#link = el("a", { href: `/conflicts/${encodeURIComponent(conflict.id)}` });
    this.#button = el("button", { type: "button", class: "quiet", "aria-haspopup": "dialog", onclick: () => decide(this) }, "Decide", el("span", { class: "unseen" }));
    this.node = el("li", { class: "row", "data-conflict": conflict.id });
    this.fresh = isNew;
    this.update(conflict);
    for (const seen of ["focusin", "pointerenter"]) this.node.addEventListener(seen, () => this.#see());
  }

  get focused() {
    return this.node.contains(document.activeElement);
  }

  focus() {
    this.#link.focus();
    this.node.scrollIntoView({ block: "nearest" });
  }

  update(conflict) {
    const was = this.conflict;
    this.conflict = conflict;
    if (was && JSON.stringify(was) === JSON.stringify(conflict)) return;
    const held = document.activeElement;
    const { id, headline, kind, between, severity, status, updated_at, relations } = conflict;
    const [reason] = reasonsOf(relations);
    this.node.dataset.status = status;
    this.node.dataset.severity = severityWord(severity);
    this.#link.textContent = headline;
    this.#button.lastChild.textContent = ` about: ${headline}`;
    this.node.replaceChildren(
      severityView(severity),
      el(
        "div",
        { class: "what" },
        el("h3", { dir: "auto" }, this.#link),
        sides(conflict),
        el("p", { class: "why" }, reason && el("bdi", {}, reason.detail), reason && el("span", { "aria-hidden": "true" }, " · "), el("span", { class: "about" }, `about ${KINDS[kind] ?? kind}, between ${between}`)),
      ),
      el("div", { class: "where" }, this.fresh && el("span", { class: "tag fresh" }, "new"), statusView(status), timeOfDay(updated_at)),
      this.#button,
    );
    if (this.node.contains(held)) held.focus({ preventScroll: true });
  }

  #see() {
    if (!this.fresh) return;
    this.fresh = false;
    this.node.querySelector(".fresh")?.remove();
  }
}
