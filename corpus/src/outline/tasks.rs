//! Who must do what by when.
//!
//! Plans end in a section that gives each body its work (`Tổ chức thực hiện`): the heading names the body, the paragraphs
//! below say what it does; or one numbered paragraph does both (`1. Các chi bộ … xây dựng kế hoạch …`). Decisions say it
//! with a verb: `Giao Sở Nội vụ chủ trì …`.

mod due;
mod words;

use crate::document::{Block, BlockKind};
use crate::layout::marker::{self, Style};
use crate::outline::{Role, Section, Task};

/// Shorter paragraphs give no work.
const ACTION_CHARS: usize = 20;

/// Finds the work that `text` gives, in the order of the text.
pub fn tasks(text: &str, blocks: &[Block], outline: &[Section]) -> Vec<Task> {
    let execution = Execution::of(text, outline);
    let mut tasks = Vec::new();
    for block in blocks {
        let is_text = matches!(
            block.kind,
            BlockKind::Paragraph | BlockKind::ListItem | BlockKind::Heading
        );
        let Some(section) = block.section.map(|section| section as usize).filter(|_| is_text) else {
            continue;
        };
        let text = &text[block.span.range()];
        if !(execution.inside[section] || words::may_give(text)) {
            continue;
        }
        let words = one_line(text);
        let words = without_sign(&words);
        let given = words::given(words).or_else(|| {
            let in_charge = execution.inside[section]
                .then(|| execution.body[section].as_deref())
                .flatten();
            match in_charge {
                Some(body) if block.kind != BlockKind::Heading => Some((body, words)),
                _ => execution.inside[section]
                    .then(|| words::body_and_action(words))
                    .flatten(),
            }
        });
        let is_work = |action: &str| action.chars().count() >= ACTION_CHARS && !words::closes(action);
        let Some((assignee, action)) = given.filter(|(_, action)| is_work(action)) else {
            continue;
        };
        tasks.push(Task {
            assignee: assignee.to_owned(),
            action: action.to_owned(),
            due: due::due(action),
            span: block.span,
        });
    }
    tasks
}

/// What of an outline gives work.
struct Execution {
    /// Whether a section lies in `Tổ chức thực hiện`.
    inside: Vec<bool>,
    /// The body that a section or the nearest one around it names in its title.
    body: Vec<Option<String>>,
}

impl Execution {
    fn of(text: &str, outline: &[Section]) -> Self {
        let mut inside = Vec::with_capacity(outline.len());
        let mut body: Vec<Option<String>> = Vec::with_capacity(outline.len());
        let mut around: Vec<usize> = Vec::new();
        let addressed = is_addressed_by_turns(text, outline);
        for (at, section) in outline.iter().enumerate() {
            around.truncate(usize::from(section.level.saturating_sub(1)));
            let outer = around.last().copied();
            let own_turn = addressed && section.level == 1 && turns_to_body(text, section);
            inside.push(own_turn || section.role == Some(Role::Execution) || outer.is_some_and(|outer| inside[outer]));
            // Below `Tổ chức thực hiện`, a numbered heading names a body even if a scanner spoiled its first word.
            let is_below = outer.is_some_and(|outer| inside[outer]) && !section.marker.is_empty();
            let own = section
                .role
                .is_none()
                .then(|| words::body_of_title(&section.title, is_below))
                .flatten();
            body.push(own.or_else(|| outer.and_then(|outer| body[outer].clone())));
            around.push(at);
        }
        Self { inside, body }
    }
}

/// Whether the top sections turn to one body after the other: a công văn that says `1. Sở Y tế`, `2. Sở Nội vụ` …, or
/// `1. Sở Y tế chỉ đạo …`, `2. Sở Nội vụ kiểm tra …`.
fn is_addressed_by_turns(text: &str, outline: &[Section]) -> bool {
    const LEAST: usize = 3;
    let top = || {
        outline
            .iter()
            .filter(|section| section.level == 1 && !section.marker.is_empty())
    };
    let bodies = top().filter(|section| turns_to_body(text, section)).count();
    bodies >= LEAST && bodies * 2 > top().count()
}

