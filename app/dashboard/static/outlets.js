// The outlets: who agrees with whom, as a matrix, as the pairs that part most, and as a list.

import { get } from "./api.js";
import { counted, el, nameOf, sayEmpty } from "./dom.js";
import { MEASURES, Pairs, matrixView, pairAddress } from "./matrix.js";
import { Poll } from "./poll.js";

const RARELY = 6; // intervals between looks
const IN_MATRIX = 30; // more than this nobody reads at once
const PARTING = 10;
const LISTED = 100;
const DAY_MS = 86_400_000;
const form = document.getElementById("filters");
const content = document.getElementById("content");
const empty = document.getElementById("empty");
const more = document.getElementById("more");
const readout = el("p", { class: "readout", "aria-hidden": "true" });
const PROMPT = "Point at a number to read it in words. With the keyboard, the arrow keys go from one to the next.";

let outlets = []; // every stored outlet
let matrix = { outlets: [], pairs: [] };
let shown = null;
let count = LISTED;

function chosen() {
  return Object.fromEntries([...new FormData(form)].filter(([, value]) => value));
}

async function everyOutlet() {
  const found = [];
  let cursor = null;
  do {
    const { body } = await get(`/v1/outlets?${new URLSearchParams({ limit: 200, ...(cursor && { cursor }) })}`);
    found.push(...body.items);
    cursor = body.next_cursor;
  } while (cursor);
  return found;
}

function partingView() {
  const worst = matrix.pairs.filter(({ diverge }) => diverge > 0).sort((x, y) => y.diverge - x.diverge || x.shared - y.shared).slice(0, PARTING);
  if (worst.length === 0) return "";
  return el(
    "section",
    {},
    el("h2", {}, "They differ most"),
    el(
      "ol",
      { class: "pairs" },
      worst.map((pair) =>
        el(
          "li",
          {},
          el("a", { href: pairAddress(pair.a.id, pair.b.id, "diverge") }, el("bdi", {}, nameOf(pair.a)), " and ", el("bdi", {}, nameOf(pair.b))),
          el("span", { class: "aside" }, `differ on ${pair.diverge} of ${pair.shared}, agree on ${pair.agree}`),
        ),
      ),
    ),
  );
}

function listView(pairs) {
  const known = outlets.map((outlet) => ({ outlet, ...pairs.sums(outlet) })).sort((x, y) => y.shared - x.shared || nameOf(x.outlet).localeCompare(nameOf(y.outlet)));
  more.hidden = known.length <= count;
  const numbers = (row) => Object.keys(MEASURES).reverse().map((field) => el("td", {}, String(row[field])));
  return el(
    "section",
    {},
    el("h2", {}, "All outlets"),
    el(
      "div",
      { class: "wide" },
      el(
        "table",
        { class: "table" },
        el("caption", { class: "unseen" }, "Every outlet with what it shares with others"),
        el("thead", {}, el("tr", {}, el("th", { scope: "col" }, "Outlet"), ["Shared", "Agree", "Differ"].map((words) => el("th", { scope: "col" }, words)))),
        el(
          "tbody",
          {},
          known.slice(0, count).map((row) =>
            el(
              "tr",
              {},
              el("th", { scope: "row" }, el("a", { href: `/outlets/${encodeURIComponent(row.outlet.id)}`, dir: "auto" }, nameOf(row.outlet)), row.outlet.wire && el("span", { class: "tag" }, "wire")),
              numbers(row),
            ),
          ),
        ),
      ),
    ),
  );
}

/** Draws what is known. What nobody asked for waits until no one stands in it. */
function show(asked) {
  const drawn = JSON.stringify([outlets, matrix, chosen(), count]);
  if (drawn === shown || (!asked && content.contains(document.activeElement))) return;
  shown = drawn;
  const pairs = new Pairs(matrix.pairs);
  const ranked = matrix.outlets.map((outlet) => ({ outlet, ...pairs.sums(outlet) })).sort((x, y) => y.shared - x.shared || nameOf(x.outlet).localeCompare(nameOf(y.outlet)));
  const inside = ranked.slice(0, IN_MATRIX).map(({ outlet }) => outlet);
  const measure = chosen().show ?? "diverge";
  readout.textContent = PROMPT;
  const table = inside.length ? matrixView(inside, pairs, measure, (words) => (readout.textContent = words || PROMPT)) : null;
  const left = ranked.length - inside.length;
  content.replaceChildren(
    table ? el("section", { "aria-label": "Agreement matrix" }, readout, el("div", { class: "wide" }, table), left > 0 && el("p", { class: "aside" }, `The ${IN_MATRIX} outlets that share most; ${counted(left, "other")} in the list below.`)) : el("p", { class: "empty" }, el("strong", {}, "No two outlets share a proposition yet."), " The matrix draws itself once they speak about the same thing."),
    el("div", { class: "halves" }, partingView(), listView(pairs)),
  );
  content.removeAttribute("aria-busy");
  empty.hidden = true;
}

for (const [name, value] of new URLSearchParams(location.search)) {
  const field = form.elements.namedItem(name);
  if (field instanceof HTMLSelectElement && [...field.options].some((option) => option.value === value)) field.value = value;
}

const poll = new Poll(async () => {
  const { days } = chosen();
  const since = days ? `?${new URLSearchParams({ since: new Date(Date.now() - Number(days) * DAY_MS).toISOString() })}` : "";
  const [all, answer] = await Promise.all([everyOutlet(), get(`/v1/outlets/matrix${since}`)]);
  [outlets, matrix] = [all, answer.body];
  if (outlets.length) show(false);
  else {
    content.replaceChildren();
    content.removeAttribute("aria-busy");
    sayEmpty(empty, "Nothing here yet.", "Outlets appear here with their first article. ", el("a", { href: "/paste" }, "Paste an article"), " to begin.");
  }
  return RARELY;
});

form.addEventListener("submit", (event) => event.preventDefault());
form.addEventListener("change", (event) => {
  const query = new URLSearchParams(chosen()).toString();
  history.replaceState(null, "", query ? `?${query}` : location.pathname);
  if (event.target.name === "days") poll.now();
  else if (outlets.length) show(true);
});
more.addEventListener("click", () => {
  count += LISTED;
  show(true);
});
