//! dev
fn main() {
    for path in std::env::args().skip(1) {
        let bytes = std::fs::read(&path).unwrap();
        let d = corpus::read(&bytes, &vietnamese::restore::Restorer::new()).unwrap();
        println!("##### {path}");
        for b in &d.blocks {
            let t: String = d.text[b.span.range()].replace('\n', " ⏎ ");
            let n = t.chars().count();
            let t = if n > 170 {
                t.chars().take(110).collect::<String>() + " … " + &t.chars().skip(n - 50).collect::<String>()
            } else {
                t
            };
            println!(
                "{:11} {:3} {t}",
                format!("{:?}", b.kind),
                b.section.map_or("-".into(), |s| s.to_string())
            );
        }
        println!("-- outline");
        for (i, s) in d.outline.iter().enumerate() {
            println!(
                "{i:3} {}{} {} {}",
                "  ".repeat(s.level as usize - 1),
                s.marker,
                s.title,
                s.role.map_or(String::new(), |r| format!("[{r:?}]"))
            );
        }
        for t in &d.tasks {
            println!("TASK {:?}", t);
        }
        for p in &d.problems {
            println!("PROBLEM {:?}", p);
        }
    }
}
