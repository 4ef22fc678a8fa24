//! Removes everything from a part of the browser half that only tools read: names, producers, the linker's notes.
//!
//! wasm-bindgen does this for the main module, but does not process the parts.

use std::ops::Range;

use anyhow::{Context as _, Result};
use wasm_encoder::{Module, RawSection, SectionId};
use wasmparser::Parser;

/// The module without its custom sections, the rest byte for byte.
pub(crate) fn bare(wasm: &[u8]) -> Result<Vec<u8>> {
    let mut module = Module::new();
    for payload in Parser::new(0).parse_all(wasm) {
        let payload = payload.context("could not parse a part of the WASM")?;
        if let Some((id, range)) = payload.as_section()
            && id != SectionId::Custom as u8
        {
            module.section(&RawSection { id, data: &wasm[in_memory(&range)?] });
        }
    }
    Ok(module.finish())
}

fn in_memory(range: &Range<u64>) -> Result<Range<usize>> {
    Ok(usize::try_from(range.start)?..usize::try_from(range.end)?)
}

#[cfg(test)]
mod tests {
    use wasm_encoder::{CodeSection, CustomSection, Function, FunctionSection, NameMap, NameSection, TypeSection};

    use super::*;

    /// A module with a function, its name, and a section as a linker writes it.
    fn module() -> Vec<u8> {
        let mut types = TypeSection::new();
        types.ty().function([], []);
        let mut functions = FunctionSection::new();
        functions.function(0);
        let mut function = Function::new([]);
        function.instructions().end();
        let mut code = CodeSection::new();
        code.function(&function);
        let mut names = NameMap::new();
        names.append(0, "moon");
        let mut section = NameSection::new();
        section.functions(&names);
        let notes = CustomSection { name: "reloc.CODE".into(), data: [3, 0][..].into() };
        Module::new()
            .section(&types)
            .section(&functions)
            .section(&code)
            .section(&notes)
            .section(&section)
            .clone()
            .finish()
    }

    fn sections(wasm: &[u8]) -> Vec<u8> {
        Parser::new(0).parse_all(wasm).filter_map(|payload| payload.unwrap().as_section()).map(|(id, _)| id).collect()
    }

    #[test]
    fn sections_for_tools_are_removed_and_the_rest_stays() {
        let whole = module();
        assert_eq!(sections(&whole), [1, 3, 10, 0, 0], "the test's own module");
        let bare = bare(&whole).unwrap();
        wasmparser::Validator::new().validate_all(&bare).unwrap();
        assert_eq!(sections(&bare), [1, 3, 10]);
    }

    #[test]
    fn an_invalid_module_is_refused() {
        assert!(bare(b"not a module").is_err());
    }
}
