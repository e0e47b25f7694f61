//! Trains the model that scans are read with.

use std::path::PathBuf;

use anyhow::{Result, bail};
use clap::Args;
use vietnamese::restore::Restorer;
use vietnamese::restore::language::Language;
use vietnamese::restore::model::{Model, Trained};
use vietnamese::restore::words::Vocabulary;

use crate::{corpus, ngrams, noise};

/// What the model is trained from.
#[derive(Debug, Args)]
pub struct Arguments {
    /// A file of clean text (gzip or plain) and what one of its words counts, 1 to 7: `official.txt.gz=4`.
    #[arg(long, required_unless_present = "reuse")]
    text: Vec<corpus::Source>,
    /// A model whose words and n-grams are taken over: only the scanners' hands are learned anew.
    #[arg(long)]
    reuse: Option<PathBuf>,
    /// A model whose scanners' hands are taken over: only words and n-grams are counted anew.
    #[arg(long, conflicts_with_all = ["reuse", "english", "vietnamese", "unlabelled"])]
    hands: Option<PathBuf>,
    /// Pages read by an English engine: a folder of `NAME.truth.txt` and `NAME.ocr.txt`, or JSON Lines.
    #[arg(long, required_unless_present = "hands")]
    english: Vec<PathBuf>,
    /// Pages read by a Vietnamese engine.
    #[arg(long)]
    vietnamese: Vec<PathBuf>,
    /// Real scans whose truth nobody knows: their scanner's hand is learned by reading them.
    #[arg(long)]
    unlabelled: Vec<PathBuf>,
    /// A text, or a folder of texts, that the model must not have seen.
    #[arg(long)]
    apart: Vec<PathBuf>,
    /// How many pairs of words to keep.
    #[arg(long, default_value_t = 2_000_000)]
    bigrams: usize,
    /// How many runs of three words to keep.
    #[arg(long, default_value_t = 5_000_000)]
    trigrams: usize,
    /// How many runs of four words to keep.
    #[arg(long, default_value_t = 2_000_000)]
    fourgrams: usize,
    /// Where the model is written.
    #[arg(long)]
    out: PathBuf,
}

/// Trains the model and writes it.
pub fn run(args: &Arguments) -> Result<()> {
    let (vocabulary, language) = match &args.reuse {
        Some(path) => {
            let model = Model::parse(&std::fs::read(path)?)?;
            (model.vocabulary, model.language)
        }
        None => read_and_count(args)?,
    };
    eprintln!("kept {:?} n-grams", language.sizes());
    let trained = match &args.hands {
        Some(path) => {
            let model = Model::parse(&std::fs::read(path)?)?;
            let scanners = noise::taken_over(&model, &vocabulary);
            Trained {
                vocabulary: vocabulary.spelled().map(|(_, s)| s.into()).collect(),
                language,
                symbols: model.symbols.chars().to_vec(),
                scanners,
            }
        }
        None => learn_hands(args, vocabulary, language)?,
    };
    let bytes = trained.write();
    std::fs::write(&args.out, &bytes)?;
    eprintln!("{} bytes in {}", bytes.len(), args.out.display());
    Ok(())
}

/// Learns the scanners' hands from pages, and completes the model with them.
fn learn_hands(args: &Arguments, vocabulary: Vocabulary, language: Language) -> Result<Trained> {
    let read = |paths: &[PathBuf]| -> Result<Vec<noise::Pair>> {
        let mut all = Vec::new();
        for path in paths {
            for page in noise::pages(path)? {
                all.extend(noise::pairs(&vocabulary, &page));
            }
        }
        Ok(all)
    };
    let (english, native) = (read(&args.english)?, read(&args.vietnamese)?);
    if english.is_empty() {
        bail!(
            "no word of the pages was found in the vocabulary: are truth and scan named NAME.truth.txt and NAME.ocr.txt?"
        );
    }
    let symbols = noise::symbols(english.iter().chain(&native));
    let scanners = [
        noise::learn(&vocabulary, &symbols, &english),
        noise::learn(&vocabulary, &symbols, &native),
    ];
    let mut trained = Trained {
        vocabulary: vocabulary.spelled().map(|(_, s)| s.into()).collect(),
        language,
        symbols: symbols.chars().to_vec(),
        scanners,
    };
    if !args.unlabelled.is_empty() {
        let texts: Vec<String> = args
            .unlabelled
            .iter()
            .map(std::fs::read_to_string)
            .collect::<Result<_, _>>()?;
        let restorer = Restorer::from_model(&trained.write())?;
        let hand = restorer.learn(texts.iter().map(String::as_str));
        noise::add_hand(&mut trained.scanners[0], &hand);
    }
    Ok(trained)
}

/// Counts the words and n-grams of the texts.
fn read_and_count(args: &Arguments) -> Result<(Vocabulary, Language)> {
    let apart = corpus::Apart::read(&args.apart)?;
    let (texts, tally) = corpus::read(&args.text, &apart)?;
    eprintln!("{tally:?}");
    let vocabulary = ngrams::vocabulary(&texts);
    let sizes = ngrams::Sizes {
        bigrams: args.bigrams,
        trigrams: args.trigrams,
        fourgrams: args.fourgrams,
    };
    let language = ngrams::language(&texts, &vocabulary, sizes);
    Ok((vocabulary, language))
}
