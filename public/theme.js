// Blocking on purpose, and tiny for that reason: a theme set after the first paint would flash.
try {
  const theme = localStorage.getItem("mooncoon.theme");
  if (theme === "dark" || theme === "light") document.documentElement.dataset.theme = theme;
} catch {
  // Storage is forbidden: use the system's theme.
}
