// The list of conflicts, kept true while it is open.

import { Problem, Watched, get } from "./api.js";
import { commandsFor } from "./commands.js";
import { Days } from "./days.js";
import { decide } from "./decision.js";
import { clock, counted, el, sayEmpty } from "./dom.js";
import { chosen, fits, listOutlets, parameters, readAddress, writeAddress } from "./filters.js";
import { listenToKeys } from "./keys.js";
import { Poll } from "./poll.js";
import { Row } from "./row.js";
import { follow } from "./stream.js";

const PAGE = 50;
const BY_ITSELF = 200; // so many rows come by scrolling; for more a button is pressed, so that the page has an end
const NEW_MS = 600_000;
const list = document.getElementById("list");
const empty = document.getElementById("empty");
const news = document.getElementById("news");
const more = document.getElementById("more");
const clear = document.getElementById("clear");
const filters = document.getElementById("filters");

const rows = new Map();
const days = new Days(list);
const watched = new Watched();
let cursor = null; // where the page stands among the changes
let next = null; // where the list's next page begins
let stale = true; // the list must be loaded anew
let loading = false;
let missed = false; // a change came while the list was being loaded

function address(wanted) {
  return `/v1/conflicts?${new URLSearchParams(wanted)}`;
}

async function decideAbout(row, status) {
  const saved = await decide(row.conflict, status);
  if (!saved) return;
  news.textContent = `Saved: ${saved.status}.`;
  if (rows.has(saved.id)) row.focus();
  takeIn(saved);
}

/** Whether a conflict that arrives has just opened; it may have changed again before it came. */
function opensNow({ opened_at, updated_at }) {
  return opened_at === updated_at || Date.now() - new Date(opened_at) < NEW_MS;
}

/** Shows a conflict as it now is, if it belongs here; "new", "changed" or null. `belongs` defaults to what the filters say. */
function takeIn(conflict, { arrived = true, belongs = fits(conflict) } = {}) {
  const row = rows.get(conflict.id);
  if (!row) {
    if (!belongs) return null;
    const made = new Row(conflict, { decide: decideAbout, isNew: arrived && opensNow(conflict) });
    rows.set(conflict.id, made);
    made.node.addEventListener("focusout", () => setTimeout(() => settle(made)));
    made.belongs = true;
    days.place(made);
    return arrived ? (made.fresh ? "new" : "changed") : null;
  }
  if (new Date(conflict.updated_at) < new Date(row.conflict.updated_at)) return null; // an answer that was long on its way
  const moved = conflict.updated_at !== row.conflict.updated_at || conflict.severity !== row.conflict.severity;
  row.update(conflict);
  row.belongs = belongs;
  row.unsettled ||= moved;
  settle(row);
  return moved ? "changed" : null;
}

/** Puts a row where it belongs, or away; not while somebody is at it. */
function settle(row) {
  if (row.focused || document.querySelector("dialog[open]") || rows.get(row.conflict.id) !== row) return;
  if (!row.belongs) {
    days.take(row);
    rows.delete(row.conflict.id);
    showCount();
  } else if (row.unsettled) {
    row.unsettled = false;
    days.place(row);
  }
}

function tell(counts) {
  const told = [counts.new && `${counted(counts.new, "new conflict")}`, counts.changed && `${counted(counts.changed, "conflict")} changed`].filter(Boolean);
  if (told.length) news.textContent = `${told.join(", ")}, ${clock()}`;
}

function showCount() {
  list.removeAttribute("aria-busy");
  more.hidden = next === null;
  const filtered = Object.keys(chosen()).length > 0;
  clear.hidden = !filtered;
  empty.hidden = rows.size > 0;
  if (rows.size > 0) return;
  if (filtered) sayEmpty(empty, "No conflict fits these filters.", next ? "Older ones may." : el("a", { href: "/" }, "Show all conflicts"));
  else sayEmpty(empty, "Nothing here yet.", "Conflicts appear here by themselves once articles of several outlets, or the sources they report, part on the same question. ", el("a", { href: "/paste" }, "Paste an article"), " to begin.");
}

/** Takes in a page of the list; remembers where the next begins, unless this one already reached past the time asked for. */
function takePage({ items, next_cursor }) {
  for (const conflict of items) if (fits(conflict)) takeIn(conflict, { arrived: false, belongs: true });
  next = items.length && !fits(items.at(-1), { only: "hours" }) ? null : next_cursor;
}

