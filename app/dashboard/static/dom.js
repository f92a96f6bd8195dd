// Building the page. Text from the API only ever becomes text nodes and attribute values; nothing here parses markup.

/** An element. Attributes that are null, undefined or false are left out; `onclick` and the like take functions; strings become text. */
export function el(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? "" : String(value));
  }
  node.append(...children.flat(2).filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

/** An outlet, a source or a plain name, as words. */
export function nameOf(thing) {
  if (thing === null || thing === undefined) return "unnamed";
  return typeof thing === "string" ? thing : (thing.name ?? thing.id ?? "unnamed");
}

/** "A", "A and B", "A, B and C"; empty for none. Names that repeat are said once. */
export function listed(things) {
  const names = [...new Set((things ?? []).map(nameOf))];
  if (names.length < 2) return names.join("");
  return `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
}

/** "1 claim", "2 claims". */
export function counted(number, noun) {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}

/** The address when a browser may safely open it, else null: an article's address comes from whoever posted it. */
export function webAddress(url) {
  if (!url || !URL.canParse(url)) return null;
  const parsed = new URL(url);
  return parsed.protocol === "https:" || parsed.protocol === "http:" ? parsed : null;
}

const shortTime = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", year: "numeric", hour: "2-digit", minute: "2-digit", timeZoneName: "short" });

/** A time element in the reader's own zone, with the zone said. */
export function time(at) {
  const moment = new Date(at);
  if (Number.isNaN(moment.getTime())) return el("span", {}, String(at ?? "time unknown"));
  return el("time", { datetime: moment.toISOString(), title: moment.toISOString() }, shortTime.format(moment));
}

/** The hour and minute and second of now, for "checked at". */
export function clock() {
  return new Date().toLocaleTimeString("en-GB");
}

const clockTime = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit" });
const wholeDay = new Intl.DateTimeFormat("en-GB", { weekday: "long", day: "numeric", month: "long", year: "numeric" });

/** The hour and minute of a moment in the reader's zone; the whole moment as its title. For lists that say the day once. */
export function timeOfDay(at) {
  const node = time(at);
  if (node.dateTime) {
    node.title = node.textContent;
    node.textContent = clockTime.format(new Date(at));
  }
  return node;
}

/** The day of a moment in the reader's zone: `key` sorts ("2025-03-09"), `words` are "Today", "Yesterday" or the date. */
export function day(at, now = new Date()) {
  const moment = new Date(at);
  if (Number.isNaN(moment.getTime())) return { key: "", words: "Day unknown" };
  const keyOf = (date) => [date.getFullYear(), date.getMonth() + 1, date.getDate()].map((part) => String(part).padStart(2, "0")).join("-");
  const key = keyOf(moment);
  const yesterday = new Date(now.getFullYear(), now.getMonth(), now.getDate() - 1);
  if (key === keyOf(now)) return { key, words: "Today" };
  return { key, words: key === keyOf(yesterday) ? "Yesterday" : wholeDay.format(moment) };
}

/** A drawn "not equal": fonts differ too much in theirs. Words beside it say the same. */
export function differSign() {
  return el("span", { class: "differ", "aria-hidden": "true" });
}

/** Fills the line that stands where there is nothing to see: what is so, what to expect, and perhaps a way on. */
export function sayEmpty(node, what, ...more) {
  node.classList.remove("loading");
  node.replaceChildren(el("strong", {}, what), " ", ...more);
  node.hidden = false;
}
