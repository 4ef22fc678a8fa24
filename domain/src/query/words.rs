/// The words of a search, in lower case.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Words(Vec<String>);

/// A part of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Part<'text> {
    pub text: &'text str,
    /// The part matches a word of the search.
    pub hit: bool,
}

impl Words {
    pub fn of(search: &str) -> Self {
        Self(search.to_lowercase().split_whitespace().map(str::to_owned).collect())
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(String::as_str)
    }

    /// Splits the text into parts that match the search and parts that do not. Concatenated, they are the text.
    pub fn split<'text>(&self, text: &'text str) -> Vec<Part<'text>> {
        let found = self.found(text);
        let mut parts = Vec::with_capacity(found.len() * 2 + 1);
        let mut at = 0;
        for (start, end) in found {
            if start > at {
                parts.push(Part { text: &text[at..start], hit: false });
            }
            parts.push(Part { text: &text[start..end], hit: true });
            at = end;
        }
        if at < text.len() {
            parts.push(Part { text: &text[at..], hit: false });
        }
        parts
    }

    /// Returns where words occur, as byte ranges of the text, in order and without overlaps.
    fn found(&self, text: &str) -> Vec<(usize, usize)> {
        if self.is_empty() {
            return Vec::new();
        }
        // Lower case may be longer or shorter than the text, so the range of the original character is stored for each
        // lower-case byte.
        let mut lowered = String::with_capacity(text.len());
        let mut origins = Vec::with_capacity(text.len());
        for (at, character) in text.char_indices() {
            lowered.extend(character.to_lowercase());
            origins.resize(lowered.len(), (at, at + character.len_utf8()));
        }
        let mut found: Vec<(usize, usize)> = Vec::new();
        for word in self.iter() {
            found.extend(lowered.match_indices(word).map(|(at, _)| (origins[at].0, origins[at + word.len() - 1].1)));
        }
        crate::sort::sort_by(&mut found, Ord::cmp);
        let mut merged: Vec<(usize, usize)> = Vec::new();
        for (start, end) in found {
            match merged.last_mut() {
                Some(last) if start <= last.1 => last.1 = last.1.max(end),
                _ => merged.push((start, end)),
            }
        }
        merged
    }
}
