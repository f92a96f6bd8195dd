// Which conflicts are shown: the form, the address, and the question put to the service all say the same.

import { get } from "./api.js";
import { el } from "./dom.js";

const HOUR_MS = 3600000;
let form = null;
let now = null; // what is chosen; asked for with every row, so it is read once a change

/** What is chosen, by name; what is left open is absent. */
export function chosen() {
  now ??= Object.fromEntries([...new FormData(form)].filter(([, value]) => value));
  return now;
}

/** What is chosen, as the service's parameters. The time is not one: the newest change comes first, so the list just ends earlier. */
export function parameters() {
  const { hours, ...wanted } = chosen();
  return wanted;
}

const TESTS = {
  status: (conflict, value) => conflict.status === value,
  kind: (conflict, value) => conflict.kind === value,
  between: (conflict, value) => conflict.between === value,
  min_severity: (conflict, value) => conflict.severity >= Number(value),
  hours: (conflict, value) => Date.now() - new Date(conflict.updated_at) <= Number(value) * HOUR_MS,
};

/** Whether a conflict fits what is chosen, as far as it shows; which outlets take part, only the service knows. */
export function fits(conflict, { only = null } = {}) {
  return Object.entries(chosen()).every(([name, value]) => (only !== null && name !== only) || (TESTS[name]?.(conflict, value) ?? true));
}

/** Sets the form from the address; what the form does not offer is passed over, but for an outlet, whose list comes later. */
export function readAddress(filters) {
  form = filters;
  form.addEventListener("change", () => (now = null));
  for (const [name, value] of new URLSearchParams(location.search)) {
    const field = form.elements.namedItem(name);
    if (!(field instanceof HTMLSelectElement)) continue;
    if (name === "outlet" && value) field.append(el("option", { value }, value));
    if ([...field.options].some((option) => option.value === value)) field.value = value;
  }
  now = null;
}

/** Says in the address what is chosen, so that it can be shared. */
export function writeAddress() {
  const query = new URLSearchParams(chosen()).toString();
  history.replaceState(null, "", query ? `/?${query}` : "/");
}

let listed = false;

/** Names the outlets to choose from, once; without them the list works all the same. */
export async function listOutlets() {
  if (listed) return;
  listed = true;
  const field = form.elements.namedItem("outlet");
  const known = [];
  try {
    let cursor = null;
    do {
      const { body } = await get(`/v1/outlets?${new URLSearchParams({ limit: 200, ...(cursor && { cursor }) })}`);
      known.push(...body.items);
      cursor = body.next_cursor;
    } while (cursor);
  } catch {
    listed = false;
    return;
  }
  const { value } = field;
  known.sort((a, b) => a.name.localeCompare(b.name));
  const unknown = value && !known.some(({ id }) => id === value) ? [el("option", { value }, value)] : [];
  field.replaceChildren(field.options[0], ...unknown, ...known.map(({ id, name }) => el("option", { value: id }, name)));
  field.value = value;
}
