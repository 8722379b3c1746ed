//! How many rows of a long list stand on a page.

/// One of the numbers that a page may have.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PageSize {
    /// 25.
    Few,
    /// 50.
    #[default]
    Usual,
    /// 100.
    Many,
    /// 5,000, on one page to be printed. An address may ask for them, but nobody can choose so many for every list.
    Print,
}

impl PageSize {
    /// Those that can be chosen, the smallest first.
    pub const ALL: [Self; 3] = [Self::Few, Self::Usual, Self::Many];

    /// The number of rows.
    pub const fn rows(self) -> u64 {
        match self {
            Self::Few => 25,
            Self::Usual => 50,
            Self::Many => 100,
            Self::Print => 5_000,
        }
    }
}
