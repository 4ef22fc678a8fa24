// The map of keys, and the switch for those that are single letters.

import { closeButton, element, openDialog } from "./element.js";

const isMac = /Mac|iPhone|iPad/.test(navigator.platform);

/** Between keys that are pressed one after the other; keys side by side do the same, or the two things that are named. */
const THEN = "then";

/** Where the keys are at home, and what they do there. */
const MAP = () => [
  [
    "Anywhere",
    [
      [[isMac ? "\u2318 K" : "Ctrl K"], "Commands: go to a page, filter, find a launch"],
      [["Esc"], "Close what is open"],
    ],
  ],
  [
    "Anywhere, single keys",
    [
      [["/"], "Search: the box of the board; the commands where there is no box"],
      [["?"], "This list"],
      ...goTo().map(({ letter, name }) => [["g", THEN, letter], `Go to ${name}`]),
    ],
  ],
  [
    "On a chart",
    [
      [["\u2190 \u2192 \u2191 \u2193"], "Move over the marks"],
      [["Home", "End"], "First and last mark"],
      [["Enter"], "Filter by the mark, or give the filter back"],
      [["Esc"], "Leave the marks"],
    ],
  ],
  [
    "On the timeline",
    [
      [["\u2190 \u2192"], "Move through time"],
      [["+", "\u2212"], "Closer, wider"],
      [["0"], "Everything"],
      [["Home"], "The coming quarter"],
    ],
  ],
  [
    "On the map",
    [
      [["\u2190 \u2192 \u2191 \u2193"], "Move"],
      [["+", "\u2212"], "Closer, wider"],
      [["0", "Home"], "The whole world"],
    ],
  ],
  [
    "In the calendar",
    [
      [["\u2190 \u2192 \u2191 \u2193"], "A day, a week"],
      [["Home", "End"], "Monday, Sunday"],
      [["Page Up", "Page Down"], "A month"],
    ],
  ],
  [
    "On the time travel slider",
    [
      [["\u2190 \u2192"], "One change of the data back or on"],
      [["Home", "End"], "The first data, now"],
    ],
  ],
];

/** Pages that g and their first letter lead to: the first of a letter has it, as in `public/companion.js`. */
function goTo() {
  const found = new Map();
  for (const link of document.querySelectorAll(".nav a, .foot nav a")) {
    const name = link.textContent.trim();
    const letter = name.charAt(0).toLowerCase();
    if (!found.has(letter)) found.set(letter, name);
  }
  return [...found].map(([letter, name]) => ({ letter, name }));
}

let isOpen = false;

/** Opens the map of keys. */
export function keyMap() {
  if (isOpen) return;
  isOpen = true;
  const parts = MAP().map(([where, rows]) => {
    const terms = rows.flatMap(([keys, what]) => {
      const caps = keys.flatMap((key) => [key === THEN ? THEN : element("kbd", { class: "kbd" }, key), " "]);
      return [element("dt", {}, ...caps), element("dd", {}, what)];
    });
    return element("section", {}, element("h3", {}, where), element("dl", {}, ...terms));
  });
  const box = element("input", { type: "checkbox" });
  box.checked = document.documentElement.dataset.keys !== "off";
  box.addEventListener("change", () => keep(box.checked));
  const single = element("label", { class: "opt" }, box, element("span", {}, "Single keys work. Without them only the keys with Ctrl or \u2318 do, and those of the part that has the focus."));
  const dialog = element(
    "dialog",
    { class: "palette keys", "aria-labelledby": "keys-title" },
    element(
      "div",
      { class: "palette-body" },
      element("div", { class: "palette-head" }, element("h2", { id: "keys-title", class: "grow" }, "Keys")),
      element("div", { class: "keys-parts", tabindex: "0", role: "region", "aria-label": "All keys" }, ...parts),
      single,
    ),
  );
  dialog.querySelector(".palette-head").append(closeButton(dialog));
  dialog.addEventListener("close", () => {
    isOpen = false;
  });
  openDialog(dialog);
}

/** Single letters can be hit by accident, and by speech: whoever does not want them switches them off. */
function keep(isOn) {
  const word = isOn ? "on" : "off";
  document.documentElement.dataset.keys = word;
  try {
    localStorage.setItem("mooncoon.keys", word);
  } catch {
    // The browser keeps nothing: it holds until the page is left.
  }
}
