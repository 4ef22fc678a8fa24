//! Cuts out of the browser half what it never calls and the linker cannot know of.
//!
//! A view without its type (`AnyView`) holds a pointer to each way in which it could be woken. The linker keeps what is pointed to,
//! for every type that was ever hidden; the page is woken in one way only.

use std::{collections::HashSet, ops::Range};

use anyhow::{Context as _, Result};
use wasm_encoder::{Encode as _, Module, RawSection};
use wasmparser::{
    CustomSectionReader, FunctionBody, KnownCustom, Name, Parser, Payload, RelocAddendKind, RelocationEntry, TypeRef,
};

/// How the names of functions that nothing calls end, before their hash: waking a view in steps, as the router does for its own lazy routes
/// (ours wait for their part before anything is woken), and the future of that. Should that ever change, the page stops with `unreachable`
/// where it does.
///
/// The end and not any part: functions within these may be the same as others, and then the compiler keeps one for both. Waking a view
/// that was cloned from a `<template>` is not called either, and is not in the list, because for most views it is that from the server.
const NEVER_CALLED: [&str; 2] = ["hydrate_async17h", "hydrate_async28_$u7b$$u7b$closure$u7d$$u7d$17h"];

/// No locals, `unreachable`, `end`: a function that stops the program, whatever its type.
const STOPS: [u8; 3] = [0x00, 0x00, 0x0b];

/// The module with those functions emptied, and without the linker's notes on what they needed: what only they needed goes when the
/// module is parted and its glue is made.
pub(crate) fn unused(wasm: &[u8]) -> Result<Vec<u8>> {
    let input = Input::read(wasm).context("the browser half cannot be read")?;
    let code = Code::without(&input);
    let mut module = Module::new();
    for Section { id, range, name } in &input.sections {
        let data = &wasm[range.clone()];
        let changed = match (*id, *name) {
            (CODE, _) => Some(code.bytes.clone()),
            (CUSTOM, Some(RELOCATIONS)) => Some(relocations(&input, &code)?),
            _ => None,
        };
        module.section(&RawSection { id: *id, data: changed.as_deref().unwrap_or(data) });
    }
    Ok(module.finish())
}

/// The module without what only tools read.
pub(crate) fn bare(wasm: &[u8]) -> Result<Vec<u8>> {
    let input = Input::read(wasm).context("a part of the browser half cannot be read")?;
    let mut module = Module::new();
    for section in input.sections.iter().filter(|section| section.id != CUSTOM) {
        module.section(&RawSection { id: section.id, data: &wasm[section.range.clone()] });
    }
    Ok(module.finish())
}

const CUSTOM: u8 = 0;
const CODE: u8 = 10;
const RELOCATIONS: &str = "reloc.CODE";

/// A section as it stands in the file.
struct Section<'a> {
    id: u8,
    range: Range<usize>,
    /// Of a custom one.
    name: Option<&'a str>,
}

/// What must be known of a module in order to write it again.
#[derive(Default)]
struct Input<'a> {
    sections: Vec<Section<'a>>,
    /// How many functions stand before the module's own.
    imported: u32,
    bodies: Vec<FunctionBody<'a>>,
    /// Where the code begins in the file.
    start: usize,
    /// Numbers of functions, counted with the imported ones.
    never_called: HashSet<u32>,
    /// The number of the section that the linker's notes are on, and the notes.
    relocations: (u32, Vec<RelocationEntry>),
}

impl<'a> Input<'a> {
    fn read(wasm: &'a [u8]) -> Result<Self> {
        let mut input = Self::default();
        for payload in Parser::new(0).parse_all(wasm) {
            let payload = payload?;
            if let Some((id, range)) = payload.as_section() {
                let name = match &payload {
                    Payload::CustomSection(custom) => Some(custom.name()),
                    _ => None,
                };
                input.sections.push(Section { id, range: place(&range)?, name });
            }
            match payload {
                Payload::ImportSection(imports) => {
                    for import in imports.into_imports() {
                        input.imported += u32::from(matches!(import?.ty, TypeRef::Func(_) | TypeRef::FuncExact(_)));
                    }
                }
                Payload::CodeSectionStart { range, .. } => input.start = usize::try_from(range.start)?,
                Payload::CodeSectionEntry(body) => input.bodies.push(body),
                Payload::CustomSection(custom) => input.note(&custom)?,
                _ => {}
            }
        }
        Ok(input)
    }

    fn note(&mut self, custom: &CustomSectionReader<'a>) -> Result<()> {
        match custom.as_known() {
            KnownCustom::Name(names) => {
                for name in names {
                    let Name::Function(functions) = name? else { continue };
                    for function in functions {
                        let function = function?;
                        if NEVER_CALLED.iter().any(|end| function.name.contains(end)) {
                            self.never_called.insert(function.index);
                        }
                    }
                }
            }
            KnownCustom::Reloc(notes) if custom.name() == RELOCATIONS => {
                self.relocations = (notes.section_index(), notes.entries().into_iter().collect::<Result<_, _>>()?);
            }
            _ => {}
        }
        Ok(())
    }
}

/// The code, written again.
struct Code {
    bytes: Vec<u8>,
    /// Where each function stood and stands, counted from the beginning of the code, and whether it is still itself.
    moved: Vec<(Range<usize>, usize, bool)>,
}

impl Code {
    fn without(input: &Input<'_>) -> Self {
        let mut bytes = Vec::new();
        let mut moved = Vec::new();
        input.bodies.len().encode(&mut bytes);
        for (number, body) in (input.imported..).zip(&input.bodies) {
            let is_kept = !input.never_called.contains(&number);
            let content = if is_kept { body.as_bytes() } else { &STOPS };
            content.len().encode(&mut bytes);
            let from = body.range().start as usize - input.start;
            moved.push((from..from + body.as_bytes().len(), bytes.len(), is_kept));
            bytes.extend_from_slice(content);
        }
        Self { bytes, moved }
    }

