// Reports that launches of the page have changed since it was rendered, with a button to load them. For pages that do not update by
// themselves: they are read more than they are watched, and an update would move the text under the reader's eyes.

/**
 * The query parameter, by the first part of a page's address.
 *
 * @type {Record<string, string>}
 */
const KEYS = { launches: "id", providers: "provider", rockets: "rocket", pads: "pad" };

// The element exists before its text: screen readers do not announce a live region that is added together with its text.
const note = document.createElement("p");
note.className = "changed";
note.setAttribute("role", "status");
document.body.append(note);

/** The page and the run that the note is about, and the one for which it was dismissed. */
let said = "";
let away = "";
const gone = new MutationObserver(() => {
  if (!said.startsWith(`${location.href} `)) hush();
});

function hush() {
  gone.disconnect();
  note.replaceChildren();
  said = "";
}

/**
 * @template {HTMLElement} T
 * @param {T} element
 * @param {string} words
 * @param {(event: Event) => void} act
 * @returns {T}
 */
function button(element, words, act) {
  element.textContent = words;
  element.className = "btn";
  element.addEventListener("click", act);
  return element;
}

/**
 * Queries whether anything on the page has changed since a run, and shows it.
 *
 * @param {string} run the number of the run that the page was rendered from
 */
export async function look(run) {
  const { href, pathname } = location;
  const [, room = "", own = ""] = pathname.match(/^\/(\w+)\/?([^/]*)/) ?? [];
  /** @type {NodeListOf<HTMLAnchorElement>} */
  const links = document.querySelectorAll('main a[href^="/launches/"]');
  const linked = [...links].map((link) => link.pathname.split("/")[2]);
  const ids = new Set(room === "launches" ? [own, ...linked] : linked);
  // The length of an address is limited; launches far down a long list are found by their subject anyway.
  const question = new URLSearchParams({ since: run, id: [...ids].slice(0, 100).join(",") });
  if (KEYS[room] !== "id" && own) question.set(KEYS[room], own);
  const answer = await fetch(`/api/v1/launches/changed?${question}`);
  if (!answer.ok) throw new Error(`${answer.status}`);
  const { run_id, changed } = await answer.json();
  const about = `${href} ${run} ${run_id}`;
  const isStill = location.href === href && document.getElementById("main")?.dataset.run === run;
  if (!changed.length || !isStill || about === away || about === said) return;
  hush();
  said = about;
  const words =
    room === "launches" && changed.includes(own)
      ? "This launch has changed since the page was loaded."
      : `${changed.length === 1 ? "A launch" : `${changed.length} launches`} of this page ${changed.length === 1 ? "has" : "have"} changed since it was loaded.`;
  const show = document.createElement("a");
  show.href = href;
  // The browser keeps the scroll position.
  button(show, "Show", (event) => {
    event.preventDefault();
    event.stopPropagation();
    location.reload();
  });
  const leave = button(document.createElement("button"), "Dismiss", () => {
    away = about;
    hush();
  });
  note.append(words, show, leave);
  gone.observe(document.body, { childList: true, subtree: true });
}
