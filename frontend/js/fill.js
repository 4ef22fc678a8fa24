// Shows one chart in full screen; in browsers without full screen for elements (phones), in the whole window.
const WINDOW = "fills-window";

/**
 * Shows the chart of this button in full screen, or returns it to its place.
 *
 * @param {HTMLElement} button within the chart's figure
 */
export function fill(button) {
  const figure = button.closest("figure");
  if (!figure) return;
  if (document.fullscreenElement === figure) return document.exitFullscreen();
  if (figure.classList.contains(WINDOW)) return leave();
  const asked = figure.requestFullscreen?.();
  // Refused or missing: use the window.
  if (!asked) return enter(figure, button);
  asked.then(
    () => follow(figure, button),
    () => enter(figure, button),
  );
}

/**
 * @param {HTMLElement} figure
 * @param {HTMLElement} button
 */
function follow(figure, button) {
  const told = () => {
    const is = document.fullscreenElement === figure;
    button.setAttribute("aria-pressed", String(is));
    if (!is) document.removeEventListener("fullscreenchange", told);
  };
  document.addEventListener("fullscreenchange", told);
  told();
}

/** @type {(() => void) | null} */
let restore = null;

/**
 * @param {HTMLElement} figure
 * @param {HTMLElement} button
 */
function enter(figure, button) {
  restore?.();
  const close = (/** @type {KeyboardEvent} */ { key }) => {
    if (key === "Escape") leave();
  };
  // The page below is not visible, so the focus stays here.
  const keep = (/** @type {FocusEvent} */ { target }) => {
    if (!figure.isConnected) leave();
    else if (!(target instanceof Node && figure.contains(target))) button.focus();
  };
  figure.classList.add(WINDOW);
  button.setAttribute("aria-pressed", "true");
  document.addEventListener("keydown", close);
  document.addEventListener("focusin", keep);
  restore = () => {
    figure.classList.remove(WINDOW);
    button.setAttribute("aria-pressed", "false");
    document.removeEventListener("keydown", close);
    document.removeEventListener("focusin", keep);
    restore = null;
    button.focus();
  };
}

function leave() {
  restore?.();
}
