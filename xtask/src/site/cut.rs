//! Cuts out of the browser half what it never calls and the linker cannot know of.
//!
//! A view without its type (`AnyView`) holds a pointer to each way in which it could be woken. The linker keeps what is pointed to,
//! for every type that was ever hidden; the page is woken in one way only.

use anyhow::{Result, anyhow};
use walrus::{FunctionBuilder, FunctionKind, LocalFunction, Module, ModuleConfig};

/// How the names of functions that nothing calls end, before their hash: waking a view whose code is loaded later, for which there is no
/// route, and the future of that. Should that ever change, the page stops with `unreachable` where it does.
///
/// The end and not any part: functions within these may be the same as others, and then the compiler keeps one for both. Waking a view
/// that was cloned from a `<template>` is not called either, and is not in the list, because for most views it is that from the server.
const NEVER_CALLED: [&str; 2] = ["hydrate_async17h", "hydrate_async28_$u7b$$u7b$closure$u7d$$u7d$17h"];

/// The module with those functions emptied. What only they needed goes when the glue is made.
pub(super) fn unused(wasm: &[u8]) -> Result<Vec<u8>> {
    let config = || {
        let mut config = ModuleConfig::new();
        config.generate_producers_section(false);
        config
    };
    let mut module = config().parse(wasm).map_err(|error| anyhow!("the browser half cannot be read: {error:#}"))?;
    let unused: Vec<_> = module
        .funcs
        .iter_local()
        .filter(|(id, _)| {
            let name = module.funcs.get(*id).name.as_deref().unwrap_or_default();
            NEVER_CALLED.iter().any(|part| name.contains(part))
        })
        .map(|(id, function)| (id, function.ty()))
        .collect();
    for (id, ty) in unused {
        let emptied = empty(&mut module, ty);
        module.funcs.get_mut(id).kind = FunctionKind::Local(emptied);
    }
    Ok(module.emit_wasm())
}

/// A function of that type that stops the program.
fn empty(module: &mut Module, ty: walrus::TypeId) -> LocalFunction {
    let (parameters, results) = {
        let ty = module.types.get(ty);
        (ty.params().to_vec(), ty.results().to_vec())
    };
    let arguments = parameters.iter().map(|kind| module.locals.add(*kind)).collect();
    let mut builder = FunctionBuilder::new(&mut module.types, &parameters, &results);
    builder.func_body().unreachable();
    builder.local_func(arguments)
}

#[cfg(test)]
mod tests {
    use walrus::{FunctionBuilder, Module};

    use super::unused;

    #[test]
    fn only_what_ends_in_such_a_name_is_emptied() {
        let names = [
            "_ZN4view9into_any13hydrate_async17h0123456789abcdefE",
            "_ZN4view13hydrate_async28_$u7b$$u7b$closure$u7d$$u7d$4prep17h0123456789abcdefE",
            "_ZN4view7hydrate17h0123456789abcdefE",
        ];
        let mut module = Module::default();
        for name in names {
            let mut builder = FunctionBuilder::new(&mut module.types, &[], &[]);
            builder.name(name.to_owned()).func_body().i32_const(7).drop();
            let id = builder.finish(Vec::new(), &mut module.funcs);
            module.exports.add(name, id);
        }
        let cut = Module::from_buffer(&unused(&module.emit_wasm()).expect("it is a module")).expect("and stays one");
        let sizes = names.map(|name| {
            let id = cut.funcs.by_name(name).expect("names stay");
            cut.funcs.get(id).kind.unwrap_local().size()
        });
        assert_eq!(sizes, [1, 2, 2], "instructions of each");
    }

    #[test]
    fn what_is_no_module_is_refused() {
        assert!(unused(b"no module").is_err());
    }
}
