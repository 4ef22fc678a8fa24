//! Codecs convert a value to the cells of a row and back. The macro creates a codec from the fields of a struct.

use std::marker::PhantomData;

use super::{
    form::{Cell, Damaged},
    reader::{Reader, Row},
    writer::Writer,
};

/// One way to write a value as a fixed number of cells. Usually the type itself; a separate type if there are several
/// ways.
pub(super) trait Codec {
    type Value;
    /// The context that the value is written relative to; `()` for most.
    type Given;
    /// The number of cells.
    const WIDTH: usize;

    /// Appends the names of its columns, for a field of this name.
    fn columns(name: &str, columns: &mut Vec<String>);

    /// Appends [`Codec::WIDTH`] cells. The first of them is not empty, so that [`Option`] can detect a value.
    fn pack(value: &Self::Value, given: Self::Given, row: &mut Vec<Cell>, writer: &mut Writer);

    /// Reads [`Codec::WIDTH`] cells.
    fn unpack(given: Self::Given, row: &mut Row<'_>, reader: &mut Reader<'_>) -> Result<Self::Value, Damaged>;

    /// Isolates the texts that pages show: see [`Isolate`](crate::Isolate).
    fn isolate(_: &mut Self::Value) {}
}

/// A codec of one cell.
pub(super) trait Scalar {
    type Value;
    type Given;

    fn write(value: &Self::Value, given: Self::Given, writer: &mut Writer) -> Cell;

    fn read(cell: Cell, given: Self::Given, reader: &Reader<'_>) -> Result<Self::Value, Damaged>;

    /// See [`Codec::isolate`].
    fn isolate(_: &mut Self::Value) {}
}

impl<S: Scalar> Codec for S {
    type Value = S::Value;
    type Given = S::Given;
    const WIDTH: usize = 1;

    fn columns(name: &str, columns: &mut Vec<String>) {
        columns.push(name.to_owned());
    }

    fn pack(value: &Self::Value, given: Self::Given, row: &mut Vec<Cell>, writer: &mut Writer) {
        row.push(S::write(value, given, writer));
    }

    fn unpack(given: Self::Given, row: &mut Row<'_>, reader: &mut Reader<'_>) -> Result<Self::Value, Damaged> {
        S::read(row.take(), given, reader)
    }

    fn isolate(value: &mut Self::Value) {
        S::isolate(value);
    }
}

/// None is written as empty cells.
impl<C: Codec> Codec for Option<C> {
    type Value = Option<C::Value>;
    type Given = C::Given;
    const WIDTH: usize = C::WIDTH;

    fn columns(name: &str, columns: &mut Vec<String>) {
        C::columns(name, columns);
    }

    fn pack(value: &Self::Value, given: Self::Given, row: &mut Vec<Cell>, writer: &mut Writer) {
        match value {
            Some(value) => C::pack(value, given, row, writer),
            None => row.resize(row.len() + C::WIDTH, None),
        }
    }

    fn unpack(given: Self::Given, row: &mut Row<'_>, reader: &mut Reader<'_>) -> Result<Self::Value, Damaged> {
        if row.is_empty_here() {
            row.skip(C::WIDTH);
            return Ok(None);
        }
        C::unpack(given, row, reader).map(Some)
    }

    fn isolate(value: &mut Self::Value) {
        if let Some(value) = value {
            C::isolate(value);
        }
    }
}

/// A value in a box. An impl for `Box<C>` itself would conflict with the blanket impl for [`Scalar`].
pub(super) struct Boxed<C>(PhantomData<C>);

impl<C: Codec> Codec for Boxed<C> {
    type Value = Box<C::Value>;
    type Given = C::Given;
    const WIDTH: usize = C::WIDTH;

    fn columns(name: &str, columns: &mut Vec<String>) {
        C::columns(name, columns);
    }

    fn pack(value: &Self::Value, given: Self::Given, row: &mut Vec<Cell>, writer: &mut Writer) {
        C::pack(value, given, row, writer);
    }

    fn unpack(given: Self::Given, row: &mut Row<'_>, reader: &mut Reader<'_>) -> Result<Self::Value, Damaged> {
        C::unpack(given, row, reader).map(Box::new)
    }

    fn isolate(value: &mut Self::Value) {
        C::isolate(value);
    }
}

/// Makes a struct its own codec: each field with its codec and, after `=`, the codec's context, computed from preceding
/// fields. A field that is missing here does not compile. The codec of a text also says whether pages show it: a
/// [`Key`](super::scalar::Key) is not isolated.
macro_rules! columns {
    (@given) => { () };
    (@given $given:expr) => { $given };
    (@type) => { () };
    (@type $type:ty) => { $type };
    ($record:ident $(($given:ident: $type:ty))? { $($field:ident: $codec:ty $(= $from:expr)?),+ $(,)? }) => {
        impl Codec for $record {
            type Value = Self;
            type Given = columns!(@type $($type)?);
            const WIDTH: usize = 0 $(+ <$codec as Codec>::WIDTH)+;

            fn columns(name: &str, columns: &mut Vec<String>) {
                $(<$codec as Codec>::columns(&format!("{name}.{}", stringify!($field)), columns);)+
            }

            fn pack(value: &Self, _given: Self::Given, row: &mut Vec<Cell>, writer: &mut Writer) {
                $(let $given = _given;)?
                let Self { $($field),+ } = value;
                $(<$codec as Codec>::pack($field, columns!(@given $($from)?), row, writer);)+
            }

            fn unpack(_given: Self::Given, row: &mut Row<'_>, reader: &mut Reader<'_>) -> Result<Self, Damaged> {
                $(let $given = _given;)?
                $(let $field = <$codec as Codec>::unpack(columns!(@given $($from)?), row, reader)?;)+
                Ok(Self { $($field),+ })
            }

            fn isolate(value: &mut Self) {
                let Self { $($field),+ } = value;
                $(<$codec as Codec>::isolate($field);)+
            }
        }

        impl Isolate for $record {
            fn isolate(&mut self) {
                <Self as Codec>::isolate(self);
            }
        }
    };
}

pub(super) use columns;
