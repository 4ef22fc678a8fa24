// What can be commanded on this page. Everything comes from the page itself: its links and controls are the commands, so that none
// does another thing here than there, and a page that gains a link gains a command.

import { element, say } from "./element.js";
import { keyMap } from "./keys.js";

const all = (selector) => [...document.querySelectorAll(selector)];

/** Goes to an address as a link of the page would: without a reload where the app knows the page. */
export function go(address) {
  const link = element("a", { href: address, hidden: "" });
  document.body.append(link);
  link.click();
  link.remove();
}

/** The words of an element without those of some of its children. */
function wordsOf(holder, without) {
  const copy = holder.cloneNode(true);
  for (const part of copy.querySelectorAll(without)) part.remove();
  return copy.textContent.trim().replace(/\s+/g, " ");
}

const isBoard = () => location.pathname === "/";

function pages() {
  const names = new Map(all(".nav a, .foot nav a").map((link) => [link.getAttribute("href"), wordsOf(link, ".sr")]));
  return [...names].map(([address, name]) => ({
    label: name,
    hint: location.pathname === address ? "you are here" : "page",
    run: () => go(address),
  }));
}

/** The views of the board: with the filters in force there, and plain from elsewhere. */
function views() {
  if (isBoard()) {
    return all(".views a").map((link) => ({
      label: `View: ${wordsOf(link, "svg")}`,
      hint: link.hasAttribute("aria-current") ? "in force" : "",
      run: () => link.click(),
    }));
  }
  const slugs = ["cards", "table", "timeline", "map", "calendar", "agenda"];
  return slugs.map((slug) => ({ label: `Board: ${slug}`, words: "view", hint: "view", run: () => go(slug === "cards" ? "/" : `/?view=${slug}`) }));
}

/** One command per filter in force that takes it back. */
function inForce() {
  const chips = all(".res .applied").map((link) => ({ label: `Remove ${wordsOf(link, ".sr, svg")}`, words: "clear filter", hint: "filter", run: () => link.click() }));
  const clear = document.querySelector(".res .clear");
  return clear ? [...chips, { label: "Clear all filters", words: "remove reset", hint: "", run: () => clear.click() }] : chips;
}

/** The choices in the menus. Those of a menu that nobody has opened are in the page for browsers without a script: as text. */
function choices() {
  return all(".menus fieldset").flatMap((fieldset) => {
    const facet = fieldset.querySelector("legend")?.textContent ?? "";
    const unopened = fieldset.querySelector("noscript");
    const list = unopened ? new DOMParser().parseFromString(unopened.textContent, "text/html") : fieldset;
    return [...list.querySelectorAll(".opt input")].map((input) => {
      const label = input.parentElement.querySelector("span")?.textContent ?? "";
      return { facet, name: input.name, value: input.value, label, input: unopened ? null : input };
    });
  });
}

// A comma of a value's own is written "\\,".
const chosen = (name) => new URLSearchParams(location.search).getAll(name).flatMap((values) => values.match(/(?:\\.|[^\\,])+/g) ?? []);
const isChosen = (name, value) => chosen(name).includes(value);

/** Takes a choice, or gives it back: by its box, where there is one by now, else by the address, of which the boxes are a picture. */
function choose(name, value) {
  const box = document.querySelector(`.menus input[name="${CSS.escape(name)}"][value="${CSS.escape(value)}"]`);
  if (box) return box.click();
  const query = new URLSearchParams(location.search);
  const others = chosen(name).filter((one) => one !== value);
  const values = isChosen(name, value) ? others : [...others, value];
  query.delete("offset");
  query.delete(name);
  for (const one of values) query.append(name, one);
  go(query.size ? `/?${query}` : "/");
}

