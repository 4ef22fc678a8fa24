const known = new Map();

/**
 * A design token as it stands under the theme in force. Kept until the theme changes: to ask for one makes the browser style the whole page,
 * and between two charts of a filtered page there is always something new to style.
 */
export function token(name) {
  if (!known.has(name)) known.set(name, getComputedStyle(document.documentElement).getPropertyValue(name).trim());
  return known.get(name);
}

/** For when the theme has changed. */
export const forgetTokens = () => known.clear();