    /// Where a byte of the code stands now; nothing when it is gone.
    fn now(&self, offset: u32) -> Option<u32> {
        let offset = offset as usize;
        let (from, to, is_kept) =
            &self.moved[self.moved.partition_point(|(from, ..)| from.start <= offset).checked_sub(1)?];
        (*is_kept && from.contains(&offset)).then(|| u32::try_from(to + offset - from.start).ok())?
    }
}

/// The linker's notes on the code as it stands now.
fn relocations(input: &Input<'_>, code: &Code) -> Result<Vec<u8>> {
    let (section, notes) = &input.relocations;
    let kept: Vec<_> = notes.iter().filter_map(|note| Some((code.now(note.offset)?, note))).collect();
    let mut bytes = Vec::new();
    RELOCATIONS.encode(&mut bytes);
    section.encode(&mut bytes);
    kept.len().encode(&mut bytes);
    for (offset, note) in kept {
        bytes.push(note.ty as u8);
        offset.encode(&mut bytes);
        note.index.encode(&mut bytes);
        match note.ty.addend_kind() {
            RelocAddendKind::None => {}
            RelocAddendKind::Addend32 => {
                i32::try_from(note.addend).context("an addend is too large")?.encode(&mut bytes)
            }
            RelocAddendKind::Addend64 => note.addend.encode(&mut bytes),
        }
    }
    Ok(bytes)
}

fn place(range: &Range<u64>) -> Result<Range<usize>> {
    Ok(usize::try_from(range.start)?..usize::try_from(range.end)?)
}

#[cfg(test)]
mod tests {
    use wasm_encoder::{CodeSection, CustomSection, Function, FunctionSection, NameMap, NameSection, TypeSection};
    use wasmparser::RelocationType;

    use super::*;

    const NAMES: [&str; 3] = [
        "_ZN4view9into_any13hydrate_async17h0123456789abcdefE",
        "_ZN4view13hydrate_async28_$u7b$$u7b$closure$u7d$$u7d$4prep17h0123456789abcdefE",
        "_ZN4view7hydrate17h0123456789abcdefE",
    ];
    /// What each function drops, in the five bytes that a linker sets aside.
    const CONSTANTS: [i32; 3] = [7, 8, 9];

    /// Three functions of the same form, each with a note on its constant.
    fn module() -> Vec<u8> {
        let mut module = Module::new();
        let mut types = TypeSection::new();
        types.ty().function([], []);
        let mut functions = FunctionSection::new();
        let mut code = CodeSection::new();
        let mut names = NameMap::new();
        for (number, (name, constant)) in (0..).zip(NAMES.into_iter().zip(CONSTANTS)) {
            functions.function(0);
            let mut function = Function::new([]);
            function.raw([0x41, 0x80 | constant as u8, 0x80, 0x80, 0x80, 0x00, 0x1a, 0x0b]);
            code.function(&function);
            names.append(number, name);
        }
        module.section(&types).section(&functions).section(&code);
        let mut notes = Vec::new();
        2_u32.encode(&mut notes);
        3_u32.encode(&mut notes);
        for number in 0..3_u32 {
            notes.push(RelocationType::MemoryAddrSleb as u8);
            // The count, then for each function its size, its locals and the instruction's own byte.
            (1 + number * 10 + 3).encode(&mut notes);
            number.encode(&mut notes);
            (-i32::try_from(number).expect("small")).encode(&mut notes);
        }
        module.section(&CustomSection { name: RELOCATIONS.into(), data: notes.as_slice().into() });
        let mut section = NameSection::new();
        section.functions(&names);
        module.section(&section);
        module.finish()
    }

    /// The constants that the linker's notes point at.
    fn noted(wasm: &[u8]) -> Vec<(i32, u32, i64)> {
        let input = Input::read(wasm).expect("it is a module");
        let constant = |note: &RelocationEntry| i32::from(wasm[input.start + note.offset as usize] & 0x7f);
        input.relocations.1.iter().map(|note| (constant(note), note.index, note.addend)).collect()
    }

    #[test]
    fn only_what_ends_in_such_a_name_is_emptied() {
        let cut = unused(&module()).expect("it is a module");
        wasmparser::Validator::new().validate_all(&cut).expect("and stays one");
        let input = Input::read(&cut).expect("it reads");
        let sizes: Vec<_> = input.bodies.iter().map(|body| body.as_bytes().len()).collect();
        assert_eq!(sizes, [3, 9, 9]);
        assert_eq!(input.bodies[0].as_bytes(), STOPS);
    }

    #[test]
    fn the_linkers_notes_follow_the_code_and_go_with_it() {
        assert_eq!(noted(&module()), [(7, 0, 0), (8, 1, -1), (9, 2, -2)], "the test's own module");
        assert_eq!(noted(&unused(&module()).expect("it is a module")), [(8, 1, -1), (9, 2, -2)]);
    }

    #[test]
    fn what_only_tools_read_goes_and_the_rest_stays() {
        let bare = bare(&module()).expect("it is a module");
        wasmparser::Validator::new().validate_all(&bare).expect("and stays one");
        let input = Input::read(&bare).expect("it reads");
        assert_eq!(input.bodies.len(), 3);
        assert!(input.sections.iter().all(|section| section.id != CUSTOM));
    }

    #[test]
    fn what_is_no_module_is_refused() {
        assert!(unused(b"no module").is_err());
        assert!(bare(b"no module").is_err());
    }
}
