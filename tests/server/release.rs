//! A release is one file. It serves the files it carries, from any folder; if they are missing or damaged, it doesn't
//! start.

use crate::{app::Browser, bad_input::Program, built};
use control_maniac::server::site::{self, Site, SiteError};
use reqwest::Method;
use std::{
    fs,
    io::{Cursor, ErrorKind},
    path::{Path, PathBuf},
    process::{Command, Output},
};
use tempfile::TempDir;
use zip::{ZipArchive, ZipWriter};

const PROGRAM: &str = env!("CARGO_BIN_EXE_control-maniac");

/// A stand-in for the program if only its archive counts.
const SMALL: &[u8] = b"what would be the program";

/// A folder with the files that a build leaves, and how the real program makes a release of it.
struct Build {
    folder: TempDir,
    hashes: PathBuf,
}

impl Build {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let hashes = built::hashed(&folder.path().join("site"));
        Self { folder, hashes }
    }

    fn site(&self) -> PathBuf {
        self.folder.path().join("site")
    }

    /// Has `program` pack itself.
    fn pack(&self, program: &Path, to: &Path) -> Output {
        let mut command = Command::new(program);
        command.arg("pack").args([&self.site(), &self.hashes, to]);
        output(&mut command)
    }

    /// A release by the real program, in a folder in which there is nothing else.
    fn release(&self) -> PathBuf {
        let release = self.folder.path().join("release/control-maniac");
        assert_eq!(said(&self.pack(Path::new(PROGRAM), &release)), "");
        release
    }

    /// A release of something small, for tests that damage its archive.
    fn small(&self) -> PathBuf {
        let (program, release) = (self.folder.path().join("program"), self.folder.path().join("small"));
        fs::write(&program, SMALL).unwrap();
        site::pack(&program, &self.site(), &self.hashes, &release).unwrap();
        release
    }
}

