//! The likeliest way through all readings, and how sure each step is.

use super::language::{Context, Language, Pairs};
use super::lattice::{Edge, Kind};
use super::wording::Lender;
use super::words::BOUNDARY;

/// An edge of the whole stretch that is read: a way to read the bytes from one place to another.
#[derive(Debug, Clone, Copy)]
pub struct Step {
    /// The node it leaves.
    pub from: u32,
    /// The node it comes to.
    pub to: u32,
    /// The first byte in the scan.
    pub start: u32,
    /// The byte behind the last.
    pub end: u32,
    /// What it reads.
    pub edge: Edge,
}

/// How readings are weighed.
#[derive(Debug, Clone, Copy)]
pub struct Weights {
    /// How much the language counts.
    pub language: f32,
    /// How much the channel counts.
    pub channel: f32,
    /// How flat the posterior is made: below 1 more doubtful.
    pub temperature: f32,
}

impl Default for Weights {
    fn default() -> Self {
        Self {
            language: 0.75,
            channel: 0.95,
            temperature: 0.75,
        }
    }
}

impl Weights {
    /// The weights for what one of the two scanners wrote.
    ///
    /// A Vietnamese engine weighs its language too: what it misread is mostly a word that fits, and what looks wrong is
    /// often what the paper says. So a reading against it is surer than it should be.
    pub fn for_scanner(self, scanner: Option<u8>) -> Self {
        /// Measured on 50 drawn pages, so that of readings given with 0.9 or more 0.97 are right.
        const VIETNAMESE: f32 = 0.8;
        match scanner {
            Some(1) => Self {
                temperature: self.temperature * VIETNAMESE,
                ..self
            },
            _ => self,
        }
    }
}

/// What is said: in the language, and in the folder at hand.
#[derive(Debug, Clone, Copy)]
pub struct Spoken<'a> {
    /// The language model.
    pub model: &'a Language,
    /// The wording of the folder and of the document.
    pub lenders: [&'a Lender; 2],
}

#[derive(Debug, Clone, Copy)]
struct State {
    context: Context,
    key: u64,
    best: f32,
    back: u32,
    forward: f32,
    backward: f32,
}

#[derive(Debug, Clone, Copy)]
struct Arc {
    from: u32,
    to: u32,
    step: u32,
    log: f32,
}

/// Finds the best path and the posteriors; keeps its buffers between calls.
#[derive(Debug, Default)]
pub struct Decoder {
    states: Vec<State>,
    spans: Vec<(u32, u32)>,
    arcs: Vec<Arc>,
    pending: Vec<Vec<State>>,
    pending_arcs: Vec<Vec<(u32, Arc)>>,
    pairs: Pairs,
    /// What became of the states that a node was reached in.
    kept: Vec<u32>,
    /// The best that has come to each node so far.
    leaders: Vec<f32>,
    reach: Reach,
}

/// What a stretch is read as.
#[derive(Debug, Default)]
pub struct Decoded {
    /// The steps of the best path.
    pub path: Vec<u32>,
    /// The posterior probability of every step.
    pub posteriors: Vec<f32>,
}

/// How far is looked.
#[derive(Debug, Clone, Copy)]
pub struct Reach {
    /// How far behind the best a state may be.
    beam: f32,
    /// How much likelier, weighed, a longer context may make a word than the one word before it does.
    surprise: f32,
    /// The most states kept at one place.
    states: usize,
}

impl Default for Reach {
    fn default() -> Self {
        Self::LAST
    }
}

impl Reach {
    /// To learn what a document says, and what it surely does not.
    pub const FIRST: Self = Self {
        beam: 6.0,
        surprise: 2.0,
        states: 8,
    };
    /// To read it: little is left to look at then.
    pub const LAST: Self = Self {
        beam: 7.5,
        surprise: 4.0,
        states: 14,
    };
}

impl Decoder {
    /// Forgets what was looked up: another document says other things again and again.
    pub fn forget(&mut self) {
        self.pairs.forget();
    }

    /// Reads a stretch: `steps` in order of the nodes they leave, `nodes` in all, from the first to the last.
    pub fn decode(
        &mut self,
        language: Spoken<'_>,
        weights: Weights,
        reach: Reach,
        steps: &[Step],
        nodes: usize,
    ) -> Decoded {
        self.reach = reach;
        self.states.clear();
        self.arcs.clear();
        self.spans.clear();
        self.leaders.clear();
        self.leaders.resize(nodes, f32::NEG_INFINITY);
        self.pending.iter_mut().for_each(Vec::clear);
        self.pending_arcs.iter_mut().for_each(Vec::clear);
        if self.pending.len() < nodes {
            self.pending.resize_with(nodes, Vec::new);
            self.pending_arcs.resize_with(nodes, Vec::new);
        }
        let context = Context::start();
        self.pending[0].push(State {
            context,
            key: context.key(),
            best: 0.0,
            back: u32::MAX,
            forward: 0.0,
            backward: f32::NEG_INFINITY,
        });
        let mut at = 0;
        for node in 0..nodes {
            self.settle(node);
            let (first, last) = self.spans[node];
            while at < steps.len() && steps[at].from as usize == node {
                for state in first..last {
                    self.advance(language, weights, steps, at, state);
                }
                at += 1;
            }
        }
        self.finish(weights, steps.len())
    }

