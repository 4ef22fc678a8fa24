/// The names of the built files, hashed by `xtask`; the server reads them from the site's manifest.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Assets {
    /// The JavaScript that loads the browser half, `/pkg/mooncoon.<hash>.js`.
    pub js: String,
    /// The browser half itself, `/pkg/mooncoon.<hash>.wasm`.
    pub wasm: String,
    /// The bridge to ECharts, loaded when the first chart comes into view.
    pub charts: String,
    /// The style sheet.
    pub css: String,
    /// The drawing of the world, loaded with the map.
    pub world: String,
    /// The parts of the browser half that are loaded on demand.
    pub parts: PartFiles,
}

/// The files of each part of the browser half that is not loaded with every page.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct PartFiles {
    /// All pages but the board.
    pub pages: Vec<String>,
    /// All views of the board but the cards.
    pub views: Vec<String>,
    /// The command palette and the list of keys.
    pub palette: Vec<String>,
}
