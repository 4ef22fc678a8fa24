// Starts the browser half. The names are hashed, so they come from the page; nothing inline, so a strict policy holds.
const { js, wasm } = document.getElementById("boot").dataset;
const { default: load, hydrate } = await import(js);
await load({ module_or_path: wasm });
const isWhole = await hydrate(location.pathname, location.search);
if (isWhole) document.documentElement.dataset.ready = "";
// What the first view does without comes last.
await import("/companion.js");
if (!isWhole) dispatchEvent(new CustomEvent("mooncoon-say", { detail: "A part of this page did not come: it can be read, and does nothing. Load it again to try once more." }));
