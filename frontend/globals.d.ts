// Events and globals shared by the scripts of a page and the program.

interface WindowEventMap {
  /** Newer data: the body of /api/v1/freshness as text. */
  "mooncoon-news": CustomEvent<string>;
  /** A text to show for a moment and to announce. */
  "mooncoon-say": CustomEvent<string>;
  /** Requests the palette or the list of keys; the program cancels it when it has handled it. */
  "mooncoon-open": CustomEvent<"commands" | "keys">;
}

interface Window {
  /** From `public/version.js`: why a file could not be loaded. */
  mooncoonMissing?: () => Promise<"same" | "replaced" | "unreachable" | "failing" | "loading">;
  /** From `frontend/js/charts.js`, for `app/src/components/chart/bridge.rs`. */
  mooncoonCharts?: object;
}
