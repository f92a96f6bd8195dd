// What the keys do in the list of conflicts.

import { decisionOf, offered } from "./decision.js";

/** The commands for `rows` (by id) drawn in `list`; `decide(row, status)` opens the dialog, `say` tells what cannot be done. */
export function commandsFor({ list, rows, decide, showMore, say }) {
  const rowOf = (node) => rows.get(node?.closest?.(".row")?.dataset.conflict);
  const here = () => rowOf(document.activeElement);

  function step(by, onlyInside) {
    const row = here();
    if (!row && onlyInside) return false;
    const all = [...list.querySelectorAll(".row")];
    const at = row ? all.indexOf(row.node) + by : Math.max(all.findIndex((node) => node.getBoundingClientRect().bottom > 0), 0);
    if (at >= all.length) showMore();
    rowOf(all[Math.min(Math.max(at, 0), all.length - 1)])?.focus();
    return all.length > 0;
  }

  function decideBy(key) {
    const row = here();
    if (!row) {
      say("Go to a conflict first: j and k move through the list.");
      return true;
    }
    const { status, verb } = decisionOf(key);
    if (offered(row.conflict).some((option) => option.status === status)) decide(row, status);
    else say(`${verb} is not offered: it is ${row.conflict.status}.`);
    return true;
  }

  return [
    { keys: ["j"], does: "Next conflict", run: () => step(1) },
    { keys: ["k"], does: "Conflict before", run: () => step(-1) },
    { keys: ["ArrowDown"], does: "Next, when one is chosen", run: () => step(1, true) },
    { keys: ["ArrowUp"], does: "Before, when one is chosen", run: () => step(-1, true) },
    { keys: ["Enter"], does: "Open it" },
    ...["a", "r", "d", "o"].map((key) => ({ keys: [key], does: `${decisionOf(key).verb} it, with a note`, run: () => decideBy(key) })),
  ];
}
