/** A design token as it stands under the theme in force. */
export const token = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