    /// Fixes the states of a node: the best of those that were reached.
    fn settle(&mut self, node: usize) {
        let first = self.states.len() as u32;
        let pending = &mut self.pending[node];
        let best = pending.iter().map(|s| s.best).fold(f32::NEG_INFINITY, f32::max);
        let mut floor = best - self.reach.beam;
        if pending.len() > self.reach.states {
            let mut scores: Vec<f32> = pending.iter().map(|s| s.best).collect();
            scores.select_nth_unstable_by(self.reach.states, |a, b| b.total_cmp(a));
            floor = floor.max(scores[self.reach.states]);
        }
        self.kept.clear();
        self.kept.resize(pending.len(), u32::MAX);
        // The best goes ahead: what follows is measured by it.
        let leader = pending.iter().position(|s| s.best == best).unwrap_or_default();
        let order = (leader..pending.len()).chain(0..leader);
        for (index, state) in order.filter_map(|i| Some((i, pending.get(i)?))) {
            if state.best >= floor {
                self.kept[index] = self.states.len() as u32;
                self.states.push(*state);
            }
        }
        let base = self.arcs.len();
        for &(target, arc) in &self.pending_arcs[node] {
            let to = self.kept[target as usize];
            if to != u32::MAX {
                self.arcs.push(Arc { to, ..arc });
            }
        }
        for arc in base..self.arcs.len() {
            let Arc { from, to, log, .. } = self.arcs[arc];
            if self.states[from as usize].best + log >= self.states[to as usize].best - 1e-4 {
                self.states[to as usize].back = arc as u32;
            }
        }
        self.spans.push((first, self.states.len() as u32));
    }

    /// Takes one step from one state.
    fn advance(&mut self, language: Spoken<'_>, weights: Weights, steps: &[Step], step: usize, from: u32) {
        let Step { to, edge, .. } = steps[step];
        let state = self.states[from as usize];
        // No word is likelier than certain: what is too far behind without the language stays behind with it.
        let hope = state.best + weights.channel * edge.channel;
        if hope < self.leaders[to as usize] - self.reach.beam {
            return;
        }
        let (log, context) = match edge.kind {
            Kind::Mark if edge.word != BOUNDARY => (0.0, state.context),
            _ => {
                let glance = language
                    .model
                    .glance(language.lenders, &mut self.pairs, &state.context, edge.word);
                if hope + weights.language * glance.log()
                    < self.leaders[to as usize] - self.reach.beam - self.reach.surprise
                {
                    return;
                }
                language.model.follow(&state.context, glance)
            }
        };
        let log = weights.language * log + weights.channel * edge.channel;
        let best = state.best + log;
        let forward = log * weights.temperature + state.forward;
        let key = context.key();
        let leader = &mut self.leaders[to as usize];
        *leader = leader.max(best);
        let pending = &mut self.pending[to as usize];
        let target = match pending.iter().position(|s| s.key == key) {
            Some(found) => {
                let there = &mut pending[found];
                there.best = there.best.max(best);
                there.forward = super::channel::log_add(there.forward, forward);
                found
            }
            None => {
                pending.push(State {
                    context,
                    key,
                    best,
                    back: u32::MAX,
                    forward,
                    backward: f32::NEG_INFINITY,
                });
                pending.len() - 1
            }
        };
        self.pending_arcs[to as usize].push((
            target as u32,
            Arc {
                from,
                to: 0,
                step: step as u32,
                log,
            },
        ));
    }

    /// Walks back: the best path, and the posterior of each step.
    fn finish(&mut self, weights: Weights, steps: usize) -> Decoded {
        let mut decoded = Decoded {
            path: Vec::new(),
            posteriors: vec![0.0; steps],
        };
        let Some(&(first, last)) = self.spans.last() else {
            return decoded;
        };
        let Some(end) =
            (first..last).max_by(|&a, &b| self.states[a as usize].best.total_cmp(&self.states[b as usize].best))
        else {
            return decoded;
        };
        let mut whole = f32::NEG_INFINITY;
        for state in &mut self.states[first as usize..last as usize] {
            state.backward = 0.0;
            whole = super::channel::log_add(whole, state.forward);
        }
        for &Arc { from, to, step, log } in self.arcs.iter().rev() {
            let log = log * weights.temperature + self.states[to as usize].backward;
            let state = &mut self.states[from as usize];
            state.backward = super::channel::log_add(state.backward, log);
            let posterior = state.forward + log - whole;
            if posterior > -12.0 {
                decoded.posteriors[step as usize] += posterior.exp();
            }
        }
        let mut at = self.states[end as usize].back;
        while at != u32::MAX {
            let arc = self.arcs[at as usize];
            decoded.path.push(arc.step);
            at = self.states[arc.from as usize].back;
        }
        decoded.path.reverse();
        decoded
    }
}