/** Loads the first page. The cursor is taken before the filtered list, so nothing falls between the two. */
async function load() {
  loading = true;
  const meant = JSON.stringify(chosen());
  try {
    const wanted = parameters();
    const all = (await get(address({ limit: PAGE }))).body;
    const shown = Object.keys(wanted).length ? (await get(address({ ...wanted, limit: PAGE }))).body : all;
    watched.forget();
    rows.clear();
    days.clear();
    cursor = all.cursor;
    takePage(shown);
    stale = JSON.stringify(chosen()) !== meant; // somebody chose anew meanwhile
  } finally {
    loading = false;
  }
}

/** Which of the conflicts changed since `from` take part in the outlet asked for: only the service knows who merely relays. */
async function ofOutlet(from) {
  const ids = new Set();
  let page = null;
  do {
    const { body } = await get(address({ since: from, outlet: chosen().outlet, limit: 200, ...(page && { cursor: page }) }));
    for (const { id } of body.items) ids.add(id);
    page = body.next_cursor;
  } while (page);
  return ids;
}

/** Takes in what changed since the last poll, oldest change first, page by page. */
async function catchUp() {
  const counts = { new: 0, changed: 0 };
  const from = cursor;
  let page = null;
  let reached = cursor;
  do {
    const query = { since: from, ...(page && { cursor: page }), limit: PAGE };
    const body = page ? (await get(address(query))).body : await watched.get(address(query));
    if (body === null) break;
    const known = chosen().outlet && body.items.length ? await ofOutlet(from) : null;
    for (const conflict of body.items) {
      const what = takeIn(conflict, { belongs: fits(conflict) && (known?.has(conflict.id) ?? true) });
      if (what) counts[what] += 1;
    }
    reached = body.cursor ?? reached;
    page = body.next_cursor;
  } while (page);
  if (stale) return; // the filters changed meanwhile
  cursor = reached;
  for (const row of rows.values()) {
    if (fits(row.conflict)) continue;
    row.belongs = false;
    settle(row);
  }
  days.rename();
  tell(counts);
}

async function round() {
  try {
    if (stale || cursor === null) await load();
    else await catchUp();
  } catch (error) {
    watched.forget(); // what came may not have been taken in wholly
    // A cursor the service no longer knows: begin again. Anything else is for the poll to judge.
    if (!(error instanceof Problem) || error.passing || error.status === 401 || stale) throw error;
    stale = true;
    await load();
  }
  showCount();
  listOutlets();
  if (missed) {
    missed = false;
    poll.now();
  }
}

async function showMore() {
  if (more.hidden || more.getAttribute("aria-disabled")) return;
  more.setAttribute("aria-disabled", "true");
  const asked = parameters();
  try {
    const { body } = await get(address({ ...asked, limit: PAGE, cursor: next }));
    if (!stale && JSON.stringify(asked) === JSON.stringify(parameters())) takePage(body);
    showCount();
  } catch {
    poll.now();
  } finally {
    more.removeAttribute("aria-disabled");
  }
}

readAddress(filters);
const poll = new Poll(round);

follow(poll, {
  cursor: () => cursor,
  take(conflict, at) {
    // A stream tells nothing about who merely relays, and cannot wait for a list on its way: then a poll takes it in.
    if (stale || loading) missed = true;
    else if (chosen().outlet && conflict) poll.now();
    else {
      cursor = at ?? cursor;
      if (!conflict) return;
      const what = takeIn(conflict);
      showCount();
      if (what) tell({ new: 0, changed: 0, [what]: 1 });
    }
  },
});

filters.addEventListener("change", () => {
  writeAddress(filters);
  stale = true;
  poll.now();
});
filters.addEventListener("submit", (event) => event.preventDefault());
more.addEventListener("click", async () => {
  const last = [...list.querySelectorAll(".row a")].at(-1);
  await showMore();
  if (more.hidden) last?.focus(); // a button that goes must not take the reader's place with it
});
new IntersectionObserver((seen) => seen.at(-1).isIntersecting && rows.size < BY_ITSELF && showMore(), { rootMargin: "600px" }).observe(more);
listenToKeys(commandsFor({ list, rows, decide: decideAbout, showMore, say: (words) => (news.textContent = words) }), document.getElementById("keys"));
