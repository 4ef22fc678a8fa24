// Launches by name, from the same list as the board's, and the way to the board with the same words.

import { go, profile } from "./entries.js";
import { rank } from "./match.js";

/** Launches shown; the board shows the rest. */
const MOST = 7;

/** A date no finer than its precision. LL2's numbers: up to 5 a day, 7 a month, 8 to 14 a part of a year; of the rest nothing is said. */
export function date({ net, net_precision: precision }) {
  const at = net ? new Date(net) : null;
  if (!at || !precision) return "";
  const { id } = precision;
  const parts = id <= 5 ? { day: "numeric", month: "short" } : id === 7 ? { month: "short" } : id >= 8 && id <= 14 ? {} : null;
  return parts ? at.toLocaleDateString("en-GB", { ...parts, year: "numeric", timeZone: "UTC" }) : "";
}

/** The board's question with other words; the other filters stay where the board is open. */
function boardFor(words, past) {
  const query = new URLSearchParams(location.pathname === "/" ? location.search : "");
  query.set("q", words);
  query.delete("offset");
  if (past) query.set("past", "true");
  return `/?${query}`;
}

/** What can be said at once, without asking the server. */
export function searches(words, count) {
  const found = count === undefined ? "board" : count === 1 ? "1 launch" : `${count} launches`;
  return {
    name: "Search",
    entries: [
      { label: `Search the board for \u201c${words}\u201d`, hint: found, run: () => go(boardFor(words, false)) },
      { label: `Search past launches too for \u201c${words}\u201d`, hint: "board", run: () => go(boardFor(words, true)) },
    ],
  };
}

/** Asks the server for launches that hold the words; nothing without a network, where only the board itself can be searched. */
export async function find(words, signal) {
  const query = new URLSearchParams({ q: words, limit: String(MOST) });
  const then = new URLSearchParams(location.pathname === "/" ? location.search : "").get("as_of");
  if (then) query.set("as_of", then);
  const response = await fetch(`/api/v1/launches?${query}`, { signal });
  if (!response.ok) throw new Error(`the list answered ${response.status}`);
  const { count, results } = await response.json();
  const launches = results.map((launch) => ({
    label: launch.name,
    hint: [launch.status?.abbrev, date(launch)].filter(Boolean).join(", "),
    run: () => go(`/launches/${launch.id}`),
  }));
  return { count, launches, profiles: profilesIn(results, words) };
}

/** Providers, rockets and pads of these launches whose names are what was meant. */
function profilesIn(launches, words) {
  const found = new Map();
  for (const launch of launches) {
    for (const kind of ["provider", "rocket", "pad"]) {
      const { id, name } = launch[kind] ?? {};
      if (id !== undefined && name && rank(name, words) !== null) found.set(`${kind}/${id}`, profile(kind, id, name));
    }
  }
  return [...found.values()];
}
