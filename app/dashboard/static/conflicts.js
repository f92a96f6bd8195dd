// The list of conflicts, kept true while it is open.

import { Problem, Watched, get } from "./api.js";
import { ConflictCard } from "./card.js";
import { clock, counted, el } from "./dom.js";
import { Poll } from "./poll.js";

const PAGE = 50;
const list = document.getElementById("list");
const empty = document.getElementById("empty");
const news = document.getElementById("news");
const more = document.getElementById("more");
const filters = document.getElementById("filters");

const cards = new Map();
const watched = new Watched();
let cursor = null; // where the last poll ended
let next = null; // where the list's next page begins
let stale = true; // the list must be loaded anew

function chosen() {
  return Object.fromEntries([...new FormData(filters)].filter(([, value]) => value));
}

function address(parameters) {
  return `/v1/conflicts?${new URLSearchParams(parameters)}`;
}

function fits(conflict) {
  const { status, kind, between, min_severity } = chosen();
  return (
    (!status || conflict.status === status) &&
    (!kind || conflict.kind === kind) &&
    (!between || conflict.between === between) &&
    (!min_severity || conflict.severity >= Number(min_severity))
  );
}

function place(conflict, where) {
  const known = cards.get(conflict.id);
  if (known) {
    known.card.update(conflict);
    return;
  }
  const card = new ConflictCard(conflict);
  const item = el("li", {}, card.node);
  cards.set(conflict.id, { card, item });
  if (where === "first") list.prepend(item);
  else list.append(item);
}

function remove(id) {
  const known = cards.get(id);
  // A card somebody is working in stays until they leave it; it says its new status meanwhile.
  if (!known || known.item.contains(document.activeElement)) return;
  known.item.remove();
  cards.delete(id);
}

function showCount() {
  list.removeAttribute("aria-busy");
  more.hidden = next === null;
  empty.hidden = cards.size > 0;
  if (cards.size > 0) return;
  const filtered = Object.keys(chosen()).length > 0;
  empty.replaceChildren(
    el("strong", {}, filtered ? "No conflict fits these filters." : "Nothing here yet."),
    " ",
    filtered ? el("a", { href: "/" }, "Show all conflicts") : "Conflicts appear here by themselves once articles of several outlets, or the sources they report, part on the same question.",
  );
}

/** Loads the first page. The cursor is taken before the filtered list, so nothing falls between the two. */
async function load() {
  const filter = chosen();
  const all = (await get(address({ limit: PAGE }))).body;
  const shown = Object.keys(filter).length ? (await get(address({ ...filter, limit: PAGE }))).body : all;
  cursor = all.cursor;
  next = shown.next_cursor;
  watched.forget();
  cards.clear();
  list.replaceChildren();
  for (const conflict of shown.items) place(conflict, "last");
  stale = false;
}

/** Takes in what changed since the last poll, oldest change first, page by page. */
async function catchUp() {
  let changes = 0;
  let page = null;
  let from = cursor;
  do {
    const query = page ? { since: cursor, cursor: page, limit: PAGE } : { since: cursor, limit: PAGE };
    const body = page ? (await get(address(query))).body : await watched.get(address(query));
    if (body === null) break;
    for (const conflict of body.items) {
      if (cards.get(conflict.id)?.card.conflict.updated_at !== conflict.updated_at) changes += 1;
      if (fits(conflict)) place(conflict, "first");
      else cards.get(conflict.id)?.card.update(conflict);
    }
    from = body.cursor ?? from;
    page = body.next_cursor;
  } while (page);
  cursor = from;
  for (const [id, { card }] of cards) {
    if (!fits(card.conflict)) remove(id);
    else if (card.incomplete) card.update(card.conflict);
  }
  if (changes) news.textContent = `${counted(changes, "conflict")} changed at ${clock()}`;
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
}

for (const [name, value] of new URLSearchParams(location.search)) {
  const field = filters.elements.namedItem(name);
  if (field instanceof HTMLSelectElement && [...field.options].some((option) => option.value === value)) field.value = value;
}

const poll = new Poll(round);

filters.addEventListener("change", () => {
  const query = new URLSearchParams(chosen()).toString();
  history.replaceState(null, "", query ? `/?${query}` : "/");
  stale = true;
  poll.now();
});
filters.addEventListener("submit", (event) => event.preventDefault());

more.addEventListener("click", async () => {
  more.disabled = true;
  try {
    const { body } = await get(address({ ...chosen(), limit: PAGE, cursor: next }));
    next = body.next_cursor;
    for (const conflict of body.items) if (!cards.has(conflict.id)) place(conflict, "last");
    showCount();
  } catch {
    poll.now();
  } finally {
    more.disabled = false;
  }
});
