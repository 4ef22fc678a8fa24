// The palette: a combobox over a list, in a dialog.

import { closeButton, element, openDialog } from "./element.js";
import { groups } from "./entries.js";
import { find, searches } from "./launches.js";
import { best, plain } from "./match.js";

/** Entries of one group under words. */
const MOST = 6;
/** Quiet before a count is said aloud and the server is asked: not once per letter. */
const QUIET = 200;

let isOpen = false;

/** Opens the palette. */
export function commands() {
  if (isOpen) return;
  isOpen = true;
  const known = groups();
  const input = element("input", {
    type: "text",
    role: "combobox",
    "aria-label": "Command",
    "aria-expanded": "true",
    "aria-controls": "palette-list",
    "aria-autocomplete": "list",
    autocomplete: "off",
    autocapitalize: "off",
    spellcheck: "false",
    enterkeyhint: "go",
    maxlength: "120",
    placeholder: "Go to, filter, find a launch",
  });
  const list = element("div", { id: "palette-list", class: "palette-list", role: "listbox", "aria-label": "Commands" });
  const status = element("p", { class: "sr", role: "status" });
  const none = element("p", { class: "palette-none m", hidden: "" }, "No command holds these words.");
  const foot = element("p", { class: "palette-foot sm f no-phone", "aria-hidden": "true" });
  for (const [key, what] of [["\u2191 \u2193", "move"], ["Enter", "do it"], ["Esc", "close"]]) foot.append(element("kbd", { class: "kbd" }, key), ` ${what} `);
  const head = element("div", { class: "palette-head" }, input);
  const dialog = element("dialog", { class: "palette", "aria-label": "Commands" }, element("div", { class: "palette-body" }, head, list, none, foot, status));

  let shown = [];
  let at = 0;
  let hasMoved = false;
  let asked = null;
  let timer = 0;

  const point = (to) => {
    shown[at]?.option.setAttribute("aria-selected", "false");
    at = to;
    const option = shown[at]?.option;
    option?.setAttribute("aria-selected", "true");
    option?.scrollIntoView({ block: "nearest" });
    if (option) input.setAttribute("aria-activedescendant", option.id);
    else input.removeAttribute("aria-activedescendant");
  };

  const draw = (sections) => {
    const label = hasMoved ? shown[at]?.entry.label : undefined;
    shown = [];
    list.replaceChildren(
      ...sections.filter(({ entries }) => entries.length).map(({ name, entries }, place) => {
        const title = element("div", { class: "cap", id: `palette-group-${place}`, role: "presentation" }, name);
        const options = entries.map((entry) => {
          const option = element("div", { id: `palette-${shown.length}`, role: "option", class: "palette-option", "aria-selected": "false" });
          option.append(element("span", { class: "grow" }, entry.label));
          if (entry.hint) option.append(" ", element("span", { class: "palette-hint" }, entry.hint));
          shown.push({ entry, option });
          return option;
        });
        return element("div", { role: "group", "aria-labelledby": title.id }, title, ...options);
      }),
    );
    none.hidden = shown.length > 0;
    const same = label === undefined ? -1 : shown.findIndex(({ entry }) => entry.label === label);
    point(Math.max(same, 0));
    if (same < 0) list.scrollTop = 0;
  };

  const tell = () => {
    status.textContent = shown.length === 1 ? "1 command" : `${shown.length} commands`;
  };

  const search = () => {
    clearTimeout(timer);
    asked?.abort();
    hasMoved = false;
    const words = input.value.trim().replace(/\s+/g, " ");
    const typed = plain(words);
    if (!typed) {
      draw(known.filter(({ many }) => !many));
      timer = setTimeout(tell, QUIET);
      return;
    }
    const under = known.map(({ name, entries }) => ({ name, entries: best(entries, typed, MOST) }));
    draw([...under, searches(words)]);
    asked = new AbortController();
    const { signal } = asked;
    timer = setTimeout(async () => {
      try {
        const { count, launches, profiles } = await find(words, signal);
        if (signal.aborted) return;
        const last = under.at(-1);
        const has = new Set(last.entries.map(({ address }) => address));
        last.entries.push(...profiles.filter(({ address }) => !has.has(address)));
        draw([...under, { name: "Launches", entries: launches }, searches(words, count)]);
      } catch {
        // Aborted, or no network: what the page itself knows stays.
      }
      if (!signal.aborted) tell();
    }, QUIET);
  };

  const run = (place) => {
    const entry = shown[place]?.entry;
    if (!entry) return;
    dialog.close();
    // The focus is back in the page first, so that a command may put it elsewhere.
    entry.run();
  };

  input.addEventListener("input", search);
  input.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    const last = shown.length - 1;
    const to = { ArrowDown: at === last ? 0 : at + 1, ArrowUp: at === 0 ? last : at - 1, PageDown: Math.min(at + 8, last), PageUp: Math.max(at - 8, 0) }[event.key];
    if (event.key === "Enter") run(at);
    else if (to === undefined || last < 0) return;
    else {
      hasMoved = true;
      point(to);
    }
    event.preventDefault();
  });
  const placeOf = ({ target }) => shown.findIndex(({ option }) => option.contains(target));
  // The focus stays in the field: the list is its own.
  list.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => run(placeOf(event)));
  list.addEventListener("mousemove", (event) => {
    const place = placeOf(event);
    if (place >= 0 && place !== at) {
      hasMoved = true;
      point(place);
    }
  });
  head.append(closeButton(dialog));
  dialog.addEventListener("close", () => {
    isOpen = false;
    clearTimeout(timer);
    asked?.abort();
  });
  openDialog(dialog);
  search();
}
