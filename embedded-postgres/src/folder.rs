//! The data folder: its lock, the password, the private socket folder, and random names.

use std::{
    fs::{self, File, OpenOptions, TryLockError},
    io::{self, Read, Write},
    os::unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt, PermissionsExt},
    path::{Path, PathBuf},
};

use crate::{
    account::Account,
    error::{EmbeddedError, file},
};

/// The longest folder path that leaves room for `/.s.PGSQL.5432.lock` below 100 bytes (the system's limit is 104 on macOS, 108 on Linux).
const LONGEST_SOCKET_FOLDER: usize = 80;

/// A data folder with an exclusive lock, held as long as this value lives.
#[derive(Debug)]
pub(crate) struct DataFolder {
    path: PathBuf,
    /// The kernel releases the lock when the program ends, however it ends.
    _lock: File,
}

impl DataFolder {
    /// Creates the folder if it is missing, and takes its lock.
    pub(crate) fn open(path: &Path, account: &Account) -> Result<Self, EmbeddedError> {
        if !path.is_dir() {
            fs::create_dir_all(path).map_err(file("create", path))?;
            // The unprivileged account must be able to pass through to the cluster, but not to list the folder.
            let mode = if *account == Account::Own { 0o700 } else { 0o711 };
            fs::set_permissions(path, fs::Permissions::from_mode(mode)).map_err(file("set the rights of", path))?;
        }
        let path = fs::canonicalize(path).map_err(file("find", path))?;
        account.check_walkable(&path)?;
        let lock = lock(&path)?;
        Ok(Self { path, _lock: lock })
    }

    /// The cluster's folder.
    pub(crate) fn cluster(&self) -> PathBuf {
        self.path.join("postgres")
    }

    /// The folder for copies of binaries that the server's account cannot reach.
    pub(crate) fn binaries(&self) -> PathBuf {
        self.path.join("binaries")
    }

    /// The server's log.
    pub(crate) fn log(&self) -> PathBuf {
        self.path.join("postgres.log")
    }

    /// Creates an empty folder next to the cluster, accessible to `account` only.
    pub(crate) fn workshop(&self, account: &Account) -> Result<PathBuf, EmbeddedError> {
        let path = self.path.join(format!("{WORKSHOP}{}", random_hex(8)?));
        private_folder(&path, account)?;
        Ok(path)
    }

    /// Removes the remains of an `initdb` that was killed.
    pub(crate) fn clear_workshops(&self) -> Result<(), EmbeddedError> {
        for entry in fs::read_dir(&self.path).map_err(file("read", &self.path))? {
            let entry = entry.map_err(file("read", &self.path))?;
            if entry.file_name().to_string_lossy().starts_with(WORKSHOP) {
                fs::remove_dir_all(entry.path()).map_err(file("remove", entry.path()))?;
            }
        }
        Ok(())
    }

    /// The password in the file of that name, and whether it was created just now.
    ///
    /// The private socket folder already keeps other users out. The password is for the case of root: the server's socket then belongs to
    /// an account that other daemons may share.
    pub(crate) fn password(&self, name: &str) -> Result<(String, bool), EmbeddedError> {
        let path = self.path.join(name);
        match fs::read_to_string(&path) {
            Ok(text) if text.trim().len() == 64 => return Ok((text.trim().to_owned(), false)),
            Ok(_) => {} // cut short by a full disk or a kill: as good as missing
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return Err(file("read", path)(error)),
        }
        let password = random_hex(32)?;
        write_private(&path, &password)?;
        Ok((password, true))
    }

    /// The private folder for the socket: in the data folder, or below `/tmp` when that path is too long for a socket.
    pub(crate) fn socket_folder(&self, account: &Account) -> Result<PathBuf, EmbeddedError> {
        let near = self.path.join("socket");
        if near.as_os_str().len() <= LONGEST_SOCKET_FOLDER {
            if !is_private_folder(&near, account) {
                private_folder(&near, account)?;
            }
            return Ok(near);
        }
        let note = self.path.join("socket-folder");
        if let Ok(text) = fs::read_to_string(&note) {
            let far = PathBuf::from(text.trim());
            if is_private_folder(&far, account) {
                return Ok(far);
            }
        }
        let far = PathBuf::from(format!("/tmp/mooncoon-{}", random_hex(16)?));
        private_folder(&far, account)?;
        write_private(&note, &far.to_string_lossy())?;
        Ok(far)
    }
}

const WORKSHOP: &str = "initdb-";

/// Takes the folder's lock; the error names its holder.
fn lock(folder: &Path) -> Result<File, EmbeddedError> {
    let path = folder.join("mooncoon.lock");
    let mut lock = OpenOptions::new()
        .read(true)
        .write(true)
        .create(true)
        .truncate(false)
        .mode(0o600)
        .open(&path)
        .map_err(file("open", &path))?;
    match lock.try_lock() {
        Ok(()) => {}
        Err(TryLockError::WouldBlock) => {
            let mut holder = String::new();
            // Only for the message: a holder that has not written its id yet is "unknown".
            let _ = lock.read_to_string(&mut holder);
            let holder = if holder.trim().is_empty() { "unknown".to_owned() } else { holder.trim().to_owned() };
            return Err(EmbeddedError::InUse { path: folder.to_owned(), holder });
        }
        Err(TryLockError::Error(error)) => return Err(file("lock", path)(error)),
    }
    lock.set_len(0)
        .and_then(|()| lock.write_all(std::process::id().to_string().as_bytes()))
        .map_err(file("write", &path))?;
    Ok(lock)
}

/// Creates a folder that only `account` may enter; an existing one gets these permissions.
fn private_folder(path: &Path, account: &Account) -> Result<(), EmbeddedError> {
    match fs::DirBuilder::new().mode(0o700).create(path) {
        Ok(()) => {}
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists && path.is_dir() && !path.is_symlink() => {
            fs::set_permissions(path, fs::Permissions::from_mode(0o700)).map_err(file("set the rights of", path))?;
        }
        Err(error) => return Err(file("create", path)(error)),
    }
    account.give(path).map_err(file("change the owner of", path))
}

/// Whether `path` is a real folder that only `account` can enter.
fn is_private_folder(path: &Path, account: &Account) -> bool {
    let Ok(metadata) = fs::symlink_metadata(path) else {
        return false;
    };
    if !metadata.is_dir() || metadata.mode() & 0o777 != 0o700 {
        return false; // also a symbolic link, which another user may have created
    }
    match account {
        // Only the owner of a folder may change its permissions, so success proves that we own it.
        Account::Own => fs::set_permissions(path, metadata.permissions()).is_ok(),
        Account::Other { uid, .. } => metadata.uid() == *uid,
    }
}

/// Writes a file that only its owner may read, so that a crash leaves either the old content or the new one.
fn write_private(path: &Path, content: &str) -> Result<(), EmbeddedError> {
    let draft = path.with_extension("new");
    let write = || -> io::Result<()> {
        let mut draft_file = OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&draft)?;
        draft_file.write_all(content.as_bytes())?;
        draft_file.sync_all()?;
        fs::rename(&draft, path)
    };
    write().map_err(file("write", path))
}

/// Unpredictable hexadecimal digits, two for each byte.
fn random_hex(bytes: usize) -> Result<String, EmbeddedError> {
    let mut buffer = vec![0_u8; bytes];
    File::open("/dev/urandom")
        .and_then(|mut source| source.read_exact(&mut buffer))
        .map_err(file("read", "/dev/urandom"))?;
    Ok(buffer.iter().map(|byte| format!("{byte:02x}")).collect())
}
