// One conflict on its own page, with its history.

import { Problem, Watched } from "./api.js";
import { ConflictCard } from "./card.js";
import { el, time } from "./dom.js";
import { Poll } from "./poll.js";

const content = document.getElementById("content");
const empty = document.getElementById("empty");
const id = document.body.dataset.id;
const watched = new Watched();
const past = el("ol", { class: "history" });
let card = null;

function showHistory(conflict) {
  const steps = [{ at: conflict.opened_at, opened: true }, ...(conflict.history ?? []).filter((step) => step.from || step.note || step.to !== "open")];
  past.replaceChildren(
    ...steps.map((step) =>
      el(
        "li",
        {},
        time(step.at),
        el("span", {}, step.opened ? "opened" : step.from && step.from !== step.to ? `${step.from} → ${step.to}` : `${step.to}`),
        !step.opened && el("span", { class: "aside" }, `by ${!step.by || step.by === "parallax" ? "Parallax itself" : step.by}`),
        step.note && el("q", { dir: "auto" }, step.note),
      ),
    ),
  );
}

function show(conflict) {
  document.title = `${conflict.headline} · Parallax`;
  showHistory(conflict);
  if (card) {
    card.update(conflict);
    return;
  }
  card = new ConflictCard(conflict, { whole: true, changed: showHistory });
  content.replaceChildren(
    el("p", { class: "back" }, el("a", { href: "/" }, "All conflicts")),
    card.node,
    el("section", { class: "history-box" }, el("h2", {}, "History"), past),
    el("p", {}, el("a", { href: `/clusters/${encodeURIComponent(conflict.cluster_id)}` }, "Everything said about this question")),
  );
  content.removeAttribute("aria-busy");
  empty.hidden = true;
}

new Poll(async () => {
  try {
    const conflict = await watched.get(`/v1/conflicts/${encodeURIComponent(id)}`);
    if (conflict) show(conflict);
    else if (card?.incomplete) card.update(card.conflict);
  } catch (error) {
    if (!(error instanceof Problem) || error.status !== 404) throw error;
    content.replaceChildren();
    empty.replaceChildren(el("strong", {}, "There is no such conflict."), " ", el("a", { href: "/" }, "All conflicts"));
    empty.hidden = false;
    card = null;
  }
});
