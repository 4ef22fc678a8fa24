/** An element with attributes and children. Text is always a text node: no name from outside is ever read as markup. */
export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

/**
 * Opens a modal dialog of the browser, which keeps the focus within, closes on Escape and gives the focus back by itself.
 * It leaves the page when it is closed.
 */
export function openDialog(dialog) {
  // The dialog itself is its backdrop: its content lies in the elements within.
  dialog.addEventListener("click", ({ target }) => {
    if (target === dialog) dialog.close();
  });
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}

/** The button that closes a dialog, named by its key where there is one. */
export function closeButton(dialog) {
  const words = [element("span", { class: "no-phone" }, "Esc"), element("span", { class: "only-phone" }, "Close")];
  const close = element("button", { type: "button", class: "btn quiet", "aria-label": "Close" }, ...words);
  close.addEventListener("click", () => dialog.close());
  return close;
}

/** Tells the result of a command, for the eye and for the ear; `public/companion.js` owns the place. */
export function say(text) {
  dispatchEvent(new CustomEvent("mooncoon-say", { detail: text }));
}