/** Every choice of every filter. Found again when it is pressed: newer data may have drawn the list anew meanwhile. */
function filters() {
  const state = (isOn, count) => (isOn ? "in force" : count);
  const chips = all(".chip-row a.chip").map((link) => {
    const group = link.closest("[role=group]")?.getAttribute("aria-label");
    const word = wordsOf(link, "i, svg");
    const count = link.querySelector("i")?.textContent ?? "";
    return { label: group ? `${group}: ${word}` : word, words: "filter", hint: state(link.hasAttribute("aria-current"), count), run: () => link.click() };
  });
  const options = choices().map(({ facet, name, value, label, input }) => ({
    label: `${facet}: ${label}`,
    words: "filter",
    hint: state(input ? input.checked : isChosen(name, value), "filter"),
    run: () => choose(name, value),
  }));
  return [...chips, ...options];
}

/** Pages of providers, rockets and pads that the board's own filters know. */
function profiles() {
  const kinds = { provider: "providers", rocket: "rockets", pad: "pads" };
  return choices()
    .filter(({ name, value }) => name in kinds && /^\d+$/.test(value))
    .map(({ name, value, label }) => profile(name, value, label));
}

/** The page of one provider, rocket or pad. */
export function profile(kind, id, name) {
  const address = `/${kind}s/${id}`;
  return { label: name, words: kind, hint: kind, address, run: () => go(address) };
}

function saved() {
  let text = "";
  try {
    text = localStorage.getItem("mooncoon.views") ?? "";
  } catch {
    // The browser keeps nothing for this page, so there is no saved view.
  }
  // One a line: the name, a tab, the query (`pages/board/saved.rs`).
  const lines = text.split("\n").map((line) => line.split("\t")).filter((parts) => parts.length === 2);
  return lines.map(([name, query]) => ({ label: name, words: "saved view", hint: "saved view", run: () => go(query ? `/?${query}` : "/") }));
}

async function copyLink() {
  try {
    await navigator.clipboard.writeText(location.href);
    say("The link is copied.");
  } catch {
    say(`This browser does not let a page copy. The address: ${location.href}`);
  }
}

/** Says first that it will print, and prints in a turn of its own: what the page does for paper is done in between. */
function printed() {
  dispatchEvent(new Event("beforeprint"));
  setTimeout(() => print());
}

function actions() {
  const theme = document.querySelector("[data-theme-switch]");
  const zones = all(".top [role=group] button[aria-pressed]").map((button) => ({
    label: `Times in ${{ UTC: "UTC", Local: "my zone", Pad: "the pad's zone" }[button.textContent.trim()] ?? button.textContent.trim()}`,
    words: `time zone ${button.textContent}`,
    hint: button.getAttribute("aria-pressed") === "true" ? "in force" : "",
    run: () => button.click(),
  }));
  const exports = all(".res .take a").map((link) => ({
    label: `Export as ${link.textContent.trim()}`,
    words: "export download file",
    hint: "these launches",
    run: () => link.click(),
  }));
  const name = document.querySelector(".saved .save input");
  const menu = name?.closest("details");
  const commands = [
    theme && { label: "Switch between dark and light", words: "theme colour", hint: "", run: () => theme.click() },
    ...zones,
    { label: "Copy the link to this page", words: "share address url", hint: "", run: copyLink },
    ...exports,
    menu && {
      label: "Save this view",
      words: "keep bookmark",
      hint: "",
      run: () => {
        menu.open = true;
        name.focus();
      },
    },
    { label: "Print this page", words: "paper pdf", hint: "", run: printed },
    { label: "Keys of this site", words: "keyboard shortcuts help", hint: "?", run: keyMap },
  ];
  return commands.filter(Boolean);
}

/** All commands of this page in their groups. `many` groups are shown only under words. */
export function groups() {
  const board = isBoard();
  return [
    { name: "Filters in force", entries: board ? inForce() : [] },
    { name: "Pages", entries: pages() },
    { name: "Views", entries: views() },
    { name: "Saved views", entries: saved() },
    { name: "Actions", entries: actions() },
    { name: "Filters", entries: board ? filters() : [], many: true },
    { name: "Providers, rockets, pads", entries: board ? profiles() : [], many: true },
  ];
}
