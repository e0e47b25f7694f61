//! The scoreboard as a golden file: a line a figure, so that whatever moves one shows in the diff.

use std::fmt::Write;
use std::path::Path;

/// One figure.
pub struct Line {
    /// What was measured on what: `sample scans, restored`.
    pub name: String,
    /// The figure.
    pub value: f64,
    /// What it must reach, where something is asked of it: `>= 0.97`.
    pub aim: Option<&'static str>,
}

/// Figures that belong together, under a heading.
pub struct Section {
    /// The heading.
    pub title: &'static str,
    /// Its figures; none where its data is not on this machine.
    pub lines: Option<Vec<Line>>,
}

impl Section {
    /// Names the data and measures it, if it is there.
    pub fn new(title: &'static str, lines: Option<Vec<Line>>) -> Self {
        Self { title, lines }
    }
}

/// A figure without an aim.
pub fn figure(name: impl Into<String>, value: f64) -> Line {
    Line {
        name: name.into(),
        value,
        aim: None,
    }
}

/// A figure that must reach something.
pub fn aimed(name: impl Into<String>, value: f64, aim: &'static str) -> Line {
    Line {
        name: name.into(),
        value,
        aim: Some(aim),
    }
}

/// Another machine's last digit is no change: its logarithms may round otherwise.
const ROUNDING: f64 = 0.002;

/// Compares the sections with the file, or writes it anew where `UPDATE_EXPECT` is set.
///
/// Lines of a section that could not be measured here are left as they are.
///
/// # Panics
///
/// When a figure moved, appeared or went away: the message shows which.
pub fn check(path: &Path, sections: &[Section]) {
    let old = std::fs::read_to_string(path).unwrap_or_default();
    let mut moved = String::new();
    let mut new = "# Measured by `cargo test --test quality`; rewritten by the same command with UPDATE_EXPECT=1.\n\
                   # Sections whose data does not come with the repository keep the figures of the last machine that had it.\n"
        .to_owned();
    for section in sections {
        let before = lines_of(&old, section.title);
        writeln!(new, "\n## {}", section.title).expect("a string can be written to");
        let Some(lines) = &section.lines else {
            for (_, line) in before {
                writeln!(new, "{line}").expect("a string can be written to");
            }
            continue;
        };
        for line in lines {
            let text = written(line);
            match before.iter().find(|(name, _)| *name == line.name) {
                Some((_, was)) if value_of(was).is_some_and(|value| (value - line.value).abs() <= ROUNDING) => {}
                Some((_, was)) => writeln!(moved, "- {was}\n+ {text}").expect("a string can be written to"),
                None => writeln!(moved, "+ {text}").expect("a string can be written to"),
            }
            writeln!(new, "{text}").expect("a string can be written to");
        }
        for (name, was) in before {
            if lines.iter().all(|line| line.name != name) {
                writeln!(moved, "- {was}").expect("a string can be written to");
            }
        }
    }
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        std::fs::write(path, new).expect("the scoreboard can be written");
        return;
    }
    assert!(
        moved.is_empty(),
        "figures moved; look whether it is for the better, then run again with UPDATE_EXPECT=1:\n{moved}"
    );
}

/// A line as it stands in the file: name, figure, aim.
fn written(line: &Line) -> String {
    let aim = line.aim.map(|aim| format!("   (aim {aim})")).unwrap_or_default();
    let value = if line.value.fract() == 0.0 && line.value > 1.0 {
        format!("{:>8}", line.value)
    } else {
        format!("{:>8.4}", line.value)
    };
    format!("{:<56} {value}{aim}", line.name)
}

/// The lines under a heading, each with its name.
fn lines_of<'a>(file: &'a str, title: &str) -> Vec<(&'a str, &'a str)> {
    file.lines()
        .skip_while(|line| line.strip_prefix("## ") != Some(title))
        .skip(1)
        .take_while(|line| !line.starts_with("## "))
        .filter_map(|line| Some((line.get(..name_end(line)?)?.trim_end(), line)))
        .collect()
}

/// Where the name of a line ends: before its figure.
fn name_end(line: &str) -> Option<usize> {
    let body = line.split("   (aim").next()?.trim_end();
    body.rfind(' ')
}

/// The figure of a line of the file.
fn value_of(line: &str) -> Option<f64> {
    let body = line.split("   (aim").next()?.trim_end();
    body.rsplit(' ').next()?.parse().ok()
}

#[test]
fn a_line_is_read_back_as_it_was_written() {
    let text = format!(
        "## here\n{}\n\n## there\n",
        written(&aimed("sample scans, restored", 0.98765, ">= 0.97"))
    );
    let lines = lines_of(&text, "here");
    assert_eq!(lines.len(), 1);
    assert_eq!(lines[0].0, "sample scans, restored");
    assert_eq!(value_of(lines[0].1), Some(0.9877));
}
