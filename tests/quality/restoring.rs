//! How well scans are read, how much is spoiled, and whether confidence is honest.

use vietnamese::restore::{Restored, Restorer};

use crate::metric::{Tally, align, syllables};
use crate::scoreboard::{Line, aimed, figure};

/// A scan beside its truth.
pub struct Pair {
    /// What the scanner wrote.
    pub scan: String,
    /// What the paper says.
    pub truth: String,
    /// Whether line `n` of one is line `n` of the other.
    pub by_line: bool,
}

/// Reads all scans with `restorer` and gives the figures under `name`.
pub fn measure(name: &str, pairs: &[Pair], restorer: &Restorer, aim: Option<&'static str>) -> Vec<Line> {
    let mut tally = Tally::default();
    let mut calibration = Calibration::default();
    for pair in pairs {
        let restored = restorer.restore(&pair.scan);
        calibration.count(&pair.truth, &restored);
        tally += compare(name, pair, &restored.text);
    }
    let restored = tally.accuracy(tally.restored);
    let mut lines = vec![
        figure(format!("{name}, right in the scan"), tally.accuracy(tally.scan)),
        figure(
            format!("{name}, right with marks ignored"),
            tally.accuracy(tally.scan_folded),
        ),
        match aim {
            Some(aim) => aimed(format!("{name}, restored"), restored, aim),
            None => figure(format!("{name}, restored"), restored),
        },
        aimed(format!("{name}, harm"), tally.harm(), "<= 0.002"),
    ];
    lines.extend(calibration.lines(name));
    lines
}

/// Reads all scans with a `restorer` that learned nothing of them, and gives one figure.
pub fn measure_alone(name: &str, pairs: &[Pair], restorer: &Restorer) -> Line {
    let mut tally = Tally::default();
    for pair in pairs {
        tally += compare(name, pair, &restorer.restore(&pair.scan).text);
    }
    figure(
        format!("{name}, restored without learning"),
        tally.accuracy(tally.restored),
    )
}

/// Counts one scan, line by line where its lines are those of the truth.
fn compare(name: &str, pair: &Pair, restored: &str) -> Tally {
    if !pair.by_line {
        return Tally::of(&pair.truth, &pair.scan, restored);
    }
    let lines = |text: &'_ str| text.split('\n').map(str::to_owned).collect::<Vec<_>>();
    let (truth, scan, after) = (lines(&pair.truth), lines(&pair.scan), lines(restored));
    assert_eq!(truth.len(), scan.len(), "{name}: truth and scan have as many lines");
    assert_eq!(scan.len(), after.len(), "{name}: restoring keeps the lines");
    let mut tally = Tally::default();
    for ((truth, scan), after) in truth.iter().zip(&scan).zip(&after) {
        tally += Tally::of(truth, scan, after);
    }
    tally
}

/// Of the readings given with a confidence, how many are right.
#[derive(Default)]
struct Calibration {
    /// For each step of [`STEPS`]: readings, right ones.
    counts: [(usize, usize); STEPS.len()],
}

/// Where each step begins.
const STEPS: [f32; 5] = [0.0, 0.5, 0.7, 0.9, 0.97];

impl Calibration {
    /// Counts the readings of one text: a reading is right when all its syllables stand in the truth at their place.
    fn count(&mut self, truth: &str, restored: &Restored) {
        let truth: Vec<String> = crate::metric::words(truth);
        let found = syllables(&restored.text);
        let words: Vec<String> = found.iter().map(|syllable| syllable.word.clone()).collect();
        let mut right = vec![false; found.len()];
        for (_, place) in align(&truth, &words).pairs {
            right[place] = true;
        }
        for reading in &restored.readings {
            let span = reading.text.range();
            let first = found.partition_point(|syllable| syllable.end <= span.start);
            let behind = found.partition_point(|syllable| syllable.start < span.end);
            if first >= behind {
                continue;
            }
            let step = STEPS.iter().rposition(|&from| reading.confidence >= from).unwrap_or(0);
            self.counts[step].0 += 1;
            self.counts[step].1 += usize::from(right[first..behind].iter().all(|&right| right));
        }
    }

    fn lines(&self, name: &str) -> Vec<Line> {
        let share = |(all, right): (usize, usize)| right as f64 / all.max(1) as f64;
        let sure = self.counts[3..]
            .iter()
            .fold((0, 0), |sum, step| (sum.0 + step.0, sum.1 + step.1));
        let all = self.counts.iter().map(|step| step.0).sum::<usize>().max(1);
        let mut lines = vec![
            aimed(
                format!("{name}, right of readings given 0.90-1.00"),
                share(sure),
                ">= 0.97",
            ),
            figure(
                format!("{name}, share of readings given 0.90-1.00"),
                sure.0 as f64 / all as f64,
            ),
        ];
        for (step, &count) in self.counts.iter().enumerate().filter(|(_, count)| count.0 > 0) {
            let to = STEPS.get(step + 1).copied().unwrap_or(1.0);
            let name = format!("{name}, right of readings given {:.2}-{to:.2}", STEPS[step]);
            lines.push(figure(name, share(count)));
        }
        lines
    }
}
