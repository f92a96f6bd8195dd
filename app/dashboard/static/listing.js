// A list that a form narrows: what is chosen stands in the address, the first page stays true while open, more comes when asked for.

import { Problem, get } from "./api.js";
import { counted, el } from "./dom.js";
import { Poll } from "./poll.js";

const PAGE = 50;
const CALMLY = 3; // intervals between two looks at a list
const DAY_MS = 86_400_000;

/** The query of the API for what a form says: empty fields are left out, `days` becomes `since`. */
function asked({ days, ...chosen }) {
  return days ? { ...chosen, since: new Date(Date.now() - Number(days) * DAY_MS).toISOString() } : chosen;
}

/**
 * Needs #filters (a form), #list, #empty, #news, #wrong and #more on the page.
 * `path`: the list's address in the API; `noun`: what it lists; `row(item, chosen)`: one <li>; `nothing(filtered)`: words for an empty list.
 */
export class Listing {
  #path;
  #noun;
  #row;
  #nothing;
  #form = document.getElementById("filters");
  #list = document.getElementById("list");
  #empty = document.getElementById("empty");
  #news = document.getElementById("news");
  #wrong = document.getElementById("wrong");
  #more = document.getElementById("more");
  #next = null; // the cursor of the next page
  #longer = false; // more than the first page is shown
  #shown = null; // the first page as it was shown
  #fresh = false; // what is shown is what the form says
  #poll;

  constructor({ path, noun, row, nothing }) {
    this.#path = path;
    this.#noun = noun;
    this.#row = row;
    this.#nothing = nothing;
    this.#readAddress();
    this.#form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#chosenAnew();
    });
    // "search" comes when a search field is emptied by its cross.
    for (const event of ["change", "search"]) this.#form.addEventListener(event, () => this.#chosenAnew());
    addEventListener("popstate", () => {
      this.#readAddress();
      this.#again();
    });
    this.#more.addEventListener("click", () => this.#showMore());
    this.#poll = new Poll(() => this.#round());
  }

  #chosen() {
    return Object.fromEntries([...new FormData(this.#form)].map(([name, value]) => [name, value.trim()]).filter(([, value]) => value));
  }

  #readAddress() {
    const parameters = new URLSearchParams(location.search);
    for (const field of this.#form.elements) {
      if (!field.name) continue;
      const value = parameters.get(field.name) ?? "";
      if (!(field instanceof HTMLSelectElement) || [...field.options].some((option) => option.value === value)) field.value = value;
    }
  }

  #chosenAnew() {
    const query = new URLSearchParams(this.#chosen()).toString();
    if (query === location.search.slice(1)) return;
    history.pushState(null, "", query ? `?${query}` : location.pathname);
    this.#again();
  }

  /** Asks for the list from its start. */
  #again() {
    this.#fresh = false;
    this.#list.setAttribute("aria-busy", "true");
    this.#poll.now();
  }

  async #round() {
    const chosen = this.#chosen();
    let body;
    try {
      ({ body } = await get(`${this.#path}?${new URLSearchParams({ ...asked(chosen), limit: PAGE })}`));
    } catch (error) {
      if (!(error instanceof Problem) || error.passing || error.status === 401) throw error;
      this.#refuse(error);
      return CALMLY;
    }
    if (JSON.stringify(chosen) !== JSON.stringify(this.#chosen())) return CALMLY; // the form has moved on: it asked for another round itself
    this.#wrong.hidden = true;
    const page = JSON.stringify(body);
    if (this.#fresh && page === this.#shown) return CALMLY;
    // Nothing moves under the hands of somebody who reads further down or stands on a row.
    if (this.#fresh && (this.#longer || this.#list.contains(document.activeElement))) this.#offer();
    else this.#show(body, page, chosen);
    return CALMLY;
  }

  #show(body, page, chosen) {
    const first = !this.#fresh;
    this.#list.replaceChildren(...body.items.map((item) => this.#row(item, chosen)));
    this.#next = body.next_cursor;
    this.#longer = false;
    this.#shown = page;
    this.#fresh = true;
    this.#settle(chosen, first);
  }

  #settle(chosen, tell) {
    const count = this.#list.children.length;
    this.#list.removeAttribute("aria-busy");
    this.#more.hidden = this.#next === null;
    this.#empty.hidden = count > 0;
    this.#empty.classList.remove("loading");
    if (count === 0) this.#empty.replaceChildren(...this.#nothing(Object.keys(chosen).length > 0));
    if (tell) this.#news.textContent = count === 0 ? "" : this.#next === null ? counted(count, this.#noun) : `The first ${counted(count, this.#noun)}`;
  }

  #offer() {
    if (this.#news.querySelector("button")) return;
    const button = el("button", { type: "button", class: "quiet", onclick: () => this.#again() }, "Show it as it is now");
    this.#news.replaceChildren("The list has changed. ", button);
  }

  #refuse(error) {
    this.#list.removeAttribute("aria-busy");
    this.#list.replaceChildren();
    this.#more.hidden = true;
    this.#empty.hidden = true;
    this.#news.textContent = "";
    this.#wrong.textContent = `This cannot be asked for. ${error.message}`;
    this.#wrong.hidden = false;
  }

  async #showMore() {
    if (this.#more.getAttribute("aria-disabled")) return;
    this.#more.setAttribute("aria-disabled", "true");
    const chosen = this.#chosen();
    try {
      const { body } = await get(`${this.#path}?${new URLSearchParams({ ...asked(chosen), limit: PAGE, cursor: this.#next })}`);
      const rows = body.items.map((item) => this.#row(item, chosen));
      this.#list.append(...rows);
      this.#next = body.next_cursor;
      this.#longer = true;
      this.#settle(chosen, true);
      // The button may be gone now: whoever pressed it stands on what it brought.
      rows[0]?.querySelector("a")?.focus();
    } catch {
      this.#poll.now();
    } finally {
      this.#more.removeAttribute("aria-disabled");
    }
  }
}

/** Fills a <datalist> with the outlets' names; a list that cannot be had is no hindrance. */
export async function suggestOutlets(datalist) {
  try {
    const { body } = await get("/v1/outlets?limit=200");
    datalist.replaceChildren(...body.items.map(({ name }) => el("option", { value: name })));
  } catch {
    datalist.replaceChildren();
  }
}
