// The list: one group a day, newest day first; in a day the gravest first, then the newest.

import { day, el } from "./dom.js";
import { severityRank } from "./words.js";

function before(a, b) {
  const rank = severityRank(b.severity) - severityRank(a.severity);
  if (rank) return rank < 0;
  if (a.updated_at !== b.updated_at) return new Date(a.updated_at) > new Date(b.updated_at);
  return a.id < b.id;
}

/** Rows by id, placed where they belong. A row is `{node, conflict}`; `root` gets a section a day. */
export class Days {
  #root;
  #days = []; // newest first: {key, node, heading, list, rows in order}
  #dayOf = new Map();

  constructor(root) {
    this.#root = root;
  }

  clear() {
    this.#days = [];
    this.#dayOf.clear();
    this.#root.replaceChildren();
  }

  /** Puts a row in, or where it now belongs. */
  place(row) {
    const { key, words } = day(row.conflict.updated_at);
    this.take(row);
    const home = this.#day(key, words);
    let low = 0;
    let high = home.rows.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (before(home.rows[middle].conflict, row.conflict)) low = middle + 1;
      else high = middle;
    }
    home.list.insertBefore(row.node, home.rows[low]?.node ?? null);
    home.rows.splice(low, 0, row);
    this.#dayOf.set(row, home);
  }

  /** Takes a row out; its day goes with its last row. */
  take(row) {
    const home = this.#dayOf.get(row);
    if (!home) return;
    home.rows.splice(home.rows.indexOf(row), 1);
    row.node.remove();
    this.#dayOf.delete(row);
    if (home.rows.length) return;
    home.node.remove();
    this.#days.splice(this.#days.indexOf(home), 1);
  }

  /** Names the days anew: what was "Today" is "Yesterday" after midnight. */
  rename() {
    for (const { heading, rows } of this.#days) {
      const { words } = day(rows[0].conflict.updated_at);
      if (heading.textContent !== words) heading.textContent = words;
    }
  }

  #day(key, words) {
    let at = this.#days.findIndex((known) => known.key <= key);
    if (at < 0) at = this.#days.length;
    if (this.#days[at]?.key === key) return this.#days[at];
    const id = `day-${key}`;
    const heading = el("h2", { id, class: "day" }, words);
    const list = el("ol", { class: "rows", "aria-labelledby": id });
    const made = { key, heading, list, rows: [], node: el("section", { class: "day-group" }, heading, list) };
    this.#root.insertBefore(made.node, this.#days[at]?.node ?? null);
    this.#days.splice(at, 0, made);
    return made;
  }
}
