// The agreement matrix: a table of pairs of outlets, one number a cell, walked with the arrow keys.

import { el, nameOf } from "./dom.js";

const LEVELS = 4; // shades above none
const FEW = 6; // so few outlets leave room for names across
const STEPS = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] };

/** What a cell can count: its field in the API, and how it is said. */
export const MEASURES = {
  diverge: { words: "differ on", title: "Propositions they differ on" },
  agree: { words: "agree on", title: "Propositions they agree on" },
  shared: { words: "share", title: "Propositions both speak about" },
};

export function pairAddress(a, b, stance = null) {
  return `/outlets/${encodeURIComponent(a)}?${new URLSearchParams({ with: b, ...(stance && { stance }) })}`;
}

/** "A and B share 12 propositions, agree on 8, differ on 3". */
export function said({ a, b, shared, agree, diverge }) {
  return `${nameOf(a)} and ${nameOf(b)} share ${shared} ${shared === 1 ? "proposition" : "propositions"}, agree on ${agree}, differ on ${diverge}`;
}

/** Pairs by both their ids, in either order. */
export class Pairs {
  #byIds = new Map();

  constructor(pairs) {
    for (const pair of pairs) {
      this.#byIds.set(`${pair.a.id}\n${pair.b.id}`, pair);
      this.#byIds.set(`${pair.b.id}\n${pair.a.id}`, { ...pair, a: pair.b, b: pair.a });
    }
  }

  of(a, b) {
    return this.#byIds.get(`${a.id}\n${b.id}`) ?? null;
  }

  /** How many propositions an outlet shares, agrees on and differs on, over all its pairs, and with how many it shares any. */
  sums(outlet) {
    const sums = { partners: 0, shared: 0, agree: 0, diverge: 0 };
    for (const pair of this.#byIds.values()) {
      if (pair.a.id !== outlet.id) continue;
      sums.partners += 1;
      for (const field of Object.keys(MEASURES)) sums[field] += pair[field];
    }
    return sums;
  }
}

function cell(pair, measure, most, row, column) {
  if (pair === null) return el("td", { class: "none" }, el("span", { class: "unseen" }, "nothing shared"));
  const count = pair[measure];
  const level = count === 0 ? 0 : Math.max(1, Math.ceil(LEVELS * Math.sqrt(count / most)));
  const link = el(
    "a",
    { href: pairAddress(pair.a.id, pair.b.id, measure === "shared" ? null : measure), tabindex: "-1", "aria-label": `${count}: ${said(pair)}`, "data-row": row, "data-column": column },
    String(count),
  );
  return el("td", { "data-level": level }, link);
}

/** The table as a node. `outlets` in the order shown; `tell(words)` gets what the cell pointed at or focused says, "" for none. */
export function matrixView(outlets, pairs, measure, tell) {
  const most = Math.max(1, ...outlets.flatMap((a) => outlets.map((b) => pairs.of(a, b)?.[measure] ?? 0)));
  const table = el(
    "table",
    { class: `matrix matrix-${measure}${outlets.length <= FEW ? " few" : ""}` },
    el("caption", { class: "unseen" }, `${MEASURES[measure].title}, for every pair of outlets`),
    el("thead", {}, el("tr", {}, el("td", {}), outlets.map((outlet) => el("th", { scope: "col", title: nameOf(outlet) }, el("span", { class: "name", dir: "auto" }, nameOf(outlet)))))),
    el(
      "tbody",
      {},
      outlets.map((a, row) =>
        el(
          "tr",
          {},
          el("th", { scope: "row" }, el("a", { class: "name", href: `/outlets/${encodeURIComponent(a.id)}`, title: nameOf(a), dir: "auto", tabindex: "-1", "data-row": row, "data-column": -1 }, nameOf(a))),
          outlets.map((b, column) => (row === column ? el("td", { class: "self" }) : cell(pairs.of(a, b), measure, most, row, column))),
        ),
      ),
    ),
  );
  table.querySelector("a")?.setAttribute("tabindex", "0");
  const pointed = (event) => {
    const { row, column } = event.target.closest("td, th")?.querySelector("a")?.dataset ?? {};
    cross(table, row, column);
    const pair = row !== undefined && Number(column) >= 0 ? pairs.of(outlets[row], outlets[column]) : null;
    tell(pair ? `${said(pair)}.` : "");
  };
  table.addEventListener("focusin", pointed);
  table.addEventListener("pointerover", pointed);
  table.addEventListener("keydown", (event) => walk(table, event));
  return table;
}

/** Lays weight on the names of the row and the column that meet. */
function cross(table, row, column) {
  for (const lit of table.querySelectorAll("th.lit")) lit.classList.remove("lit");
  if (row === undefined) return;
  table.tBodies[0].rows[Number(row)].cells[0].classList.add("lit");
  if (Number(column) >= 0) table.tHead.rows[0].cells[Number(column) + 1].classList.add("lit");
}

/** Goes from cell to cell; cells that hold nothing are passed over. The table is one stop of the Tab key. */
function walk(table, event) {
  const from = event.target.closest("a[data-row]");
  const step = STEPS[event.key];
  if (!from || !step || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  let [row, column] = [Number(from.dataset.row), Number(from.dataset.column)];
  const size = table.tBodies[0].rows.length;
  for (;;) {
    row += step[0];
    column += step[1];
    if (row < 0 || row >= size || column < -1 || column >= size) return;
    const link = table.tBodies[0].rows[row].cells[column + 1].querySelector("a");
    if (!link) continue;
    from.setAttribute("tabindex", "-1");
    link.setAttribute("tabindex", "0");
    link.focus();
    return;
  }
}
