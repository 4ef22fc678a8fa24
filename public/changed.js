// Says that launches of the page have changed since it was drawn, with the way to see them as they are. For the pages that do not follow by
// themselves: what they show is read more than it is watched, and would move under the reader's eyes.

/**
 * The key of the question by the first part of a page's address.
 *
 * @type {Record<string, string>}
 */
const KEYS = { launches: "id", providers: "provider", rockets: "rocket", pads: "pad" };

// The place stands before its words do: a live region that comes with them is not heard.
const note = document.createElement("p");
note.className = "changed";
note.setAttribute("role", "status");
document.body.append(note);

/** Of which page and since which run the note speaks, and since which one it was waved away. */
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
 * Asks whether anything on the page has changed since a run, and says so.
 *
 * @param {string} run the number of the run that the page was drawn from
 */
export async function look(run) {
  const { href, pathname } = location;
  const [, room = "", own = ""] = pathname.match(/^\/(\w+)\/?([^/]*)/) ?? [];
  /** @type {NodeListOf<HTMLAnchorElement>} */
  const links = document.querySelectorAll('main a[href^="/launches/"]');
  const linked = [...links].map((link) => link.pathname.split("/")[2]);
  const ids = new Set(room === "launches" ? [own, ...linked] : linked);
  // An address has an end; what is far down a long list is listed by its subject anyway.
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
      ? "This launch has changed since the page was drawn."
      : `${changed.length === 1 ? "A launch" : `${changed.length} launches`} of this page ${changed.length === 1 ? "has" : "have"} changed since it was drawn.`;
  const show = document.createElement("a");
  show.href = href;
  // The reader's place on the page is kept by the browser.
  button(show, "Show", (event) => {
    event.preventDefault();
    event.stopPropagation();
    location.reload();
  });
  const leave = button(document.createElement("button"), "Not now", () => {
    away = about;
    hush();
  });
  note.append(words, show, leave);
  gone.observe(document.body, { childList: true, subtree: true });
}
