// A box to paste an article into, and what Parallax finds in it.

import { Problem, get, post } from "./api.js";
import { articleView, clustersOf } from "./article_view.js";
import { counted, el } from "./dom.js";
import { suggestOutlets } from "./listing.js";
import { Poll } from "./poll.js";

const RARELY = 12; // intervals between looks while nothing is waited for
const LONGEST_SHOWN = 300; // of a message that quotes what was pasted
const form = document.getElementById("paste");
const button = form.querySelector("button[type=submit]");
const said = document.getElementById("said");
const result = document.getElementById("result");
const fields = ["outlet", "title", "url", "published_at", "content"].map((name) => form.elements.namedItem(name));
const MARKUP = /^\s*(<!doctype html|<html|<head|<body|<article|<main|<section|<div|<p[\s>]|<h1)/i;
let waiting = new URLSearchParams(location.search).get("article"); // the id of the article whose claims are to be shown
let shown = null;

function fieldOf(loc) {
  const name = loc.find((part) => part !== "body");
  return form.elements.namedItem(name === "text" || name === "html" ? "content" : String(name ?? "")) ?? null;
}

/** Says what is wrong at its field; without words takes it back. */
function mark(field, words) {
  const line = document.getElementById(`${field.name}-wrong`);
  line.textContent = words;
  line.hidden = !words;
  if (words) field.setAttribute("aria-invalid", "true");
  else field.removeAttribute("aria-invalid");
}

function shortened(words) {
  return words.length > LONGEST_SHOWN ? `${words.slice(0, LONGEST_SHOWN)}…` : words;
}

/** What the form says as the API takes it. Throws a Problem where it cannot be said at all. */
function article() {
  const value = Object.fromEntries(fields.map((field) => [field.name, field.value]));
  const posted = { [form.elements.namedItem("form").value]: value.content };
  for (const name of ["outlet", "title", "url"]) if (value[name].trim()) posted[name] = value[name].trim();
  // The field gives the reader's own clock without a zone.
  if (value.published_at) posted.published_at = new Date(value.published_at).toISOString();
  return posted;
}

function missing() {
  const found = [];
  const value = (name) => form.elements.namedItem(name).value.trim();
  if (!value("outlet") && !value("url")) found.push({ loc: ["body", "outlet"], msg: "Name the outlet, or give the address and it is taken from there." });
  if (form.elements.namedItem("published_at").validity.badInput) found.push({ loc: ["body", "published_at"], msg: "This is not a whole date and time." });
  if (!value("content")) found.push({ loc: ["body", "text"], msg: "Paste the article's words here." });
  return found;
}

function refuse(problems, whole) {
  const left = [];
  for (const { loc, msg } of problems) {
    const field = fieldOf(loc);
    if (field) mark(field, shortened(msg.replace(/^Value error, /, "")));
    else left.push(msg);
  }
  const marked = fields.filter((field) => field.hasAttribute("aria-invalid"));
  said.textContent = marked.length ? `Not sent: ${counted(marked.length, "field")} to mend.` : `Not sent. ${shortened(left[0] ?? whole)}`;
  marked[0]?.focus();
}

async function send() {
  for (const field of fields) mark(field, "");
  const wrong = missing();
  if (wrong.length) {
    refuse(wrong);
    return;
  }
  button.setAttribute("aria-disabled", "true");
  said.textContent = "Sending …";
  try {
    const { id } = await post("/v1/articles", article());
    waiting = id;
    shown = null;
    history.pushState(null, "", `?${new URLSearchParams({ article: id })}`);
    said.textContent = "Received. Looking for its claims …";
    poll.now();
  } catch (error) {
    if (!(error instanceof Problem)) said.textContent = "Not sent: the service is unreachable. What you pasted is still here.";
    else if (error.status === 401) {
      said.textContent = "Not sent: this service needs a key.";
      poll.now();
    } else refuse(error.fields, error.message);
  } finally {
    button.removeAttribute("aria-disabled");
  }
}

/** Shows the article that is waited for, as far as it has come. Answers whether it is done. */
async function look() {
  let article;
  try {
    article = (await get(`/v1/articles/${encodeURIComponent(waiting)}`)).body;
  } catch (error) {
    if (!(error instanceof Problem) || error.status !== 404) throw error;
    result.replaceChildren(el("p", { class: "empty" }, el("strong", {}, "There is no such article."), " It may have been withdrawn."));
    return true;
  }
  if (article.status === "received") return false;
  const clusters = await clustersOf(article);
  const drawn = JSON.stringify([article, [...clusters]]);
  if (drawn === shown) return true;
  const first = shown === null;
  shown = drawn;
  const { nodes } = articleView(article, clusters, "h2");
  result.replaceChildren(el("p", { class: "own-page" }, el("a", { href: `/articles/${encodeURIComponent(article.id)}` }, "The article's own page")), ...nodes);
  if (first && said.textContent) {
    said.textContent = article.status === "failed" ? "It could not be read." : `Read: ${counted(article.claims.length, "claim")} found.`;
    result.focus();
    result.scrollIntoView({ block: "start" });
  }
  return true;
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  if (!button.hasAttribute("aria-disabled")) send();
});
form.addEventListener("input", (event) => {
  const field = event.target;
  if (fields.includes(field) && field.hasAttribute("aria-invalid")) mark(field, "");
  // What begins like a page is taken for one, until the reader says otherwise.
  if (field.name === "content" && !form.dataset.chosen) form.elements.namedItem("form").value = MARKUP.test(field.value) ? "html" : "text";
  if (field.name === "form") form.dataset.chosen = "yes";
});
addEventListener("popstate", () => {
  waiting = new URLSearchParams(location.search).get("article");
  shown = null;
  result.replaceChildren();
  said.textContent = "";
  poll.now();
});

const datalist = document.getElementById("outlets");
const poll = new Poll(async () => {
  if (waiting !== null) return (await look()) ? RARELY : 0.2;
  await get("/v1/outlets?limit=1"); // tells whether the service answers, and whether it wants a key
  if (!datalist.options.length) await suggestOutlets(datalist);
  return RARELY;
});