/// Whether the title of a section names a body or, where it has none, its first paragraph says what a body does.
fn turns_to_body(text: &str, section: &Section) -> bool {
    if !section.title.is_empty() {
        return words::names_body(&section.title);
    }
    /// In how many bytes a paragraph has named its body.
    const HEAD_BYTES: usize = 400;
    let section = &text[section.span.range()];
    let head = &section[..section.floor_char_boundary(HEAD_BYTES)];
    let paragraph = head.split("\n\n").next().unwrap_or_default();
    let words = one_line(paragraph);
    words::body_and_action(without_sign(&words)).is_some()
}

fn one_line(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        let word = word.trim_matches('*');
        if !word.is_empty() {
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
        }
    }
    line
}

/// The words behind `1.`, `a)`, `-`; an article's title stays.
fn without_sign(words: &str) -> &str {
    match marker::parse(words) {
        Some(sign) if sign.style != Style::Roman => &words[sign.len..],
        _ => words,
    }
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::*;
    use crate::layout::layout;
    use crate::outline::sections;

    fn check(text: &str, expected: Expect) {
        let mut blocks = layout(text, &[]).blocks;
        let outline = sections(text, &mut blocks);
        let told: Vec<String> = tasks(text, &blocks, &outline)
            .iter()
            .map(|task| {
                let due = task.due.map(|day| format!(" [{day}]")).unwrap_or_default();
                format!("{}: {}{due}", task.assignee, task.action)
            })
            .collect();
        expected.assert_eq(&told.join("\n"));
    }

    #[test]
    fn headings_name_who_and_paragraphs_say_what() {
        check(
            "I. MỤC ĐÍCH\n\n- Nâng cao nhận thức của cán bộ, đảng viên.\n\nII. TỔ CHỨC THỰC HIỆN\n\n1. Ban Tuyên giáo Huyện ủy\n\n\
             - Hướng dẫn triển khai đợt sinh hoạt chính trị, hoàn thành trong tháng 11 năm 2023.\n\n\
             - Tổng hợp kết quả, báo cáo Ban Thường vụ trước ngày 20/12/2023.\n\n\
             2. Các chi bộ, đảng bộ cơ sở xây dựng kế hoạch thực hiện trong Quý II/2024.\n",
            expect![[r#"
                Ban Tuyên giáo Huyện ủy: Hướng dẫn triển khai đợt sinh hoạt chính trị, hoàn thành trong tháng 11 năm 2023. [2023-11-30]
                Ban Tuyên giáo Huyện ủy: Tổng hợp kết quả, báo cáo Ban Thường vụ trước ngày 20/12/2023. [2023-12-20]
                Các chi bộ, đảng bộ cơ sở: xây dựng kế hoạch thực hiện trong Quý II/2024. [2024-06-30]"#]],
        );
    }

    #[test]
    fn a_letter_turns_to_one_body_after_the_other() {
        check(
            "1. Đảng ủy Ủy ban nhân dân xã chỉ đạo chặt tỉa cây xanh, thông cống rãnh.\n\n\
             2. Công an xã bố trí lực lượng trực suốt ngày đêm.\n\n\
             3. Hội Nông dân xã tổ chức hội nghị tập huấn kỹ thuật cho hội viên.\n",
            expect![[r#"
                Đảng ủy Ủy ban nhân dân xã: chỉ đạo chặt tỉa cây xanh, thông cống rãnh.
                Công an xã: bố trí lực lượng trực suốt ngày đêm.
                Hội Nông dân xã: tổ chức hội nghị tập huấn kỹ thuật cho hội viên."#]],
        );
    }

    #[test]
    fn decisions_give_work_with_a_verb() {
        check(
            "Điều 2. Tổ chức thực hiện\n1. Giao Sở Nội vụ chủ trì, phối hợp với các cơ quan liên quan hướng dẫn thực hiện.\n\
             2. Đề nghị Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh phối hợp tuyên truyền, giám sát việc thực hiện.\n",
            expect![[r#"
                Sở Nội vụ: chủ trì, phối hợp với các cơ quan liên quan hướng dẫn thực hiện.
                Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh: phối hợp tuyên truyền, giám sát việc thực hiện."#]],
        );
    }
}
