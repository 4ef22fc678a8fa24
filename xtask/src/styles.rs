//! Checks of style sheets for which the linter (`biome.jsonc`) has no rule.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context as _, Result, bail};

use crate::{lines, progress::say, workspace};

/// The folder of the style sheets.
const FOLDER: &str = "style";
/// The one that imports all others.
const ENTRY: &str = "main.css";
/// Columns of the longest line.
const WIDEST: usize = 120;
/// The length of the shortest descriptive class name.
const SHORTEST: usize = 3;
/// Shorter names that occur on every page; `style/base.css` describes them. `go` is LL2's word for a status.
const UTILITIES: [&str; 6] = ["f", "go", "m", "nw", "sm", "sr"];

/// Fails when a line is too wide, a class has a name of one or two letters, or a style sheet is not imported: the bundler would leave it
/// out without a word.
pub(crate) fn check() -> Result<()> {
    lines::check(FOLDER, "css", faults_of)?;
    let folder = workspace::at(FOLDER);
    let entry = folder.join(ENTRY);
    let mut sheets = BTreeSet::new();
    list(&folder, &mut sheets)?;
    let others = sheets.iter().filter(|path| **path != entry).filter_map(|path| path.strip_prefix(&folder).ok());
    let others = others.map(|path| path.to_string_lossy().into_owned()).collect();
    let text = fs::read_to_string(&entry).with_context(|| format!("could not read {}", entry.display()))?;
    let faults = import_faults(&text, &others);
    for fault in &faults {
        say(&format!("    {FOLDER}/{ENTRY}: {fault}"));
    }
    if !faults.is_empty() {
        bail!("{FOLDER}/{ENTRY} has {} faults: see above", faults.len());
    }
    Ok(())
}

/// Collects the style sheets below a folder.
fn list(folder: &Path, sheets: &mut BTreeSet<PathBuf>) -> Result<()> {
    for entry in fs::read_dir(folder).with_context(|| format!("could not read {}", folder.display()))? {
        let path = entry?.path();
        if path.is_dir() {
            list(&path, sheets)?;
        } else if path.extension().is_some_and(|extension| extension == "css") {
            sheets.insert(path);
        }
    }
    Ok(())
}

/// Compares the imports of the entry with the other style sheets.
fn import_faults(entry: &str, others: &BTreeSet<String>) -> Vec<String> {
    let mut faults = Vec::new();
    let mut imported = BTreeSet::new();
    for line in entry.lines() {
        let Some(path) = line.strip_prefix("@import \"./").and_then(|rest| rest.strip_suffix("\";")) else { continue };
        if !imported.insert(path.to_owned()) {
            faults.push(format!("{path} is imported twice"));
        }
    }
    faults.extend(others.difference(&imported).map(|path| format!("{path} is not imported")));
    faults
}

/// Line numbers and the faults of these lines.
fn faults_of(text: &str) -> Vec<(usize, String)> {
    let mut faults = Vec::new();
    let mut is_comment = false;
    for (at, line) in text.lines().enumerate() {
        let columns = line.chars().count();
        if columns > WIDEST {
            faults.push((at + 1, format!("{columns} columns; the maximum is {WIDEST}")));
        }
        let code = without_comments(line, &mut is_comment);
        for class in classes(&code) {
            if class.len() < SHORTEST && !UTILITIES.contains(&class) {
                faults.push((at + 1, format!("the class `{class}` needs a descriptive name")));
            }
        }
    }
    faults
}

/// The line without comments, which may begin or end in it.
fn without_comments(line: &str, is_comment: &mut bool) -> String {
    let mut code = String::new();
    let mut rest = line;
    loop {
        let mark = if *is_comment { "*/" } else { "/*" };
        let Some((before, after)) = rest.split_once(mark) else {
            if !*is_comment {
                code.push_str(rest);
            }
            return code;
        };
        if !*is_comment {
            code.push_str(before);
        }
        *is_comment = !*is_comment;
        rest = after;
    }
}

/// The names after dots. A number has a digit after its dot, and no class begins with one.
fn classes(code: &str) -> impl Iterator<Item = &str> {
    code.split('.').skip(1).filter_map(|rest| {
        let end = rest.find(|letter: char| !letter.is_ascii_alphanumeric() && !"-_".contains(letter));
        let name = &rest[..end.unwrap_or(rest.len())];
        name.starts_with(|letter: char| letter.is_ascii_alphabetic()).then_some(name)
    })
}

#[cfg(test)]
mod tests {
    use super::{faults_of, import_faults};

    fn lines(text: &str) -> Vec<usize> {
        faults_of(text).into_iter().map(|(line, _)| line).collect()
    }

    #[test]
    fn a_line_has_a_maximum_width() {
        let text = format!("/*{}*/\n/*{}*/", "x".repeat(116), "x".repeat(117));
        assert_eq!(lines(&text), [2]);
    }

    #[test]
    fn a_short_class_name_is_a_fault_unless_it_is_a_utility() {
        assert_eq!(lines(".pl { }\n.sr, .m { }\n.st.go > .nav { }\n.mark { opacity: .5; }"), [1, 3]);
    }

    #[test]
    fn every_style_sheet_is_imported_once() {
        let others = ["base.css", "launch/hero.css"].map(str::to_owned).into();
        assert_eq!(import_faults("@import \"./base.css\";\n@import \"./launch/hero.css\";", &others), [""; 0]);
        let twice = "@import \"./base.css\";\n@import \"./base.css\";";
        let faults = ["base.css is imported twice", "launch/hero.css is not imported"];
        assert_eq!(import_faults(twice, &others), faults);
    }

    #[test]
    fn numbers_and_comments_are_not_classes() {
        assert_eq!(lines("a { transition: all .2s ease, b 0.1s; }\n/* .pl\n   .pl */ .nav { }"), [0; 0]);
    }
}
