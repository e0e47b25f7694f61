//! Lines back to blocks: headings, paragraphs, list items.

use vietnamese::offsets::Span;

use crate::document::{Block, BlockKind};

/// Cuts `text` into blocks, in order.
pub fn blocks(text: &str) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let trimmed = line.trim();
        if !trimmed.is_empty() {
            let lead = line.len() - line.trim_start().len();
            blocks.push(Block {
                kind: BlockKind::Paragraph,
                span: Span::new(start + lead, start + lead + trimmed.len()),
                section: None,
            });
        }
        start += line.len();
    }
    blocks
}
