// Starts the browser half. The names are hashed, so they come from the page; nothing inline, so a strict policy holds.
const { js, wasm } = document.getElementById("boot").dataset;

/** Whether the page was taken over. */
async function start() {
  const { default: load, hydrate } = await import(js);
  await load({ module_or_path: wasm });
  return hydrate(location.pathname, location.search);
}

/** The page can be read and its links work, but nothing else does: said above it for as long as that is so. */
async function admit() {
  const place = document.createElement("div");
  place.className = "wrap banners";
  place.setAttribute("role", "status");
  document.getElementById("main").prepend(place);
  // A live region that comes with its words is not heard.
  await new Promise((next) => setTimeout(next));
  const again = document.createElement("a");
  again.href = "";
  again.textContent = "Load it again";
  const words = document.createElement("p");
  words.className = "ban off";
  words.append("A part of this page did not come. It can be read and its links work; filters, buttons and clocks do not. ", again);
  place.append(words);
}

try {
  if (await start()) document.documentElement.dataset.ready = "";
  else await admit();
} catch (error) {
  console.error(error);
  await admit();
}
// What the first view does without comes last.
await import("/companion.js");
