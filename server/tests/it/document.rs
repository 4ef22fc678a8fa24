//! Pages as browsers parse them: html5ever's tokenizer, which is told where text is not markup, as a browser's tree builder does.

use std::cell::{Cell, RefCell};

use html5ever::tokenizer::{
    BufferQueue, CharacterTokens, EndTag, StartTag, TagToken, Token, TokenSink, TokenSinkResult, Tokenizer,
    TokenizerOpts, states::RawKind,
};

/// A start tag and the text directly after it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Element {
    pub(crate) name: String,
    pub(crate) attributes: Vec<(String, String)>,
    pub(crate) text: String,
    /// Within an SVG, where titles belong to its parts.
    pub(crate) is_drawn: bool,
}

/// Returns every element of a page, in document order.
pub(crate) fn elements(html: &str, has_scripts: bool) -> Vec<Element> {
    let input = BufferQueue::default();
    input.push_back(html.into());
    let sink = Sink { has_scripts, elements: RefCell::default(), drawings: Cell::default() };
    let tokenizer = Tokenizer::new(sink, TokenizerOpts::default());
    // A script stops the tokenizer until it has run; no script runs here.
    while !input.is_empty() {
        let _ = tokenizer.feed(&input);
    }
    tokenizer.end();
    tokenizer.sink.elements.take()
}

struct Sink {
    /// A browser that runs scripts parses the content of `<noscript>` as text.
    has_scripts: bool,
    elements: RefCell<Vec<Element>>,
    drawings: Cell<usize>,
}

impl TokenSink for Sink {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        match token {
            TagToken(tag) if tag.kind == StartTag => {
                let name = tag.name.to_string();
                let is_drawn = self.drawings.get() > 0;
                if name == "svg" && !tag.self_closing {
                    self.drawings.set(self.drawings.get() + 1);
                }
                let attributes =
                    tag.attrs.iter().map(|attr| (attr.name.local.to_string(), attr.value.to_string())).collect();
                let kind = match name.as_str() {
                    _ if is_drawn => None,
                    "title" | "textarea" => Some(RawKind::Rcdata),
                    "style" | "xmp" | "iframe" | "noembed" | "noframes" => Some(RawKind::Rawtext),
                    "noscript" if self.has_scripts => Some(RawKind::Rawtext),
                    "script" => Some(RawKind::ScriptData),
                    _ => None,
                };
                self.elements.borrow_mut().push(Element { name, attributes, text: String::new(), is_drawn });
                kind.map_or(TokenSinkResult::Continue, TokenSinkResult::RawData)
            }
            TagToken(tag) => {
                if tag.kind == EndTag && &*tag.name == "svg" {
                    self.drawings.set(self.drawings.get().saturating_sub(1));
                }
                TokenSinkResult::Continue
            }
            CharacterTokens(text) => {
                if let Some(last) = self.elements.borrow_mut().last_mut() {
                    last.text.push_str(&text);
                }
                TokenSinkResult::Continue
            }
            _ => TokenSinkResult::Continue,
        }
    }
}
