/** @type {Map<string, string>} */
const known = new Map();

/**
 * Returns the value of a design token ("--text") under the current theme. Cached until the theme changes: reading one makes the browser
 * style the whole page, and between two charts of a filtered page there is always something new to style.
 *
 * @param {string} name
 * @returns {string}
 */
export function token(name) {
  const kept = known.get(name);
  if (kept !== undefined) return kept;
  const value = getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const resolved = value.includes("light-dark(") ? colorOf(name) : value;
  known.set(name, resolved);
  return resolved;
}

/**
 * Returns the colour of a token under the current theme. A token holds both themes' values until an element uses it.
 *
 * @param {string} name
 */
function colorOf(name) {
  const probe = document.createElement("span");
  probe.style.color = `var(${name})`;
  document.body.append(probe);
  const { color } = getComputedStyle(probe);
  probe.remove();
  return color;
}

/** Clears the cache after a change of the theme. */
export const forgetTokens = () => known.clear();