/// Everything it printed. While another test starts a program, a file that was just written may still count as open.
fn output(command: &mut Command) -> Output {
    loop {
        match command.output() {
            Err(error) if error.kind() == ErrorKind::ExecutableFileBusy => std::thread::yield_now(),
            output => return output.unwrap(),
        }
    }
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// The command that starts a program in its own folder, where there is nothing else, with no option but its database.
fn serve(program: &Path) -> Command {
    let mut command = Command::new(program);
    command
        .args(["serve", "--addr", "127.0.0.1:0", "--database-url", "sqlite:studio.db"])
        .current_dir(program.parent().unwrap())
        .env_remove("CONTROL_MANIAC_SITE");
    command
}

/// It ends before it does anything, with one line that says this.
fn is_refused(command: &mut Command, words: &[&str]) {
    let folder = command.get_current_dir().unwrap().to_owned();
    let output = output(command);
    let said = said(&output);
    assert_eq!((output.status.code(), said.lines().count()), (Some(1), 1), "{said}");
    for words in words {
        assert!(said.contains(words), "{words}: {said}");
    }
    assert!(output.stdout.is_empty() && !folder.join("studio.db").exists());
}

#[tokio::test(flavor = "multi_thread")]
async fn it_serves_what_it_carries_from_a_folder_with_nothing_else() {
    let build = Build::new();
    fs::write(build.site().join("favicon.svg"), "<svg/>").unwrap();
    let release = build.release();
    assert_eq!(fs::read_dir(release.parent().unwrap()).unwrap().count(), 1);
    let program = Program::begin(&mut serve(&release));
    let browser = Browser::new(&program.address);
    let page = browser.open("/login").await;
    assert!(page.body.contains("/pkg/control-maniac.css-hash.css"), "{}", page.body);
    for (path, content) in [
        ("/pkg/control-maniac.js-hash.js", "js"),
        ("/pkg/control-maniac.wasm-hash.wasm", "wasm"),
        ("/pkg/control-maniac.css-hash.css", "css"),
        ("/favicon.svg", "<svg/>"),
    ] {
        let answer = browser.open(path).await;
        assert_eq!((answer.status.as_u16(), answer.body.as_str()), (200, content), "{path}");
    }
    for path in ["/hash.txt", "/pkg/hash.txt", "/studio.db", "/pkg/control-maniac.css"] {
        let answer = browser.send(browser.request(Method::GET, path)).await;
        assert_ne!(answer.status.as_u16(), 200, "{path}");
    }
    assert_eq!(program.stop().1, Some(0));
}

#[test]
fn without_what_pages_need_it_does_not_start() {
    let folder = tempfile::tempdir().unwrap();
    let bare = || {
        let mut command = serve(Path::new(PROGRAM));
        command.current_dir(folder.path());
        command
    };
    is_refused(&mut bare(), &["carries no style and no script", "make build", "--site"]);
    is_refused(
        bare().args(["--site", "site"]),
        &["the folder site has no pkg/control-maniac.js", "make watch"],
    );
    fs::create_dir_all(folder.path().join("site/pkg")).unwrap();
    for kind in ["js", "wasm"] {
        fs::write(folder.path().join(format!("site/pkg/control-maniac.{kind}")), kind).unwrap();
    }
    is_refused(
        bare().env("CONTROL_MANIAC_SITE", "site"),
        &["the folder site has no pkg/control-maniac.css"],
    );
}

/// Where the content of each of its files begins.
fn contents_of(release: &Path) -> Vec<usize> {
    let mut archive = ZipArchive::new(fs::File::open(release).unwrap()).unwrap();
    (0..archive.len())
        .map(|index| archive.by_index(index).unwrap().data_start().unwrap() as usize)
        .collect()
}

#[test]
fn cut_off_or_damaged_it_does_not_start() {
    let build = Build::new();
    let (release, small) = (build.release(), build.small());
    let whole = fs::read(&release).unwrap();
    fs::write(&release, &whole[..whole.len() - 1]).unwrap();
    is_refused(&mut serve(&release), &["its end got lost when it was copied"]);
    let mut damaged = whole;
    // Both carry the same at their end.
    let from_the_end = fs::metadata(&small).unwrap().len() as usize - contents_of(&small)[0];
    let place = damaged.len() - from_the_end;
    damaged[place] ^= 1;
    fs::write(&release, &damaged).unwrap();
    is_refused(&mut serve(&release), &["are damaged", "Copy it again"]);
}

/// The release again without one of its files.
fn without(release: &Path, left_out: &str) -> PathBuf {
    let mut archive = ZipArchive::new(fs::File::open(release).unwrap()).unwrap();
    let less = release.with_extension("less");
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for index in 0..archive.len() {
        let file = archive.by_index_raw(index).unwrap();
        if file.name().unwrap() != left_out {
            writer.raw_copy_file(file).unwrap();
        }
    }
    writer.set_raw_comment(archive.comment().into()).unwrap();
    let archive = writer.finish().unwrap().into_inner();
    fs::write(&less, [SMALL, &archive].concat()).unwrap();
    less
}

#[test]
fn each_file_that_pages_need_must_be_among_those_that_it_carries() {
    let build = Build::new();
    let release = build.small();
    Site::of_program(&release).unwrap();
    for missing in [
        "pkg/control-maniac.js-hash.js",
        "pkg/control-maniac.wasm-hash.wasm",
        "pkg/control-maniac.css-hash.css",
    ] {
        let error = Site::of_program(&without(&release, missing)).unwrap_err();
        assert!(error.to_string().contains(&format!("carries no {missing}")), "{error}");
    }
    let error = Site::of_program(&without(&release, "hash.txt")).unwrap_err();
    assert!(error.to_string().contains("carries no list of names"), "{error}");
}

#[test]
fn cut_off_anywhere_and_changed_anywhere_it_is_noticed() {
    let build = Build::new();
    let release = build.small();
    let whole = fs::read(&release).unwrap();
    for length in SMALL.len()..whole.len() {
        fs::write(&release, &whole[..length]).unwrap();
        let error = Site::of_program(&release).unwrap_err();
        assert!(matches!(error, SiteError::NotPacked), "{length}: {error}");
    }
    // The content of the files is guarded by check sums, and each file is where it was.
    for start in contents_of(&build.small()) {
        let mut changed = whole.clone();
        changed[start] ^= 1;
        fs::write(&release, &changed).unwrap();
        let error = Site::of_program(&release).unwrap_err();
        assert!(matches!(error, SiteError::Damaged(_)), "{start}: {error}");
    }
}

#[test]
fn packed_again_it_does_not_grow_and_keeps_nothing_of_earlier_builds() {
    let build = Build::new();
    let first = build.small();
    let once = fs::read(&first).unwrap();
    let again = build.folder.path().join("again");
    fs::write(
        build.site().join("pkg/control-maniac.old-hash.js"),
        "of an earlier build",
    )
    .unwrap();
    fs::write(
        build.site().join("pkg/control-maniac.old-hash.js.br"),
        "of an earlier build",
    )
    .unwrap();
    let size = site::pack(&first, &build.site(), &build.hashes, &again).unwrap();
    assert_eq!((fs::read(&again).unwrap(), size), (once.clone(), once.len() as u64));
    // Onto itself as well.
    site::pack(&again, &build.site(), &build.hashes, &again).unwrap();
    assert!(fs::read(&again).unwrap() == once);
}

#[test]
fn what_can_not_be_packed_leaves_the_release_as_it_was() {
    let build = Build::new();
    let release = build.release();
    let before = fs::metadata(&release).unwrap().modified().unwrap();
    fs::remove_file(build.site().join("pkg/control-maniac.css-hash.css")).unwrap();
    let refused = said(&build.pack(Path::new(PROGRAM), &release));
    assert!(
        refused.contains("carries no pkg/control-maniac.css-hash.css"),
        "{refused}"
    );
    fs::write(&build.hashes, "js: js-hash\n").unwrap();
    let refused = said(&build.pack(Path::new(PROGRAM), &release));
    assert!(refused.contains("doesn't say by which hashes"), "{refused}");
    fs::remove_file(&build.hashes).unwrap();
    let refused = said(&build.pack(Path::new(PROGRAM), &release));
    assert!(
        refused.contains("can't read") && refused.contains("site.hashes"),
        "{refused}"
    );
    assert_eq!(fs::metadata(&release).unwrap().modified().unwrap(), before);
    assert_eq!(
        fs::read_dir(release.parent().unwrap()).unwrap().count(),
        1,
        "nothing unfinished is left"
    );
    Site::of_program(&release).unwrap();
}
