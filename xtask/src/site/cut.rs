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
