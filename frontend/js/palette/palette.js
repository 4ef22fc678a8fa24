// The command palette and the map of keys: one file, fetched by `public/companion.js` when the first of them is asked for.

export { commands } from "./commands.js";
export { keyMap } from "./keys.js";
