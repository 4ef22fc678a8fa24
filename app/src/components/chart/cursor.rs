use leptos::prelude::*;

use super::questions::Questions;
use crate::charts::Figure;

/// The position of the keyboard on a chart.
#[derive(Clone, Copy)]
pub(super) struct Cursor {
    figure: Memo<Figure>,
    questions: Option<Questions>,
    at: RwSignal<Option<usize>>,
}

impl Cursor {
    pub(super) fn new(figure: Memo<Figure>, questions: Option<Questions>) -> Self {
        Self { figure, questions, at: RwSignal::new(None) }
    }

    /// The instructions for its use.
    pub(super) fn manual(self) -> &'static str {
        match self.questions {
            Some(Questions { is_elsewhere: true, .. }) => {
                "Arrow keys move over the marks, Enter opens the launches of one on the board, Escape leaves."
            }
            Some(_) => "Arrow keys move over the marks, Enter adds or removes a filter, Escape leaves.",
            None => "Arrow keys move over the marks, Escape leaves.",
        }
    }

    /// The mark at the cursor; none if there are fewer marks now.
    #[cfg(feature = "hydrate")]
    pub(super) fn at(self) -> Option<usize> {
        let count = self.figure.try_with(|figure| figure.marks.len())?;
        self.at.try_get().flatten().filter(|at| *at < count)
    }

    /// The text for a screen reader.
    pub(super) fn said(self) -> Option<String> {
        // Disposed of when a mark has led to another page: the area loses the focus only after that.
        let at = self.at.try_get().flatten()?;
        self.figure.with(|figure| {
            let mark = figure.marks.get(at)?;
            let is_selected = match (&mark.select, self.questions) {
                (Some(select), Some(questions)) => questions.query.with(|query| select.is_selected(query)),
                _ => false,
            };
            Some(format!("{}{}", mark.words.replace('\n', ", "), if is_selected { ", selected" } else { "" }))
        })
    }

    pub(super) fn leave(self) {
        let _ = self.at.try_set(None);
    }

    /// Toggles the filter of the mark at this index.
    pub(super) fn select(self, at: usize) {
        let select = self.figure.with_untracked(|figure| figure.marks.get(at).and_then(|mark| mark.select.clone()));
        if let (Some(select), Some(questions)) = (select, self.questions) {
            let asked = questions.query.with_untracked(|query| select.toggled(query));
            questions.ask.run(asked);
        }
    }

    pub(super) fn press(self, event: &leptos::ev::KeyboardEvent) {
        if event.ctrl_key() || event.alt_key() || event.meta_key() {
            return;
        }
        let at = self.at.get_untracked();
        let (count, column) = self.figure.with_untracked(|figure| (figure.marks.len(), figure.column));
        if count == 0 {
            return;
        }
        match (event.key().as_str(), at) {
            ("Enter" | " ", Some(at)) => self.select(at),
            ("Escape", Some(_)) => self.leave(),
            (key, at) => match step(key, at, count, column) {
                Some(at) => self.at.set(Some(at)),
                None => return,
            },
        }
        event.prevent_default();
        // Keys of the page must not react while the cursor is here.
        event.stop_propagation();
    }
}

/// Returns the mark that a key leads to from another; none for any other key. The first step leads to the first mark.
fn step(key: &str, at: Option<usize>, count: usize, column: usize) -> Option<usize> {
    let last = count.checked_sub(1)?;
    let back = matches!(key, "ArrowLeft" | "ArrowUp");
    let by = match key {
        "ArrowLeft" | "ArrowRight" => column.max(1),
        "ArrowUp" | "ArrowDown" => 1,
        "Home" => return Some(0),
        "End" => return Some(last),
        _ => return None,
    };
    let Some(at) = at else { return Some(0) };
    let to = if back { at.checked_sub(by) } else { at.checked_add(by) };
    // At the edge it stays: a jump to the other end would be unexpected.
    Some(to.filter(|to| *to <= last).unwrap_or(at))
}

#[cfg(test)]
mod tests {
    use super::step;

    #[test]
    fn the_cursor_moves_along_a_line_with_either_pair_of_arrows_and_stops_at_its_ends() {
        assert_eq!(step("ArrowRight", None, 3, 1), Some(0));
        assert_eq!(step("ArrowDown", Some(0), 3, 1), Some(1));
        assert_eq!(step("ArrowRight", Some(2), 3, 1), Some(2));
        assert_eq!(step("ArrowUp", Some(0), 3, 1), Some(0));
        assert_eq!(step("End", Some(0), 3, 1), Some(2));
        assert_eq!(step("Tab", Some(0), 3, 1), None);
        assert_eq!(step("ArrowRight", None, 0, 1), None);
    }

    #[test]
    fn the_cursor_moves_in_a_grid_by_columns_and_rows() {
        assert_eq!(step("ArrowRight", Some(3), 21, 7), Some(10));
        assert_eq!(step("ArrowLeft", Some(3), 21, 7), Some(3));
        assert_eq!(step("ArrowDown", Some(3), 21, 7), Some(4));
    }
}
