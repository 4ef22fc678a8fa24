// Blocking on purpose, and tiny for that reason: a theme set after the first paint is a flash.
try {
  const theme = localStorage.getItem("mooncoon.theme");
  if (theme === "dark" || theme === "light") document.documentElement.dataset.theme = theme;
} catch {
  // Storage is forbidden: the system's theme it is.
}
