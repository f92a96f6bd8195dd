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
