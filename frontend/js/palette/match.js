// Which entries fit what was typed, best first.

/** Small letters without accents: "Ariane" finds "Arianespace", "gregory" finds "Grégory". */
export const plain = (text) =>
  text
    .normalize("NFD")
    .replace(/\p{Diacritic}/gu, "")
    .toLowerCase();

/** 0 begins with it, 1 has a word that does, 2 holds it, 3 holds its words apart; none where a word is missing. */
export function rank(text, typed) {
  const whole = plain(text);
  if (whole.startsWith(typed)) return 0;
  if (whole.includes(` ${typed}`)) return 1;
  if (whole.includes(typed)) return 2;
  return typed.split(" ").every((word) => whole.includes(word)) ? 3 : null;
}

/** The entries that fit, best first; entries of one rank keep their order. */
export function best(entries, typed, most) {
  const fitting = [];
  for (const entry of entries) {
    const place = rank(entry.label, typed) ?? (entry.words && rank(`${entry.label} ${entry.words}`, typed) !== null ? 4 : null);
    if (place !== null) fitting.push({ entry, place });
  }
  fitting.sort((one, other) => one.place - other.place);
  return fitting.slice(0, most).map(({ entry }) => entry);
}
