//! Finds the server processes of a cluster by inspecting processes instead of trusting `postmaster.pid`.
//!
//! A postmaster that is killed leaves its children behind. Idle ones end at once; one in the middle of a long query ends when it next
//! checks for it, and holds the shared memory until then, so that no new server can start. After a power cut the pid file may contain
//! anything.

use std::path::Path;

use crate::account::Account;

/// The processes of servers in one cluster.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Residents {
    /// A running server.
    pub(crate) postmaster: Option<u32>,
    /// Its children, or those of a server that no longer exists.
    pub(crate) children: Vec<u32>,
}

/// Inspects every process of the machine, or of the container.
#[cfg(target_os = "linux")]
pub(crate) fn residents(cluster: &Path, account: &Account) -> Residents {
    let mut residents = Residents::default();
    let Ok(entries) = std::fs::read_dir("/proc") else { return residents };
    for entry in entries.flatten() {
        let Some(pid) = entry.file_name().to_str().and_then(|name| name.parse::<u32>().ok()) else { continue };
        let Ok(command) = std::fs::read(entry.path().join("cmdline")) else { continue };
        let command = String::from_utf8_lossy(&command);
        match kind(&command) {
            Some(Kind::Child) if works_in(pid, cluster, account) => residents.children.push(pid),
            // Its command may have a relative folder, or one from a variable: the working directory is reliable.
            Some(Kind::Postmaster) if works_in(pid, cluster, account) => residents.postmaster = Some(pid),
            _ => {}
        }
    }
    residents
}

/// Without `/proc`, only a server with the folder in its command is found. Children are left to end by themselves.
#[cfg(not(target_os = "linux"))]
pub(crate) fn residents(cluster: &Path, _account: &Account) -> Residents {
    let mut residents = Residents::default();
    let listed = std::process::Command::new("ps")
        .args(["-axo", "pid=,command="])
        .env("LC_ALL", "C")
        .stdin(std::process::Stdio::null())
        .output();
    let Ok(listed) = listed else { return residents };
    for line in String::from_utf8_lossy(&listed.stdout).lines() {
        let Some((pid, command)) = line.trim().split_once(' ') else { continue };
        let names_folder = command.contains(&*cluster.to_string_lossy());
        if names_folder && kind(&command.trim().replacen(' ', "\0", 1)) == Some(Kind::Postmaster) {
            residents.postmaster = pid.parse().ok().or(residents.postmaster);
        }
    }
    residents
}

#[derive(Debug, PartialEq, Eq)]
enum Kind {
    Postmaster,
    Child,
}

/// Classifies a process by its command line, with its arguments separated by zero bytes. Children overwrite theirs with a title.
fn kind(command: &str) -> Option<Kind> {
    if command.starts_with("postgres: ") {
        return Some(Kind::Child);
    }
    let program = command.split('\0').next()?;
    match Path::new(program).file_name()?.to_str()? {
        // `postgres --single` works in the cluster as well and must not be disturbed either.
        "postgres" | "postmaster" => Some(Kind::Postmaster),
        _ => None,
    }
}

/// Whether the working directory of a process is the cluster, as for every process of a server.
#[cfg(target_os = "linux")]
fn works_in(pid: u32, cluster: &Path, account: &Account) -> bool {
    let link = format!("/proc/{pid}/cwd");
    match std::fs::read_link(&link) {
        Ok(folder) => folder == cluster,
        // Root in a container may lack the permission to inspect another account's process; that account itself has it.
        Err(error) if error.kind() == std::io::ErrorKind::PermissionDenied && *account != Account::Own => account
            .command(Path::new("/bin/sh"))
            .args(["-c", "readlink \"$1\"", "sh", &link])
            .output()
            .is_ok_and(|output| String::from_utf8_lossy(&output.stdout).trim_end() == cluster.to_string_lossy()),
        Err(_) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::{Kind, kind};

    #[test]
    fn a_postgres_process_is_recognised_by_its_command() {
        assert_eq!(kind("postgres: checkpointer "), Some(Kind::Child));
        assert_eq!(kind("postgres: mooncoon mooncoon [local] SELECT"), Some(Kind::Child));
        assert_eq!(kind("/usr/lib/postgresql/15/bin/postgres\0-D\0/data/postgres\0"), Some(Kind::Postmaster));
        assert_eq!(kind("postgres\0--single\0-D\0/data/postgres\0"), Some(Kind::Postmaster));
        assert_eq!(kind("vim\0postgres\0"), None);
        assert_eq!(kind(""), None);
    }
}
