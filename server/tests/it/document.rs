//! Pages as browsers read them: html5ever's tokenizer, told where text is not markup as a browser's tree builder tells it.

use std::cell::{Cell, RefCell};

use html5ever::tokenizer::{
    BufferQueue, CharacterTokens, EndTag, StartTag, TagToken, Token, TokenSink, TokenSinkResult, Tokenizer,
    TokenizerOpts, states::RawKind,
};

/// A start tag and the text that stands directly behind it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Element {
    pub(crate) name: String,
    pub(crate) attributes: Vec<(String, String)>,
    pub(crate) text: String,
    /// Within a drawing, where titles are of its parts.
    pub(crate) is_drawn: bool,
}

/// Every element of a page, in the order of the text.
pub(crate) fn elements(html: &str, has_scripts: bool) -> Vec<Element> {
    let input = BufferQueue::default();
    input.push_back(html.into());
    let sink = Sink { has_scripts, elements: RefCell::default(), drawings: Cell::default() };
    let tokenizer = Tokenizer::new(sink, TokenizerOpts::default());
    // A script stops the tokenizer until it has run; none runs here.
    while !input.is_empty() {
        let _ = tokenizer.feed(&input);
    }
    tokenizer.end();
    tokenizer.sink.elements.take()
}

struct Sink {
    /// A browser that runs scripts takes the content of `<noscript>` for text.
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
