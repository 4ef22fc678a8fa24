// What the scripts of a page and the program say to each other.

interface WindowEventMap {
  /** Newer data: the body of /api/v1/freshness as text. */
  "mooncoon-news": CustomEvent<string>;
  /** A text to be shown for a moment and read aloud. */
  "mooncoon-say": CustomEvent<string>;
  /** Asks for the palette or the list of keys; cancelled by a program that heard it. */
  "mooncoon-open": CustomEvent<"commands" | "keys">;
}

interface Window {
  /** Of `public/version.js`: what is the matter with a file that does not come. */
  mooncoonMissing?: () => Promise<"same" | "replaced" | "unreachable" | "failing" | "loading">;
  /** Of `frontend/js/charts.js`, for `app/src/components/chart/bridge.rs`. */
  mooncoonCharts?: object;
}
